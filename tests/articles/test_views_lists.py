"""Lists: sections, topics, authors, days, search; and the one picture's file."""

from datetime import UTC, date, datetime, timedelta
from itertools import chain

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import TestCase
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from selectolax.lexbor import LexborHTMLParser

from articles import paging, pictures, renditions
from articles.models import Article
from tests import make, public

pytestmark = pytest.mark.django_db
TOKEN = "0123456789abcdef" * 2


def read(client, path: str) -> LexborHTMLParser:
    answer = client.get(path)
    assert answer.status_code == 200
    return LexborHTMLParser(answer.content.decode())


def headlines(page: LexborHTMLParser) -> list[str]:
    return [node.text() for node in page.css("main .card__headline")]


def said(message: str) -> str:
    with translation.override("id"):
        return _(message)


def published(count: int, **fields: object) -> list[Article]:
    """That many, the newest first; each pair shares a second, so that the id must decide."""
    start = timezone.now().replace(microsecond=0) - timedelta(days=2)
    made = [make.live_article(at=start + timedelta(seconds=n // 2), **fields) for n in range(count)]
    return made[::-1]


def test_pages_follow_each_other_by_key_without_gap_or_repeat(client, monkeypatch) -> None:
    monkeypatch.setattr(paging, "PER_PAGE", 3)
    articles = published(8)
    path, seen = "/nasional/", []
    while True:
        page = read(client, path)
        seen.append(headlines(page))
        if not (links := page.css('a[rel="next"]')):
            break
        path = links[0].attributes["href"]
        assert path.startswith("/nasional/?before=")
    assert [len(shown) for shown in seen] == [3, 3, 2]
    assert list(chain(*seen)) == [article.headline for article in articles]


def test_a_page_shows_twenty_at_most(client) -> None:
    published(21)
    page = read(client, "/nasional/")
    assert len(headlines(page)) == 20
    assert len(page.css('a[rel="next"]')) == 1


@pytest.mark.parametrize(
    "key", ["", "x", "1-x", "1-2-3", "٣-١", "9" * 39, "99999999999999999999-1"]
)
def test_a_bad_key_is_page_one(client, key) -> None:
    (article,) = published(1)
    page = read(client, f"/nasional/?before={key}")
    assert headlines(page) == [article.headline]
    canonical = page.css_first('link[rel="canonical"]').attributes["href"]
    assert canonical == "http://testserver/nasional/"


def test_a_page_after_the_last_says_so_and_leads_back(client) -> None:
    article = make.live_article(tags=["Banjir"])
    key = paging.key_of(article)
    for path in ("/nasional/", "/tag/banjir/"):
        page = read(client, f"{path}?before={key}")
        assert headlines(page) == []
        assert page.css_first(".pager a").attributes["href"] == path


def test_a_section_shows_its_intro_and_what_is_below_it(client) -> None:
    parent = make.section("daerah", name="Daerah", intro="Kabar dari kecamatan.")
    below = public.child("pesisir", parent)
    own, lower = make.live_article(section=parent), make.live_article(section=below)
    other = make.live_article()
    page = read(client, "/daerah/")
    assert page.css_first("h1").text() == "Daerah"
    assert "Kabar dari kecamatan." in page.css_first(".list__head").text()
    assert page.css_first(".list__head .chips a").attributes["href"] == "/pesisir/"
    assert set(headlines(page)) == {own.headline, lower.headline}
    assert other.headline not in page.html
    assert headlines(read(client, "/pesisir/")) == [lower.headline]


def test_the_menu_names_sections_of_the_first_level_and_marks_where_one_is(client) -> None:
    parent = make.section("daerah", name="Daerah", order=1)
    public.child("pesisir", parent)
    make.section("ekonomi", name="Ekonomi", order=2)
    page = read(client, "/pesisir/")
    items = [node.text() for node in page.css(".menu a")]
    assert items == [said("Latest"), "Daerah", "Ekonomi"]
    assert [node.text() for node in page.css(".menu [aria-current]")] == ["Daerah"]


def test_an_empty_section_says_so(client) -> None:
    make.section("video")
    assert said("There is nothing here yet.") in read(client, "/video/").html


def test_a_topic_that_only_drafts_have_is_not_there(client) -> None:
    make.draft(tags=["Rahasia"])
    make.live_article(tags=["Banjir"])
    assert client.get("/tag/rahasia/").status_code == 404
    assert client.get("/tag/rahasia/?before=1-1").status_code == 404
    assert client.get("/tag/rahasia/feed/").status_code == 404
    assert read(client, "/tag/banjir/").css_first("h1").text() == "Banjir"


def test_an_author_is_introduced_and_each_article_listed_once(client) -> None:
    author = make.author("Rini Wulandari", bio="Meliput pelabuhan.", slug="rini")
    article = make.live_article(bylines=[author])
    make.live_article()
    make.draft(bylines=[author])
    page = read(client, "/penulis/rini/")
    assert page.css_first("h1").text() == "Rini Wulandari"
    assert "Meliput pelabuhan." in page.css_first(".list__head").text()
    assert headlines(page) == [article.headline]


# The index of a day


def test_a_day_is_cut_at_midnight_in_the_sites_zone(client) -> None:
    late = make.live_article(at=datetime(2025, 4, 27, 16, 59, 59, tzinfo=UTC))
    early = make.live_article(at=datetime(2025, 4, 27, 17, 0, tzinfo=UTC))
    assert headlines(read(client, "/indeks/?date=2025-04-27")) == [late.headline]
    page = read(client, "/indeks/?date=2025-04-28")
    assert headlines(page) == [early.headline]
    assert page.css_first("h1").text() == "Senin, 28 April 2025"


@pytest.mark.parametrize(
    "asked",
    ["", "kemarin", "2025-02-31", "0000-01-01", "0001-01-01", "9999-12-31", "2025-4", "20250428x"],
)
def test_a_bad_day_is_today(client, asked) -> None:
    page = read(client, f"/indeks/?date={asked}")
    today = timezone.localdate()
    assert page.css_first("#date").attributes["value"] == today.isoformat()
    assert not page.css('a[rel="next"]')


def test_days_lead_to_their_neighbours(client) -> None:
    make.section("ekonomi")
    page = read(client, "/indeks/?date=2025-03-01&section=ekonomi")
    assert page.css_first('a[rel="prev"]').attributes["href"] == "?date=2025-02-28&section=ekonomi"
    assert page.css_first('a[rel="next"]').attributes["href"] == "?date=2025-03-02&section=ekonomi"
    assert not read(client, "/indeks/?date=1900-01-01").css('a[rel="prev"]')


def test_today_ends_where_no_day_has_been_yet(client) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    assert not read(client, "/indeks/").css('a[rel="next"]')
    link = read(client, f"/indeks/?date={yesterday}").css_first('a[rel="next"]')
    assert link.attributes["href"] == f"?date={timezone.localdate()}"


def test_a_day_can_be_narrowed_to_a_section(client) -> None:
    at = datetime(2025, 4, 28, 3, tzinfo=UTC)
    parent = make.section("daerah")
    lower = make.live_article(section=public.child("pesisir", parent), at=at)
    other = make.live_article(at=at)
    narrowed = read(client, "/indeks/?date=2025-04-28&section=daerah")
    assert headlines(narrowed) == [lower.headline]
    assert narrowed.css_first("option[selected]").attributes["value"] == "daerah"
    every = read(client, "/indeks/?date=2025-04-28&section=tidak-ada")
    assert headlines(every) == [other.headline, lower.headline]


def test_an_empty_day_of_a_section_leads_to_the_whole_day(client) -> None:
    make.section("ekonomi", name="Ekonomi")
    page = read(client, "/indeks/?date=2025-04-28&section=ekonomi")
    said_so = said("Nothing was published in %(section)s on this day.") % {"section": "Ekonomi"}
    assert page.css_first(".empty p").text() == said_so
    assert page.css_first(".empty a").attributes["href"] == "?date=2025-04-28"
    whole = read(client, "/indeks/?date=2025-04-28")
    assert whole.css_first("p.empty").text() == said("Nothing was published on this day.")
    assert not whole.css(".empty a")


def test_a_long_day_has_numbered_pages(client) -> None:
    for n in range(45):
        make.live_article(at=datetime(2025, 4, 28, 3, n, tzinfo=UTC))
    path = "/indeks/?date=2025-04-28"
    first, last = read(client, path), read(client, f"{path}&page=3")
    assert (len(headlines(first)), len(headlines(last))) == (20, 5)
    assert [node.text() for node in first.css(".pager .chips li")] == ["1", "2", "3"]
    assert last.css_first(".chips [aria-current]").text() == "3"
    canonical = last.css_first('link[rel="canonical"]').attributes["href"]
    assert canonical == f"http://testserver{path}&page=3"
    assert headlines(read(client, f"{path}&page=abc")) == headlines(first)
    assert headlines(read(client, f"{path}&page=99")) == headlines(last)


# Search


def test_search_finds_words_in_headline_standfirst_and_body(client) -> None:
    by_headline = make.live_article(headline="Kapal Karam")
    by_standfirst = make.live_article(standfirst="Seekor kapal kecil.")
    by_body = make.live_article(body="<p>Di atas kapal.</p>")
    make.live_article(headline="Pasar Pindah")
    page = read(client, "/cari/?q=KAPAL")
    found = [article.headline for article in (by_body, by_standfirst, by_headline)]
    assert sorted(headlines(page)) == sorted(found)
    assert page.css_first('meta[name="robots"]').attributes["content"] == "noindex,follow"


def test_search_never_finds_what_is_not_public(client) -> None:
    make.draft(headline="Kapal Rahasia")
    make.scheduled_article(timezone.now() + timedelta(days=1), headline="Kapal Besok")
    page = read(client, "/cari/?q=kapal")
    assert headlines(page) == []
    assert "kapal" in page.css_first(".empty h2").text()


def test_search_shows_the_question_as_text_and_keeps_it_in_links(client, monkeypatch) -> None:
    monkeypatch.setattr(paging, "PER_PAGE", 1)
    for _n in range(2):
        make.live_article(headline="Kopi & Teh")
    page = read(client, "/cari/?q=kopi+%26+teh%00")
    assert page.css_first("#q").attributes["value"] == "kopi & teh"
    older = page.css_first('a[rel="next"]').attributes["href"]
    assert older.startswith("/cari/?q=kopi%20%26%20teh&before=")
    assert len(headlines(read(client, older))) == 1
    evil = read(client, '/cari/?q="><script>alert(1)</script>')
    assert "<script>alert" not in evil.html


def test_behind_the_last_match_search_says_that_nothing_is_older(client) -> None:
    article = make.live_article(headline="Kapal Karam")
    key = paging.key_of(article)
    page = read(client, f"/cari/?q=kapal&before={key}")
    assert headlines(page) == []
    assert not page.css(".empty h2")
    assert page.css_first("p.empty").text() == said("There is nothing older.")


def test_search_without_words_says_how_to_ask(client) -> None:
    make.live_article()
    page = read(client, "/cari/")
    hint = "All words must occur in an article; words in quotation marks side by side."
    assert headlines(page) == []
    assert page.css_first(".empty p").text() == said(hint)
    assert page.css_first(".empty a").attributes["href"] == "/indeks/"
    assert not page.css(".empty h2, .searchbox__order, [role=status]")


# A picture's file


@pytest.mark.parametrize(
    ("name", "kind"), [("lead-640-1.webp", "image/webp"), ("share-1200-1.jpg", "image/jpeg")]
)
def test_a_browser_may_keep_a_picture_for_ever_and_a_proxy_may_not(
    client, settings, name, kind
) -> None:
    stored = default_storage.save(f"{TOKEN}/{name}", ContentFile(b"bytes"))
    try:
        answer = client.get(f"/media/{TOKEN}/{name}")
        assert b"".join(answer.streaming_content) == b"bytes"
        assert answer.headers["Content-Type"] == kind
        kept = answer.headers["Cache-Control"].split(", ")
        assert {"public", "max-age=31536000", "immutable"} < {*kept}
        (shared,) = [int(part[9:]) for part in kept if part.startswith("s-maxage=")]
        assert shared == settings.EDGE_SECONDS <= 5
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        answer.close()
    finally:
        default_storage.delete(stored)


def test_a_proxy_asks_again_with_the_tag_that_it_was_given(client, tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path
    image = pictures.store(ContentFile(make.jpeg((640, 480)), "a.jpg"), by=None, credit="Foto: A")
    address = renditions.widest(image, "first")
    first = client.get(address)
    assert b"".join(first.streaming_content)
    asked = {"If-None-Match": first.headers["ETag"]}
    again = client.get(address, headers=asked)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    other = ContentFile(make.jpeg((800, 480), "red"), "b.jpg")
    with TestCase.captureOnCommitCallbacks(execute=True):
        replaced = pictures.replace(image, other, by=None)
    # A wrong photograph is nobody's any more, and pages name another address for the right one.
    assert client.get(address, headers=asked).status_code == 404
    new = client.get(renditions.widest(replaced, "first"))
    assert b"".join(new.streaming_content)
    assert new.headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize(
    "path",
    [
        f"{TOKEN}/lead-640-9.webp",
        f"{TOKEN}/lead-640-1.svg",
        f"{TOKEN}/../db.sqlite3",
        f"{TOKEN.upper()}/lead-640-1.webp",
        "x/lead-640-1.webp",
    ],
)
def test_no_other_file_is_to_be_had(client, path) -> None:
    assert client.get(f"/media/{path}").status_code == 404


def test_the_front_page_names_the_day(client) -> None:
    page = read(client, "/")
    stamp = page.css_first(".masthead__date time").attributes["datetime"]
    assert date.fromisoformat(stamp[:10]) == timezone.localdate()
