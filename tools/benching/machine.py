"""What programs cost: processor time and memory of whole trees of processes, from /proc."""

from __future__ import annotations

import os
import platform
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

PROC = Path("/proc")
TICK = os.sysconf("SC_CLK_TCK")
CHILDREN_USER, CHILDREN_SYSTEM = 13, 14  # fields 16 and 17 of stat, counted behind the name


def parents() -> dict[int, int]:
    """The parent of each process there is."""
    found = {}
    for folder in PROC.iterdir():
        if folder.name.isdecimal() and (fields := stat(int(folder.name))):
            found[int(folder.name)] = int(fields[1])
    return found


def stat(pid: int) -> list[str]:
    """The fields behind the program's name, which may hold blanks itself; none if it's gone."""
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def parent_of(pid: int) -> int:
    return int(stat(pid)[1])


def tree(roots: Iterable[int]) -> set[int]:
    """The processes and all that they started."""
    children = defaultdict(list)
    for pid, parent in parents().items():
        children[parent].append(pid)
    found: set[int] = set()
    waiting = list(roots)
    while waiting:
        pid = waiting.pop()
        found.add(pid)
        waiting += [child for child in children[pid] if child not in found]
    return found


def cpu(roots: Iterable[int]) -> float:
    """Seconds of processor time that the trees have taken, children that have ended included."""
    return sum(seconds(pid) for pid in tree(roots))


def seconds(pid: int) -> float:
    """Of one process: its threads to the nanosecond, its ended children to the tick."""
    fields = stat(pid)
    if not fields:
        return 0.0
    ended = int(fields[CHILDREN_USER]) + int(fields[CHILDREN_SYSTEM])
    return ended / TICK + sum(map(thread_seconds, (PROC / str(pid) / "task").glob("*/schedstat")))


def thread_seconds(path: Path) -> float:
    try:
        return int(path.read_text().split()[0]) / 1e9
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


def pss(roots: Iterable[int]) -> float:
    """MiB of memory, what processes share counted once."""
    return sum(map(process_pss, tree(roots)))


def process_pss(pid: int) -> float:
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def words() -> str:
    """The hardware, for whoever reads the table."""
    info = (PROC / "cpuinfo").read_text().splitlines()
    model = next((line.partition(":")[2].strip() for line in info if "model name" in line), "?")
    memory = int((PROC / "meminfo").read_text().split()[1]) / 1024 / 1024
    return f"{os.cpu_count()} × {model}, {memory:.0f} GiB, Python {platform.python_version()}"
