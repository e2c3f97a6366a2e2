"""What an article's address answers: the page, a redirect, 404 or 410."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from selectolax.lexbor import LexborHTMLParser

from articles import addresses, workflow
from articles.guard import writing
from articles.models import Article
from tests import make

pytestmark = pytest.mark.django_db


def said(message: str) -> str:
    with translation.override("id"):
        return _(message)


def test_a_wrong_slug_or_section_leads_to_the_right_address_in_one_hop(client) -> None:
    article = make.live_article()
    right = article.get_absolute_url()
    for path in (f"/lama/{article.pk}/judul-lama/", f"/nasional/{article.pk}/lama/"):
        answer = client.get(f"{path}?utm_source=wa")
        assert answer.status_code == 301
        assert answer.headers["Location"] == f"{right}?utm_source=wa"


@pytest.mark.parametrize("right_slug", [True, False])
def test_what_is_not_public_is_a_404_before_any_redirect(client, right_slug) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    for article in (make.draft(), make.scheduled_article(tomorrow)):
        slug = article.slug if right_slug else "lain"
        answer = client.get(f"/nasional/{article.pk}/{slug}/")
        assert answer.status_code == 404
        assert article.headline not in answer.content.decode()


def test_a_withdrawn_article_says_why_and_never_what_it_was(client) -> None:
    article = make.live_article(headline="Nama Anak Itu", slug="nama-anak-itu")
    chief = make.user("chief_editor")
    article = workflow.withdraw(article, chief, reason="child", public_reason="Demi anak.")
    for slug in ("nama-anak-itu", "apa-saja"):
        answer = client.get(f"/nasional/{article.pk}/{slug}/")
        page = LexborHTMLParser(answer.content.decode())
        assert answer.status_code == 410
        assert page.css_first("h1").text() == said("Article withdrawn")
        assert said("A child's future") in page.css_first("main").text()
        assert "Demi anak." in page.css_first("main").text()
        withdrawn_at = timezone.localtime(article.withdrawn_at).isoformat(timespec="seconds")
        assert page.css_first("main time").attributes["datetime"] == withdrawn_at
        assert page.css_first('meta[name="robots"]').attributes["content"] == "noindex"
        assert not page.css('meta[property="og:image"]')
        assert "anak-itu" not in answer.content.decode().lower()
        assert "Nama Anak Itu" not in answer.content.decode()


def test_an_article_past_its_end_is_gone_with_its_reason(client) -> None:
    article = make.live_article()
    end = timezone.now() + timedelta(hours=1)
    editor = make.user("editor")
    workflow.unpublish(
        article, editor, at=end, reason="paid_period_ended", note="Masa tayang habis."
    )
    assert client.get(article.get_absolute_url()).status_code == 200
    make.backdate(article, timezone.now() - timedelta(days=2))
    with writing():
        past = timezone.now() - timedelta(minutes=1)
        Article.objects.filter(pk=article.pk).update(unpublish_at=past)
    answer = client.get(article.get_absolute_url())
    assert answer.status_code == 410
    assert "Masa tayang habis." in answer.content.decode()


def test_a_renamed_section_is_found_under_its_old_address(client) -> None:
    section = make.section("kota")
    addresses.remember(section, "/metropolitan/")
    answer = client.get("/metropolitan/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "http://testserver/kota/")
