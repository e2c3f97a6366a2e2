"""An embargoed article at −1 s and +0 s: over every address that a reader has, kept pages too."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver
from django.utils import timezone

from articles import dependencies, previews, workflow
from articles.models import Article
from articles.pagecache import clock, fragments, parts
from tests import make, public
from tests.hammer.servers import InProcess

pytestmark = pytest.mark.django_db(transaction=True)

SECOND = timedelta(seconds=1)
HEADLINE, SLUG, TAG = "Harga Solar Naik Besok", "harga-solar-naik-besok", "Solar Bersubsidi"
BODY = "Menteri menaikkan harga solar mulai tengah malam."
# The paths that the test asks for must be of each of these routes, or it has missed one.
READERS = {"articles", "comments"}
NOT_ABOUT_ARTICLES = {"comments:sent", "comments:show"}


class Embargoed:
    """A scheduled article, all that would betray it, and every address near it."""

    def __init__(self) -> None:
        section = public.child("energi", make.section())
        author, self.end = make.author("Wartawan Energi"), tomorrow_at_ten()
        self.lead, self.inside = public.image(), public.image(caption="Antrean solar")
        article = make.complete(
            headline=HEADLINE,
            slug=SLUG,
            standfirst="Pengumuman pukul sepuluh.",
            body=f'<p>{BODY}</p><figure data-image="{self.inside.pk}"></figure>',
            section=section,
            tags=[TAG],
            bylines=[author],
            lead_image_id=self.lead.pk,
            embargo_until=self.end,
        )
        editor = make.user("editor")
        self.token = previews.make(article, editor, timedelta(days=7))[1]
        workflow.publish(article, editor, at=self.end)
        self.article = Article.objects.select_related("section").get(pk=article.pk)
        day, month = (timezone.localtime(self.end).strftime(f) for f in ("%Y-%m-%d", "%Y-%-m"))
        lists = [make.section(), section, author, article.tags.get()]
        self.lists = {
            path
            for thing in lists
            for path in (thing.get_absolute_url(), f"{thing.get_absolute_url()}feed/")
        }
        self.lists |= {"/", "/feed/", "/indeks/", "/sitemap.xml", f"/sitemap-{month}.xml"}
        self.lists |= {f"/indeks/?date={day}", f"/indeks/?date={day}&section=energi"}
        self.lists |= {"/cari/?q=solar", "/cari/?q=solar&sort=best", "/cari/?q=menteri+harga"}
        self.shared = previews.address(self.token)
        self.comments = f"/komentar/tulis/{article.pk}/"
        right = self.article.get_absolute_url()
        self.own = {right, f"/nasional/{article.pk}/salah/", right.upper()}

    @property
    def all(self) -> set[str]:
        return self.lists | self.own

    def betrayed_by(self, page: bytes) -> list[str]:
        """What of the article is in those bytes."""
        marks = [HEADLINE, SLUG, TAG, BODY, "Pengumuman pukul", "Antrean solar"]
        marks += [self.lead.token, self.inside.token]
        return [mark for mark in marks if mark.encode() in page]


def tomorrow_at_ten():
    """At ten, so that the second before is the same day, wherever the test runs."""
    day = timezone.localtime() + timedelta(days=1)
    return day.replace(hour=10, minute=0, second=0, microsecond=0)


@pytest.fixture
def embargoed() -> Embargoed:
    fragments.clear()
    return Embargoed()


def kept_by(server: InProcess) -> bytes:
    """All bytes that the page cache of this process holds, pages and parts of pages."""
    cache = server.application
    shelves = (cache._pages, cache._misses, cache._searches)
    pages = [entry for shelf in shelves for entry, _weight in shelf._entries.values()]
    shared = repr([kept.value for kept in parts._kept.values()]).encode()
    return b"".join(entry.body("identity") for entry in pages) + shared


def test_no_page_says_a_word_of_it_before_its_second_and_each_does_from_then(embargoed) -> None:
    server, before = InProcess(clock()), embargoed.end - SECOND
    for path in sorted(embargoed.all):
        for encoding in ("", "br"):  # made, and then kept
            answer = server.get(path, before, encoding)
            assert embargoed.betrayed_by(answer.body) == [], path
            location = dict(answer.headers).get("location", "")
            assert SLUG not in location, path
    assert b"<html" in kept_by(server)
    assert embargoed.betrayed_by(kept_by(server)) == []

    for path in sorted(embargoed.lists):
        answer = server.get(path, embargoed.end)
        assert answer.status == 200, path
        is_index_of_months = path == "/sitemap.xml"
        assert is_index_of_months or embargoed.betrayed_by(answer.body), path
    statuses = {path: server.get(path, embargoed.end).status for path in embargoed.own}
    right = embargoed.article.get_absolute_url()
    assert statuses == dict.fromkeys(embargoed.own, 301) | {right: 200}


def test_a_shared_link_is_silent_until_that_second(embargoed, client) -> None:
    for at, status in ((embargoed.end - SECOND, 403), (embargoed.end, 200)):
        with dependencies.recording(at):
            answer = client.get(embargoed.shared)
        assert answer.status_code == status
        assert bool(embargoed.betrayed_by(answer.content)) == (status == 200)


def test_nobody_comments_on_it_before(embargoed) -> None:
    person = Client()
    person.force_login(make.user())
    with dependencies.recording(embargoed.end - SECOND):
        answer = person.get(embargoed.comments)
    assert answer.status_code == 404
    assert embargoed.betrayed_by(answer.content) == []


def test_the_sitemap_tells_nothing_of_the_month_before_its_time(client) -> None:
    """Not even that there will be something in a month that has nothing yet."""
    end = tomorrow_at_ten() + timedelta(days=400)
    article = make.complete(embargo_until=end)
    workflow.publish(article, make.user("editor"), at=end)
    month = timezone.localtime(end).strftime("%Y-%-m")
    for at, told in ((end - SECOND, False), (end, True)):
        with dependencies.recording(at):
            assert (f"sitemap-{month}.xml" in client.get("/sitemap.xml").text) == told


def test_every_kind_of_address_that_readers_have_is_asked(embargoed) -> None:
    paths = {*embargoed.all, embargoed.shared, embargoed.comments, "/media/"}
    asked = {match_of(path.partition("?")[0].lower()) for path in paths}
    routes = set(names(get_resolver())) - NOT_ABOUT_ARTICLES
    # A picture is there under a token that nothing names before (see betrayed_by).
    assert routes - asked == {"articles:picture"}


def match_of(path: str) -> str:
    try:
        return get_resolver().resolve(path).view_name
    except Resolver404:
        return ""


def names(resolver: URLResolver, space: str = "") -> list[str]:
    """The names of all routes of the apps that show articles to readers."""
    found = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace in READERS:
                found += names(pattern, f"{pattern.namespace}:")
        elif isinstance(pattern, URLPattern) and space:
            found.append(f"{space}{pattern.name}")
    return found


def test_a_picture_has_no_address_that_can_be_guessed(embargoed) -> None:
    """128 random bits, which the pages that show it name and nothing else does."""
    tokens = {embargoed.lead.token, embargoed.inside.token}
    assert all(re.fullmatch(r"[0-9a-f]{32}", token) for token in tokens)
