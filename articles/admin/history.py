"""The pages of an article's history: its texts, two of them compared, and an old one restored.

They are the business of its writers and of editors: a reporter sees what the editor changed.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from articles import history, restoring, rights
from articles.admin import pages, panel
from articles.admin.base import change_url, number_in, words_of
from articles.admin.comparison import differences
from articles.admin.fields import MomentField
from articles.errors import Refused
from articles.models import Article, Revision

ON_A_PAGE = 50
# What may stand for a number in the address of a comparison.
LIVE, DRAFT = "live", "draft"


class WhenForm(forms.Form):
    """Asks for a time that has passed."""

    at = MomentField(label=gettext_lazy("What did readers see at this time?"))

    def clean_at(self) -> Any:
        if self.cleaned_data["at"] > timezone.now():
            raise ValidationError(_("This time lies ahead."))
        return self.cleaned_data["at"]


@require_safe
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """All texts there were, the newest first; and what readers saw at a time."""
    article = opened(request, pk)
    form = WhenForm(request.GET if "at" in request.GET else None)
    rows = article.revisions.select_related("author").defer("content", "base")
    if before := number_in(request.GET.get("before", "")):
        rows = rows.filter(number__lt=before)
    found = list(rows[: ON_A_PAGE + 1])
    shown = found[:ON_A_PAGE]
    context = {
        "title": _("History: %(headline)s") % {"headline": article.headline},
        "revisions": shown,
        "older": shown[-1].number if len(found) > ON_A_PAGE else None,
        "before": before,
        **picks([revision.number for revision in shown], is_first=before is None),
        "form": form,
        "may_restore": rights.may_edit(request.user, article),
        **(seen(article, form.cleaned_data["at"]) if form.is_valid() else {}),
    }
    return page(request, article, "versions", context)


def picks(numbers: list[int], *, is_first: bool) -> dict[str, Any]:
    """What is chosen to begin with: the last change, or the way from there to today."""
    if not is_first:
        return {"from": numbers[0] if numbers else None, "to": DRAFT}
    return {"from": numbers[min(1, len(numbers) - 1)], "to": numbers[0]}


def seen(article: Article, at: Any) -> dict[str, Any]:
    """What readers saw at `at`, with the text itself."""
    found = history.live_at(article, at)
    context: dict[str, Any] = {"at": at, "seen": found}
    if found.revision:
        text = pages.as_article(found.revision)
        context |= {"text": text} | pages.references(text)
    return context


@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two texts side by side: `?from=` and `to=` are numbers, `live` or `draft`."""
    article = opened(request, pk)
    new = asked(article, request.GET.get("to", DRAFT))
    old = asked(article, request.GET.get("from") or str(new.number - 1))
    found = differences(request.user, old.content, new.content)
    title = _("Compared: %(old)s and %(new)s") % {"old": old, "new": new}
    context = {"title": title, "old": old, "new": new, "sides": [old, new], "differences": found}
    return page(request, article, "compare", context)


@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Asks once, showing what would change; then saves the old text as the new one."""
    article = opened(request, pk)
    revision = get_object_or_404(article.revisions, number=number)
    if request.method == "POST":
        return restored(request, article, revision)
    plan = restoring.plan(article, revision)
    present = article.draft_revision
    assert present is not None
    context = {
        "title": _("Restore %(old)s?") % {"old": revision},
        "revision": revision,
        "present": present,
        "why_not": rights.why_not_edit(request.user, article),
        "losses": plan.losses,
        "differences": differences(request.user, present.content, plan.content),
    }
    return page(request, article, "restore", context)


def restored(request: HttpRequest, article: Article, revision: Revision) -> HttpResponse:
    """Back to the form with the restored text, or to the question with the reason why not."""
    version = number_in(request.POST.get("base_version", ""))
    try:
        restoring.restore(article, revision, -1 if version is None else version, request.user)  # type: ignore[arg-type]
    except (Refused, ValidationError) as refusal:
        messages.error(request, words_of(refusal))
        return HttpResponseRedirect(request.path)
    words = _("The text of %(old)s is restored. The one before it is in the history.")
    messages.success(request, words % {"old": revision})
    return HttpResponseRedirect(change_url(article))


def opened(request: HttpRequest, pk: int) -> Article:
    """The article, for whoever may read its history. Raises Http404."""
    articles = Article.objects.visible_to(request.user)
    with_texts = articles.select_related("section", "live_revision", "draft_revision")
    article = get_object_or_404(with_texts, pk=pk)
    if not panel.may_see_history(request.user, article):
        raise Http404
    return article


def asked(article: Article, name: str) -> Revision:
    """The revision that an address names. Raises Http404."""
    pointers = {LIVE: article.live_revision_id, DRAFT: article.draft_revision_id}
    known = {"pk": pointers[name]} if name in pointers else {"number": number_in(name)}
    return get_object_or_404(article.revisions.select_related("author"), **known)


def page(
    request: HttpRequest, article: Article, name: str, context: dict[str, Any]
) -> HttpResponse:
    """One of these pages, with what all of them show."""
    shared = {
        **admin.site.each_context(request),
        "opts": Article._meta,
        "article": article,
        "versions_url": reverse("admin:articles_article_versions", args=[article.pk]),
    }
    return render(request, f"admin/articles/article/{name}.html", shared | context)


ROUTES = {
    "versions": ("<int:pk>/history/", versions),
    "compare": ("<int:pk>/compare/", compare),
    "restore": ("<int:pk>/revisions/<int:number>/restore/", restore),
}
