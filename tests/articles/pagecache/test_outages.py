"""When the database or the clock does not answer: what readers get, and what it costs."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from articles.pagecache import ClockDown, Page, Reading, breaker
from tests.articles.pagecache.toy import Stand

LONG = breaker.PAUSE * breaker.DEAR


class BrokenClock:
    """A clock that can be out of reach, before one that is not."""

    def __init__(self, clock) -> None:
        self.clock, self.is_down, self.asked = clock, False, 0

    def __getattr__(self, name):
        def call(*arguments):
            self.asked += 1
            if self.is_down:
                raise ClockDown("Redis: no route")
            return getattr(self.clock, name)(*arguments)

        return call


@pytest.fixture
def no_pause(monkeypatch) -> None:
    monkeypatch.setattr(breaker, "PAUSE", 0.0)


@pytest.fixture
def frozen(monkeypatch):
    """The time between two tries, moved by the test."""

    class Time:
        now = 1000.0

        def monotonic(self) -> float:
            return self.now

    time = Time()
    monkeypatch.setattr(breaker, "time", time)
    return time


def test_without_the_database_what_is_kept_goes_on(stand) -> None:
    stand.ask()
    stand.toy.is_down = True
    assert [stand.ask("/lain/").status, stand.ask().story] == [503, "hit"]


@pytest.mark.usefixtures("no_pause")
def test_a_page_to_which_something_should_come_goes_on_and_says_so(stand) -> None:
    stand.sheet(shows=stand.later(60))
    stand.ask()
    stand.toy.is_down, stand.now = True, stand.later(90)
    reply = stand.ask()
    assert (reply.status, reply.body, reply.story) == (200, b"satu", "hit; ttl=-30; detail=stale")
    assert "s-maxage=0" in reply.headers["Cache-Control"]


@pytest.mark.usefixtures("no_pause")
def test_a_search_that_is_over_goes_on_and_says_so(stand) -> None:
    stand.sheet("/cari/", kind=Page(("q",), seconds=10))
    stand.ask("/cari/?q=banjir")
    stand.toy.is_down, stand.now = True, stand.later(15)
    assert stand.ask("/cari/?q=banjir").story == "hit; ttl=-5; detail=stale"


def must_go(stand) -> None:
    stand.now = stand.later(60)


def was_changed(stand) -> None:
    stand.clock.bump(["article:1"])


def is_void(stand) -> None:
    stand.clock.renew()


@pytest.mark.usefixtures("no_pause")
@pytest.mark.parametrize("happens", [must_go, was_changed, is_void])
def test_a_page_from_which_something_may_have_to_be_gone_does_not(stand, happens) -> None:
    stand.sheet(tags={"article:1"}, shows=stand.later(30), hides=stand.later(60))
    stand.ask()
    stand.toy.is_down = True
    happens(stand)
    assert [stand.ask().status for _ in range(3)] == [503] * 3
    stand.toy.is_down = False
    assert stand.ask().status == 200


def test_a_silent_database_is_asked_once_a_second(stand, frozen) -> None:
    stand.toy.is_down = True
    replies = [stand.ask(f"/{number}/") for number in range(5)]
    assert [reply.status for reply in replies] == [503] * 5
    assert sum(stand.toy.asked.values()) == 1
    assert {reply.body for reply in replies} == {b"tutup"}
    assert "Set-Cookie" in replies[0].headers, "it is the first reader's own"
    assert all("Set-Cookie" not in reply.headers for reply in replies[1:])
    frozen.now += breaker.PAUSE
    stand.ask("/5/")
    stand.ask("/6/")
    assert sum(stand.toy.asked.values()) == 2
    stand.toy.is_down = False
    assert stand.ask("/7/").status == 503
    frozen.now += breaker.PAUSE
    assert [stand.ask("/8/").status, stand.ask("/9/").status] == [200, 200]


def test_the_headers_of_a_failure_come_without_a_body(stand, frozen) -> None:
    stand.toy.is_down = True
    replies = [stand.ask(method="HEAD") for _ in range(2)]
    assert [(reply.status, reply.body) for reply in replies] == [(503, b"")] * 2
    assert stand.times() == 1


def test_one_thread_asks_a_silent_database_and_holds_no_other(stand, frozen) -> None:
    stand.toy.is_down = True
    stand.ask()
    frozen.now += 100
    reached, opened = threading.Event(), threading.Event()
    answer = stand.cache.application

    def slow(environ, start):
        reached.set()
        assert opened.wait(30)
        return answer(environ, start)

    stand.cache.application = slow
    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(stand.ask, "/a/")
        assert reached.wait(30)
        frozen.now += 100
        assert stand.ask("/b/").status == 503
        assert not first.done()
        opened.set()
        first.result(30)


def test_without_the_clock_every_page_is_made_and_none_is_kept(clock, frozen, caplog) -> None:
    broken = BrokenClock(clock)
    stand = Stand(broken)
    stand.ask()
    broken.is_down, broken.asked = True, 0
    replies = [stand.ask() for _ in range(5)]
    assert [(reply.status, reply.story) for reply in replies] == [(200, "")] * 5
    assert (stand.times(), broken.asked) == (6, 1)
    for _ in range(3):
        frozen.now += LONG
        stand.ask()
    assert broken.asked == 4
    broken.is_down = False
    frozen.now += LONG
    assert stand.ask().story == "hit"
    assert [line.message for line in caplog.records if line.levelname != "INFO"] == [
        "The page cache's clock does not answer.",
        "The page cache's clock answers again.",
    ]


def test_without_the_clock_no_browser_guesses_how_long_a_page_holds(clock) -> None:
    broken = BrokenClock(clock)
    stand, broken.is_down = Stand(broken), True
    stand.sheet("/akun/", kind=None)
    stand.sheet("/feed/", headers=[("Cache-Control", "no-store")])
    said = [stand.ask(path).headers.get("Cache-Control") for path in ("/", "/akun/", "/feed/")]
    assert said == ["max-age=0, must-revalidate", None, "no-store"]


def test_while_the_watcher_looks_for_the_clock_no_reader_does(clock, frozen) -> None:
    broken = BrokenClock(clock)
    stand = Stand(broken)
    stand.ask()
    stand.cache.look_again()
    broken.asked = 0
    broken.is_down = True
    stand.ask()
    for look in range(1, 20):
        frozen.now += 2
        stand.cache.look_again()
        frozen.now += 2
        assert [stand.ask().status for _ in range(3)] == [200] * 3
        assert broken.asked == 1 + look, "once by the watcher"
    broken.is_down = False
    stand.cache.look_again()
    assert stand.ask().story == "hit"
    broken.asked = 0
    stand.cache.look_again()
    assert broken.asked == 0, "at work it is the readers' own"


def test_a_page_that_can_t_be_compared_is_made_anew(clock, frozen) -> None:
    broken = BrokenClock(clock)
    stand = Stand(broken)
    sheet = stand.sheet(tags={"article:1"})
    stand.ask()
    sheet.text = "dua"
    clock.bump(["article:1"])
    read = Reading(*clock.read())
    broken.is_down, broken.read = True, lambda: read
    assert (stand.ask().body, stand.ask().status) == (b"dua", 200)


def test_what_nobody_could_announce_is_announced_first(clock, frozen) -> None:
    """Also if that fails a second time: until it is done nothing kept is told."""
    broken, undone = BrokenClock(clock), [["article:1"]]

    def drain() -> None:
        while undone:
            broken.bump(undone[0])
            undone.pop()

    stand = Stand(broken, drain=drain)
    sheet = stand.sheet(tags={"article:1"})
    stand.ask()
    sheet.text, broken.is_down = "dua", True
    assert stand.ask().body == b"dua"
    broken.is_down, broken.bump = False, fails
    frozen.now += LONG
    assert (stand.ask().body, stand.ask().story) == (b"dua", "")
    del broken.bump
    frozen.now += LONG
    assert (stand.ask().body, undone) == (b"dua", [])
    assert stand.ask().story == "hit"


def fails(tags) -> None:
    raise ClockDown("once more")


def test_while_one_announces_nothing_kept_is_told(clock, frozen) -> None:
    broken = BrokenClock(clock)
    reached, opened = threading.Event(), threading.Event()

    def drain() -> None:
        reached.set()
        assert opened.wait(30)
        clock.bump(["article:1"])

    stand = Stand(broken, drain=drain)
    sheet = stand.sheet(tags={"article:1"})
    stand.ask()
    broken.is_down, sheet.text = True, "dua"
    stand.ask()
    broken.is_down = False
    frozen.now += 100
    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(stand.ask)
        assert reached.wait(30)
        frozen.now += 100
        assert (stand.ask().body, stand.ask().story) == (b"dua", "")
        opened.set()
        assert first.result(30).body == b"dua"


def test_a_database_that_is_away_too_does_not_keep_the_clock_from_coming_back(
    clock, frozen, caplog
) -> None:
    def drain() -> None:
        raise RuntimeError("no database")

    broken = BrokenClock(clock)
    stand = Stand(broken, drain=drain)
    stand.ask()
    broken.is_down = True
    stand.ask()
    broken.is_down = False
    frozen.now += LONG
    assert stand.ask().story == "hit"
    assert "The outbox could not be read" in caplog.text


def test_a_fault_of_the_clock_s_own_does_not_shut_it_out_for_good(clock, frozen) -> None:
    broken = BrokenClock(clock)
    stand = Stand(broken)
    broken.is_down = True
    stand.ask()
    broken.is_down = False
    broken.read = lambda: 1 / 0
    frozen.now += LONG
    with pytest.raises(ZeroDivisionError):
        stand.ask()
    del broken.read
    frozen.now += LONG
    assert [stand.ask().story, stand.ask().story] == ["fwd=miss", "hit"]
