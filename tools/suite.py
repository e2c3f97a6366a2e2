"""`make test`: the tests on SQLite, then those that use the database on PostgreSQL too.

What a machine lacks is left out and said last. REQUIRE=all, as in CI, makes every part compulsory.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import sys

import services
from process import ROOT, call, interrupt_on_stop

PYTEST = [sys.executable, "-m", "pytest", "-n", "auto", "--dist", "worksteal"]


def main() -> int:
    interrupt_on_stop()
    with contextlib.ExitStack() as stack:
        parts = {
            "PostgreSQL": stack.enter_context(services.postgres()),
            "Redis": stack.enter_context(services.redis()),
            "Chromium (the browser journeys)": services.chromium(),
        }
        absent = [name for name, address in parts.items() if not address]
        if absent and os.environ.get("REQUIRE") == "all":
            return complain(absent)
        failed = run_all(*parts.values())
    if absent:
        print(f"\n!! Left out on this machine: {', '.join(absent)}. CI runs everything.")
    return failed


def complain(absent: list[str]) -> int:
    print(f"REQUIRE=all, but there is no {' and no '.join(absent)} here.", file=sys.stderr)
    return 1


def run_all(postgres: str, redis: str, chromium: str) -> int:
    """Both runs, also when the first fails; the exit code says whether either did."""
    env = {**os.environ, "TEST_REDIS_URL": redis, "CHROMIUM": chromium}
    sqlite, on_postgres = hammer_changes(bool(postgres))
    here = {"TEST_DATABASE_URL": "", "HAMMER_CHANGES": sqlite}
    failed = run("SQLite", [], env | here)
    if postgres:
        here = {"TEST_DATABASE_URL": postgres, "HAMMER_CHANGES": on_postgres}
        failed |= run("PostgreSQL", ["--database-only"], env | here)
    return failed


def hammer_changes(has_postgres: bool) -> tuple[str, str]:
    """How many changes the freshness hammer makes on each database: many on one alone."""
    if not has_postgres:
        return "200", ""
    return "40", "1000" if os.environ.get("REQUIRE") == "all" else "200"


def run(title: str, words: list[str], env: dict[str, str]) -> int:
    print(f"\n== On {title} ==", flush=True)
    extra = shlex.split(os.environ.get("ARGS", ""))
    return int(call([*PYTEST, *words, *extra], env) != 0)


if __name__ == "__main__":
    os.chdir(ROOT)
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
