"""`manage.py worker`: runs tasks in its main thread, signs of life and periodic jobs beside it."""

import logging
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from types import FrameType

from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands import db_worker

from articles.jobs import alarm, janitor, ticker
from articles.models import Beat

log = logging.getLogger(__name__)

# Seconds between two signs of life, and between two looks at jobs and lost tasks.
BEAT = 5
TICK = 5
LOOK = timedelta(minutes=1)


class TaskLoop(db_worker.Worker):
    """The queue's own loop, with another attempt for what failed and a calmer end."""

    def __init__(self, worker_id: str, interval: float, once: bool) -> None:
        super().__init__(
            queue_names=["*"],
            interval=interval,
            batch=once,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id,
            excluded_queue_names=[],
        )

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """End after the running task: leaving at once could leave one behind that is claimed."""
        self.running = False

    def run_task(self, db_task_result: janitor.Row) -> None:
        super().run_task(db_task_result)
        janitor.try_later(db_task_result)


class Companion(threading.Thread):
    """Calls `function` every few seconds until it is told to stop; no error ends it."""

    def __init__(self, name: str, function: Callable[[], object], seconds: float) -> None:
        super().__init__(name=name, daemon=True)
        self.function = function
        self.seconds = seconds
        self.stopped = threading.Event()

    def run(self) -> None:
        while not self.stopped.is_set():
            close_old_connections()
            try:
                self.function()
            except Exception:
                log.exception("The worker's %s stumbled, and goes on.", self.name)
            self.stopped.wait(self.seconds)
        connections.close_all()

    def stop(self) -> None:
        self.stopped.set()
        self.join()


class Ticker:
    """What is to be done beside the tasks, one after the other."""

    def __init__(self, worker_id: str) -> None:
        self.worker_id = worker_id
        self.looked_at = timezone.now()

    def __call__(self) -> None:
        janitor.return_lost(self.worker_id)
        ticker.run_due(self.worker_id)
        if timezone.now() - self.looked_at >= LOOK:
            self.looked_at = timezone.now()
            alarm.watch()


def run(*, once: bool, interval: float) -> None:
    """Work until told to stop (SIGINT, SIGTERM); with `once`, until nothing is left to do.

    `interval` is the seconds between two looks at an empty queue.
    """
    worker_id = get_random_string(32)
    tasks = TaskLoop(worker_id, interval, once)
    beat(worker_id)
    ticker.enrol()
    if once:
        Ticker(worker_id)()
        tasks.run()
        beat(worker_id)
    else:
        _stay(tasks)


def beat(worker_id: str) -> None:
    """Give a sign of life."""
    Beat.objects.update_or_create(worker_id=worker_id, defaults={"seen_at": timezone.now()})


def _stay(tasks: TaskLoop) -> None:
    """Until the end is asked for, through any trouble of the database."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, tasks.shutdown)
    worker_id = tasks.worker_id
    companions = [
        Companion("ticker", Ticker(worker_id), TICK),
        Companion("heartbeat", lambda: beat(worker_id), BEAT),
    ]
    for companion in companions:
        companion.start()
    while tasks.running:
        _work(tasks)
    for companion in companions:
        companion.stop()


def _work(tasks: TaskLoop) -> None:
    """Run tasks as long as that goes well; what was torn off in the middle goes back."""
    try:
        tasks.run()
    except (DatabaseError, InterfaceError):
        log.exception("The worker lost the database, and tries again.")
        connections.close_all()
        threading.Event().wait(BEAT)
        with suppress(DatabaseError, InterfaceError):
            janitor.return_mine(tasks.worker_id)
