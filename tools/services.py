"""What the tests use beside Python: a throw-away PostgreSQL and Redis, and a Chromium."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

LOCALE = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CLUSTER = (
    *("--username=newsroom", "--auth=trust", "--no-sync"),
    *("--encoding=UTF8", f"--locale={LOCALE}"),
)
# A crash of the machine may lose this cluster: nobody would miss it.
HASTE = ("-F", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-h", "127.0.0.1")


def chromium() -> str:
    """The path of a Chromium, or nothing."""
    found = (shutil.which(name) for name in CHROMIUMS)
    return os.environ.get("CHROMIUM") or next(filter(None, found), "")


@contextlib.contextmanager
def postgres(*options: str) -> Iterator[str]:
    """The URL of a PostgreSQL that lives as long as the block; empty where none is installed.

    `options` are the server's own, as on its command line.
    """
    programs = postgres_programs()
    given = os.environ.get("TEST_POSTGRES_URL", "")
    if given or not programs:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="newsroom-postgres-") as folder:
        data, port, owner = f"{folder}/data", free_port(), owner_of(folder)
        make: list[str | Path] = [programs / "initdb", "-D", data, *CLUSTER]
        subprocess.run(make, check=True, stdout=subprocess.DEVNULL, cwd=folder, **owner)
        serve = [programs / "postgres", "-D", data, "-k", folder, "-p", port, *HASTE, *options]
        with started(serve, port, folder, **owner):
            yield f"postgres://newsroom@127.0.0.1:{port}/newsroom"


def postgres_programs() -> Path | None:
    """The newest installed server's folder; Debian keeps it out of PATH."""
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(found, key=lambda path: int(path.parts[4]), default=None)
    program = newest or shutil.which("initdb")
    return Path(program).resolve().parent if program else None


def owner_of(folder: str) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: give the folder to the user that Debian made for it."""
    if os.geteuid():
        return {}
    shutil.chown(folder, "postgres", "postgres")
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """The URL of a Redis that lives as long as the block; empty where none is installed."""
    program = shutil.which("redis-server")
    given = os.environ.get("TEST_REDIS_URL", "")
    if given or not program:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="newsroom-redis-") as folder:
        port = free_port()
        with started([program, "--bind", "127.0.0.1", "--port", port, "--save", ""], port, folder):
            yield f"redis://127.0.0.1:{port}/0"


@contextlib.contextmanager
def started(
    command: Sequence[object], port: int, folder: str, **owner: Any
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends, deaf to the terminal's Ctrl-C; its words go to a file."""
    words = [str(word) for word in command]
    with (
        Path(folder, "log").open("wb") as log,
        subprocess.Popen(
            words, cwd=folder, stdout=log, stderr=log, start_new_session=True, **owner
        ) as server,
    ):
        try:
            wait_for(port, server, Path(folder, "log"))
            yield server
        finally:
            # PostgreSQL's fast shutdown, Redis's clean one.
            server.send_signal(signal.SIGINT)


def wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    """Until the server takes connections, thirty seconds at most."""
    for _ in range(300):
        if server.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"A server for the tests did not start:\n{log.read_text()}")


def wait_for_postgres(url: str) -> None:
    """Until it lets people in: for a moment after the port is open it is still starting up."""
    import psycopg

    for _ in range(300):
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(url):
            return
        time.sleep(0.1)
    raise SystemExit("PostgreSQL was started and lets nobody in.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
