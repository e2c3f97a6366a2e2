"""`manage.py make_archive --articles 200000 --comments 500000 --tags 30000`"""

import json
import sys
import time
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from newsroom.archive import loader
from newsroom.archive.plan import PER_DAY, Plan, landmarks

WIDTH = 30


class Command(BaseCommand):
    help = (
        "Write an invented archive of any size into an empty database, to measure with. The same "
        "seed makes the same texts. Pictures have rows and no files."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--articles", type=int, default=10_000)
        parser.add_argument("--comments", type=int, help="default: five for every two articles")
        parser.add_argument("--tags", type=int, help="default: three for every twenty articles")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--per-day", type=int, default=PER_DAY, help="articles a day")
        parser.add_argument("--until", help="when the newest was published: 2026-11-27T12:00+07:00")
        parser.add_argument("--json", action="store_true", help="print what can be looked for")
        parser.add_argument("--add", action="store_true", help="also beside articles (DEBUG only)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["add"] and not settings.DEBUG:
            raise CommandError("Invented articles are not added to a live paper: set DEBUG=1.")
        plan = plan_of(options)
        bar = Bar(plan.articles, options["verbosity"])
        try:
            loader.load(plan, add=options["add"], progress=bar.show)
        except loader.Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["json"]:
            self.stdout.write(json.dumps(landmarks(plan), indent=2))


def plan_of(options: dict[str, Any]) -> Plan:
    """The sizes that were asked for. Raises CommandError for what is none."""
    articles = options["articles"]
    comments, tags = options["comments"], options["tags"]
    plan = Plan(
        articles=articles,
        comments=articles * 5 // 2 if comments is None else comments,
        tags=articles * 3 // 20 if tags is None else tags,
        until=moment(options["until"]),
        seed=options["seed"],
        per_day=options["per_day"],
    )
    if min(plan.articles, plan.comments, plan.tags) < 0 or not 0 < plan.per_day <= 1440:
        raise CommandError("Sizes are counted from 0, and articles a day from 1 to 1440.")
    return plan


def moment(text: str | None) -> datetime:
    """The moment that was asked for; without one, now."""
    if text is None:
        return timezone.now()
    found = parse_datetime(text)
    if found is None or timezone.is_naive(found):
        raise CommandError("--until needs a date, a time and a zone: 2026-11-27T12:00+07:00.")
    return found


class Bar:
    """How far it is, on the terminal of whoever waits."""

    def __init__(self, total: int, verbosity: int) -> None:
        self.total, self.quiet, self.began = total, verbosity == 0, time.monotonic()
        self.told = 0.0

    def show(self, done: int) -> None:
        now = time.monotonic()
        if self.quiet or (now - self.told < 0.5 and done < self.total):
            return
        self.told = now
        full = WIDTH * done // max(self.total, 1)
        bar = f"[{'#' * full}{' ' * (WIDTH - full)}]"
        seconds = now - self.began
        sys.stderr.write(f"\r{bar} {done:,} of {self.total:,} articles, {seconds:.0f} s")
        sys.stderr.write("\n" if done >= self.total else "")
        sys.stderr.flush()
