"""The readers' pages: find, and show. Each takes its “now” once and hands it down.

Nothing here looks at who is reading: a public page is the same bytes for everybody.
"""

from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, HttpResponsePermanentRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.dateparse import parse_date
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from articles import (
    days,
    dependencies,
    embargoes,
    frontpage,
    lookups,
    markup,
    metadata,
    paging,
    previews,
    reading,
    related,
    results,
    search,
)
from articles.models import Article, Author, Image, Section, Tag

PICTURE_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
EARLIEST = date(1900, 1, 1)
# Nobody may keep a shared preview, find it, or send its address on as where somebody came from.
UNLISTED = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, noarchive, nofollow",
    "Referrer-Policy": "no-referrer",
}


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The front page; the day that it names ends at midnight in the site's zone."""
    now = dependencies.now()
    dependencies.ends(days.midnight_after(now))
    context = {"now": now, "front": frontpage.compose(now), "site_data": metadata.site_data()}
    return TemplateResponse(request, "articles/front.html", context)


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """A section with those below it, newest first."""
    now = dependencies.now()
    found = lookups.named(Section, slug)
    children = reading.children(found)
    # Which sections there are above and below, and what those are called.
    dependencies.saw("list:menu")
    context = {
        "here_section": found,
        "children": children,
        "page": paging.read(found, now, request.GET.get("before")),
    }
    return TemplateResponse(request, "articles/section.html", context)


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """A topic. One that only unpublished articles have is not there: its name alone may betray."""
    now = dependencies.now()
    found = lookups.named(Tag, slug)
    page = paging.read(found, now, request.GET.get("before"))
    # Behind the last article there is nothing either; whether there is any, page one says.
    if not page.articles and not paging.read(found, now, None).articles:
        raise Http404
    return TemplateResponse(request, "articles/tag.html", {"tag": found, "page": page})


@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """Who somebody is, and all that they signed."""
    now = dependencies.now()
    found = lookups.named(Author, slug)
    page = paging.read(found, now, request.GET.get("before"))
    return TemplateResponse(request, "articles/author.html", {"author": found, "page": page})


@require_safe
def article(request: HttpRequest, section: str, pk: int, slug: str) -> HttpResponse:
    """One article. Its id decides; what is not live is not betrayed by a redirect."""
    now = dependencies.now()
    dependencies.saw(f"article:{pk}", "list:menu")
    try:
        found = reading.article(pk)
    except Article.DoesNotExist as error:
        raise Http404 from error
    if found.has_ended(now):
        return TemplateResponse(request, "410.html", {"article": found}, status=410)
    if not found.is_live(now):
        raise Http404
    if request.path != found.get_absolute_url():
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(found.get_absolute_url() + (query and f"?{query}"))
    return TemplateResponse(request, "articles/article.html", article_context(found, now))


def article_context(found: Article, now: datetime) -> dict[str, object]:
    """All that an article's page shows; the desk's preview shows the same."""
    figures = markup.references(found.body).pictures
    dependencies.saw(*(f"image:{pk}" for pk in figures))
    return {
        "article": found,
        "here_section": found.section,
        "around": related.around(found, now),
        "figures": Image.objects.in_bulk(figures),
        "signatures": metadata.signatures(found),
        "code_line": metadata.code_line(found),
        "titled": metadata.titled(found),
        "updated": metadata.updated(found),
        "description": metadata.description(found),
        "shared": (shared := metadata.shared_picture(found)),
        "share_image": metadata.share_image(shared),
        "canonical": metadata.canonical(found),
        "address": metadata.absolute(found.get_absolute_url()),
        "structured_data": metadata.structured_data(found),
    }


@require_safe
def shared_preview(request: HttpRequest, token: str) -> HttpResponse:
    """The page of an article that is not public yet, for whoever holds the link."""
    response = _shared_preview(request, token, dependencies.now())
    for name, value in UNLISTED.items():
        response[name] = value
    # The server's log of refusals names the address, and this one is a key.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _shared_preview(request: HttpRequest, token: str, now: datetime) -> HttpResponse:
    """The page, or why there is none; what is refused names neither headline nor writer."""
    link = previews.find(token)
    if link is None:
        return TemplateResponse(request, "404.html", status=404)
    if not previews.is_open(link, now) or not previews.is_vouched_for(link):
        return TemplateResponse(request, "articles/preview_closed.html", status=410)
    if embargoes.is_under(link.article, now):
        until = {"embargo_until": link.article.embargo_until}
        return TemplateResponse(request, "articles/preview_closed.html", until, status=403)
    previews.note_seen(link, now)
    found = previews.working_copy(link.article_id, now)
    told = {"expires_at": link.expires_at, "is_live": link.article.is_live(now)}
    context = article_context(found, now) | told
    return TemplateResponse(request, "articles/shared_preview.html", context)


@require_safe
def day_index(request: HttpRequest) -> HttpResponse:
    """All of one day, which is the one list with numbered pages: a day does not grow."""
    now = dependencies.now()
    today = timezone.localdate(now)
    day = _day(request.GET.get("date", ""), today)
    dependencies.ends(days.midnight_after(now))
    sections = reading.sections()
    chosen = next((s for s in sections if s.slug == request.GET.get("section")), None)
    # An article that changes its section comes into that section's day and stays in the day.
    listed = f"list:section-day:{chosen.pk}:{day}" if chosen else f"list:day:{day}"
    dependencies.saw("list:menu", listed)
    page = paging.of_day(day, chosen, now, request.GET.get("page"))
    context = {
        "day": day,
        "today": today,
        "previous": day - timedelta(days=1) if day > EARLIEST else None,
        "next": day + timedelta(days=1) if day < today else None,
        "all_sections": sections,
        "chosen": chosen,
        "page": page,
        "numbers": paging.numbers(page),
        "address": _address(day, chosen),
    }
    return TemplateResponse(request, "articles/index.html", context)


def _day(text: str, today: date) -> date:
    """The day that was asked for; today for anything that isn't a day of the past."""
    try:
        day = parse_date(text)
    except ValueError:  # The 31st of February
        return today
    return day if day and EARLIEST <= day <= today else today


def _address(day: date, section: Section | None) -> str:
    """The canonical address of a day's first page."""
    query = {"date": day.isoformat()} | ({"section": section.slug} if section else {})
    return f"{reverse('articles:index')}?{urlencode(query)}"


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Search: the newest first, or with `sort=best` the best of the newest."""
    now = dependencies.now()
    dependencies.saw("list:search")
    query = " ".join(request.GET.get("q", "").replace("\0", " ").split())[: search.LONGEST_QUERY]
    is_best = request.GET.get("sort") == "best"
    if is_best:
        found = results.best(query, now, request.GET.get("page"))
    else:
        found = results.newest(query, now, request.GET.get("before"))
    context = {"query": query, "is_best": is_best, "found": found}
    return TemplateResponse(request, "articles/search.html", context)


@require_safe
def picture(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """One rendition. No other bytes ever have its address; but it may cease to have any.

    A browser may keep for ever what it was shown. A proxy in front may not: a file that was
    replaced, a wrong photograph perhaps, must be gone there too as soon as it is gone here.
    """
    path = f"{token}/{name}"
    try:
        file = default_storage.open(path)
    except FileNotFoundError as error:
        raise Http404 from error
    etag = quote_etag(path)
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        response = FileResponse(file, content_type=PICTURE_TYPES[name.rpartition(".")[2]])
    else:
        file.close()
    response["ETag"] = etag
    response["Cache-Control"] = (
        f"public, max-age=31536000, s-maxage={settings.EDGE_SECONDS}, immutable"
    )
    return response
