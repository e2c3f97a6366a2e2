"""What is renamed on the desk is found at its former addresses, in one hop."""

import pytest
from django.test import Client

from tests import desk, make

pytestmark = pytest.mark.django_db


def rename(client: Client, kind: str, pk: int, **fields: object) -> None:
    answer = client.post(f"/admin/articles/{kind}/{pk}/change/", fields)
    assert answer.status_code == 302


def hop(client: Client, path: str) -> str:
    """Where the one redirect from `path` leads; there is a page there."""
    answer = client.get(path)
    assert answer.status_code == 301
    target = answer["Location"].removeprefix("http://testserver")
    assert client.get(target).status_code == 200
    return target


def test_a_section_that_moves_twice_takes_its_readers_along(client) -> None:
    section = make.section("ekonomi", name="Ekonomi")
    article = make.live_article(section=section, headline="Harga Cabai Turun")
    first = article.get_absolute_url()
    chief = Client()
    chief.force_login(make.user("chief_editor"))
    for slug in ("ekonomi-bisnis", "bisnis"):
        fields = {"name": "Bisnis", "slug": slug, "parent": "", "order": 0, "intro": ""}
        rename(chief, "section", section.pk, **fields)

    article.refresh_from_db()
    assert article.get_absolute_url() == f"/bisnis/{article.pk}/harga-cabai-turun/"
    for old in ("ekonomi", "ekonomi-bisnis"):
        assert hop(client, f"/{old}/") == "/bisnis/"
        assert hop(client, f"/{old}/feed/") == "/bisnis/feed/"
        assert hop(client, f"/{old}/{article.pk}/harga-cabai-turun/") == article.get_absolute_url()
    assert hop(client, first.upper()) == article.get_absolute_url()
    assert "Harga Cabai Turun" in client.get("/bisnis/").content.decode()


def test_an_article_is_found_by_each_slug_that_it_has_had(client) -> None:
    article = make.live_article(headline="Harga Cabai Turun")
    first = article.get_absolute_url()
    chief = Client()
    chief.force_login(make.user("chief_editor"))
    desk.change_live(chief, article, slug="cabai-makin-murah")
    article.refresh_from_db()
    assert article.get_absolute_url().endswith("/cabai-makin-murah/")
    assert hop(client, first) == article.get_absolute_url()


def test_a_topic_and_an_author_are_found_at_their_former_names(client) -> None:
    author = make.author("Rini Wulandari", slug="rini")
    article = make.live_article(tags=["Banjir"], bylines=[author])
    tag = article.tags.get()
    editor = Client()
    editor.force_login(make.user("editor"))
    rename(editor, "tag", tag.pk, name="Banjir Rob", slug="banjir-rob")
    rename(editor, "author", author.pk, name="Rini W.", slug="rini-w", code="", user="", bio="")
    assert hop(client, "/tag/banjir/") == "/tag/banjir-rob/"
    assert hop(client, "/tag/banjir/feed/") == "/tag/banjir-rob/feed/"
    assert hop(client, "/penulis/rini/") == "/penulis/rini-w/"
    assert article.headline in client.get("/penulis/rini-w/").content.decode()
