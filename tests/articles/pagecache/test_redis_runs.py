"""A Redis of our own that dies and comes back: empty, or with what it knew yesterday (T1)."""

import logging
import signal
from typing import Any

import pytest
from django.db import connection, transaction

from articles import pagecache
from articles.models import Outbox
from articles.pagecache import ClockDown, announcing, breaker, current, redis_clock
from articles.pagecache.redis_clock import RedisClock
from tests.articles.pagecache.servers import RedisServer
from tests.articles.pagecache.toy import Stand


def comes_back_as_it_was(server: RedisServer) -> str:
    """A page is kept and Redis writes its dump; then the page changes and Redis dies.

    It comes back from its dump and another change brings its clock to where it was. What the next
    reader gets.
    """
    clock = RedisClock(server.url)
    stand = Stand(clock)
    sheet = stand.sheet(tags={"article:1"})
    stand.ask()
    assert server.say("SAVE").startswith("+OK")
    sheet.text = "dua"
    clock.bump(["article:1"])
    server.kill()
    server.start()
    clock.bump(["article:2"])
    return stand.ask().body.decode()


def test_t1_a_restored_redis_is_another_epoch(redis_server, monkeypatch) -> None:
    assert comes_back_as_it_was(redis_server) == "dua"
    # The same without the look at the run: only what a client does anyway on a new connection.
    monkeypatch.setattr(redis_clock, "arrive", lambda connection: connection.on_connect())
    assert comes_back_as_it_was(redis_server) == "satu"


def test_a_redis_without_memory_is_another_epoch(redis_server) -> None:
    clock = RedisClock(redis_server.url)
    stand = Stand(clock)
    sheet = stand.sheet(tags={"article:1"})
    clock.bump(["article:1"])
    stand.ask()
    redis_server.kill()
    redis_server.start()
    sheet.text = "dua"
    assert stand.ask().body == b"dua"


def test_two_who_arrive_at_a_new_redis_agree(redis_server) -> None:
    clocks = [RedisClock(redis_server.url) for _ in range(2)]
    first = clocks[0].read()
    clocks[1].bump(["article:1"])
    assert [clock.read() for clock in clocks] == [(first.epoch, first.clock + 1)] * 2


def test_a_clock_that_has_grown_too_large_is_begun_anew(redis_server, monkeypatch) -> None:
    monkeypatch.setattr(redis_clock, "MOST_STAMPS", 10)
    clock = RedisClock(redis_server.url)
    before = clock.read()
    for number in range(20):
        clock.bump([f"article:{number}"])
    assert clock.read().epoch != before.epoch
    clock.bump(["article:1"])
    assert clock.newest(["article:1"]) == clock.read()


def test_a_question_that_was_broken_off_spoils_no_other(redis_server, monkeypatch) -> None:
    clock = RedisClock(redis_server.url)
    clock.bump(["article:1"])
    line = clock._connection()

    def interrupted() -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(line, "read_response", interrupted)
        with pytest.raises(KeyboardInterrupt):
            clock.newest(["article:1", "article:2"])
    assert clock.read().clock == 1


def test_a_redis_that_is_silent_is_asked_once_and_not_for_long(redis_server, monkeypatch) -> None:
    clock, asked = RedisClock(redis_server.url), []
    clock.read()
    line = clock._connection()
    send = line.send_command

    def count(*command: Any, **options: Any) -> Any:
        asked.append(command)
        return send(*command, **options)

    monkeypatch.setattr(line, "send_command", count)
    redis_server.process.send_signal(signal.SIGSTOP)
    try:
        with pytest.raises(ClockDown):
            clock.read()
    finally:
        redis_server.process.send_signal(signal.SIGCONT)
    assert len(asked) == 1
    assert redis_clock.PATIENCE <= 0.25
    assert clock.read()


@pytest.fixture
def paper(redis_server, monkeypatch, transactional_db) -> Stand:
    """A page kept by this process, and its clock in the Redis that will die."""
    clock = RedisClock(redis_server.url)
    monkeypatch.setattr(current, "clock", lambda: clock)
    monkeypatch.setattr(breaker, "PAUSE", 0.0)
    stand = Stand(clock, drain=pagecache.drain_all)
    stand.sheet(tags={"article:1"})
    stand.ask()
    return stand


def change(stand: Stand, text: str) -> bool:
    """Save a change of article 1; whether its writer is told that readers see it late."""
    stand.toy.sheets["/"].text = text
    with pagecache.watching() as changes, transaction.atomic():
        pagecache.announce({"article:1"})
    return pagecache.late(changes)


def undone() -> int:
    return Outbox.objects.filter(done_at=None).count()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("memory", ["empty", "old"])
def test_what_was_saved_without_redis_is_announced_before_the_first_kept_page(
    redis_server, paper, memory
) -> None:
    if memory == "old":
        redis_server.say("SAVE")
    redis_server.kill()
    assert change(paper, "dua") is True
    assert [(paper.ask().body, paper.ask().story) for _ in range(2)] == [(b"dua", "")] * 2
    assert undone() == 1
    redis_server.start()
    assert (paper.ask().body, undone()) == (b"dua", 0)
    assert paper.ask().story == "hit"
    assert change(paper, "tiga") is False
    assert paper.ask().body == b"tiga"


@pytest.mark.django_db(transaction=True)
def test_a_row_that_failed_three_times_voids_everything_with_an_alarm(
    redis_server, paper, caplog
) -> None:
    redis_server.kill()
    change(paper, "dua")
    for _ in range(announcing.MOST_ATTEMPTS):
        with pytest.raises(ClockDown):
            pagecache.drain_all()
    assert Outbox.objects.get(done_at=None).attempts == 3
    redis_server.start()
    before = current.clock().read()
    with caplog.at_level(logging.CRITICAL):
        pagecache.drain_all()
    assert (undone(), current.clock().read().epoch != before.epoch) == (0, True)
    assert [line.levelname for line in caplog.records if line.name == announcing.__name__] == [
        "CRITICAL"
    ]
    assert paper.ask().body == b"dua"


@pytest.mark.django_db(transaction=True)
def test_a_row_that_nobody_can_read_holds_up_the_others_three_times_at_most(paper) -> None:
    Outbox.objects.create(kind=announcing.CHANGED, payload={"nonsense": 1})
    Outbox.objects.create(kind=announcing.CHANGED, payload={"tags": ["article:1"]})
    for _ in range(announcing.MOST_ATTEMPTS):
        with pytest.raises(KeyError):
            pagecache.drain_all()
    pagecache.drain_all()
    assert undone() == 0


@pytest.mark.django_db(transaction=True)
def test_rows_of_another_kind_are_not_ours(paper) -> None:
    Outbox.objects.create(kind="indexnow", payload={})
    pagecache.drain_all()
    assert undone() == 1
    connection.close()
