"""Runs each periodic job once a period, however many workers there are."""

import logging

from django.utils import timezone

from articles.jobs.registry import Periodic, known
from articles.models import Job

log = logging.getLogger(__name__)


def enrol() -> None:
    """Have a row for each registered job; a new one is due at once."""
    Job.objects.bulk_create([Job(name=name) for name in known()], ignore_conflicts=True)


def run_due(worker_id: str) -> int:
    """Run the jobs whose time has come and that no other worker has taken; say how many."""
    due = Job.objects.filter(next_run_at__lte=timezone.now(), runner="").values_list("name")
    jobs = known()
    ours = [jobs[name] for (name,) in due if name in jobs]
    return sum(_take(job, worker_id) for job in ours)


def _take(job: Periodic, worker_id: str) -> bool:
    """The one UPDATE whose row count says who has the job: it needs no lock on either database."""
    now = timezone.now()
    free = Job.objects.filter(name=job.name, next_run_at__lte=now, runner="")
    if not free.update(runner=worker_id, started_at=now, next_run_at=now + job.every):
        return False
    error = _perform(job)
    mine = Job.objects.filter(name=job.name, runner=worker_id)
    mine.update(runner="", finished_at=timezone.now(), error=error)
    return True


def _perform(job: Periodic) -> str:
    """Do it, and return what went wrong: one job's failure is no other's."""
    try:
        job.function()
    except Exception as error:
        log.exception("The periodic job “%s” failed.", job.name)
        return f"{type(error).__name__}: {error}"[:1000]
    return ""
