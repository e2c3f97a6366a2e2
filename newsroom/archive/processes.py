"""Making rows on every processor: words cost more time than writing them.

Nothing of Django's is imported before `begin` has set it up in the new process.
"""

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from typing import Any

import django

from newsroom.archive.plan import Places, Plan

type Rows = dict[str, list[tuple[Any, ...]]]
_make: Callable[[range], Rows]


def begin(plan: Plan, places: Places) -> None:
    """Make this process ready to make rows."""
    global _make
    threading.Thread(target=_end_with_parent, daemon=True).start()
    django.setup()
    from newsroom.archive.rows import Maker

    _make = Maker(plan, places).make


def _end_with_parent() -> None:
    """Whoever kills the command is rid of its processes too: they would wait for ever."""
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def make(numbers: range) -> Rows:
    return _make(numbers)


def in_turn(plan: Plan, places: Places, parts: Iterable[range]) -> Iterator[Rows]:
    """The rows of each part, in order; a few parts are made ahead, and no more."""
    workers = os.cpu_count() or 1
    pool = ProcessPoolExecutor(
        workers, get_context("spawn"), initializer=begin, initargs=(plan, places)
    )
    waiting: deque[Future[Rows]] = deque()
    with pool:
        for part in parts:
            waiting.append(pool.submit(make, part))
            if len(waiting) > 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
