"""The periodic jobs of the paper. They call the writers."""

import logging

from django.core.management import call_command
from django.utils import timezone

from articles import content, editing, wastebin
from articles.models import Article

log = logging.getLogger(__name__)

AT_ONCE = 1000


def sweep_search() -> int:
    """Write the search rows that are missing, at most a thousand a run; say how many."""
    rows = Article.objects.filter(search_document=None).order_by("-pk")
    missing = list(rows.values_list("pk", flat=True)[:AT_ONCE])
    for pk in missing:
        content.renew_search(pk)
    if missing:
        log.warning("%d articles had no search row; they have one now.", len(missing))
    return len(missing)


def keep_typed_text() -> int:
    """Put what was typed and left unsaved for a day into the history; say how many texts."""
    return editing.sweep()


def empty_bin() -> int:
    """Wipe what has lain in the bin for thirty days, at most a thousand a run; say how many."""
    now = timezone.now()
    found = list(wastebin.overdue(now).values_list("pk", flat=True)[:AT_ONCE])
    return sum(wastebin.wipe(pk, now) for pk in found)


def forget_sessions() -> None:
    """Delete sessions that have run out."""
    call_command("clearsessions")
