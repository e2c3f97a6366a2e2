"""What search engines and shared links are told: its fields in the form, and the cards beside."""

import pytest

from articles.models import Article
from tests import desk, make

pytestmark = pytest.mark.django_db


def test_a_picture_for_sharing_and_a_canonical_address_are_kept(client) -> None:
    client.force_login(make.user("reporter"))
    image = make.image()
    address = "https://kantorberita.example/7"
    desk.save(client, share_image=image.pk, canonical_url=address, seo_title="Judul pendek")
    article = Article.objects.get()
    assert article.share_image == image
    assert article.canonical_url == address
    assert article.seo_title == "Judul pendek"


def test_what_is_no_address_of_the_web_is_refused_at_its_field(client) -> None:
    client.force_login(make.user("reporter"))
    answer = desk.save(client, canonical_url="javascript:alert(1)", share_image="999")
    assert set(desk.errors_of(answer)) == {"canonical_url", "share_image"}
    assert not Article.objects.exists()


def test_the_cards_show_what_is_stored_without_any_script(client) -> None:
    reporter = make.user("reporter")
    client.force_login(reporter)
    article = make.draft(
        by=reporter, headline="Judul <b>", seo_title="Untuk mesin", seo_description="Ringkas"
    )
    page = client.get(desk.change(article)).content.decode()
    cards = page.partition("data-cards")[2].partition("</details>")[0]
    assert cards.count("Judul &lt;b&gt;") == 3
    assert "Untuk mesin" in cards
    assert cards.count("Ringkas") == 2


def test_fields_that_others_cut_say_at_how_many_characters(client) -> None:
    client.force_login(make.user("reporter"))
    page = client.get(desk.ADD).content.decode()
    for name, most in (("headline", 110), ("seo_title", 60), ("seo_description", 155)):
        field = page.partition(f'name="{name}"')[2].partition(">")[0]
        assert f'data-ideal="{most}"' in field
