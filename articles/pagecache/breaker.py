"""A thing that may fail to answer, and what keeps its silence from holding every thread."""

import logging
import threading
import time

log = logging.getLogger(__name__)

PAUSE = 1.0  # Seconds between two tries.
# Pauses between two tries of what costs whoever tries it a while, and others nothing.
DEAR = 5


class Breaker:
    """While `name` is broken one thread at a time tries it, `pauses` apart; the others go on.

    A thread that was not refused ends its try by `end`.
    """

    def __init__(self, name: str, pauses: int = 1) -> None:
        self.name, self.pauses = name, pauses
        self.is_broken = False
        self._is_tried = False
        self._rests_until = 0.0
        self._lock = threading.Lock()

    def refuses(self, *, waits: bool = True) -> bool:
        """Whether this thread should do without; never while it works.

        Who has a rhythm of its own need not wait for the pause to be over.
        """
        if not self.is_broken:
            return False
        with self._lock:
            if self._is_tried or (waits and time.monotonic() < self._rests_until):
                return True
            self._is_tried = True
            return False

    def end(self, *, works: bool) -> None:
        """A try is over. Only a change of state is a line in the log."""
        if works and not self.is_broken:
            return
        with self._lock:
            changed, self.is_broken = works == self.is_broken, not works
            self._is_tried = False
            self._rests_until = time.monotonic() + PAUSE * self.pauses
        if changed and works:
            log.warning("%s answers again.", self.name)
        elif changed:
            log.error("%s does not answer.", self.name)
