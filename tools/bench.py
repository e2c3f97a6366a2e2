"""`make bench`: what pages cost, in processor time of all processes, database included.

Each figure is a ratio to H, a constant Django page measured in the same moment: machines differ.
The servers are its own and listen on loopback; nothing of them stays.

    make bench SIZES="1000 10000 200000" ARGS="--markdown table.md --long"
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benching import machine, memory, servers, tables
from benching.client import Readers
from benching.measure import Bench, Row
from benching.report import Section, failures, markdown, plain
from benching.servers import Database
from process import ROOT, interrupt_on_stop

SIZES = [1000, 10_000]
COMMENTS, TAGS = 2.5, 0.15  # for each article: 500,000 and 30,000 for 200,000


def main() -> int:
    options = parse()
    interrupt_on_stop()
    if not Path("/proc/self/schedstat").exists():
        raise SystemExit("The bench reads processor time from /proc: it needs Linux.")
    with contextlib.ExitStack() as stack:
        sections = run(stack, options)
    notes = [f"`{command(options)}` on {machine.words()}."]
    if options.markdown:
        Path(options.markdown).write_text(markdown("The last table", notes, sections))
    missed = failures(sections)
    print(f"\nMissed: {'; '.join(missed)}." if missed else "\nAll targets kept.")
    return 0


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, prog="make bench")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="articles")
    parser.add_argument("--markdown", help="also write the table to this file")
    parser.add_argument("--long", action="store_true", help="a million requests to each worker")
    parser.add_argument("--hammer", help="a JSON file with what the freshness hammer counted")
    parser.add_argument("--without-redis", action="store_true", help="as if none were installed")
    parser.add_argument("--only", choices=["cold", "kept", "memory", "desk"], nargs="+")
    options = parser.parse_args()
    options.sizes = sorted(set(options.sizes))
    if options.sizes[0] < 200:
        parser.error("an archive of fewer than 200 articles has no article with 200 comments")
    return options


def command(options: argparse.Namespace) -> str:
    sizes = " ".join(map(str, options.sizes))
    return f'make bench SIZES="{sizes}"' + (' ARGS="--long"' if options.long else "")


def run(stack: contextlib.ExitStack, options: argparse.Namespace) -> list[Section]:
    wanted = set(options.only or ["cold", "kept", "memory", "desk"])
    database = stack.enter_context(servers.postgres())
    collect_static()
    for size in options.sizes:
        fill(database, size)
    h = stack.enter_context(servers.plain())
    bench = Bench(stack.enter_context(Readers(h.port)), h.pid)
    sections: list[Section] = []
    with contextlib.ExitStack() as cold:
        papers = [started(cold, database, size) for size in options.sizes]
        if "cold" in wanted:
            sections += shown(tables.cold(bench, papers))
        if "desk" in wanted:
            cookie = {"Cookie": papers[-1].found["cookie"]}
            desk = cold.enter_context(Readers(papers[-1].readers.all[0].port, 2, **cookie))
            sections += shown([tables.desk(papers[-1], desk)])
    if options.hammer:
        sections += shown([tables.hammered(Path(options.hammer))])
    if wanted & {"kept", "memory"}:
        sections += warm(stack, bench, database, papers[-1], options)
    return sections


def shown(sections: list[Section]) -> list[Section]:
    """The sections, printed at once: whoever interrupts a long run has seen what there was."""
    print(plain(sections), flush=True)
    return sections


def collect_static() -> None:
    """A server's pages name static files by their hashes."""
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        env = servers.environment("", 8000, folder)
        servers.manage(env, "collectstatic", "--noinput", "--verbosity=0")


def fill(database: Database, size: int) -> None:
    """An archive of that size in a database of its own."""
    print(f"Making an archive of {size:,} articles …", flush=True)
    name = f"size_{size}"
    database.do(f"CREATE DATABASE {name}")
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        env = servers.environment(database.named(name), 8000, folder)
        servers.manage(env, "migrate", "--verbosity=0")
        numbers = {"articles": size, "comments": int(size * COMMENTS), "tags": int(size * TAGS)}
        sizes = [word for key, value in numbers.items() for word in (f"--{key}", str(value))]
        servers.manage(env, "make_archive", *sizes)
    # Autovacuum is off, and would have done this within minutes.
    database.do("VACUUM (ANALYZE)", name)


def started(stack: contextlib.ExitStack, database: Database, size: int) -> tables.Paper:
    """The paper of that size on a server of its own, which keeps no page."""
    url = database.named(f"size_{size}")
    server, env = stack.enter_context(servers.paper(url, PAGE_CACHE="0"))
    readers = stack.enter_context(Readers(server.port))
    return tables.Paper(size, readers, [server.pid, database.pid], addresses(env))


def addresses(env: dict[str, str]) -> dict[str, object]:
    script = [sys.executable, str(ROOT / "tools" / "benching" / "addresses.py")]
    done = subprocess.run(script, env=env, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def warm(
    stack: contextlib.ExitStack,
    bench: Bench,
    database: Database,
    paper: tables.Paper,
    options: argparse.Namespace,
) -> list[Section]:
    """The largest paper with its page cache on, with Redis and without."""
    url = database.named(f"size_{paper.size}")
    redis_url, redis_pid = "", 0
    if not options.without_redis:
        redis_url, redis_pid = stack.enter_context(servers.redis_server())
    alone, env = stack.enter_context(servers.paper(url))
    readers = stack.enter_context(Readers(alone.port, Accept_Encoding="br, gzip"))
    some = paper.found["pages"]["article"][:20]
    rows = [Row("a page, without Redis", readers, some, [alone.pid, database.pid])]
    if redis_url:
        server, _ = stack.enter_context(servers.paper(url, CACHE_URL=redis_url))
        others = stack.enter_context(Readers(server.port, Accept_Encoding="br, gzip"))
        roots = [server.pid, database.pid, redis_pid]
        rows.append(Row("a page, with Redis", others, some, roots))
    file = stack.enter_context(servers.nginx(plain_body(readers, some[0])))
    sections = shown([tables.kept(bench, rows, file_row(stack, file))])
    worker = stack.enter_context(servers.worker(env))
    sections += shown([memory.after_load(alone, readers, paper, worker, database)])
    if options.long:
        sections += shown([memory.long_run(alone, readers, paper)])
    return sections


def plain_body(readers: Readers, path: str) -> bytes:
    """The page as it is without any packing."""
    with Readers(readers.all[0].port, 1, Accept_Encoding="identity") as one:
        return one.get(path).body


def file_row(stack: contextlib.ExitStack, server: servers.Server | None) -> Row | None:
    if server is None:
        print("\n!! nginx is not installed, so S is not measured. On Debian: apt install nginx\n")
        return None
    readers = stack.enter_context(Readers(server.port))
    return Row("S", readers, ["/page.html"], [server.pid])


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
