"""The clock in a memory-mapped file, for every process of one machine, commands included.

Tags hash into fixed slots; two that share one cost a rendering, never a stale page. A reading takes
no lock: a writer sets the slots first and the clock last, and a reader looks at the clock first.
"""

import fcntl
import mmap
import os
import secrets
import struct
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from zlib import crc32

from articles.pagecache.clocks import ClockDown, Reading

SLOTS = 1 << 17  # 1 MiB; two of a page's hundred tags share one with every thousandth change.
MAGIC = b"newsroom-clock-1"
EPOCH = slice(16, 64)  # The boot's id and a random part
HEADER = 128
CLOCK = 64 // 8  # As an index of 64-bit words
FIRST_SLOT = HEADER // 8
SIZE = HEADER + SLOTS * 8
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def slot_of(tag: str) -> int:
    """The place of a tag's stamp, as an index of 64-bit words."""
    return FIRST_SLOT + crc32(tag.encode()) % SLOTS


def boot() -> bytes:
    """What changes when the machine starts anew; empty where no one tells."""
    try:
        return BOOT_ID.read_bytes().strip().replace(b"-", b"")[:32]
    except OSError:
        return b""


class Mapping:
    """The file as it lies open in this process: a descriptor of its own, never one that was
    inherited, because a lock on an inherited one excludes nobody."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.pid = os.getpid()
        self.file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)
        try:
            self.prepare()
            self.memory = mmap.mmap(self.file, SIZE)
        except OSError:
            os.close(self.file)
            raise
        self.words = memoryview(self.memory).cast("Q")
        self.identity = self.named(os.fstat(self.file))

    def prepare(self) -> None:
        """Make the file anew if it is new, of another form or from before the last boot."""
        fcntl.flock(self.file, fcntl.LOCK_EX)
        try:
            head = os.pread(self.file, HEADER, 0)
            if os.fstat(self.file).st_size != SIZE or not head.startswith(MAGIC + boot()):
                os.ftruncate(self.file, SIZE)
                os.pwrite(self.file, bytes(SIZE - HEADER), HEADER)
                os.pwrite(self.file, MAGIC + new_epoch() + struct.pack("=Q", 1), 0)
        finally:
            fcntl.flock(self.file, fcntl.LOCK_UN)

    @staticmethod
    def named(status: os.stat_result) -> tuple[int, int, int]:
        return status.st_dev, status.st_ino, status.st_size

    def is_current(self, path: Path) -> bool:
        """Whether this file still is the one of that name: somebody may have removed it."""
        try:
            return self.pid == os.getpid() and self.identity == self.named(path.stat())
        except FileNotFoundError:
            return False


def new_epoch() -> bytes:
    """48 bytes that no other epoch has."""
    return boot().ljust(32, b"0") + secrets.token_hex(8).encode()


class MappedClock:
    """See clocks.Clock. A thread's lock stands beside the file's, which excludes processes only."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._mapping: Mapping | None = None
        self._lock = threading.RLock()
        os.register_at_fork(after_in_child=self._forget)

    def read(self) -> Reading:
        mapping = self._current()
        # The epoch first: one that is renewed in between belongs to an older clock, and is void.
        return Reading(mapping.memory[EPOCH], mapping.words[CLOCK])

    def newest(self, tags: Iterable[str]) -> Reading:
        mapping = self._current()
        words, epoch = mapping.words, mapping.memory[EPOCH]
        return Reading(epoch, max((words[slot_of(tag)] for tag in tags), default=0))

    def bump(self, tags: Iterable[str]) -> None:
        slots = [slot_of(tag) for tag in tags]

        def stamp(mapping: Mapping) -> None:
            value = mapping.words[CLOCK] + 1
            for slot in slots:
                mapping.words[slot] = value
            mapping.words[CLOCK] = value

        self._write(stamp)

    def renew(self) -> None:
        def begin(mapping: Mapping) -> None:
            mapping.memory[EPOCH] = new_epoch()
            mapping.words[CLOCK] += 1

        self._write(begin)

    def _write(self, change: Callable[[Mapping], None]) -> None:
        """Change the file under both locks, and again if it was another file by then."""
        mapping = None
        try:
            while mapping is None or not mapping.is_current(self._path):
                with self._lock:
                    mapping = self._current()
                    fcntl.flock(mapping.file, fcntl.LOCK_EX)
                    try:
                        change(mapping)
                    finally:
                        fcntl.flock(mapping.file, fcntl.LOCK_UN)
        except OSError as error:
            raise ClockDown(f"{self._path}: {error}") from error

    def _current(self) -> Mapping:
        """The file of that name as it is now: each use looks whether it still is the same one."""
        try:
            if self._mapping is None or not self._mapping.is_current(self._path):
                self._open()
        except OSError as error:
            raise ClockDown(f"{self._path}: {error}") from error
        assert self._mapping is not None
        return self._mapping

    def _open(self) -> None:
        with self._lock:
            if self._mapping is not None and self._mapping.is_current(self._path):
                return
            old, self._mapping = self._mapping, Mapping(self._path)
            if old is not None:
                os.close(old.file)

    def _forget(self) -> None:
        """In a child of fork: another process's thread may have held the lock."""
        self._lock = threading.RLock()
