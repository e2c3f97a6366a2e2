"""`manage.py void_pages`: for whoever has changed the database behind the paper's back."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from articles import pagecache
from articles.pagecache import ClockDown


class Command(BaseCommand):
    help = "Void all kept pages, on every machine: after a restore, or a change by hand."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            pagecache.clock().renew()
        except ClockDown as error:
            raise CommandError(f"{settings.PAGE_CLOCK}: nothing was voided. {error}") from error
        self.stdout.write("All kept pages are void: each is made anew when it is asked for.")
