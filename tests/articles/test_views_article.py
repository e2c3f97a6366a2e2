"""What an article's own page shows."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from selectolax.lexbor import LexborHTMLParser, LexborNode

from articles.content import Signature
from articles.models import Article
from tests import make, public

pytestmark = pytest.mark.django_db
MOMENT = datetime(2025, 4, 28, 3, 15, tzinfo=UTC)


def read(client, article: Article) -> LexborHTMLParser:
    answer = client.get(article.get_absolute_url())
    assert answer.status_code == 200
    return LexborHTMLParser(answer.content.decode())


def one(page: LexborHTMLParser, css: str) -> LexborNode:
    (node,) = page.css(css)
    return node


def text(page: LexborHTMLParser, css: str) -> str:
    return " ".join(one(page, css).text().split())


def meta(page: LexborHTMLParser, name: str) -> str | None:
    nodes = page.css(f'meta[property="{name}"], meta[name="{name}"]')
    return nodes[0].attributes["content"] if nodes else None


def said(message: str) -> str:
    with translation.override("id"):
        return _(message)


def test_the_page_shows_all_parts_of_the_article(client) -> None:
    writer = make.author("Rini Wulandari", code="rwl")
    editor = make.author("Andi Saputra", code="and")
    article = make.live_article(
        headline="Pelabuhan Dibuka",
        kicker="Pelabuhan",
        standfirst="Setelah enam pekan.",
        body="<p>Kapal pertama bersandar.</p>",
        lead_image_id=public.image(caption="Kapal di dermaga.", credit="Foto: Siti").pk,
        tags=["Kapal"],
    )
    lines = [Signature(writer), Signature(editor, "editor")]
    make.changed(article, bylines=lines)
    page = read(client, article)
    assert text(page, "h1") == "Pelabuhan Dibuka"
    assert "Pelabuhan" in text(page, ".story .kicker")
    assert text(page, ".story__standfirst") == "Setelah enam pekan."
    names = f"{said('Writer')}: Rini Wulandari | {said('Editor')}: Andi Saputra"
    assert text(page, ".story__byline") == names
    links = [node.attributes["href"] for node in page.css(".story__byline a")]
    assert links == [writer.get_absolute_url(), editor.get_absolute_url()]
    assert text(page, ".story__picture figcaption") == "Kapal di dermaga. Foto: Siti"
    assert text(page, ".text") == "Newsroom – Kapal pertama bersandar."
    assert text(page, ".story__code") == "(rwl/and)"
    assert text(page, ".story .chips") == "Kapal"
    assert page.css("#komentar")


def test_an_unsigned_article_is_the_newsrooms(client) -> None:
    page = read(client, make.live_article())
    assert text(page, ".story__byline") == said("The newsroom")
    assert not page.css(".story__code")


@pytest.mark.parametrize(
    ("zone", "words", "stamp"),
    [
        ("Asia/Jakarta", "Senin, 28 April 2025 | 10:15 WIB", "2025-04-28T10:15:00+07:00"),
        ("Asia/Makassar", "Senin, 28 April 2025 | 11:15 WITA", "2025-04-28T11:15:00+08:00"),
        ("Asia/Jayapura", "Senin, 28 April 2025 | 12:15 WIT", "2025-04-28T12:15:00+09:00"),
    ],
)
def test_the_date_is_told_in_the_sites_zone(client, settings, zone, words, stamp) -> None:
    settings.TIME_ZONE = zone
    article = make.live_article(at=MOMENT)
    page = read(client, article)
    assert text(page, ".story__date") == words
    assert one(page, ".story__date time").attributes["datetime"] == stamp
    assert meta(page, "article:published_time") == stamp


def test_only_a_change_of_substance_says_updated(client) -> None:
    article = make.live_article(at=MOMENT)
    article = make.changed(article, headline="Ejaan Diperbaiki")
    assert len(read(client, article).css(".story__date")) == 1
    article = make.changed(article, headline="Jumlah Diralat", is_substantial=True)
    page = read(client, article)
    assert said("Updated:") in page.css(".story__date")[1].text()
    stamp = timezone.localtime(article.updated_at).isoformat(timespec="seconds")
    assert meta(page, "article:modified_time") == stamp


@pytest.mark.parametrize(
    ("style", "fields", "opening"),
    [
        ("source-city", {}, "Newsroom – Kapal"),
        ("source-city", {"dateline_city": "Jakarta"}, "Newsroom – Jakarta – Kapal"),
        ("city-source", {"dateline_city": "Jakarta"}, "JAKARTA, Newsroom – Kapal"),
        (
            "city-parenthesis",
            {"dateline_city": "Jakarta", "dateline_source": "ANTARA"},
            "Jakarta (ANTARA) – Kapal",
        ),
        ("source-city", {"kind": "opinion"}, "Kapal"),
        ("source-city", {"kind": "opinion", "dateline_city": "Solo"}, "Newsroom – Solo – Kapal"),
        ("source-city", {"dateline_source": "<b>&"}, "<b>& – Kapal"),
    ],
)
def test_the_dateline_opens_the_text_and_nothing_else(
    client, settings, style, fields, opening
) -> None:
    settings.DATELINE_STYLE = style
    article = make.live_article(body="<p>Kapal pertama bersandar.</p>", **fields)
    page = read(client, article)
    assert text(page, ".text").startswith(opening)
    assert meta(page, "description") == "Kapal pertama bersandar."
    assert meta(page, "og:description") == "Kapal pertama bersandar."
    assert "Kapal pertama bersandar." in client.get("/feed/").content.decode()
    assert "– Kapal" not in client.get("/feed/").content.decode()


def test_the_lead_picture_is_fetched_first_in_a_width_that_fits(client) -> None:
    page = read(client, make.live_article(lead_image_id=public.image().pk))
    picture = one(page, ".story__picture img")
    assert picture.attributes["fetchpriority"] == "high"
    assert "loading" not in picture.attributes
    assert picture.attributes["srcset"].endswith(" 640w")
    assert (picture.attributes["width"], picture.attributes["height"]) == ("640", "360")
    assert picture.attributes["alt"] == "Gambar biru"


def test_a_picture_without_copies_is_left_out(client) -> None:
    page = read(client, make.live_article(lead_image_id=make.image().pk))
    assert not page.css("figure")
    assert meta(page, "og:image") is None


def test_pictures_and_boxes_stand_in_the_text(client) -> None:
    picture = public.image(caption="Peta.", credit="Grafis: Redaksi")
    live, draft = make.live_article(headline="Yang Terbit"), make.draft(headline="Yang Belum")
    body = f'<p>Satu.</p><figure data-image="{picture.pk}"></figure>'
    body += f'<aside data-articles="{live.pk},{draft.pk}"></aside><p>Dua.</p>'
    page = read(client, make.live_article(body=body))
    assert text(page, ".text figcaption") == "Peta. Grafis: Redaksi"
    assert text(page, ".text .related-box") == f"{said('Read also')}: Yang Terbit"
    assert "Yang Belum" not in page.html


def test_what_follows_shares_a_tag_or_else_the_section(client) -> None:
    elsewhere = make.section("daerah")
    article = make.live_article(tags=["Banjir"], at=MOMENT)
    tagged = make.live_article(headline="Bertagar", tags=["Banjir"], section=elsewhere, at=MOMENT)
    near = [make.live_article(headline=f"Sekanal {n}") for n in range(5)]
    far = make.live_article(headline="Jauh", section=elsewhere)
    paid = make.live_article(headline="Iklan", kind="advertorial", label="Iklan", tags=["Banjir"])
    scheduled = make.scheduled_article(timezone.now() + timedelta(days=1), tags=["Banjir"])
    shown = [node.text() for node in read(client, article).css(".rail .card__headline")]
    assert shown == [tagged.headline, *(a.headline for a in reversed(near[2:]))]
    assert not {far.headline, paid.headline, scheduled.headline} & set(shown)


def test_share_links_are_plain_and_whatsapp_comes_first(client, settings) -> None:
    settings.SITE_URL, settings.DEBUG = "https://koran.example", True
    article = make.live_article(headline="Harga Naik 5% & Turun")
    page = read(client, article)
    address = f"https://koran.example{article.get_absolute_url()}"
    links = page.css(".share__links a")
    assert [link.text() for link in links] == ["WhatsApp", "Facebook", "X", "Telegram"]
    assert (
        links[0]
        .attributes["href"]
        .startswith(
            "https://wa.me/?text=Harga%20Naik%205%25%20%26%20Turun%0Ahttps%3A%2F%2Fkoran.example%2F"
        )
    )
    assert one(page, ".share input").attributes["value"] == address
    assert one(page, 'link[rel="canonical"]').attributes["href"] == address
    assert meta(page, "og:url") == address


def test_the_canonical_address_knows_no_tracking(client) -> None:
    article = make.live_article()
    plain = client.get(article.get_absolute_url()).content
    assert client.get(f"{article.get_absolute_url()}?utm_source=wa").content == plain


def test_what_is_no_news_is_labelled_wherever_it_shows(client) -> None:
    article = make.live_article(headline="Hunian Baru", kind="advertorial", label="Pariwara")
    page = read(client, article)
    assert text(page, ".story__head .label") == "Pariwara"
    assert meta(page, "og:title") == "Pariwara: Hunian Baru"
    assert "<title>Pariwara: Hunian Baru – Newsroom</title>" in page.html
    assert text(page, ".kind-note")
    day = f"{timezone.localtime(article.published_at):%Y-%m-%d}"
    for path in ("/", "/nasional/", "/cari/?q=hunian", f"/indeks/?date={day}"):
        card = LexborHTMLParser(client.get(path).content.decode()).css_first(".card")
        assert card.css_first(".label").text() == "Pariwara", path
    assert "<title>Pariwara: Hunian Baru</title>" in client.get("/feed/").content.decode()


def test_links_in_paid_texts_are_marked_as_paid(client) -> None:
    body = '<p><a href="https://a.example/">a</a> <a href="https://b.example/" rel="ugc">b</a>'
    body += ' <a href="/nasional/">kita</a></p>'
    paid = make.live_article(body=body, kind="advertorial", label="Iklan")
    rels = [link.attributes.get("rel") for link in read(client, paid).css(".text a")]
    assert rels == ["sponsored noopener", "sponsored ugc noopener", None]
    news = read(client, make.live_article(body=body))
    assert news.css_first(".text a").attributes["rel"] == "noopener"


def test_og_title_is_without_the_papers_name(client) -> None:
    page = read(client, make.live_article(headline="Kapal Datang", seo_title="Kapal Datang Lagi"))
    assert meta(page, "og:title") == "Kapal Datang"
    assert "<title>Kapal Datang Lagi – Newsroom</title>" in page.html
    assert meta(page, "robots") == "max-image-preview:large"


def test_structured_data_is_what_the_page_says(client, settings) -> None:
    settings.SITE_URL, settings.DEBUG = "https://koran.example", True
    writer, editor = make.author("Rini"), make.author("Andi")
    article = make.live_article(
        headline="</script><b>Kapal & Laut</b>",
        at=MOMENT,
        lead_image_id=public.image().pk,
        tags=["Kapal"],
    )
    lines = [Signature(writer), Signature(editor, "editor")]
    make.changed(article, bylines=lines)
    raw = client.get(article.get_absolute_url()).content.decode()
    assert "</script><b>" not in raw
    page = LexborHTMLParser(raw)
    data = json.loads(one(page, 'script[type="application/ld+json"]').text())
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "</script><b>Kapal & Laut</b>" == one(page, "h1").text()
    assert data["datePublished"] == "2025-04-28T10:15:00+07:00"
    assert "dateModified" not in data
    assert [author["name"] for author in data["author"]] == ["Rini"]
    assert data["author"][0]["url"] == f"https://koran.example{writer.get_absolute_url()}"
    assert data["publisher"]["name"] == "Newsroom"
    assert data["articleSection"] == "Nasional"
    assert len(data["image"]) == 3
    assert all(url.startswith("https://koran.example/media/") for url in data["image"])
    share = meta(page, "og:image")
    assert share is not None
    assert share.startswith("https://koran.example/media/")
    assert share.endswith("/share-1200-1.jpg")


def test_markup_in_fields_is_shown_and_not_obeyed(client) -> None:
    evil = '"><script>alert(1)</script>'
    article = make.live_article(
        headline=f"A {evil}",
        kicker=evil,
        standfirst=evil,
        tags=[evil],
        bylines=[make.author(evil)],
        seo_description=evil,
        dateline_city=evil,
        lead_image_id=public.image(caption=evil, credit=evil, alt=evil).pk,
    )
    for path in (article.get_absolute_url(), "/", "/nasional/", "/cari/?q=script", "/feed/"):
        assert "<script>alert" not in client.get(path).content.decode(), path
