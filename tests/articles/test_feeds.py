from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.utils import timezone

from articles.content import Signature
from tests import make, public

pytestmark = pytest.mark.django_db
MEDIA = "{http://search.yahoo.com/mrss/}content"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
ATOM = "{http://www.w3.org/2005/Atom}link"


def read(client, path: str = "/feed/") -> ET.Element:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    channel = ET.fromstring(answer.content).find("channel")  # noqa: S314 - our own feed
    assert channel is not None
    return channel


def titles(channel: ET.Element) -> list[str | None]:
    return [item.findtext("title") for item in channel.iter("item")]


def test_an_entry_tells_what_readers_and_aggregators_need(client, settings) -> None:
    settings.SITE_URL, settings.DEBUG = "https://koran.example", True
    writer, editor = make.author("Rini"), make.author("Andi")
    article = make.live_article(
        headline="Kapal <i>Datang</i> & Pergi",
        standfirst="Setelah enam pekan.",
        dateline_city="Jakarta",
        at=datetime(2025, 4, 28, 3, 15, tzinfo=UTC),
        lead_image_id=public.image().pk,
        tags=["Kapal"],
    )
    lines = [Signature(writer), Signature(editor, "editor")]
    make.changed(article, bylines=lines)
    channel = read(client)
    item = channel.find("item")
    assert item is not None
    address = f"https://koran.example{article.get_absolute_url()}"
    assert item.findtext("title") == "Kapal <i>Datang</i> & Pergi"
    assert item.findtext("link") == address
    assert item.findtext("description") == "Setelah enam pekan."
    assert item.findtext("pubDate") == "Mon, 28 Apr 2025 10:15:00 +0700"
    assert item.findtext(CREATOR) == "Rini"
    assert [node.text for node in item.iter("category")] == ["Nasional", "Kapal"]
    picture = item.find(MEDIA)
    assert picture is not None
    assert picture.get("url", "").startswith("https://koran.example/media/")
    link = channel.find(ATOM)
    assert link is not None
    assert link.get("href") == "https://koran.example/feed/"
    assert channel.findtext("link") == "https://koran.example/"
    assert channel.findtext("language") == "id"
    assert "testserver" not in client.get("/feed/").content.decode()


def test_the_guid_outlives_headline_slug_and_section(client) -> None:
    article = make.live_article()
    before = read(client).find("item/guid")
    elsewhere = {"headline": "Baru", "slug": "baru", "section_id": make.section("daerah").pk}
    make.changed(article, **elsewhere)
    after = read(client).find("item/guid")
    assert before is not None
    assert after is not None
    assert (before.text, before.get("isPermaLink")) == (after.text, "false")
    assert str(article.pk) in (after.text or "")
    assert article.slug not in (after.text or "")


def test_what_is_no_news_says_so_in_its_title(client) -> None:
    make.live_article(headline="Hunian", kind="advertorial", label="Pariwara")
    assert titles(read(client)) == ["Pariwara: Hunian"]


def test_the_summary_is_the_beginning_of_the_text_without_dateline(client) -> None:
    make.live_article(dateline_city="Jakarta", body=f"<p>{'kata ' * 60}</p>")
    summary = read(client).findtext("item/description")
    assert summary is not None
    assert summary.startswith("kata kata")
    assert summary.endswith("kata…")
    assert len(summary) <= 161


def test_a_feed_has_the_newest_twenty_that_are_public(client) -> None:
    start = timezone.now() - timedelta(days=1)
    made = [make.live_article(at=start + timedelta(minutes=n)) for n in range(22)]
    make.draft()
    make.withdrawn_article()
    make.scheduled_article(timezone.now() + timedelta(hours=1))
    assert titles(read(client)) == [article.headline for article in made[:1:-1]]


def test_each_feed_keeps_to_its_subject(client) -> None:
    parent = make.section("daerah", name="Daerah")
    author = make.author("Rini", slug="rini")
    below = make.live_article(section=public.child("pesisir", parent))
    signed = make.live_article(bylines=[author])
    tagged = make.live_article(tags=["Banjir"])
    expected = {
        "/daerah/feed/": ("Daerah – Newsroom", [below.headline]),
        "/penulis/rini/feed/": ("Rini – Newsroom", [signed.headline]),
        "/tag/banjir/feed/": ("Banjir – Newsroom", [tagged.headline]),
    }
    for path, wanted in expected.items():
        channel = read(client, path)
        assert (channel.findtext("title"), titles(channel)) == wanted
        link = channel.find(ATOM)
        assert link is not None
        assert link.get("href") == f"http://testserver{path}"


def test_an_unsigned_entry_is_the_papers(client) -> None:
    make.live_article()
    assert read(client).findtext(f"item/{CREATOR}") == "Newsroom"
