"""What is kept of a page: its final bytes, what they depend on, and how long they hold."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from articles.dependencies import Recording
from articles.pagecache.clocks import Clock, Reading
from articles.pagecache.encodings import pack

# What an entry weighs beside its bytes: headers, tags, keys. Measured with a hundred tags.
OVERHEAD = 12_000
FOR_EVER = datetime.max.replace(tzinfo=UTC)


@dataclass
class Validity:
    """Under which epoch, clock and tags something was made, and when that ends.

    `clock` is what was read before the first query, and never changes; `checked` is the clock that
    was read before the last comparison that held.
    """

    epoch: bytes
    clock: int
    tags: tuple[str, ...]
    shows: datetime
    hides: datetime
    checked: int

    @classmethod
    def of(cls, made: Recording) -> "Validity":
        """The validity of what `made` recorded."""
        assert isinstance(made.clock, Reading)
        epoch, clock = made.clock
        shows, hides = made.shows or FOR_EVER, made.hides or FOR_EVER
        return cls(epoch, clock, tuple(sorted(made.tags)), shows, hides, clock)

    def stands(self, read: Reading, clock: Clock) -> bool:
        """Whether no change has touched it up to `read`, which was read just now.

        Raises ClockDown. The stamps are asked only if the clock has moved since they last were.
        """
        if read.epoch != self.epoch or read.clock < self.clock:
            return False
        if read.clock != self.checked:
            epoch, newest = clock.newest(self.tags)
            # The stamps may be those of an epoch that began after `read`: their zeros say nothing.
            if epoch != self.epoch or newest > self.clock:
                return False
            # What was read before the comparison, never what the clock says after it.
            self.checked = read.clock
        return True

    @property
    def ends_at(self) -> datetime:
        """The first moment at which it is no longer the whole truth."""
        return min(self.shows, self.hides)


@dataclass
class Entry:
    """One page as it goes out: status, headers, and the body in the encodings that were asked."""

    status: str
    headers: tuple[tuple[str, str], ...]
    digest: str
    validity: Validity
    bodies: dict[str, bytes] = field(default_factory=dict)
    dies_at: datetime = FOR_EVER

    def body(self, encoding: str) -> bytes:
        """The bytes in `encoding` (br, gzip or identity); packed when they are first asked for."""
        found = self.bodies.get(encoding)
        if found is None:
            found = pack(self.bodies, encoding)
            # The plain form is large and hardly ever asked: it is unpacked each time.
            if encoding != "identity":
                self.bodies[encoding] = found
        return found

    @property
    def weight(self) -> int:
        """Bytes of memory, about."""
        return OVERHEAD + 2 * sum(map(len, self.bodies.values()))


class Shelf:
    """Entries by key, bounded in bytes; what was asked longest ago goes first."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._weight = 0
        self._entries: OrderedDict[Hashable, tuple[Entry, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Entry | None:
        """The entry, which counts as asked now."""
        with self._lock:
            kept = self._entries.get(key)
            if kept is None:
                return None
            self._entries.move_to_end(key)
            return kept[0]

    def put(self, key: Hashable, entry: Entry) -> None:
        """Keep an entry, and let others go if the shelf is full."""
        with self._lock:
            self._take(key)
            # Weighed once: other encodings are packed later, and are allowed for already.
            self._entries[key] = entry, entry.weight
            self._weight += entry.weight
            while self._weight > self._most and len(self._entries) > 1:
                self._take(next(iter(self._entries)))

    def drop(self, key: Hashable, entry: Entry) -> None:
        """Let `entry` go, unless another one has taken its place."""
        with self._lock:
            kept = self._entries.get(key)
            if kept is not None and kept[0] is entry:
                self._take(key)

    def _take(self, key: Hashable) -> None:
        kept = self._entries.pop(key, None)
        if kept is not None:
            self._weight -= kept[1]

    def __len__(self) -> int:
        return len(self._entries)
