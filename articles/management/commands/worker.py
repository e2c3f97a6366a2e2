"""`manage.py worker`: does what need not be done while somebody waits."""

import logging
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from articles import jobs


class Command(BaseCommand):
    help = "Run background tasks and periodic jobs until SIGTERM or Ctrl-C; any number of them."
    requires_migrations_checks = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Do what is due now, then end.")
        parser.add_argument(
            "--interval",
            type=float,
            default=1.0,
            help="Seconds between two looks at an empty queue (default: %(default)s).",
        )

    def handle(self, *, once: bool, interval: float, verbosity: int, **options: Any) -> None:
        if settings.DEBUG and verbosity < 2:
            # A newcomer's terminal shows mails and errors, not two lines for each task.
            logging.getLogger("django.tasks").setLevel(logging.WARNING)
        jobs.run(once=once, interval=max(interval, 0.05))
