"""The queue and its workers, for tests: tasks to run, and workers as processes of their own."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.tasks import task

ROOT = Path(__file__).resolve().parent.parent
QUEUE = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]},
}
# A worker that knows one more periodic job: it leaves a line in a file.
COUNTING = """
import django, sys, time
django.setup()
from datetime import timedelta
from django.core.management import call_command
from articles import jobs

def leave_a_line():
    with open(sys.argv[1], "a") as file:
        file.write("ran\\n")
    time.sleep(1)

jobs.register("count", leave_a_line, every=timedelta(hours=1), label="Count")
call_command("worker", once=True)
"""


@task
def add(one: int, other: int) -> int:
    return one + other


@task
def stumble() -> None:
    raise ValueError("No such luck.")


@task
def wait_for(folder: str) -> str:
    """Say in `folder` that it has begun, and go on once there is a file “go”."""
    place = Path(folder)
    with (place / "begun").open("a") as file:
        file.write("begun\n")
    wait_until((place / "go").exists)
    return "done"


def wait_until(true: Callable[[], object], seconds: float = 30) -> None:
    """Look until it is so; a test that waits for ever would tell nobody why."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "This did not happen."
        time.sleep(0.05)


@contextmanager
def worker(*words: str, program: str = "") -> Iterator[subprocess.Popen[str]]:
    """A worker on the test's database; killed at the end if it still lives."""
    start = ["-c", program] if program else ["manage.py", "worker", "--interval", "0.1"]
    process = subprocess.Popen(
        [sys.executable, *start, *words],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def environment() -> dict[str, str]:
    """As in the tests' process, but with the queue of the settings, and this database."""
    own = {
        "DATABASE_URL": database_url(),
        "VAR_DIR": str(settings.VAR_DIR),
        "PYTHONUNBUFFERED": "1",
    }
    return {**os.environ, **own}


def database_url() -> str:
    here = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{here['NAME']}"
    user = f"{here['USER']}:{here['PASSWORD']}".rstrip(":")
    return f"postgres://{user}@{here['HOST']}:{here['PORT']}/{here['NAME']}"
