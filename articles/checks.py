"""Mistakes that the system itself can see."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution
from django.db import DatabaseError

from articles.jobs import alarm
from articles.pagecache import safety
from articles.routes import collides_with_route


@register(Tags.urls, Tags.database)
def section_slugs_are_free(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """A section under the address of a route would never be seen."""
    from articles.models import Section

    if not databases:
        return []
    try:
        slugs = list(Section.objects.values_list("slug", flat=True))
    except DatabaseError:
        return []  # Before the first migrate there is no table to look into.
    return [
        Error(
            f"The section “{slug}” has the address of another page.",
            hint="Give it another slug in the admin.",
            id="articles.E001",
        )
        for slug in slugs
        if collides_with_route(slug)
    ]


@register(Tags.database, deploy=True)
def somebody_hears_the_alarm(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """An alarm that is mailed to nobody is a line in a log."""
    if not databases:
        return []
    try:
        people = alarm.recipients()
    except DatabaseError:
        return []  # Before the first migrate there is no table to look into.
    if people:
        return []
    return [
        Caution(
            "When the background stops, nobody is told by mail.",
            hint="Set ALARM_EMAILS, or make a superuser: manage.py createsuperuser.",
            id="articles.W030",
        )
    ]


@register(Tags.caches)
def no_setting_keeps_pages_stale(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Settings with which the page cache would break its promise, or keep nothing."""
    return list(_found(safety.settings_found)) if settings.PAGE_CACHE else []


@register(Tags.caches, deploy=True)
def redis_keeps_the_clock(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What only Redis itself can say; asked with --deploy, so that `check` needs none."""
    return list(_found(safety.redis_found)) if settings.PAGE_CACHE else []


def _found(look: Any) -> Iterator[CheckMessage]:
    for finding in look():
        yield finding.kind(finding.text, hint=finding.hint, id=finding.id)
