"""Work in the background: who does it, what is done again and again, and whether it has stopped."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Beat(models.Model):
    """A worker's sign of life, renewed every few seconds, also while it is at work."""

    worker_id = models.CharField(max_length=64, unique=True)
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("sign of life")
        verbose_name_plural = _("signs of life")
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return self.worker_id


class Job(models.Model):
    """What is done again and again: when next, and how it went. What it does stands in code.

    `runner` is the worker that is at it; whoever sets it from empty in one UPDATE has the job.
    """

    name = models.CharField(max_length=40, primary_key=True)
    next_run_at = models.DateTimeField(default=timezone.now)
    runner = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        # The desk shows all of the background on one page, under this name.
        verbose_name = _("background work")
        verbose_name_plural = _("background work")
        ordering = ["name"]
        default_permissions = ["view"]
        permissions = [("rerun_task", "Can run a failed task again")]

    def __str__(self) -> str:
        return self.name


class Alarm(models.Model):
    """The one row that says since when something is wrong, and whether a mail has told of it.

    `watched_from` is when somebody first looked: a worker that has never run is silent since then.
    `tried_at` is the last attempt to send the mail, and keeps all other processes from it.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    watched_from = models.DateTimeField(default=timezone.now)
    since = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("alarm")
        verbose_name_plural = _("alarms")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="alarm_is_one_row")]

    def __str__(self) -> str:
        return f"since {self.since}" if self.since else "quiet"
