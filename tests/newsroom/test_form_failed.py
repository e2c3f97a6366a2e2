"""A database that fails under a form takes nobody's text with it."""

import pytest
from django.db import OperationalError
from django.urls import reverse

from articles import content
from articles.models import Article
from comments import moderation
from tests import desk, make

pytestmark = pytest.mark.django_db


def fail(*args, **kwargs):
    raise OperationalError("database is locked")


def test_an_articles_text_comes_back(client, monkeypatch) -> None:
    article = make.draft()
    client.force_login(article.created_by)
    monkeypatch.setattr(content, "lock", fail)
    typed = desk.typed(article, headline="Gempa", body="<p>Tiga jam kerja.</p>")
    answer = client.post(desk.change(article), typed)
    assert answer.status_code == 503
    assert "Gempa" in answer.text
    assert "Tiga jam kerja." in answer.text
    assert Article.objects.get().headline != "Gempa"


def test_a_comment_comes_back(client, monkeypatch) -> None:
    article = make.live_article()
    client.force_login(make.user())
    form = client.get(reverse("comments:write", args=[article.pk])).context["form"]
    monkeypatch.setattr(moderation, "receive", fail)
    answer = client.post(
        reverse("comments:write", args=[article.pk]), form.initial | {"body": "Setuju!"}
    )
    assert answer.status_code == 503
    assert "Setuju!" in answer.text


def test_another_failure_is_not_taken_for_the_databases(client, monkeypatch) -> None:
    article = make.draft()
    client.force_login(article.created_by)
    monkeypatch.setattr(content, "lock", lambda pk: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        client.post(desk.change(article), desk.typed(article, headline="Gempa"))


def test_a_comment_on_an_article_that_went_meanwhile_comes_back(client) -> None:
    article = make.withdrawn_article()
    client.force_login(make.user())
    address = reverse("comments:write", args=[article.pk])
    answer = client.post(address, {"body": "Lama saya menulis ini."})
    assert answer.status_code == 404
    assert "Lama saya menulis ini." in answer.text
    assert article.headline not in answer.text
    assert article.comments.count() == 0
