"""The bin on the desk: its page, the way in from list and form, the way back."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import wastebin
from articles.guard import writing
from articles.models import Article
from tests import desk, make

pytestmark = pytest.mark.django_db

BIN = "/admin/articles/article/bin/"


def throw_away(article: Article) -> str:
    return reverse("admin:articles_article_throw_away", args=[article.pk])


def in_bin(*articles: Article) -> set[int]:
    ids = [article.pk for article in articles]
    rows = Article.objects.filter(pk__in=ids, deleted_at__isnull=False)
    return set(rows.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("reporter", 200),
        ("editor", 200),
        ("chief_editor", 200),
        ("moderator", 403),
        ("administrator", 403),
    ],
)
def test_the_page_is_for_those_who_write(client, role, status) -> None:
    client.force_login(make.user(role))
    assert client.get(BIN).status_code == status
    assert client.post(BIN).status_code in {302, status}


@pytest.mark.parametrize("address", [BIN, "/admin/articles/article/1/bin/"])
def test_readers_are_sent_to_log_in(client, address) -> None:
    assert "/login/" in client.get(address).headers["Location"]


def test_many_go_from_the_list_each_by_its_own_right(client) -> None:
    reporter = make.user("reporter")
    mine, live = make.draft(by=reporter), make.live_article(headline="Sudah tayang")
    client.force_login(reporter)
    desk.act(client, "throw_away_articles", mine, live)
    assert in_bin(mine, live) == {mine.pk}
    assert mine.transitions.filter(name="bin", actor=reporter).count() == 1
    assert not live.transitions.filter(name="bin").exists()
    words = desk.told(client)
    assert "Sudah tayang" in words
    assert "1" in words


def test_another_reporters_draft_is_not_even_found(client) -> None:
    other = make.draft()
    client.force_login(make.user("reporter"))
    desk.act(client, "throw_away_articles", other)
    assert client.post(throw_away(other)).status_code == 404
    assert in_bin(other) == set()


def test_from_the_form_with_a_reason(client) -> None:
    article, editor = make.draft(), make.user("editor")
    client.force_login(editor)
    assert throw_away(article) in client.get(desk.change(article)).text
    assert article.headline in client.get(throw_away(article)).text
    answer = client.post(throw_away(article), {"note": "Dobel"})
    assert answer.headers["Location"] == desk.LIST
    assert in_bin(article) == {article.pk}
    assert "Dobel" in client.get(BIN).text


def test_a_published_article_says_what_to_do_instead(client) -> None:
    article = make.live_article()
    client.force_login(make.user("editor"))
    assert throw_away(article) not in client.get(desk.change(article)).text
    page = client.get(throw_away(article))
    assert page.context["why_not"] in unescape(page.text)
    assert client.post(throw_away(article)).headers["Location"] == desk.change(article)
    assert in_bin(article) == set()


def test_the_list_leads_to_the_bin(client) -> None:
    client.force_login(make.user("editor"))
    assert f'href="{BIN}"' in client.get(desk.LIST).text


def test_what_is_ticked_comes_back(client) -> None:
    one, other, editor = make.draft(), make.draft(), make.user("editor")
    for article in (one, other):
        wastebin.throw_away(article, editor)
    client.force_login(editor)
    page = client.get(BIN)
    assert editor.name in page.text
    assert {row.pk for row in page.context["rows"]} == {one.pk, other.pk}
    client.post(BIN, {"_selected_action": [one.pk, "x", "9" * 30]})
    assert in_bin(one, other) == {other.pk}
    assert one.transitions.filter(name="unbin", actor=editor).count() == 1
    assert client.get(desk.change(one)).status_code == 200


def test_a_reporter_brings_back_her_own_alone(client) -> None:
    reporter = make.user("reporter")
    mine, other = make.draft(by=reporter), make.draft(headline="Punya orang")
    for article in (mine, other):
        wastebin.throw_away(article, None)
    client.force_login(reporter)
    assert "Punya orang" not in client.get(BIN).text
    client.post(BIN, {"_selected_action": [mine.pk, other.pk]})
    assert in_bin(mine, other) == {other.pk}


def test_the_bin_goes_on_and_costs_the_same(
    client, django_assert_max_num_queries, django_assert_num_queries
) -> None:
    client.force_login(make.user("editor"))
    now = timezone.now()
    articles = [make.draft() for _ in range(3)]
    wastebin.throw_away(articles[0], None)
    client.get(BIN)
    with django_assert_max_num_queries(8) as counted:
        client.get(BIN)
    for number in range(52):
        article = make.draft()
        wastebin.throw_away(article, None)
        with writing():
            then = now - timedelta(minutes=number)
            Article.objects.filter(pk=article.pk).update(deleted_at=then)
    with django_assert_num_queries(len(counted)):
        page = client.get(BIN)
    assert len(page.context["rows"]) == 50
    rest = client.get(BIN, {"before": str(page.context["older"])})
    ids = [row.pk for one in (page, rest) for row in one.context["rows"]]
    assert len(ids) == len(set(ids)) == 53
