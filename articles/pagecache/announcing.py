"""From a committed change to the clock: at once, and by whoever comes by if that failed."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from articles.models import Outbox
from articles.pagecache import current

log = logging.getLogger(__name__)

CHANGED = "changed"
MOST_AT_ONCE = 500
# After so many failures a row is settled by voiding everything that is kept.
MOST_ATTEMPTS = 3
# Younger rows belong to somebody who is about to announce them.
PATIENCE = timedelta(seconds=5)


@dataclass
class Change:
    """One announced change; confirmed only by the success of its own bump."""

    row: int
    tags: list[str]
    confirmed: bool = False


_changes: ContextVar[list[Change] | None] = ContextVar("newsroom_changes", default=None)


def announce(tags: set[str]) -> None:
    """Write the row that tells of a change to `tags`, and bump them once it is committed.

    Call it inside the change's transaction. A clock that does not answer turns no saved change into
    an error: the row remains, and the change stays unconfirmed.
    """
    if not tags:
        return
    names = sorted(tags)
    change = Change(Outbox.objects.create(kind=CHANGED, payload={"tags": names}).pk, names)
    noted = _changes.get()
    if noted is not None:
        noted.append(change)
    transaction.on_commit(partial(confirm, change), robust=True)


def confirm(change: Change) -> None:
    """Bump the tags of a committed change, before the one who made it gets an answer."""
    current.clock().bump(change.tags)
    change.confirmed = True
    Outbox.objects.filter(pk=change.row).update(done_at=timezone.now())


@contextmanager
def watching() -> Iterator[list[Change]]:
    """Collect the changes that are announced inside the block."""
    changes: list[Change] = []
    token = _changes.set(changes)
    try:
        yield changes
    finally:
        _changes.reset(token)


def late(changes: list[Change]) -> bool:
    """Whether any of these is committed, and readers do not see it yet.

    What was rolled back has no row, and what somebody else has announced since is done.
    """
    rows = [change.row for change in changes if not change.confirmed]
    return bool(rows) and Outbox.objects.filter(pk__in=rows, done_at=None).exists()


def drain(patience: timedelta = PATIENCE) -> int:
    """Announce what was committed and not announced, the oldest first; how many rows that were.

    Raises what went wrong with the first row that failed (ClockDown, mostly); it counts that.
    """
    before = timezone.now() - patience
    ripe = Outbox.objects.filter(kind=CHANGED, done_at=None, created_at__lte=before)
    rows = list(ripe.order_by("id")[:MOST_AT_ONCE])
    for row in rows:
        _settle(row)
    return len(rows)


def drain_all() -> None:
    """Announce every change that is not announced yet, however young."""
    while drain(timedelta(0)) == MOST_AT_ONCE:
        pass


def prune(keep: timedelta = timedelta(days=7)) -> int:
    """Delete rows that were done longer than `keep` ago; how many."""
    return Outbox.objects.filter(done_at__lt=timezone.now() - keep).delete()[0]


def _settle(row: Outbox) -> None:
    try:
        if row.attempts >= MOST_ATTEMPTS:
            log.critical("Change %d could not be announced: all kept pages are void.", row.pk)
            current.clock().renew()
        else:
            current.clock().bump(row.payload["tags"])
    except Exception:
        Outbox.objects.filter(pk=row.pk).update(attempts=min(row.attempts + 1, 1000))
        raise
    Outbox.objects.filter(pk=row.pk).update(done_at=timezone.now())
