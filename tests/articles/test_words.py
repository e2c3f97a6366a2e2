"""What is no character of a text never reaches a feed."""

import pytest

from articles import naming, words
from articles.models import Tag
from articles.relations import tag_named
from articles.routes import collides_with_route
from tests import make


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Kontrol \x01 dan \x0b", "Kontrol  dan "),
        ("a\x00b", "ab"),
        ("kanan \u202eke kiri", "kanan ke kiri"),
        ("dua\nbaris\tdan tab", "dua\nbaris\tdan tab"),
        ("“Kafé” – 👩‍🌾", "“Kafé” – 👩‍🌾"),
    ],
)
def test_orders_go_and_characters_stay(text: str, kept: str) -> None:
    assert words.clean(text) == kept


@pytest.mark.django_db
def test_no_control_character_breaks_a_feed(client) -> None:
    author = make.author()
    author.name = "Rini \x02 W."
    naming.save_named(author, make.user("editor"))
    section = make.section("kota")
    section.name = "Kota\x03"
    naming.save_named(section, make.user("chief_editor"))
    article = make.live_article(
        headline="Banjir \x01 besar",
        standfirst="Air\x08",
        tags=["Hujan\x04"],
        section=section,
        bylines=[author],
    )
    assert article.headline == "Banjir  besar"
    tag = Tag.objects.get()
    for path in (
        "/feed/",
        "/kota/feed/",
        f"/tag/{tag.slug}/feed/",
        f"/penulis/{author.slug}/feed/",
    ):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "besar" in answer.text


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["🌋", "", "x" * 101])
def test_no_road_makes_a_tag_of_what_is_none(name: str) -> None:
    with pytest.raises(Exception, match="tag|topik|Topik"):
        tag_named(name)
    assert not Tag.objects.exists()


@pytest.mark.parametrize("slug", ["static", "media", "tag", "penulis", "admin", "feed", "cari"])
def test_a_section_takes_no_address_of_the_site(slug: str) -> None:
    assert collides_with_route(slug)


@pytest.mark.parametrize("slug", ["nasional", "statistik", "tagar"])
def test_other_addresses_are_free(slug: str) -> None:
    assert not collides_with_route(slug)
