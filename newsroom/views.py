"""What belongs to no app: health, robots, error pages."""

import sys

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_safe

from articles import jobs, pagecache
from articles.admin import kept
from newsroom import logs
from newsroom.middleware import without_database
from newsroom.typed import typed_texts


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """200 as long as this process answers at all."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and is migrated, else 503 and why."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        logs.database_failed("The database does not answer.", error)
        return HttpResponse("database", status=503, content_type="text/plain")
    if waiting:
        return HttpResponse("migrations", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def background(request: HttpRequest) -> HttpResponse:
    """The figures of the background, a name and a whole number a line; asking raises the alarm."""
    try:
        jobs.watch()
        figures = jobs.metrics()
    except DatabaseError as error:
        logs.database_failed("The database does not answer.", error)
        return HttpResponse("database", status=503, content_type="text/plain")
    lines = "".join(f"{name} {number}\n" for name, number in figures.items())
    return HttpResponse(lines, content_type="text/plain")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may not fetch, and where the sitemap is."""
    context = {"site_url": settings.SITE_URL}
    return TemplateResponse(request, "robots.txt", context, content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing is here; middleware.py has the last word and looks for a former address."""
    pagecache.mark()
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What a person may not do, in words; the writers' reason is shown, and what was typed."""
    context = {"reason": str(exception), "typed": typed_texts(request)}
    return render(request, "403.html", context, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """No database, no context processors: nothing that may itself be what failed.

    A database that fails under a middleware (who is it that asks?) comes here, not to the
    middleware's own look-out: it is told apart, and a form's text is given back.
    """
    error = sys.exception()
    if isinstance(error, DatabaseError) and (answer := without_database(request, error)):
        return answer
    page = render_to_string("500.html", {"site_name": settings.SITE_NAME})
    return HttpResponse(page, status=500)


@never_cache
@requires_csrf_token
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is void, by a log-in in another window, say: the text is given back."""
    kept.keep(request)  # An article's form gives it back by itself when it is opened anew.
    context = {"typed": typed_texts(request), "address": request.get_full_path()}
    return render(request, "form_expired.html", context, status=403)
