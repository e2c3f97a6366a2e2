"""The choices by which the list of articles is narrowed: state, section, kind, whose it is.

All of it stands in the address. What makes no sense there finds nothing and says why; it is never
an error of the server's. What is typed is asked in asking.py.
"""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.fields import TREE
from articles.admin.lists import STATES, of_person
from articles.models import Article, Section
from articles.querysets import ArticleQuerySet


@dataclass(frozen=True)
class Problem:
    """Why a filter finds nothing, and what may have been meant: words, and a value for it."""

    text: str
    parameter: str = ""
    meant: list[tuple[str, str]] = field(default_factory=list)


class KnownFilter(admin.SimpleListFilter):
    """A choice of few; one that isn't among them (any more) finds nothing and says so."""

    @property
    def problems(self) -> list[Problem]:
        if self.value() is None or self.value() in dict(self.lookup_choices):
            return []
        return [Problem(_("There is no such choice (any more): %s.") % self.title)]

    @property
    def asked(self) -> list[tuple[str, str, str]]:
        """Parameter, name and value of what is chosen, the last two for people."""
        if self.value() is None:
            return []
        words = dict(self.lookup_choices).get(self.value() or "", "?")
        return [(str(self.parameter_name), str(self.title), str(words))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() is None:
            return queryset
        return queryset.none() if self.problems else self.narrow(request, queryset)

    def narrow(self, request: HttpRequest, articles: ArticleQuerySet) -> ArticleQuerySet:
        raise NotImplementedError


class StateFilter(KnownFilter):
    """By state, time included."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        changes = [
            ("changed", gettext_lazy("Published, with changes")),
            ("changing", gettext_lazy("Published, with a scheduled change")),
        ]
        return [*STATES.items(), *changes]

    def narrow(self, request: HttpRequest, articles: ArticleQuerySet) -> ArticleQuerySet:
        match self.value():
            case "scheduled":
                return articles.scheduled()
            case "live":
                return articles.live()
            case "ended":
                return articles.ended()
            case "withdrawn":
                return articles.filter(status=Article.Status.WITHDRAWN)
            case "changed":
                return articles.filter(status=Article.Status.PUBLISHED).exclude(stage="")
            case "changing":
                return articles.changing()
            case "editing":
                return articles.filter(stage=Article.Stage.SUBMITTED, handler__isnull=False)
            case stage:
                return articles.filter(stage=stage)


class SectionFilter(KnownFilter):
    """By section; one of the first level has what stands in those below it as well."""

    title = gettext_lazy("section")
    parameter_name = "section"
    # As Django's own filter had it in addresses that somebody may have kept.
    FORMER = "section__id__exact"

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: Any) -> None:
        former = params.pop(self.FORMER, None)
        if former:
            params.setdefault(self.parameter_name, former)
        super().__init__(request, params, model, model_admin)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = Section.objects.order_by(*TREE)
        self.parents = {str(row.pk): row.parent_id for row in rows}
        return [(str(row.pk), f"— {row.name}" if row.parent_id else row.name) for row in rows]

    @property
    def asked(self) -> list[tuple[str, str, str]]:
        return [(key, name, words.removeprefix("— ")) for key, name, words in super().asked]

    def narrow(self, request: HttpRequest, articles: ArticleQuerySet) -> ArticleQuerySet:
        pk = self.value() or ""
        return articles.filter(
            **{"top_section" if self.parents[pk] is None else "section": int(pk)}
        )


class KindFilter(KnownFilter):
    """News, opinion, what is paid for …"""

    title = gettext_lazy("kind")
    parameter_name = "kind__exact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Article.Kind.choices)

    def narrow(self, request: HttpRequest, articles: ArticleQuerySet) -> ArticleQuerySet:
        return articles.filter(kind=self.value())


class MineFilter(KnownFilter):
    """The articles that one wrote or signs."""

    title = gettext_lazy("writer")
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", gettext_lazy("Mine"))]

    def narrow(self, request: HttpRequest, articles: ArticleQuerySet) -> ArticleQuerySet:
        return articles.filter(of_person(request.user))


class OverrideFilter(KnownFilter):
    """What went out by the chief editor's right, without a second pair of eyes."""

    title = gettext_lazy("four eyes")
    parameter_name = "override"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", gettext_lazy("Without four eyes"))]

    def narrow(self, request: HttpRequest, articles: ArticleQuerySet) -> ArticleQuerySet:
        return articles.filter(Q(overridden=True))  # As ArticleAdmin annotates it.
