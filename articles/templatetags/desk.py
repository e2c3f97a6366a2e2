"""What the desk's first page tells of articles."""

from datetime import timedelta
from typing import Any

from django import template
from django.utils import timezone

from articles import rights
from articles.models import Article, Image

register = template.Library()

LOOK_BACK = timedelta(days=7)


@register.inclusion_tag("partials/desk_today.html")
def desk_today(user: Any) -> dict[str, Any]:
    """What waits for an editor, and what went out without a second pair of eyes."""
    if not user.has_perm("articles.publish_article"):
        return {}
    waiting = Article.objects.visible_to(user).filter(stage=Article.Stage.SUBMITTED)
    alone = rights.overrides().filter(at__gte=timezone.now() - LOOK_BACK)
    return {"waiting": waiting.count(), "alone": alone.values("article").distinct().count()}


@register.inclusion_tag("partials/desk_licences.html")
def licence_warning(user: Any) -> dict[str, Any]:
    """How many pictures readers see whose licence has ended; nobody else is asked to act."""
    if not user.has_perm("articles.publish_article"):
        return {}
    ended = Image.objects.licence_ended(timezone.localdate())
    return {"number": ended.still_shown().count()}
