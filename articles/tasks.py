"""The periodic jobs of the paper. They call the writers."""

import logging

from django.core.management import call_command
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles import content, copies, editing, pictures, wastebin
from articles.models import Article, Image

log = logging.getLogger(__name__)

AT_ONCE = 1000
# A picture takes a worker some five seconds.
PICTURES_AT_ONCE = 100


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


def sweep_pictures() -> int:
    """Order the copies that are missing and that nobody is about to make; say how many.

    At most a hundred a run, the newest first: those are what readers look at.
    """
    rows = Image.objects.incomplete().order_by("-pk")
    ordered = _ordered()
    missing = [image for image in rows[:AT_ONCE] if image.pk not in ordered][:PICTURES_AT_ONCE]
    for image in missing:
        copies.order(image)
    if missing:
        log.warning("%d pictures lacked copies; these are ordered now.", len(missing))
    return len(missing)


def _ordered() -> set[int]:
    """The pictures whose copies wait for a worker, are being made, or failed three times.

    A picture that kills its worker would do so for ever; the desk may run a failed task again.
    """
    open_ones = DBTaskResult.objects.filter(task_path=copies.make_copies.module_path).exclude(
        status=TaskResultStatus.SUCCESSFUL
    )
    return {asked["args"][0] for asked in open_ones.values_list("args_kwargs", flat=True)}


def forget_replaced() -> int:
    """Take away originals that were replaced a month ago, at most a thousand a run; how many."""
    return pictures.forget_replaced(timezone.now(), AT_ONCE)


def forget_sessions() -> None:
    """Delete sessions that have run out."""
    call_command("clearsessions")
