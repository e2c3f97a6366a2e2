"""Previews at the desk: the readers' page in frames, and the links that show it to others."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods, require_safe

from articles import embargoes, metadata, previews, rights, views
from articles.admin import panel
from articles.admin.lists import words_for
from articles.models import Article

MOST = 50
# The one page of ours that stands in a frame, and only in one of our own pages.
IN_OUR_FRAME: dict[str, Any] = {**settings.SECURE_CSP, "frame-ancestors": [CSP.SELF]}
# And the pages that it stands in.
WITH_OUR_FRAMES: dict[str, Any] = {**settings.SECURE_CSP, "frame-src": [CSP.SELF]}


class LinkForm(forms.Form):
    lifetime = forms.ChoiceField(
        label=gettext_lazy("It works for"),
        choices=[(code, words) for code, (words, _time) in previews.LIFETIMES.items()],
        initial=previews.DEFAULT,
    )


@require_safe
@xframe_options_sameorigin
@csp_override(IN_OUR_FRAME)
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The article as readers would see it now; for whoever may read it on the desk."""
    article, now = readable(request, pk), timezone.now()
    with translation.override(settings.LANGUAGE_CODE):  # the paper's language, not the desk's
        with_changes = rights.may_see_drafts(request.user, article)
        found = previews.working_copy(pk, now, with_changes=with_changes)
        context = views.article_context(found, now)
        context["state_words"] = words_for(article)
        response = render(request, "admin/articles/article/preview.html", context)
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response


@require_safe
@csp_override(WITH_OUR_FRAMES)
def frames(request: HttpRequest, pk: int) -> HttpResponse:
    """That page in a phone and on a desk; without JavaScript it is linked to."""
    article = readable(request, pk)
    context = about(request, article) | {
        "address": reverse("admin:articles_article_preview", args=[pk])
    }
    return render(request, "admin/articles/article/frames.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was given a look at the article, for how long, and a new link."""
    article, person = readable(request, pk), staff(request)
    if not panel.may_see_history(person, article):
        raise Http404
    form, made = LinkForm(request.POST or None), ""
    if "revoke" in request.POST:
        return revoked(request, article)
    if request.method == "POST" and form.is_valid():
        lifetime = previews.LIFETIMES[form.cleaned_data["lifetime"]][1]
        # Shown with the answer itself: kept for a page after it, the token would lie in a session.
        made = metadata.absolute(previews.address(previews.make(article, person, lifetime)[1]))
    now, why_not = timezone.now(), rights.why_not_edit(person, article)
    context = about(request, article) | {
        "form": form,
        "made": made,
        "rows": rows(article, person, now, may_revoke_all=not why_not),
        "why_not": why_not,
        "silent_until": article.embargo_until if embargoes.is_under(article, now) else None,
    }
    return render(request, "admin/articles/article/previews.html", context)


def revoked(request: HttpRequest, article: Article) -> HttpResponse:
    """Close the link whose button was pressed."""
    number = request.POST["revoke"]
    if not (number.isdecimal() and len(number) < 19):
        raise Http404
    link = get_object_or_404(article.preview_links.select_related("article"), pk=number)
    previews.revoke(link, staff(request))
    messages.success(request, _("The link is closed."))
    return HttpResponseRedirect(request.path)


def rows(
    article: Article, person: Any, now: datetime, *, may_revoke_all: bool
) -> list[dict[str, Any]]:
    """The newest links of an article, and of each whether it is open and this person may close it.

    previews.may_revoke says the same of one link, and would ask the database for each.
    """
    found = []
    for link in article.preview_links.select_related("created_by")[:MOST]:
        is_open = link.is_open(now)
        may = may_revoke_all or link.created_by_id == person.pk
        found.append({"link": link, "is_open": is_open, "may_revoke": is_open and may})
    return found


def readable(request: HttpRequest, pk: int) -> Article:
    """The article's row; 404 for somebody else's draft."""
    return get_object_or_404(Article.objects.visible_to(request.user), pk=pk)


def staff(request: HttpRequest) -> Any:
    """Who asks: the admin has let nobody else in."""
    return request.user


def about(request: HttpRequest, article: Article) -> dict[str, Any]:
    """What each page beside an article's form is told."""
    return {
        **admin.site.each_context(request),
        "title": article.headline,
        "opts": Article._meta,
        "article": article,
        "state_words": words_for(article),
    }
