"""`manage.py rekey_notes`"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles import confidential
from articles.seal import NoKey


class Command(BaseCommand):
    """Lock every confidential note with the first of CONFIDENTIAL_KEYS."""

    help = "Lock every confidential note with the first key; then the others may be taken away."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done, lost = confidential.rekey()
        except NoKey as error:
            raise CommandError("CONFIDENTIAL_KEYS holds no key.") from error
        self.stdout.write(f"{done} notes are locked with the first key.")
        if lost:
            numbers = ", ".join(map(str, lost))
            raise CommandError(f"None of the keys opens these notes: {numbers}. Bring theirs back.")
