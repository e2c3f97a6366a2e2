"""The bin on the desk: its page, the way in from list and form, the way back."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from articles import keyset, wastebin
from articles.admin.base import change_url
from articles.admin.fields import LineField
from articles.errors import Refused
from articles.keyset import Key
from articles.models import Article, Transition

ON_A_PAGE = 50
LIST = "admin:articles_article_changelist"
BIN = "admin:articles_article_bin"


class NoteForm(forms.Form):
    note = LineField(label=gettext_lazy("Why? (may stay empty)"), required=False, max_length=300)


class BinFilter(admin.ListFilter):
    """Leads from the list to the page of the bin; it filters nothing itself."""

    title = gettext_lazy("bin")
    parameter_name = "bin"

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> list[str | None]:
        return []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset

    def choices(self, changelist: Any) -> Any:
        yield {"selected": False, "query_string": reverse(BIN), "display": _("The bin")}


def throw_away_articles(
    model_admin: Any, request: HttpRequest, queryset: QuerySet[Article]
) -> None:
    """The list's action: no question before it, for it can be undone for thirty days."""
    done = [one for one in queryset if thrown_away(request, one)]
    if done:
        told = ngettext(
            "%(count)d article is in the bin.", "%(count)d articles are in the bin.", len(done)
        )
        messages.success(request, told % {"count": len(done)})


_offer: Any = admin.action  # `location` is younger than its types.
ACTION = _offer(
    permissions=["change"],
    description=gettext_lazy("Throw into the bin"),
    description_plural=gettext_lazy("Throw into the bin"),
    location=[ActionLocation.CHANGE_LIST],
)(throw_away_articles)


def thrown_away(request: HttpRequest, article: Article, note: str = "") -> bool:
    return told(request, article, lambda by: wastebin.throw_away(article, by, note))


def brought_back(request: HttpRequest, article: Article) -> bool:
    return told(request, article, lambda by: wastebin.bring_back(article, by))


def told(request: HttpRequest, article: Article, move: Any) -> bool:
    """Whether the writer of the bin did it; if not, the person reads why."""
    try:
        move(request.user)
    except Refused as refusal:
        messages.error(request, f"“{article.headline}”: {refusal}")
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def throw_away(request: HttpRequest, pk: int) -> HttpResponse:
    """The way in from an article's form: why, if one likes to say."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if not thrown_away(request, article, form.cleaned_data["note"]):
            return HttpResponseRedirect(change_url(article))
        messages.success(
            request, _("“%(headline)s” is in the bin.") % {"headline": article.headline}
        )
        return HttpResponseRedirect(reverse(LIST))
    context = {
        "title": _("Throw into the bin?"),
        "article": article,
        "why_not": wastebin.why_not(request.user, article),
        "days": wastebin.KEPT.days,
        "form": form,
    }
    return page(request, "throw_away", context)


@require_http_methods(["GET", "HEAD", "POST"])
def contents(request: HttpRequest) -> HttpResponse:
    """What lies in the bin, and the way back for what is ticked."""
    if not request.user.has_perm("articles.change_article"):
        raise PermissionDenied
    rows = wastebin.in_bin(request.user)
    if request.method == "POST":
        return bring_back(request, rows)
    before = keyset.read(request.GET.get("before"))
    found = list(wastebin.older(with_words(rows), before)[: ON_A_PAGE + 1])
    shown, more = found[:ON_A_PAGE], len(found) > ON_A_PAGE
    context = {
        "title": _("The bin"),
        "rows": shown,
        "older": Key(shown[-1].deleted_at, shown[-1].pk) if more and shown[-1].deleted_at else None,
        "before": before,
        "days": wastebin.KEPT.days,
        "checkbox": ACTION_CHECKBOX_NAME,
    }
    return page(request, "bin", context)


def with_words(rows: QuerySet[Article]) -> Any:
    """With who threw each away, and why; in one query."""
    last = Transition.objects.filter(article=OuterRef("pk"), name="bin").order_by("-at", "-pk")
    return (
        rows.select_related("section", "created_by")
        .defer("body")
        .annotate(
            thrown_by=Subquery(last.values("actor__name")[:1]),
            thrown_why=Subquery(last.values("note")[:1]),
        )
    )


def bring_back(request: HttpRequest, rows: QuerySet[Article]) -> HttpResponse:
    ids = [
        pk for pk in request.POST.getlist(ACTION_CHECKBOX_NAME) if pk.isdecimal() and len(pk) < 19
    ]
    done = [one for one in rows.filter(pk__in=ids) if brought_back(request, one)]
    if done:
        words = ngettext("%(count)d article is back.", "%(count)d articles are back.", len(done))
        messages.success(request, words % {"count": len(done)})
    if len(done) == 1:
        return HttpResponseRedirect(change_url(done[0]))
    return HttpResponseRedirect(reverse(BIN))


def page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    shared = {**admin.site.each_context(request), "opts": Article._meta, "list_url": reverse(LIST)}
    return render(request, f"admin/articles/article/{name}.html", shared | context)


ROUTES = {
    "bin": ("bin/", contents),
    "throw_away": ("<int:pk>/bin/", throw_away),
}
