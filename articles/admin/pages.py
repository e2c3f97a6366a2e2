"""The desk's pages beside lists and forms: old texts, pictures, lists to choose from.

The admin's own door stands before each of them (admin_view): staff only, and never cached.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, prefetch_related_objects
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles import markup, renditions, rights, search, snapshots
from articles.admin import panel
from articles.admin.lists import words_for
from articles.admin.widgets import thumbnail
from articles.models import Article, Image, Revision
from articles.querysets import filed, signed

MOST = 24
# Stored originals have no names of their own.
ENDINGS = {b"\xff\xd8": ".jpg", b"\x89PNG": ".png", b"RIFF": ".webp"}


def readable(request: HttpRequest, pk: int) -> Article:
    """The article with all that its page shows; 404 for somebody else's draft."""
    articles = Article.objects.visible_to(request.user).for_page()
    return worked_on(get_object_or_404(articles, pk=pk), request.user)


def worked_on(article: Article, user: Any) -> Article:
    """The row in memory with the changes that readers don't see yet; never to be saved.

    As readers see it for those who may not see what is not published.
    """
    if snapshots.is_apart(article) and rights.may_see_drafts(user, article):
        return snapshots.show(article, snapshots.working(article))
    prefetch_related_objects([article], signed(), filed())
    return article


@require_safe
def revision(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One of the texts that the article has had, to be read and copied."""
    article = readable(request, pk)
    if not panel.may_see_history(request.user, article):
        raise Http404
    found = get_object_or_404(article.revisions.select_related("author"), number=number)
    context = {
        **admin.site.each_context(request),
        "title": article.headline,
        "opts": Article._meta,
        "article": article,
        "revision": found,
        "old": as_article(found),
        "signatures": [line["name"] for line in found.content.get("bylines", ())],
        "tags": found.content.get("tags", ()),
    }
    context |= references(context["old"])
    return render(request, "admin/articles/article/revision.html", context)


def as_article(found: Revision) -> Article:
    """The revision's text as an article that is never saved."""
    old = Article()
    snapshots.put(old, snapshots.complete(found))
    # A refused save was never cleaned on its way into the database.
    old.body = markup.clean(old.body or "")
    return old


def references(article: Article) -> dict[str, Any]:
    """The pictures and boxes of a text, for the template tag that shows it."""
    asked = markup.references(article.body)
    live = Article.objects.live().for_cards().in_bulk(asked.articles)
    return {"figures": Image.objects.in_bulk(asked.pictures), "boxes": live}


@require_safe
def original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The picture as it came, for the newsroom alone."""
    try:
        file = visible_image(request, pk).original.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    head = file.read(4)
    ending = next((ending for sign, ending in ENDINGS.items() if head.startswith(sign)), "")
    file.seek(0)
    response = FileResponse(
        file,
        as_attachment=True,
        filename=f"{pk}{ending}",
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def thumb(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to a small copy, so that the editor needs to know no more than an id.

    It is the smallest square one, or with `?card` one as wide as a card.
    """
    image = visible_image(request, pk)
    wide = renditions.widest(image, "card") if "card" in request.GET else ""
    if address := wide or thumbnail(image):
        return HttpResponseRedirect(address)
    raise Http404


def visible_image(request: HttpRequest, pk: int) -> Image:
    if not request.user.has_perm("articles.view_image"):
        raise PermissionDenied
    return get_object_or_404(Image, pk=pk)


@require_safe
def pick_articles(request: HttpRequest) -> JsonResponse:
    """Articles to choose from: by words, by ids, or the newest."""
    articles = Article.objects.visible_to(request.user).defer("body")
    if "ids" in request.GET:
        articles = articles.filter(pk__in=asked_ids(request))
    elif query := request.GET.get("q", "").strip():
        articles = search.find(articles, query)
    rows = [
        {"id": article.pk, "text": article.headline, "note": words_for(article)}
        for article in articles.order_by("-saved_at", "-pk")[:MOST]
    ]
    return JsonResponse({"results": in_asked_order(request, rows)})


@require_safe
def pick_images(request: HttpRequest) -> JsonResponse:
    """Pictures to choose from: by words of what is said of them, by ids, or the newest."""
    if not request.user.has_perm("articles.view_image"):
        raise PermissionDenied
    images = Image.objects.all()
    if "ids" in request.GET:
        images = images.filter(pk__in=asked_ids(request))
    for word in request.GET.get("q", "").replace("\0", "").split()[: search.MOST_WORDS]:
        images = images.filter(
            Q(caption__icontains=word) | Q(credit__icontains=word) | Q(alt__icontains=word)
        )
    rows = [
        {
            "id": image.pk,
            "text": str(image),
            "note": " ".join(filter(None, (f"#{image.pk}", image.credit, image.nature_label))),
            "credit": image.credit,
            "thumb": thumbnail(image),
        }
        for image in images[:MOST]
    ]
    return JsonResponse({"results": in_asked_order(request, rows)})


def asked_ids(request: HttpRequest) -> list[int]:
    """The numbers in `?ids=12,15`; others are no ids."""
    words = request.GET["ids"][:300].split(",")[:MOST]
    return [int(word) for word in words if word.isdecimal() and len(word) < 19]


def in_asked_order(request: HttpRequest, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """As the ids were asked for; as found if there were none."""
    ids = asked_ids(request) if "ids" in request.GET else []
    return sorted(rows, key=lambda row: ids.index(row["id"]) if ids else 0)
