"""Mails of a machine without a mail server."""

from django.core.mail import EmailMessage
from django.test import override_settings


def test_each_mail_is_printed_and_kept_as_a_file(tmp_path, capsys):
    backend = "accounts.mail.TerminalAndFolderBackend"
    config = {"default": {"BACKEND": backend, "OPTIONS": {"file_path": tmp_path}}}
    with override_settings(MAILERS=config):
        EmailMessage("Konfirmasi", "Buka tautan ini", to=["siti@example.com"]).send()
    kept = [file.read_text() for file in tmp_path.iterdir()]
    assert len(kept) == 1
    assert "Buka tautan ini" in kept[0]
    assert "Buka tautan ini" in capsys.readouterr().out
