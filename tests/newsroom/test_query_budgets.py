"""How many queries each page costs, at the desk and before it: one table, and one more fails.

The second archive is ten times the first: what grows with the paper shows in the difference, and
what creeps in shows in the numbers.
"""

from datetime import UTC, datetime
from urllib.parse import urlencode

from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from articles.keyset import Key
from articles.models import Article, Author, Image, Tag
from comments.models import Comment
from newsroom.archive import loader, vocabulary
from newsroom.archive.plan import Plan

UNTIL = datetime(2026, 11, 20, 5, tzinfo=UTC)
DESK = "/admin/articles"
AUDIT = "/admin/accounts/auditentry/"
QUEUE = "/admin/comments/comment/"

BUDGETS = {
    # Readers
    "front": 4,
    "article": 6,
    "section": 4,
    "tag": 3,
    "author": 3,
    "section, further on": 4,
    "tag, further on": 3,
    "author, further on": 3,
    "section feed": 4,
    "tag feed": 4,
    "author feed": 4,
    "feed": 3,
    "day index": 4,
    "day index, page two": 4,
    "day index, a section": 4,
    "search": 3,
    "search, best": 3,
    "search, nothing": 2,
    "sitemap": 2,
    "monthly sitemap": 1,
    # The desk; session, person and the strip of the worker are in each
    "desk": 15,
    "articles": 10,
    "articles, drafts": 10,
    "articles, mine": 8,
    "articles, a section": 10,
    "articles, an author": 11,
    "articles, a tag": 11,
    "articles, some days": 10,
    "articles, search": 10,
    "articles, an old slug": 11,
    "saved searches": 5,
    "saved search": 4,
    "article form": 30,
    "new article": 10,
    "article preview": 11,
    "article preview in frames": 5,
    "article preview links": 6,
    "article family": 9,
    "article checks": 18,
    "article revision": 8,
    "articles to pick": 5,
    "comments": 8,
    "comments, all": 8,
    "comments, search": 9,
    "comment form": 6,
    "tags": 6,
    "tags, search": 6,
    "tag form": 5,
    "tags to pick": 6,
    "authors to pick": 5,
    "authors": 6,
    "author form": 6,
    "images": 6,
    "images, search": 6,
    "image form": 6,
    "images to pick": 5,
    "sections": 6,
    "people": 7,
    "people, search": 7,
    "audit log": 6,
    "audit log, search": 6,
    "audit log, a person": 6,
}

# PostgreSQL is asked first how often a word occurs.
SEARCHES = ("search", "search, best", "search, nothing")
SEARCHES += ("articles, search", "articles, an old slug", "articles to pick", "comments, search")
MORE = 1 if connection.vendor == "postgresql" else 0


def addresses() -> dict[str, str]:
    """A path for each line of the table."""
    live = Article.objects.live().select_related("section")
    article = live.filter(kind="news", lead_image__isnull=False).newest()[20]
    assert article.published_at is not None
    middle = Key(article.published_at, article.pk)
    tag, author = Tag.objects.get(name=vocabulary.topic(0)), Author.objects.order_by("pk")[0]
    half = vocabulary.HALF
    lists = {"section": "/nasional/", "tag": tag.get_absolute_url()}
    lists["author"] = author.get_absolute_url()
    readers = {
        "front": "/",
        "article": article.get_absolute_url(),
        **lists,
        **{f"{name}, further on": f"{path}?before={middle}" for name, path in lists.items()},
        **{f"{name} feed": f"{path}feed/" for name, path in lists.items()},
        "feed": "/feed/",
        "day index": "/indeks/?date=2026-11-19",
        "day index, page two": "/indeks/?date=2026-11-19&page=2",
        "day index, a section": "/indeks/?date=2026-11-19&section=nasional",
        "search": f"/cari/?q={half}",
        "search, best": f"/cari/?q={half}&sort=best",
        "search, nothing": "/cari/?q=xyzzyx",
        "sitemap": "/sitemap.xml",
        "monthly sitemap": "/sitemap-2026-11.xml",
    }
    return readers | desk(article, half)


