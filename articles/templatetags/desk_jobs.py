"""The strip on the desk's pages: the background has stopped, or is late."""

from typing import Any

from django import template

from articles import jobs

register = template.Library()


@register.inclusion_tag("partials/desk_alarm.html")
def background_alarm(user: Any) -> dict[str, Any]:
    """What is wrong and since when; one query, and nothing to show on a good day."""
    health = jobs.watch()
    if health is None or not (complaints := health.complaints()):
        return {}
    may_look = user.has_perm("articles.view_job")
    return {"complaints": complaints, "note": health.consequence(), "may_look": may_look}
