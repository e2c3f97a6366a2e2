"""What a page showed and asked while it was made, and until when that holds.

Querysets and template tags report here. Without somebody who records, nothing is kept: a report
costs one look into a context variable. Tags are plain strings: objects (`card:12`), lists
(`list:section:3`, also when they were empty) and look-ups (`slug:tag:banjir`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone


@dataclass
class Recording:
    """One page, or one part of a page, in the making.

    `now` is the request's one time, in UTC. `shows` and `hides` are the first moments at which the
    page would show something more, and something less. `clock` belongs to the page cache: what
    its clock said before the first query, or None if nobody will keep the page.
    """

    now: datetime
    clock: object = None
    tags: set[str] = field(default_factory=set)
    shows: datetime | None = None
    hides: datetime | None = None
    page: object = None

    def end(self, at: datetime, *, hides: bool) -> None:
        """The page is another one from `at` on; a moment that has passed already is of no use."""
        if at <= self.now:
            return
        if hides:
            self.hides = min(self.hides or at, at)
        else:
            self.shows = min(self.shows or at, at)

    def absorb(self, part: "Recording") -> None:
        """Take over what a part of this page depends on; never its clock."""
        self.tags |= part.tags
        if part.shows:
            self.end(part.shows, hides=False)
        if part.hides:
            self.end(part.hides, hides=True)


_current: ContextVar[Recording | None] = ContextVar("newsroom_recording", default=None)


def current() -> Recording | None:
    """The recording that is under way here, if there is one."""
    return _current.get()


@contextmanager
def recording(now: datetime, clock: object = None) -> Iterator[Recording]:
    """Record what is reported inside the block, and nothing of it anywhere else."""
    made = Recording(now, clock)
    token = _current.set(made)
    try:
        yield made
    finally:
        _current.reset(token)


def now() -> datetime:
    """The request's one time, in UTC, for every question about what readers may see."""
    made = _current.get()
    return made.now if made else timezone.now()


def saw(*tags: str) -> None:
    """The page showed these things, or asked these lists."""
    if made := _current.get():
        made.tags.update(tags)


def ends(at: datetime | None, *, hides: bool = False) -> None:
    """The page holds until `at` (None: for good); `hides` if something must be gone from then."""
    if at and (made := _current.get()):
        made.end(at, hides=hides)
