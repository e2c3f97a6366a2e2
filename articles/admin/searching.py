"""Saved searches on the desk: above the list, kept from it, and put in order on a page."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from articles import searches
from articles.admin import kept
from articles.admin.base import capitalize_labels, show_refusal
from articles.admin.chips import LIST
from articles.admin.fields import LineField
from articles.admin.filters import SectionFilter
from articles.errors import Refused
from articles.models import Article, SavedSearch

PAGE = "admin:articles_article_searches"
# More than anybody's list can be asked; what is longer is cut.
LONGEST_QUERY = 30_000
# So many stand above the list; all are on the page where they are put in order.
ABOVE = 60


class SearchForm(forms.Form):
    """Under which name a search is found again, and whether by others as well."""

    name = LineField(
        label=gettext_lazy("name"),
        max_length=60,
        help_text=gettext_lazy("Such as: Floods, handed in."),
    )
    is_shared = forms.BooleanField(
        label=gettext_lazy("Show it to the newsroom"),
        required=False,
        help_text=gettext_lazy("Each person finds with it what she may see."),
    )

    def __init__(self, data: Any = None, *, may_share: bool, initial: Any = None) -> None:
        super().__init__(data, initial=initial, auto_id="search-%s")
        capitalize_labels(self)
        if not may_share:
            del self.fields["is_shared"]

    def said(self) -> dict[str, Any]:
        """What the writer is told; what the form does not ask is no."""
        values = self.cleaned_data
        return {"name": values["name"], "is_shared": values.get("is_shared", False)}


def params_of(params: QueryDict) -> dict[str, str]:
    """What an address of the list asks, by the names of today."""
    found: dict[str, Any] = dict(params.items())
    if former := found.pop(SectionFilter.FORMER, ""):
        found.setdefault(SectionFilter.parameter_name, former)
    return found


def context(request: HttpRequest) -> dict[str, Any]:
    """What stands above the list: the searches there are, and a form for the one on the screen."""
    current = searches.cleaned(params_of(request.GET))
    return {
        "searches": rows(request, current, most=ABOVE),
        "current_search": current,
        "shown_to": kept.sign(request.user),
        "search_form": SearchForm(may_share=searches.may_share(request.user)),
    }


def rows(request: HttpRequest, current: str = "", most: int | None = None) -> list[dict[str, Any]]:
    """One's own, then those of others; in one query."""
    return [
        {
            "saved": saved,
            "address": f"{reverse(LIST)}?{saved.query}",
            "is_current": saved.query == current,
            "is_others": saved.owner_id != request.user.pk,
            "may_change": searches.may_change(request.user, saved),
        }
        for saved in searches.seen_by(request.user)[:most]
    ]


@require_http_methods(["GET", "HEAD"])
def all_searches(request: HttpRequest) -> HttpResponse:
    """The page where they are put in order."""
    person(request)
    context = {"title": _("Saved searches"), "rows": rows(request), "most": searches.MOST}
    return page(request, "searches", context)


@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest) -> HttpResponse:
    """Save what the list is asked; the form above the list posts here, and is shown if refused."""
    by = person(request)
    typed = request.POST if request.method == "POST" else kept.offer(request)
    params = QueryDict((typed or request.GET).get("query", "")[:LONGEST_QUERY])
    form = SearchForm(typed, may_share=searches.may_share(by))

    def store() -> SavedSearch:
        return searches.save(params=params_of(params), by=by, **form.said())

    if request.method == "POST" and form.is_valid() and (saved := written(form, store)):
        kept.forget(request)
        messages.success(request, _("The search “%(name)s” is saved.") % {"name": saved.name})
        return HttpResponseRedirect(f"{reverse(LIST)}?{saved.query}")
    context = {
        "title": _("Save this search"),
        "form": form,
        "query": searches.cleaned(params_of(params)),
    }
    return page(request, "search", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, shared or not, or away with it."""
    by = person(request)
    saved = get_object_or_404(searches.seen_by(by), pk=pk)
    if not searches.may_change(by, saved):
        raise PermissionDenied
    if "remove" in request.POST:
        searches.remove(saved, by)
        messages.success(request, _("The search “%(name)s” is removed.") % {"name": saved.name})
        return HttpResponseRedirect(reverse(PAGE))
    initial = {"name": saved.name, "is_shared": saved.is_shared}
    typed = request.POST if request.method == "POST" else kept.offer(request)
    form = SearchForm(typed, initial=initial, may_share=searches.may_share(by))

    def store() -> SavedSearch:
        return searches.change(saved, by=by, **form.said())

    if request.method == "POST" and form.is_valid() and written(form, store):
        kept.forget(request)
        messages.success(request, _("The search “%(name)s” is saved.") % {"name": saved.name})
        return HttpResponseRedirect(reverse(PAGE))
    context = {"title": _("Change a saved search"), "form": form, "saved": saved}
    return page(request, "search", context)


def written(form: SearchForm, store: Any) -> SavedSearch | None:
    """What the writer stored; if it refused, the form says why."""
    try:
        found: SavedSearch = store()
    except (Refused, ValidationError) as refusal:
        show_refusal(form, refusal, at="name")
        return None
    return found


def person(request: HttpRequest) -> Any:
    """Who asks. Raises PermissionDenied for whoever has no list of articles."""
    if not searches.may_keep(request.user):
        raise PermissionDenied
    return request.user


def page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    shared = {**admin.site.each_context(request), "opts": Article._meta, "list_url": reverse(LIST)}
    shared |= {"searches_url": reverse(PAGE), "shown_to": kept.sign(request.user)}
    return render(request, f"admin/articles/article/{name}.html", shared | context)


ROUTES = {
    "searches": ("searches/", all_searches),
    "keep_search": ("searches/keep/", keep),
    "search": ("searches/<int:pk>/", change),
}
