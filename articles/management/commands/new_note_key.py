"""`manage.py new_note_key`"""

from typing import Any

from django.core.management.base import BaseCommand

from articles import seal


class Command(BaseCommand):
    """Print a new key for CONFIDENTIAL_KEYS."""

    help = "Print a new key for confidential notes, to be put first in CONFIDENTIAL_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(seal.new_key())