def desk(article: Article, half: str) -> dict[str, str]:
    comment, image = Comment.objects.order_by("pk")[0], Image.objects.order_by("pk")[0]
    tag, author = Tag.objects.order_by("pk")[0], Author.objects.order_by("pk")[0]
    return {
        "desk": "/admin/",
        "articles": f"{DESK}/article/",
        "articles, drafts": f"{DESK}/article/?state=writing",
        "articles, mine": f"{DESK}/article/?mine=1",
        "articles, a section": f"{DESK}/article/?section={article.section_id}",
        "articles, an author": f"{DESK}/article/?author={author.slug}",
        "articles, a tag": f"{DESK}/article/?{urlencode({'tag': tag.name})}",
        "articles, some days": f"{DESK}/article/?since=2026-11-19&until=2026-11-20",
        "articles, search": f"{DESK}/article/?q={half}",
        "articles, an old slug": f"{DESK}/article/?q=tak-ada-slug-ini",
        "saved searches": f"{DESK}/article/searches/",
        "saved search": f"{DESK}/article/searches/keep/?query=state%3Dwriting",
        "authors to pick": f"{DESK}/author/names/?q=a",
        "article form": f"{DESK}/article/{article.pk}/change/",
        "new article": f"{DESK}/article/add/",
        "article preview": f"{DESK}/article/{article.pk}/preview/",
        "article preview in frames": f"{DESK}/article/{article.pk}/frames/",
        "article preview links": f"{DESK}/article/{article.pk}/previews/",
        "article family": f"{DESK}/article/{article.pk}/family/",
        "article checks": f"{DESK}/article/{article.pk}/verification/",
        "article revision": f"{DESK}/article/{article.pk}/revisions/1/",
        "articles to pick": f"{DESK}/article/pick/?q={half}",
        "comments": QUEUE,
        "comments, all": f"{QUEUE}?status=all",
        "comments, search": f"{QUEUE}?status=all&q=pasar",
        "comment form": f"{QUEUE}{comment.pk}/change/",
        "tags": f"{DESK}/tag/",
        "tags, search": f"{DESK}/tag/?q=rumah",
        "tag form": f"{DESK}/tag/{tag.pk}/change/",
        "tags to pick": f"{DESK}/tag/names/?q=rum",
        "authors": f"{DESK}/author/",
        "author form": f"{DESK}/author/{author.pk}/change/",
        "images": f"{DESK}/image/",
        "images, search": f"{DESK}/image/?q=suasana",
        "image form": f"{DESK}/image/{image.pk}/change/",
        "images to pick": f"{DESK}/image/pick/?q=suasana",
        "sections": f"{DESK}/section/",
        "people": "/admin/accounts/user/",
        "people, search": "/admin/accounts/user/?q=agus",
        "audit log": AUDIT,
        "audit log, search": f"{AUDIT}?q=agus",
        "audit log, a person": f"{AUDIT}?person=1&group=login&since=2026-11-01",
    }


def cost(client: Client, path: str) -> int:
    """The queries of a page that has been asked for before."""
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200, path
    return len(captured)


def measured(client: Client) -> dict[str, int]:
    return {name: cost(client, path) for name, path in addresses().items()}


class TestBudgets(TestCase):
    maxDiff = None

    @classmethod
    def setUpTestData(cls) -> None:
        loader.load(Plan(articles=120, comments=200, tags=18, until=UNTIL))

    def test_no_page_costs_more_in_an_archive_ten_times_as_large(self) -> None:
        self.client.force_login(User.objects.get(email="chief_editor1@arsip.example"))
        small = measured(self.client)
        loader.load(Plan(articles=600, comments=1500, tags=90, until=UNTIL, seed=2), add=True)
        large = measured(self.client)
        assert large == small
        assert large == BUDGETS | {name: BUDGETS[name] + MORE for name in SEARCHES}
