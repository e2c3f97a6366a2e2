import sys
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend as Folder


def readable(message: EmailMessage) -> str:
    """A mail as a person reads it; its encoding would break long links after 76 characters."""
    head = f"Subject: {message.subject}\nFrom: {message.from_email}\nTo: {', '.join(message.to)}"
    return f"{head}\n\n{message.body}\n{'-' * 79}\n"


class TerminalAndFolderBackend(Folder):
    """For a newcomer without a mail server: each mail is printed and kept as a file."""

    def write_message(self, message: Any) -> None:
        text = readable(message)
        self.stream.write(text.encode())  # type: ignore[arg-type]  # a binary file, unlike its parent
        sys.stdout.write(text)
