"""The paper itself behind its page cache, with Redis away, and with the database away."""

from functools import partial
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError, connection, connections
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from articles.models import Article, Outbox
from articles.pagecache import announcing, breaker, current
from articles.pagecache.redis_clock import RedisClock
from comments import forms
from comments.models import Comment
from newsroom import forgiving
from newsroom.door import with_page_cache
from tests import desk, make, public
from tests.articles.pagecache.servers import free_port
from tests.articles.pagecache.toy import ask

pytestmark = pytest.mark.django_db(transaction=True)
STATUS = {"withdrawn": 410, "not found": 404}


@pytest.fixture
def clock(mapped, monkeypatch):
    """One of the two is enough: the other tests have both."""
    monkeypatch.setattr(current, "clock", lambda: mapped)
    return mapped


@pytest.fixture
def paper(clock) -> public.Paper:
    return public.paper()


@pytest.fixture
def stack(clock, settings):
    """Django's whole application, as newsroom/wsgi.py has it; no thread is begun."""
    settings.PAGE_CACHE = True
    return with_page_cache(WSGIHandler(), clock=clock, begin=lambda: None)


@pytest.fixture
def no_redis(settings, monkeypatch):
    """A Redis that nobody listens for, as the cache and as the clock."""
    url = f"redis://127.0.0.1:{free_port()}/0"
    settings.CACHES = {
        "default": {"BACKEND": "newsroom.forgiving.ForgivingRedisCache", "LOCATION": url}
    }
    monkeypatch.setattr(forgiving, "_breaker", breaker.Breaker("The cache in Redis"))
    clock = RedisClock(url)
    monkeypatch.setattr(current, "clock", lambda: clock)
    return clock


def comment(article: Article) -> dict[str, str]:
    stamp = forms.stamp(article.pk)
    return {"body": "Saya setuju.", "stamp": stamp, "submission": str(uuid4())}


def test_every_page_is_kept_and_told_again(paper, stack) -> None:
    for name, path in paper.paths.items():
        first, again = ask(stack, path), ask(stack, path)
        assert first.status == again.status == STATUS.get(name, 200), name
        assert (first.story, again.story) == ("fwd=miss", "hit"), name
        assert first.body == again.body


def test_without_redis_every_address_answers(paper, no_redis, settings, caplog) -> None:
    settings.PAGE_CACHE = True
    stack = with_page_cache(WSGIHandler(), clock=no_redis, begin=lambda: None)
    for name, path in paper.paths.items():
        reply = ask(stack, path)
        assert (reply.status, reply.story) == (STATUS.get(name, 200), ""), name
    assert "The page cache's clock does not answer." in caplog.text


def test_without_redis_somebody_logs_in_and_comments(paper, no_redis, caplog) -> None:
    person, client = make.user(), Client()
    answer = client.post("/akun/login/", {"login": person.email, "password": make.PASSWORD})
    assert answer.status_code == 302
    address = reverse("comments:write", args=[paper.article.pk])
    assert client.post(address, comment(paper.article)).status_code == 302
    assert Comment.objects.filter(author=person).count() == 1
    assert [line.message for line in caplog.records if line.levelname == "ERROR"][:1] == [
        "The cache in Redis does not answer."
    ]


@pytest.mark.parametrize("mutated", [False, True])
def test_t9_without_redis_a_save_is_answered_with_a_warning(
    paper, no_redis, monkeypatch, mutated
) -> None:
    """The mutant believes that a change is announced unless it hears of an error."""
    if mutated:
        monkeypatch.setattr(announcing, "Change", partial(announcing.Change, confirmed=True))
    client, article = Client(), paper.article
    client.force_login(make.user("editor"))
    Outbox.objects.all().delete()
    desk.change_live(client, article, headline="Gempa di Laut", note="Judul baru")
    article.refresh_from_db()
    assert article.headline == "Gempa di Laut"
    assert Outbox.objects.filter(done_at=None).exists()
    page = client.get(desk.change(article))
    levels = [message.level_tag for message in page.context["messages"]]
    assert ("warning" in levels) is not mutated


def break_database(monkeypatch) -> None:
    """As when PostgreSQL is stopped: what is open is closed, and nothing can be opened."""

    def refuse(*_, **__):
        raise OperationalError("connection refused")

    connection.close()
    monkeypatch.setattr(type(connections["default"]), "get_new_connection", refuse)


def test_without_the_database_what_is_kept_goes_on(paper, stack, monkeypatch) -> None:
    paths = {name: path for name, path in paper.paths.items() if name != "tag"}
    before = {path: ask(stack, path) for path in paths.values()}
    with monkeypatch.context() as patch:
        break_database(patch)
        for name, path in paths.items():
            reply = ask(stack, path)
            assert (reply.status, reply.story) == (STATUS.get(name, 200), "hit"), name
            assert reply.body == before[path].body
        down = [ask(stack, paper.paths["tag"]) for _ in range(2)]
        assert [(reply.status, reply.headers["Retry-After"]) for reply in down] == [(503, "10")] * 2


def test_without_the_database_a_comment_is_not_lost(paper, monkeypatch) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(make.user())
    address = reverse("comments:write", args=[paper.article.pk])
    with monkeypatch.context() as patch:
        break_database(patch)
        answer = client.post(address, comment(paper.article))
    assert answer.status_code == 503
    assert "Saya setuju." in answer.text


def test_without_the_database_an_article_is_not_lost(paper, monkeypatch) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(make.user("editor"))
    typed = desk.typed(paper.article, headline="Gempa", body="<p>Tiga jam kerja.</p>")
    with monkeypatch.context() as patch:
        break_database(patch)
        answer = client.post(desk.change(paper.article), typed)
    assert answer.status_code == 503
    assert "Tiga jam kerja." in answer.text


def test_the_cache_counts_while_redis_is_there_and_forgives_when_it_is_not(
    redis_server, monkeypatch
) -> None:
    monkeypatch.setattr(forgiving, "_breaker", breaker.Breaker("The cache in Redis"))
    monkeypatch.setattr(breaker, "PAUSE", 0.0)
    place = {"BACKEND": "newsroom.forgiving.ForgivingRedisCache", "LOCATION": redis_server.url}
    with override_settings(CACHES={"default": place}):
        cache = caches["default"]
        assert [cache.add("n", 1), cache.add("n", 1), cache.incr("n")] == [True, False, 2]
        cache.set_many({"a": 1, "b": 2})
        assert (cache.get_many(["a", "b"]), cache.touch("a"), "a" in cache) == (
            {"a": 1, "b": 2},
            True,
            True,
        )
        with pytest.raises(ValueError, match="none"):
            cache.incr("none")
        redis_server.kill()
        assert [cache.add("n", 1), cache.get("n", 7), cache.incr("n", 2)] == [True, 7, 2]
        cache.set("n", 1)
        cache.set_many({"a": 1})
        cache.delete_many(["a"])
        assert (cache.get_many(["a"]), cache.touch("a"), "a" in cache) == ({}, False, False)
        assert (cache.delete("a"), cache.clear()) == (False, False)
        redis_server.start()
        assert (cache.set("n", 5), cache.get("n")) == (None, 5)
        caches["default"].close()
