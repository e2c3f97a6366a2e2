"""What readers get of galleries, embeds and boxes inside a text."""

import re

import pytest
from django.conf import settings
from django.test import Client

from articles import embeds, pictures
from articles.models import Article
from tests import make, public, valid_html

pytestmark = pytest.mark.django_db


def page_of(body: str, client: Client) -> str:
    article = make.live_article(body=body)
    return client.get(article.get_absolute_url()).content.decode()


def test_each_photo_of_a_gallery_has_an_address_and_its_own_caption(client) -> None:
    one, two = public.image(caption="Dermaga"), public.image(caption="Gudang", credit="Foto: Ani")
    page = page_of(
        f'<figure data-gallery="{two.pk},{one.pk}">'
        f'<figcaption data-image="{one.pk}">Dermaga &amp; kapal</figcaption></figure>',
        client,
    )
    assert re.findall(r'id="(foto-\d+)"', page) == [f"foto-{two.pk}", f"foto-{one.pk}"]
    assert re.findall(r'href="#(foto-\d+)"', page) == [f"foto-{two.pk}", f"foto-{one.pk}"]
    assert "Dermaga &amp; kapal" in page
    assert "Gudang" in page
    assert "Foto: Ani" in page
    assert ">2/2</a>" in page


def test_a_photo_in_two_galleries_has_one_address(client) -> None:
    image = public.image()
    page = page_of(f'<figure data-gallery="{image.pk}"></figure>' * 2, client)
    assert page.count('class="gallery"') == 2
    assert page.count(f'id="foto-{image.pk}"') == 1


def test_a_gallery_without_pictures_leaves_no_trace(client) -> None:
    page = page_of('<p>a</p><figure data-gallery="999"></figure>', client)
    assert "gallery" not in page


def test_a_changed_picture_of_a_gallery_renews_the_page(client) -> None:
    image = public.image(caption="Lama")
    article = make.live_article(body=f'<figure data-gallery="{image.pk}"></figure>')
    assert "Lama" in client.get(article.get_absolute_url()).content.decode()
    pictures.update(image, by=None, caption="Baru")
    assert "Baru" in client.get(article.get_absolute_url()).content.decode()


@pytest.mark.parametrize("code", embeds.PROVIDERS)
def test_nothing_is_fetched_from_another_site_before_the_tap(client, code: str) -> None:
    page = page_of(f'<p>a</p><figure data-embed="{code}:12345678901"></figure>', client)
    assert f'href="{embeds.address(f"{code}:12345678901")}" rel="noopener nofollow"' in page
    assert f"embed--{code}" in page
    assert "/static/js/embeds" in page
    assert "<iframe" not in page
    fetched = re.findall(r'(?:src|srcset|poster)="([^"]+)"', page)
    assert [address for address in fetched if not address.startswith("/")] == []


def test_a_text_without_embeds_loads_no_script_for_them(client) -> None:
    assert "embeds" not in page_of("<p>a</p>", client)


def test_the_policy_allows_these_frames_and_no_others(client) -> None:
    article = make.live_article()
    policy = client.get(article.get_absolute_url())["Content-Security-Policy"]
    assert f"frame-src {' '.join(embeds.FRAMES)};" in policy + ";"
    assert settings.SECURE_CSP["frame-src"] == embeds.FRAMES


def test_boxes_are_asides_and_keep_their_words(client) -> None:
    page = page_of(
        '<aside data-box="quote"><p>Kami tidak diajak bicara.</p></aside>'
        '<aside data-box="info"><h3>Angka</h3><ul><li>12 kapal</li></ul></aside>',
        client,
    )
    assert '<aside class="pull-quote"><p>Kami tidak diajak bicara.</p></aside>' in page
    assert '<aside class="info-box"><h3>Angka</h3><ul><li>12 kapal</li></ul></aside>' in page


def test_a_page_with_every_kind_of_node_is_valid_html(client) -> None:
    one, two, other = public.image(), public.image(), make.live_article()
    page = page_of(
        f'<p>a</p><figure data-gallery="{one.pk},{two.pk}"></figure>'
        f'<figure data-gallery="{two.pk}"></figure><figure data-embed="x:12345"></figure>'
        f'<figure data-image="{one.pk}"></figure><aside data-articles="{other.pk}"></aside>'
        '<aside data-box="quote"><p>a</p><p>b</p></aside>'
        '<aside data-box="info"><h2>c</h2><ul><li>d</li></ul></aside>',
        client,
    )
    assert valid_html.problems(page) == []


def test_a_withdrawn_article_leaves_the_box_and_another_takes_its_place(client) -> None:
    gone, *others = make.withdrawn_article(), make.live_article(), make.live_article()
    third = make.live_article()
    ids = ",".join(str(one.pk) for one in [gone, *others, third])
    article = make.live_article(body=f'<p>a</p><aside data-articles="{ids}"></aside>')
    page = client.get(article.get_absolute_url()).content.decode()
    box = re.search(r'<aside class="related-box">(.*?)</aside>', page, re.DOTALL)
    assert box
    assert box[1].count("related-box__item") == 2
    assert [one.headline in box[1] for one in [gone, *others, third]] == [False, True, True, False]
    assert Article.objects.live().count() == 4
