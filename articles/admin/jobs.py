"""What is done in the background, on one page: the queue, the periodic jobs, the worker."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.tasks import TaskResultStatus
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django_tasks_db.admin import DBTaskResultAdmin  # noqa: F401  registered, to be taken out below
from django_tasks_db.models import DBTaskResult

from articles import jobs
from articles.admin.base import DeskAdmin
from articles.jobs import health, janitor
from articles.models import Beat, Job

# The queue's own list shows the arguments, and mails have keys among them.
admin.site.unregister(DBTaskResult)

RERUN = "articles.rerun_task"
MOST = 50
STATES = {
    "READY": gettext_lazy("Waiting"),
    "RUNNING": gettext_lazy("Running"),
    "FAILED": gettext_lazy("Failed"),
    "SUCCESSFUL": gettext_lazy("Done"),
}


@admin.register(Job)
class JobAdmin(DeskAdmin):
    """One page, to be looked at; what it shows is written by the workers."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        name = "articles_job_changelist"
        page = path("", self.admin_site.admin_view(self.changelist_view), name=name)
        return [page, *self.pages({"again": ("<uuid:pk>/again/", require_POST(self.again))})]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("Background work"),
            "opts": self.opts,
            "may_rerun": request.user.has_perm(RERUN),
            **figures(),
        }
        return render(request, "admin/articles/job/change_list.html", context)

    def again(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Put a failed task back into the queue."""
        if not request.user.has_perm(RERUN):
            raise PermissionDenied
        if jobs.again(pk):
            self.message_user(request, _("The task waits for the worker again."))
        else:
            text = _("This task has not failed, or somebody was faster.")
            self.message_user(request, text, messages.WARNING)
        return HttpResponseRedirect(reverse("admin:articles_job_changelist"))


def figures() -> dict[str, Any]:
    """What the page shows; never an argument of a task."""
    now = health.Health.look()
    unfinished = DBTaskResult.objects.defer("args_kwargs", "return_value").order_by("enqueued_at")
    waiting = unfinished.filter(status=TaskResultStatus.READY)
    counted = health.counts()
    return {
        "silent": health.words(now.silent),
        "oldest": health.words(now.task) if now.task else "",
        "counts": [(label, counted[state]) for state, label in STATES.items()],
        "beats": Beat.objects.filter(seen_at__gte=timezone.now() - health.SILENT),
        "jobs": periodic(),
        "again": [shown(row) for row in waiting.exclude(traceback="")[:MOST]],
        "running": [shown(row) for row in unfinished.running()[:MOST]],
        "failed": [shown(row) for row in unfinished.failed().order_by("-finished_at")[:MOST]],
    }


def periodic() -> list[dict[str, Any]]:
    """The registered jobs with their last and next run."""
    rows = Job.objects.in_bulk()
    return [
        {"label": job.label, "every": health.words(job.every), "row": rows.get(name)}
        for name, job in jobs.known().items()
    ]


def shown(row: janitor.Row) -> dict[str, Any]:
    """A task as a person reads it: the last line of a traceback says what went wrong."""
    error = row.traceback.strip().splitlines()
    return {
        "pk": row.pk,
        "name": row.task_name,
        "queue": row.queue_name,
        "attempts": len(row.worker_ids),
        "finished_at": row.finished_at,
        "run_after": row.run_after,
        "error": error[-1] if error else "",
    }
