"""What the bench reads, from the archive itself. Run as a script under the paper's settings.

It prints JSON: the paths of each kind of page, the queries that each costs, a cookie for the desk.
"""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import django

django.setup()

from django.conf import settings  # noqa: E402  Django must be ready
from django.contrib.auth import get_user_model  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles import keyset  # noqa: E402
from articles.models import Article, Author, Section, Tag  # noqa: E402
from articles.querysets import ArticleQuerySet, month_bounds  # noqa: E402
from benching import acts  # noqa: E402
from comments.models import Comment  # noqa: E402
from newsroom.archive import vocabulary  # noqa: E402

SAMPLE = 400
SEARCHES = {
    "half": vocabulary.HALF,
    "one per cent": vocabulary.HUNDREDTH,
    "ten": vocabulary.TEN,
    "two words": f"{vocabulary.HALF} {vocabulary.SECOND}",
    "phrase": f'"{vocabulary.PHRASE}"',
}
WHO = "chief_editor1@arsip.example"
LIST = "/admin/articles/article/"
QUEUE = "/admin/comments/comment/"


def main() -> None:
    logging.disable(logging.ERROR)
    rng = random.Random(7)  # The same pages in every run
    live = Article.objects.live(timezone.now())
    pages = readers_pages(live, rng)
    chief = get_user_model()._default_manager.get(email=WHO)
    desk = desk_pages()
    client = Client(headers={"host": settings.SITE_HOST})
    entries = live.between(*month_bounds(*month())).count()
    found: dict[str, Any] = {"pages": pages, "desk": desk, "entries": entries}
    found["queries"] = {name: queries(client, paths) for name, paths in pages.items()}
    client.force_login(chief)
    found["desk_queries"] = {name: queries(client, [path]) for name, path in desk.items()}
    form = desk["article, form"]
    pk = int(form.removeprefix(LIST).partition("/")[0])
    found["desk_acts"] = acts.measured(client, form, f"{LIST}beat/", pk)
    found["cookie"] = f"{settings.SESSION_COOKIE_NAME}={client.cookies['sessionid'].value}"
    print(json.dumps(found))


def readers_pages(live: ArticleQuerySet, rng: random.Random) -> dict[str, list[str]]:
    """Each kind of page, as the paths that stand for it."""
    section = Section.objects.get(slug="nasional")
    tag = Tag.objects.get(name=vocabulary.topic(0))
    author = Author.objects.order_by("pk")[0]
    lists = {
        "section": (section.get_absolute_url(), live.in_section(section)),
        "tag": (tag.get_absolute_url(), live.tagged(tag)),
        "author": (author.get_absolute_url(), live.by(author)),
    }
    newest = live.newest().values_list("published_at", flat=True)
    days = sorted({timezone.localdate(at) for at in newest[: 60 * 60 : 7]})
    pages = {
        "article": sample(live, rng),
        "front": ["/"],
        **{name: [path] for name, (path, _) in lists.items()},
        **{f"{name}, half-way": [half_way(*place)] for name, place in lists.items()},
        "day index": [f"/indeks/?date={day}" for day in days[:-1][-40:]],
        "article with 200 comments": [discussed()],
        "feed": ["/feed/"],
        "monthly sitemap": ["/sitemap-{}-{}.xml".format(*month())],
    }
    for name, words in SEARCHES.items():
        for order in ("newest", "best"):
            sort = {"sort": "best"} if order == "best" else {}
            path = f"/cari/?{urlencode({'q': words} | sort)}"
            pages[f"search: {name}, {order}"] = [path]
    return pages


def month() -> tuple[int, int]:
    """A month that is over, or as much of it as a small archive goes back to."""
    first = Article.objects.live().newest().reverse()[0].published_at
    assert first is not None
    at = timezone.localtime(max(first, timezone.now() - timedelta(days=45)))
    return at.year, at.month


