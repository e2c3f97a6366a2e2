"""The clock of the page cache: one counter, one stamp for each tag, one epoch.

A change sets the stamps of its tags to the clock's next value, and the clock with them. A page that
was rendered at clock 40 is still true if none of its tags has a stamp above 40 in the same epoch.
Two stores keep it: Redis, for several machines (redis_clock.py), and a memory-mapped file for all
processes of one machine (mapped_clock.py). docs/architecture.md has the rules and their reasons.
"""

from collections.abc import Iterable
from typing import NamedTuple, Protocol


class ClockDown(Exception):
    """The clock can't be asked: nothing kept may be trusted, and no change is confirmed."""


class Reading(NamedTuple):
    """What the clock said at one moment. Readings of different epochs can't be compared."""

    epoch: bytes
    clock: int


class Clock(Protocol):
    """Where the clock and the stamps are kept. Every method raises ClockDown."""

    def read(self) -> Reading:
        """Epoch and clock, in one step."""

    def newest(self, tags: Iterable[str]) -> Reading:
        """The epoch and the newest stamp of `tags`, in one step; a tag never bumped counts 0."""

    def bump(self, tags: Iterable[str]) -> None:
        """Set the stamps of `tags` to the clock's next value, and the clock with them."""

    def renew(self) -> None:
        """Begin a new epoch: whatever was kept before is void."""
