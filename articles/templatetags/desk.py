"""What the desk's first page tells of articles."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import template
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import chains, rights
from articles.admin import lists
from articles.models import Article, Image
from articles.querysets import ArticleQuerySet, day_bounds

register = template.Library()

LOOK_BACK = timedelta(days=7)
# So many rows are shown of each list, and so many are looked through for one's own steps.
SHORT, LOOKED_THROUGH = 6, 100


@register.inclusion_tag("partials/desk_today.html")
def desk_today(user: Any) -> dict[str, Any]:
    """What waits for an editor, and what went out without a second pair of eyes."""
    if not user.has_perm("articles.publish_article"):
        return {}
    waiting = Article.objects.visible_to(user).filter(stage=Article.Stage.SUBMITTED)
    alone = rights.overrides().filter(at__gte=timezone.now() - LOOK_BACK)
    return {"waiting": waiting.count(), "alone": alone.values("article").distinct().count()}


@register.inclusion_tag("partials/desk_lists.html")
def desk_lists(user: Any) -> dict[str, Any]:
    """What this person has to do or to look at today: a few short lists, a query each."""
    if not user.has_perm("articles.change_article"):
        return {}
    seen = Article.objects.visible_to(user).select_related("section__parent", "handler")
    seen = seen.defer("body")
    mine, stages = seen.filter(lists.of_person(user)), Article.Stage
    start, end = day_bounds(timezone.localdate())
    drafts = mine.filter(status=Article.Status.DRAFT, stage=stages.WRITING)
    made = [
        desk_list(_("My drafts"), "?mine=1&state=writing", drafts),
        desk_list(
            _("Returned to me"), "?mine=1&state=returned", mine.filter(stage=stages.RETURNED)
        ),
    ]
    if user.has_perm("articles.approve_article"):
        waiting = seen.filter(stage=stages.SUBMITTED).order_by("saved_at")[:LOOKED_THROUGH]
        own = [one for one in waiting if chains.is_next(user, one)]
        made.append(desk_list(_("Waits for me"), "?state=submitted", own))
    today = seen.expected(end).order_by(Coalesce("change_at", "published_at"))
    made.append(desk_list(_("Scheduled today"), "?state=scheduled", today))
    out = seen.live().filter(published_at__gte=start).newest()
    return {"lists": [*made, desk_list(_("Published today"), "?state=live", out)]}


def desk_list(name: str, query: str, rows: Sequence[Article] | ArticleQuerySet) -> dict[str, Any]:
    """One of them, the first rows with their state in words."""
    address = reverse("admin:articles_article_changelist") + query
    return {
        "name": name,
        "address": address,
        "rows": [(article, lists.words_for(article)) for article in rows[:SHORT]],
    }


@register.inclusion_tag("partials/desk_licences.html")
def licence_warning(user: Any) -> dict[str, Any]:
    """How many pictures readers see whose licence has ended; nobody else is asked to act."""
    if not user.has_perm("articles.publish_article"):
        return {}
    ended = Image.objects.licence_ended(timezone.localdate())
    return {"number": ended.still_shown().count()}
