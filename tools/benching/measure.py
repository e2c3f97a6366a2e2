"""Measuring rows in turn: what a request costs in processor time, beside H in the same moment."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from benching import machine
from benching.client import Readers

ROUNDS = 3
# A round of a row goes on until it has cost so many seconds; threads are timed to the nanosecond.
ENOUGH = 0.4
FIRST, MOST = 16, 4000
PLAIN_REQUESTS = 200


@dataclass(frozen=True)
class Cost:
    """One measurement: milliseconds a request, and how many times H that was."""

    ms: float
    times_h: float


@dataclass
class Row:
    """A kind of page on a server, with the processes whose time it takes."""

    name: str
    readers: Readers
    paths: Sequence[str]
    roots: Sequence[int]
    costs: list[Cost] = field(default_factory=list)

    @property
    def ms(self) -> float:
        return statistics.median(cost.ms for cost in self.costs)

    @property
    def times_h(self) -> float:
        return statistics.median(cost.times_h for cost in self.costs)


class Bench:
    """Takes turns: a round asks for every row, so that a busy moment falls on all of them."""

    def __init__(self, plain: Readers, plain_pid: int) -> None:
        self.plain, self.plain_pid = plain, plain_pid
        self.h: list[float] = []
        plain.warm(["/"])

    def run(self, rows: Sequence[Row], rounds: int = ROUNDS) -> None:
        for row in rows:
            row.readers.warm(row.paths[:2])
        for turn in range(rounds):
            for number, row in enumerate(rows, start=1):
                say(f"\rRound {turn + 1} of {rounds}, row {number} of {len(rows)}: {row.name:40}")
                self._measure(row, turn)
        say("\n")

    def _measure(self, row: Row, turn: int) -> None:
        h = self._plain()
        # Each round begins elsewhere in the list: pages that are to be cold stay so.
        start = len(row.paths) * turn // ROUNDS
        paths = [*row.paths[start:], *row.paths[:start]]
        first = spent(row, paths, FIRST)
        number = min(MOST, max(FIRST, round(ENOUGH / max(first, 1e-5))))
        cost = spent(row, [*paths[FIRST:], *paths[:FIRST]], number)
        row.costs.append(Cost(cost * 1000, cost / h))

    def _plain(self) -> float:
        before = machine.cpu([self.plain_pid])
        self.plain.read(["/"], PLAIN_REQUESTS)
        self.h.append((machine.cpu([self.plain_pid]) - before) / PLAIN_REQUESTS)
        return self.h[-1]

    @property
    def h_ms(self) -> float:
        return statistics.median(self.h) * 1000


def say(words: str) -> None:
    sys.stderr.write(words)
    sys.stderr.flush()


def spent(row: Row, paths: Sequence[str], number: int) -> float:
    """Seconds of processor time a request, of all the row's processes."""
    before = machine.cpu(row.roots)
    row.readers.read(paths, number)
    return (machine.cpu(row.roots) - before) / number


def growth(small: Row, large: Row, per: float = 1.0) -> float:
    """How many times dearer the large one is, in the median of the rounds."""
    pairs = zip(small.costs, large.costs, strict=True)
    return statistics.median(b.times_h / a.times_h for a, b in pairs) / per


def waits(readers: Readers, path: str, times: int = 5) -> float:
    """Milliseconds until the answer, in the median of a few requests."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        readers.get(path)
        found.append((time.perf_counter() - start) * 1000)
    return statistics.median(found)
