"""The list of articles: states in words, and the filters that an editor asks for."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import chains, embargoes
from articles.admin.base import clock
from articles.models import Article, Byline

STATES = {
    "writing": gettext_lazy("Draft"),
    "submitted": gettext_lazy("Submitted"),
    "editing": gettext_lazy("Being edited"),
    "returned": gettext_lazy("Returned"),
    "ready": gettext_lazy("Ready to publish"),
    "scheduled": gettext_lazy("Scheduled"),
    "live": gettext_lazy("Published"),
    "ended": gettext_lazy("Ended"),
    "withdrawn": gettext_lazy("Withdrawn"),
}


def state_of(article: Article) -> str:
    """One of STATES: what readers see of it, or else how far the draft has come."""
    now = timezone.now()
    if article.status == Article.Status.DRAFT:
        return stage_of(article)
    if article.status == Article.Status.WITHDRAWN:
        return "withdrawn"
    if article.has_ended(now):
        return "ended"
    return "live" if article.is_live(now) else "scheduled"


def stage_of(article: Article) -> str:
    """How far the text has come that readers don't see yet; empty where there is none."""
    is_taken = article.stage == Article.Stage.SUBMITTED and article.handler_id is not None
    return "editing" if is_taken else str(article.stage)


def words_for(article: Article) -> str:
    """The state as a person says it: “Terjadwal 14.30 WIB · embargo sampai 14.00 WIB”."""
    words = _seen_words(article)
    if article.status != Article.Status.DRAFT and article.stage:
        told = {"state": words, "stage": stage_words(article)}
        words = _("%(state)s · change: %(stage)s") % told
    if article.change_at:
        told = {"state": words, "time": clock(article.change_at)}
        words = _("%(state)s · change at %(time)s") % told
    if not embargoes.is_under(article, timezone.now()):
        return words
    time = clock(article.embargo_until)
    return _("%(state)s · embargo until %(time)s") % {"state": words, "time": time}


def _seen_words(article: Article) -> str:
    state = state_of(article)
    if state == "scheduled":
        return _("Scheduled for %(time)s") % {"time": clock(article.published_at)}
    if state == "live" and article.unpublish_at:
        return _("Published until %(time)s") % {"time": clock(article.unpublish_at)}
    return stage_words(article) if article.status == Article.Status.DRAFT else str(STATES[state])


def stage_words(article: Article) -> str:
    """How far the text has come, with the step that it waits for and who has it in hand."""
    words = str(STATES[stage_of(article)])
    if article.stage == Article.Stage.SUBMITTED and article.passed:
        for link in chains.left(article)[:1]:
            words = _("Waits for: %(step)s") % {"step": chains.STEPS[link["step"]]}
    if article.handler_id is None:
        return words
    since = {"state": words, "name": article.handler, "time": clock(article.handled_at)}
    return _("%(state)s, in the hands of %(name)s since %(time)s") % since


class StateFilter(admin.SimpleListFilter):
    """By state, time included."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        changes = [
            ("changed", gettext_lazy("Published, with changes")),
            ("changing", gettext_lazy("Published, with a scheduled change")),
        ]
        return [*STATES.items(), *changes]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case None:
                return queryset
            case "scheduled":
                return queryset.scheduled()  # type: ignore[attr-defined,no-any-return]
            case "live":
                return queryset.live()  # type: ignore[attr-defined,no-any-return]
            case "ended":
                return queryset.ended()  # type: ignore[attr-defined,no-any-return]
            case "withdrawn":
                return queryset.filter(status=Article.Status.WITHDRAWN)
            case "changed":
                return queryset.filter(status=Article.Status.PUBLISHED).exclude(stage="")
            case "changing":
                return queryset.changing()  # type: ignore[attr-defined,no-any-return]
            case "editing":
                return queryset.filter(stage=Article.Stage.SUBMITTED, handler__isnull=False)
            case stage:
                return queryset.filter(stage=stage)


def of_person(user: Any) -> Q:
    """What `user` wrote or signs."""
    own = Article.objects.filter(created_by=user.pk).values("pk")
    signed = Byline.objects.filter(author__user=user.pk).values("article")
    # Two short lists joined, and not an OR, for which every article would be looked at.
    return Q(pk__in=own.union(signed))


class MineFilter(admin.SimpleListFilter):
    """The articles that one wrote or signs."""

    title = gettext_lazy("writer")
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", gettext_lazy("Mine"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "1":
            return queryset
        return queryset.filter(of_person(request.user))


class OverrideFilter(admin.SimpleListFilter):
    """What went out by the chief editor's right, without a second pair of eyes."""

    title = gettext_lazy("four eyes")
    parameter_name = "override"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", gettext_lazy("Without four eyes"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(overridden=True) if self.value() == "1" else queryset
