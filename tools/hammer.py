"""`make hammer CHANGES=10000 SEED=7`: change everything, and look whether readers get it at once.

Half of it over two server processes with Redis, and half over two without; on PostgreSQL where
there is one, else on SQLite. No outside server is touched: all that runs here is started and
ended here.
"""

from __future__ import annotations

import contextlib
import os
import random
import sys
import tempfile
from pathlib import Path

import psycopg
import psycopg.sql
import services
from process import call, interrupt_on_stop, number

ENV = {
    "DEBUG": "1",
    "SECRET_KEY": "rehearses on this machine and signs nothing that anyone keeps",
    "SITE_URL": "http://testserver",
    "SITE_NAME": "Newsroom",
    "TIME_ZONE": "Asia/Jakarta",
    "MAIL_URL": "",
    "DATABASE_POOL": "4",
}


def main() -> int:
    interrupt_on_stop()
    count = number("CHANGES", 200)
    seed = number("SEED", random.randrange(10**6))
    failed = 0
    half = str(max(1, int(count) // 2))
    with services.redis() as redis:
        if not redis:
            print("!! There is no Redis on this machine: only the file's clock is tried.")
        for name, url in (("Redis", redis), ("the file", "")):
            if name == "Redis" and not url:
                continue
            with services.postgres() as postgres, tempfile.TemporaryDirectory() as folder:
                failed |= rehearse(name, half, seed, postgres, url, folder)
    return failed


def rehearse(name: str, count: str, seed: str, postgres: str, redis: str, folder: str) -> int:
    kind = "PostgreSQL" if postgres else "SQLite"
    if postgres:
        make_database(postgres)
    print(f"\n== {count} changes, seed {seed}, {kind}, the clock in {name} ==", flush=True)
    database = postgres or f"sqlite:///{Path(folder, 'db.sqlite3')}"
    env = {**os.environ, **ENV, "DATABASE_URL": database, "CACHE_URL": redis, "VAR_DIR": folder}
    return int(call([sys.executable, "-m", "tests.hammer", count, seed], env) != 0)


def make_database(url: str) -> None:
    """The empty database that `url` names, in a server that has just been made."""
    server, _, name = url.rpartition("/")
    services.wait_for_postgres(f"{server}/postgres")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(
            psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name))
        )


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
