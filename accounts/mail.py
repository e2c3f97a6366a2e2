from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.console import EmailBackend as Terminal
from django.core.mail.backends.filebased import EmailBackend as Folder


class TerminalAndFolderBackend(Folder):
    """For a newcomer without a mail server: each mail is printed and kept as a file."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> Any:
        Terminal(alias=self.alias).send_messages(email_messages)  # type: ignore[attr-defined]
        return super().send_messages(email_messages)
