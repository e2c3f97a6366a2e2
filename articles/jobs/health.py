"""Is the background at work? Found out when it is shown: right also with no worker alive."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Self

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.tasks import TaskResultStatus, task_backends
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult, get_date_max

from articles.jobs.registry import known
from articles.models import Alarm, Article, Beat, Job, Outbox, Transition

SILENT = timedelta(minutes=2)
LATE = timedelta(seconds=60)
# So long a task that has failed for good is a ground for alarm, unless it is run again.
FRESH = timedelta(days=1)
NOTHING = timedelta(0)


class Ground(NamedTuple):
    """One thing that may be wrong: from which delay on it is, and how to say it."""

    delay: timedelta
    limit: timedelta
    text: str


@dataclass(frozen=True)
class Health:
    """How long the worker is silent, and by how much what waits for it is late."""

    now: datetime
    alarm: Alarm
    silent: timedelta
    task: timedelta = NOTHING
    job: timedelta = NOTHING
    job_name: str = ""
    outbox: timedelta = NOTHING
    moment: timedelta = NOTHING
    failed: timedelta = NOTHING
    failures: int = 0

    @classmethod
    def look(cls) -> Self:
        """One query; two more when a minute has passed without a sign of life."""
        row: Any = _asked().first() or _asked_anew()
        now = timezone.now()
        seen = row.seen_at or row.watched_from
        return cls(
            now=now,
            alarm=row,
            silent=_since(seen, now),
            task=_since(row.task_due, now),
            job=_since(row.job_due, now),
            job_name=row.job_name or "",
            outbox=_since(row.outbox_at, now),
            moment=_since(_passed_unseen(seen, now), now) if now - seen > LATE else NOTHING,
            failed=_since(row.failed_at, now),
            failures=row.failures or 0,
        )

    def complaints(self) -> list[str]:
        """What is wrong, each with its delay, in the reader's language; empty if all is well."""
        job = known().get(self.job_name)
        named = {"name": job.label if job else self.job_name, "number": self.failures}
        return [ground.text % {"time": words(ground.delay), **named} for ground in self._grounds()]

    def _grounds(self) -> list[Ground]:
        """The grounds for an alarm that hold now."""
        silent = _("The background worker has given no sign of life for %(time)s.")
        outbox = _("A change has been waiting for %(time)s to reach the readers.")
        moment = _("A scheduled moment passed %(time)s ago; readers saw it on time.")
        failed = ngettext(
            "%(number)d task has failed for good, %(time)s ago.",
            "%(number)d tasks have failed for good, the first %(time)s ago.",
            self.failures,
        )
        grounds = [
            Ground(self.silent, SILENT, silent),
            Ground(self.task, LATE, _("A task has been waiting for %(time)s.")),
            Ground(self.job, LATE, _("“%(name)s” is %(time)s late.")),
            Ground(self.outbox, LATE, outbox),
            Ground(self.moment, LATE, moment),
        ]
        holding = [ground for ground in grounds if ground.delay >= ground.limit]
        return [*holding, *([Ground(self.failed, NOTHING, failed)] if self.failures else [])]

    def has_begun_since(self, moment: datetime) -> bool:
        """Whether one of the grounds is newer than `moment`."""
        return any(self.now - ground.delay + ground.limit > moment for ground in self._grounds())

    def consequence(self) -> str:
        """What an alarm means for the readers."""
        if self.outbox >= LATE:
            return _("Readers may see pages of before.")
        if self.failures and len(self._grounds()) == 1:
            return _("Readers see everything all the same. What failed can be run again here:")
        return _("Readers see everything all the same. Mails and other tasks wait.")


def expected() -> bool:
    """Whether tasks wait for a worker at all; in most tests they are done at once."""
    return isinstance(task_backends["default"], DatabaseBackend)


def metrics() -> dict[str, int]:
    """The figures for a monitoring system: whole seconds and counts."""
    health = Health.look()
    failed = DBTaskResult.objects.failed().count()
    late = Job.objects.filter(name__in=known(), next_run_at__lt=health.now - LATE).count()
    return {
        "alarm": int(bool(health.complaints())),
        "worker_silent_seconds": _seconds(health.silent),
        "oldest_task_seconds": _seconds(health.task),
        "failed_tasks": failed,
        "late_jobs": late,
        "late_job_seconds": _seconds(health.job),
        "outbox_oldest_seconds": _seconds(health.outbox),
    }


def words(delay: timedelta) -> str:
    """“3 minutes”, “2 hours, 5 minutes”; whole minutes."""
    now = timezone.now()
    return str(timesince(now - delay, now)).replace("\xa0", " ")


def waiting() -> QuerySet[Any]:
    """The tasks that should run now, each with `due`: since when.

    One of low priority may wait for as long as the others need: nobody misses what it makes.
    """
    at_once = Q(run_after=get_date_max())
    due = Case(When(at_once, then=F("enqueued_at")), default=F("run_after"))
    ready = DBTaskResult.objects.ready().filter(priority__gte=0).order_by()
    return ready.annotate(due=due)


def _asked() -> QuerySet[Any]:
    """The alarm's row beside all that may be late."""
    jobs = Job.objects.filter(name__in=known()).order_by("next_run_at")
    beats = Beat.objects.order_by("-seen_at").values("seen_at")
    tasks = waiting().order_by("due").values("due")
    changes = Outbox.objects.filter(done_at=None).order_by("created_at")
    failed = DBTaskResult.objects.failed().order_by().filter(finished_at__gt=timezone.now() - FRESH)
    number = failed.values("status").annotate(number=Count("pk")).values("number")
    return Alarm.objects.annotate(
        seen_at=Subquery(beats[:1]),
        task_due=Subquery(tasks[:1], output_field=DateTimeField()),
        job_due=Subquery(jobs.values("next_run_at")[:1]),
        job_name=Subquery(jobs.values("name")[:1]),
        outbox_at=Subquery(changes.values("created_at")[:1]),
        failed_at=Subquery(failed.order_by("finished_at").values("finished_at")[:1]),
        failures=Subquery(number),
    )


def _asked_anew() -> Any:
    """The first look there is: from now on silence is counted."""
    Alarm.objects.get_or_create(pk=1)
    return _asked().get()


def _passed_unseen(seen: datetime, now: datetime) -> datetime | None:
    """The first moment, set ahead, that passed unseen in the last day and a minute ago."""
    gap = (max(seen, now - timedelta(days=1)), now - LATE)
    shown = Article.objects.filter(status=Article.Status.PUBLISHED)
    approved = Transition.objects.filter(article=OuterRef("pk"), name="publish").order_by("-at")
    ahead = shown.alias(approved_at=Subquery(approved.values("at")[:1])).filter(
        published_at__range=gap, published_at__gt=F("approved_at")
    )
    starts = ahead.aggregate(at=Min("published_at"))["at"]
    ends = shown.filter(unpublish_at__range=gap).aggregate(at=Min("unpublish_at"))["at"]
    return min(filter(None, (starts, ends)), default=None)


def counts() -> dict[str, int]:
    """How many tasks wait, run, failed and are done."""
    rows = DBTaskResult.objects.order_by().values_list("status").annotate(number=Count("pk"))
    return dict.fromkeys(TaskResultStatus.values, 0) | dict(rows)


def _since(moment: datetime | None, now: datetime) -> timedelta:
    return max(now - moment, NOTHING) if moment else NOTHING


def _seconds(delay: timedelta) -> int:
    return int(delay.total_seconds())
