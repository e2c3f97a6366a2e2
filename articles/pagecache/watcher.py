"""A thread of each web process that announces what nobody has announced.

It also asks a clock that did not answer, so that no reader has to wait for it.

A process that was killed between its commit and its bump leaves a row; so does one that could not
reach the clock. Whoever serves readers finds it within seconds, with every worker dead.
"""

import logging
import os
import threading
from collections.abc import Callable

from django.db import DatabaseError, connections

from articles.pagecache import announcing, current
from articles.pagecache.clocks import ClockDown

log = logging.getLogger(__name__)

INTERVAL = 1.0
# Ticks between two rounds of what else a web process looks after.
ROUND = 60

_rounds: list[Callable[[], object]] = []
_look: Callable[[], object] | None = None
_begun_in = 0
_trouble = ""
_lock = threading.Lock()


def each_minute(task: Callable[[], object]) -> None:
    """Let every web process call `task` once a minute; register it in `AppConfig.ready()`."""
    if task not in _rounds:
        _rounds.append(task)


def each_second(look: Callable[[], object]) -> None:
    """Let the thread of this process call `look` before it announces; one page cache, one look."""
    global _look
    _look = look


def begin() -> None:
    """Start the thread of this process, once; a forked child starts its own."""
    global _begun_in
    if _begun_in == os.getpid():
        return
    with _lock:
        if _begun_in != os.getpid():
            _begun_in = os.getpid()
            threading.Thread(target=_watch, name="page-cache-watcher", daemon=True).start()


def _watch() -> None:
    pause, ticks = threading.Event(), 0
    while not pause.wait(INTERVAL):
        ticks += 1
        tick()
        if ticks % ROUND == 0:
            for task in _rounds:
                _do(task)


def tick() -> None:
    """Look for the clock, then announce what has been waiting for longer than its writer takes."""
    if _look:
        _do(_look)
    _do(_announce)


def _announce() -> None:
    """Say once when it begins to fail and once when it ends, not every second of a bad night."""
    global _trouble
    trouble = ""
    try:
        if not announcing.drain() and _trouble:
            current.clock().read()  # There was nothing to announce, which proves nothing.
    except (ClockDown, DatabaseError) as error:
        trouble = f"{type(error).__name__}: {error}"
    if trouble != _trouble:
        log.warning("Announcing changes: %s", trouble or "works again")
        _trouble = trouble


def _do(task: Callable[[], object]) -> None:
    """Nothing that fails here may end the thread; the next second tries again."""
    try:
        try:
            task()
        finally:
            connections.close_all()
    except (ClockDown, DatabaseError) as error:
        log.warning("A round of the watcher failed: %s: %s", type(error).__name__, error)
    except Exception:
        log.exception("A round of the watcher failed.")
