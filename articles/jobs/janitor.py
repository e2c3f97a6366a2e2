"""Takes care of tasks that nobody finishes: a killed worker's, a failed one's, an old one's."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles.models import Beat, Job

log = logging.getLogger(__name__)

type Row = DBTaskResult[..., Any]

# A worker gives a sign of life every five seconds; one without it for so long is gone.
GONE = timedelta(seconds=60)
MOST_ATTEMPTS = 3
# After a first and a second failure: a mail server's restart, and its longer trouble.
WAITS = (timedelta(minutes=1), timedelta(minutes=10))
OLD_BEAT = timedelta(days=1)
LOST = "articles.jobs.janitor.WorkerLost"


class WorkerLost(RuntimeError):
    """Each worker that had the task was gone before it was done."""


@dataclass(frozen=True)
class Care:
    """How long one attempt may take, and how long a finished task is kept."""

    limit: timedelta
    keep: timedelta


ORDINARY = Care(limit=timedelta(minutes=15), keep=timedelta(days=7))
# Mails have keys among their arguments: whoever reads the table could open an account with one.
QUEUES = {"mail": Care(limit=timedelta(minutes=5), keep=timedelta(hours=1))}


def return_lost(worker_id: str) -> int:
    """Let the tasks and jobs of workers that are gone run again; say how many tasks.

    A worker whose machine was asleep asks this before its own next sign of life: what is under
    way at `worker_id` is therefore lost by its limit alone. It asks in the thread that runs its
    jobs: one that is still in its name ended while the database did not answer.
    """
    now = timezone.now()
    alive = {worker_id, *_alive(now)}
    running = DBTaskResult.objects.running()
    lost = [row for row in running if is_lost(row, alive, now)]
    taken = Job.objects.exclude(runner="").exclude(runner__in=alive - {worker_id})
    taken.update(runner="", next_run_at=now)
    return sum(put_back(row) for row in lost)


def return_mine(worker_id: str) -> int:
    """Put back what this worker had begun when something tore it out of its work."""
    running = DBTaskResult.objects.running()
    return sum(put_back(row) for row in running if row.worker_ids[-1:] == [worker_id])


def is_lost(row: Row, alive: Iterable[str], now: datetime) -> bool:
    """Whether nobody is at this running task any more, or has been for longer than it may take."""
    started = row.started_at or row.enqueued_at
    gone = not set(row.worker_ids[-1:]) & set(alive)
    return gone or started < now - QUEUES.get(row.queue_name, ORDINARY).limit


def put_back(row: Row) -> bool:
    """Ready again, or failed after the third attempt; False if somebody was faster."""
    still = DBTaskResult.objects.filter(
        pk=row.pk, status=TaskResultStatus.RUNNING, started_at=row.started_at
    )
    now, attempts = timezone.now(), len(row.worker_ids)
    log.warning("Task %s (%s) lost its worker at attempt %d.", row.pk, row.task_name, attempts)
    if attempts < MOST_ATTEMPTS:
        return bool(still.update(status=TaskResultStatus.READY, run_after=now))
    words = f"WorkerLost: the worker was gone before the task was done, {attempts} times."
    failed = {"finished_at": now, "exception_class_path": LOST, "traceback": words}
    return bool(still.update(status=TaskResultStatus.FAILED, **failed))


def try_later(row: Row) -> bool:
    """Give a failed task another attempt after a wait; its error stays to be read."""
    attempts = len(row.worker_ids)
    if row.status != TaskResultStatus.FAILED or attempts >= MOST_ATTEMPTS:
        return False
    failed = DBTaskResult.objects.failed().filter(pk=row.pk, started_at=row.started_at)
    later = timezone.now() + WAITS[attempts - 1]
    return bool(failed.update(status=TaskResultStatus.READY, run_after=later))


def again(pk: UUID) -> bool:
    """Run a failed task anew, with all its attempts; False if it is no longer a failed one."""
    fresh = {"worker_ids": [], "run_after": timezone.now(), "finished_at": None}
    failed = DBTaskResult.objects.failed().filter(pk=pk)
    return bool(failed.update(status=TaskResultStatus.READY, **fresh))


def prune() -> None:
    """Forget tasks that are done, and workers of the past."""
    now = timezone.now()
    for queue, care in QUEUES.items():
        _older(DBTaskResult.objects.successful().filter(queue_name=queue), now - care.keep)
    _older(DBTaskResult.objects.finished(), now - ORDINARY.keep)
    Beat.objects.filter(seen_at__lt=now - OLD_BEAT).delete()


def _older(rows: QuerySet[Row], moment: datetime) -> None:
    rows.filter(finished_at__lt=moment).delete()


def _alive(now: datetime) -> list[str]:
    seen = Beat.objects.filter(Q(seen_at__gte=now - GONE))
    return list(seen.values_list("worker_id", flat=True))
