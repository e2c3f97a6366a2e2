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
from articles.seal import Seal


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


@register(Tags.security, deploy=True)
def confidential_notes_have_a_key(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Without one no source's name can be kept, and somebody would write it elsewhere.

    Asked with --deploy alone, so that a paper without such notes goes on coming out.
    """
    if settings.CONFIDENTIAL_KEYS:
        return []
    return [
        Error(
            "CONFIDENTIAL_KEYS is not set: nobody can write or read a confidential note.",
            hint="Make a key with manage.py new_note_key, set it, and keep a copy of it apart "
            "from the backups of the database.",
            id="articles.E031",
        )
    ]


@register(Tags.security, Tags.database)
def confidential_notes_can_be_opened(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """A key that was taken away too early, or mistyped, shuts what it has locked."""
    from articles.models import ConfidentialNote

    if not databases:
        return []
    known = Seal(settings.CONFIDENTIAL_KEYS).known_ids
    try:
        shut = ConfidentialNote.objects.exclude(key_id__in=known).count()
    except DatabaseError:
        return []  # Before the first migrate there is no table to look into.
    if not shut:
        return []
    return [
        Caution(
            f"Confidential notes that no key of CONFIDENTIAL_KEYS opens: {shut}.",
            hint="Bring the former key back, after the first, and run manage.py rekey_notes.",
            id="articles.W032",
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
