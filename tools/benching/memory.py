"""Memory after load, of the application and of all that row 135 has on one small server."""

from __future__ import annotations

import itertools

from benching import machine
from benching.client import Readers
from benching.report import Section
from benching.servers import Database, Server
from benching.tables import Paper

MOST_MIB, MOST_GROWTH_MIB, MOST_ALL_MIB = 250, 5, 2048
LOAD = 5000
BEGIN, END = 100_000, 1_000_000


def after_load(
    server: Server, readers: Readers, paper: Paper, worker: int, database: Database
) -> Section:
    """Two busy workers and the worker process after pages of every kind, kept and not."""
    paths = list(itertools.chain(*paper.found["pages"].values()))
    workers = machine.tree([server.pid]) - {server.pid}
    readers.read(paths, LOAD)
    sizes = list(map(machine.process_pss, workers))
    # Which worker takes a connection is the kernel's choice, and may be the same one each time.
    idle = sum(max(sizes) - size for size in sizes)
    ours = machine.pss([server.pid, worker]) + idle
    section = Section(f"Memory after {LOAD:,} requests, PSS")
    section.below("two workers like the larger one, and the worker process", ours, MOST_MIB, "MiB")
    section.told("of it the worker process", f"{machine.pss([worker]):.0f} MiB")
    section.told("the two web workers", " and ".join(f"{size:.0f} MiB" for size in sorted(sizes)))
    everything = ours + machine.pss([database.pid])
    section.below("the same with PostgreSQL, no Redis", everything, MOST_ALL_MIB, "MiB")
    return section


def long_run(server: Server, readers: Readers, paper: Paper) -> Section:
    """Whether a worker grows from its request 100,000 to its 1,000,000, for pages of every kind."""
    paths = list(itertools.chain(*paper.found["pages"].values()))
    workers = machine.tree([server.pid]) - {server.pid}
    readers.read(paths, BEGIN * len(workers))
    before = {pid: machine.process_pss(pid) for pid in workers}
    readers.read(paths, (END - BEGIN) * len(workers))
    grown = max(machine.process_pss(pid) - before[pid] for pid in workers)
    section = Section("Memory of a worker over a million requests")
    section.below(f"from request {BEGIN:,} to {END:,}", grown, MOST_GROWTH_MIB, "MiB more")
    return section
