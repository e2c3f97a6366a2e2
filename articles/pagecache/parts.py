"""Parts that many pages share, kept in this process's memory: what fragments.py is made of.

A part is looked at after the page's clock was read, and against it. It hands up what it depends on
and its times, never its clock: the page keeps the one that it read before its own first query.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, cast

from articles import dependencies
from articles.dependencies import Recording
from articles.pagecache import current
from articles.pagecache.clocks import ClockDown, Reading
from articles.pagecache.entries import Validity

MOST = 4096


@dataclass(frozen=True)
class Kept:
    """A part, and what was recorded while it was made."""

    value: Any
    made: Recording
    validity: Validity


_kept: OrderedDict[str, Kept] = OrderedDict()
_lock = threading.Lock()


def get[T](name: str, build: Callable[[], T], settle: Callable[[Recording], None]) -> T:
    """The part of that name: the kept one while it is still true, else what `build` makes now.

    `settle` adds the part's moments to its recording. While nobody records it is built each time.
    """
    page = dependencies.current()
    if page is None or not isinstance(page.clock, Reading):
        return build()
    kept = _kept.get(name)
    if kept and _is_true(kept, page, page.clock):
        page.absorb(kept.made)
        return cast("T", kept.value)
    with dependencies.recording(page.now, page.clock) as made:
        value = build()
        # What fails here fails again when the page is settled, and is told there: neither is kept.
        with suppress(Exception):
            settle(made)
            _keep(name, Kept(value, made, Validity.of(made)))
    page.absorb(made)
    return value


def clear() -> None:
    """Forget all parts, as a new process would."""
    with _lock:
        _kept.clear()


def _is_true(kept: Kept, page: Recording, read: Reading) -> bool:
    if not kept.made.now <= page.now < kept.validity.ends_at:
        return False
    try:
        return kept.validity.stands(read, current.clock())
    except ClockDown:
        return False


def _keep(name: str, kept: Kept) -> None:
    with _lock:
        _kept[name] = kept
        _kept.move_to_end(name)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
