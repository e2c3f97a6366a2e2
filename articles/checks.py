"""Mistakes that the system itself can see."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

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
