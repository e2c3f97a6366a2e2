"""What is pasted into the desk's search: slugs and addresses of former days too."""

import pytest

from articles import content
from articles.content import Values
from articles.guard import writing
from articles.models import FormerAddress
from tests import desk, make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_desk(client):
    client.force_login(make.user("editor"))


def place(client, text: str) -> str:
    return client.get(desk.LIST, {"q": text}).headers.get("Location", "")


def listed(client, text: str) -> set[str]:
    page = client.get(desk.LIST, {"q": text})
    assert page.status_code == 200
    return {row.headline for row in page.context["cl"].result_list}


def renamed(article, slug: str):
    return content.save(article, Values({"slug": slug}), article.version, None)


def former(path: str, article, query: str = "") -> None:
    with writing():
        FormerAddress.objects.create(path=path, query=query, article=article, origin="imported")


def test_a_slug_of_former_days_opens_the_article(client) -> None:
    article = make.draft(slug="kapal-tiba-di-pelabuhan")
    renamed(renamed(article, "kapal-sandar"), "kapal-bersandar-lagi")
    make.draft(headline="Lain")
    for slug in ("kapal-tiba-di-pelabuhan", "kapal-sandar", "kapal-bersandar-lagi"):
        assert place(client, slug) == desk.change(article)


def test_the_slug_of_a_change_that_waits_opens_it_too(client) -> None:
    article = make.live_article(slug="kapal-tiba")
    renamed(article, "kapal-sandar")
    assert place(client, "kapal-tiba") == place(client, "kapal-sandar") == desk.change(article)


def test_a_slug_that_several_had_leads_to_the_list_of_them(client) -> None:
    renamed(make.draft(headline="Dahulu", slug="harga-beras-naik"), "harga-beras-2025")
    make.draft(headline="Sekarang", slug="harga-beras-naik")
    make.draft(headline="Harga beras naik tanpa pernah beralamat begitu", slug="lain-lagi")
    assert listed(client, "harga-beras-naik") == {"Dahulu", "Sekarang"}


def test_a_text_that_was_refused_gave_no_slug(client) -> None:
    article = make.draft(slug="kapal-tiba")
    content.save(article, Values({"slug": "kapal-sandar"}), article.version, None)
    with pytest.raises(content.Conflict):
        content.save(article, Values({"slug": "kapal-karam"}), article.version, None)
    assert place(client, "kapal-karam") == ""


def test_an_address_of_the_former_system_opens_it(client) -> None:
    article = make.live_article()
    former("/2019/05/kapal-tiba/", article)
    for text in (
        "https://lama.example/2019/05/kapal-tiba/",
        "https://lama.example/2019/05/kapal-tiba?utm_source=wa",
        "/2019/05/kapal-tiba/",
        "kapal-tiba",
    ):
        assert place(client, text) == desk.change(article)
    assert place(client, "tiba") == ""


def test_an_address_by_number_of_the_former_system_opens_it(client) -> None:
    article, other = make.live_article(), make.live_article()
    former("/", article, "p=123")
    former("/", other, "p=12")
    for text in ("https://lama.example/?p=123", "/?p=123", "?p=123"):
        assert place(client, text) == desk.change(article)
    assert place(client, "https://lama.example/?p=1234") == ""


@pytest.mark.parametrize("text", ["http://[kapal/", "?", "?p=", "a/b c", "//", "x" * 600 + "/"])
def test_what_only_looks_like_an_address_is_searched_for(client, text) -> None:
    assert client.get(desk.LIST, {"q": text}).status_code == 200


def test_nobody_is_led_to_what_she_may_not_read(client) -> None:
    secret = make.draft(headline="Rahasia", slug="rahasia-besar")
    renamed(secret, "rahasia-lain")
    make.live_article(headline="Terbuka", slug="rahasia-besar")
    client.force_login(make.user("reporter"))
    assert place(client, "rahasia-lain") == ""
    assert place(client, "rahasia-besar").endswith("/change/")
    assert str(secret.pk) not in place(client, "rahasia-besar")