def sample(live: ArticleQuerySet, rng: random.Random) -> list[str]:
    """Random articles of the whole archive."""
    ids = list(live.values_list("pk", flat=True))
    chosen = live.filter(pk__in=rng.sample(ids, min(SAMPLE, len(ids)))).select_related("section")
    paths = [article.get_absolute_url() for article in chosen]
    rng.shuffle(paths)
    return paths


def half_way(path: str, articles: ArticleQuerySet) -> str:
    """The page that begins in the middle of the list. The product never counts; the bench may."""
    middle = articles.newest()[articles.count() // 2]
    assert middle.published_at is not None
    return f"{path}?before={keyset.Key(middle.published_at, middle.pk)}"


def discussed() -> str:
    """The article below which two hundred comments are shown."""
    shown = Article.objects.filter(comment_count=200).select_related("section")
    return shown[0].get_absolute_url()


def desk_pages() -> dict[str, str]:
    """The lists, searches and forms of the desk that an archive could make slow."""
    article = Article.objects.live().newest()[Article.objects.count() // 2]
    comment = Comment.objects.order_by("pk")[0]
    half, few = vocabulary.HALF, vocabulary.TEN
    return {
        "first page": "/admin/",
        "articles": LIST,
        "articles, last page": f"{LIST}?p={min(40, Article.objects.count() // 50)}",
        "articles: drafts": f"{LIST}?state=writing",
        "articles: ended": f"{LIST}?state=ended",
        "articles: a section": f"{LIST}?section={article.section_id}",
        "articles: a section of the first level": f"{LIST}?section={article.top_section_id}",
        **filtered(article),
        "articles: mine": f"{LIST}?mine=1",
        "articles: a word in half": f"{LIST}?q={half}",
        "articles: a word in ten": f"{LIST}?q={few}",
        "articles: no such word": f"{LIST}?q=xyzzyx",
        "article, form": f"{LIST}{article.pk}/change/",
        "article, new": f"{LIST}add/",
        "article, preview": f"{LIST}{article.pk}/preview/",
        "article, revision": f"{LIST}{article.pk}/revisions/1/",
        "comments: queue": QUEUE,
        "comments: all": f"{QUEUE}?status=all",
        "comments: rejected": f"{QUEUE}?status=rejected",
        "comments: a word": f"{QUEUE}?status=all&q=pasar",
        "comments: no such word": f"{QUEUE}?status=all&q=xyzzyx",
        "comment, form": f"{QUEUE}{comment.pk}/change/",
        "tags": "/admin/articles/tag/",
        "tags: search": "/admin/articles/tag/?q=rumah",
        "authors": "/admin/articles/author/",
        "authors: search": "/admin/articles/author/?q=agus",
        "images": "/admin/articles/image/",
        "images: search": "/admin/articles/image/?q=sungai",
        "people": "/admin/accounts/user/",
        "people: search": "/admin/accounts/user/?q=agus",
    }


def filtered(article: Article) -> dict[str, str]:
    """The list narrowed by what is typed: many rows and few, and days of long ago."""
    often, once = (vocabulary.topic(0), Tag.objects.latest("pk").name)
    author = article.bylines.select_related("author")[0].author.slug
    assert article.published_at is not None
    day = f"{timezone.localdate(article.published_at)}"
    asked = {
        "an author": {"author": author},
        "a tag of many": {"tag": often},
        "a tag of few": {"tag": once},
        "a day": {"since": day, "until": day},
        "all days until one": {"until": day},
        "an author, a tag, days": {"author": author, "tag": often, "until": day},
        "a word, a tag": {"q": vocabulary.HALF, "tag": often},
        "a slug of nobody": {"q": "tak-ada-slug-ini"},
    }
    return {f"articles: {name}": f"{LIST}?{urlencode(query)}" for name, query in asked.items()}


def queries(client: Client, paths: Iterable[str]) -> int:
    """How many queries the first of these pages costs, when it is not kept."""
    path = next(iter(paths))
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        status = client.get(path).status_code
    if status != 200:
        raise SystemExit(f"{path} answered {status}.")
    return len(captured)


if __name__ == "__main__":
    main()
