"""The list of articles: states in words, and the filters that an editor asks for."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import embargoes
from articles.admin.base import clock
from articles.models import Article, Byline

STATES = {
    "draft": gettext_lazy("Draft"),
    "in_review": gettext_lazy("In review"),
    "scheduled": gettext_lazy("Scheduled"),
    "live": gettext_lazy("Published"),
    "ended": gettext_lazy("Ended"),
    "withdrawn": gettext_lazy("Withdrawn"),
}


def state_of(article: Article) -> str:
    """One of STATES: the status, with what the clock makes of it."""
    now = timezone.now()
    if article.status != Article.Status.PUBLISHED:
        return str(article.status)
    if article.has_ended(now):
        return "ended"
    return "live" if article.is_live(now) else "scheduled"


def words_for(article: Article) -> str:
    """The state as a person says it: “Terjadwal 14.30 WIB · embargo sampai 14.00 WIB”."""
    words = _words_for_state(article)
    if not embargoes.is_under(article, timezone.now()):
        return words
    time = clock(article.embargo_until)
    return _("%(state)s · embargo until %(time)s") % {"state": words, "time": time}


def _words_for_state(article: Article) -> str:
    state = state_of(article)
    if state == "scheduled":
        return _("Scheduled for %(time)s") % {"time": clock(article.published_at)}
    if state == "live" and article.unpublish_at:
        return _("Published until %(time)s") % {"time": clock(article.unpublish_at)}
    return str(STATES[state])


class StateFilter(admin.SimpleListFilter):
    """By state, time included."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(STATES.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "scheduled":
                return queryset.scheduled()  # type: ignore[attr-defined,no-any-return]
            case "live":
                return queryset.live()  # type: ignore[attr-defined,no-any-return]
            case "ended":
                return queryset.ended()  # type: ignore[attr-defined,no-any-return]
            case None:
                return queryset
            case state:
                return queryset.filter(status=state)


class MineFilter(admin.SimpleListFilter):
    """The articles that one wrote or signs."""

    title = gettext_lazy("writer")
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", gettext_lazy("Mine"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "1":
            return queryset
        own = Article.objects.filter(created_by=request.user.pk).values("pk")
        signed = Byline.objects.filter(author__user=request.user.pk).values("article")
        # Two short lists joined, and not an OR, for which every article would be looked at.
        return queryset.filter(pk__in=own.union(signed))


class OverrideFilter(admin.SimpleListFilter):
    """What went out by the chief editor's right, without a second pair of eyes."""

    title = gettext_lazy("four eyes")
    parameter_name = "override"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", gettext_lazy("Without four eyes"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(overridden=True) if self.value() == "1" else queryset
