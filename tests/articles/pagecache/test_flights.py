"""Many ask at once: one renders, the others wait, and nobody gets what was true before he came."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from articles.pagecache import serve
from tests.articles.pagecache.toy import Reply, Stand


class Gate:
    """Holds the first rendering until the test lets it go on."""

    def __init__(self, stand: Stand) -> None:
        self.reached, self.opened = threading.Event(), threading.Event()
        self._lock = threading.Lock()
        stand.toy.during = self.pass_through

    def pass_through(self) -> None:
        with self._lock:
            is_first = not self.reached.is_set()
            self.reached.set()
        if is_first:
            assert self.opened.wait(30)


class Queue:
    """Counts those who wait for a rendering, and calls `then` when `number` of them do."""

    def __init__(self, number: int, then: Callable[[], None]) -> None:
        self.waiting, self.number, self.then = 0, number, then
        self._lock = threading.Lock()

    def event(self) -> threading.Event:
        queue = self

        class Event(threading.Event):
            def wait(self, timeout: float | None = None) -> bool:
                with queue._lock:
                    queue.waiting += 1
                    if queue.waiting == queue.number:
                        queue.then()
                return super().wait(30 if timeout else timeout)

        return Event()


def ask_with_waiters(
    stand: Stand, monkeypatch, number: int, before: Callable[[], None]
) -> list[Reply]:
    """One asks, `number` others while it is being made; `before` happens when all of them wait."""
    gate = Gate(stand)

    def go() -> None:
        before()
        gate.opened.set()

    queue = Queue(number, go)
    with ThreadPoolExecutor(number + 1) as threads:
        leader = threads.submit(stand.ask)
        assert gate.reached.wait(30)
        monkeypatch.setattr(stand.cache, "_flights", Flights(stand.cache._flights, queue))
        others = [threads.submit(stand.ask) for _ in range(number)]
        return [leader.result(60), *(other.result(60) for other in others)]


class Flights(dict):
    """The flights under way; who finds one there waits in the queue for it."""

    def __init__(self, flights, queue: Queue) -> None:
        super().__init__(flights)
        self._queue = queue

    def get(self, key, default=None):
        found = super().get(key, default)
        if found is None:
            return None
        waiter = self._queue.event()
        threading.Thread(target=lambda: (found.wait(30), waiter.set()), daemon=True).start()
        return waiter


def test_many_readers_cost_one_rendering(stand, monkeypatch) -> None:
    replies = ask_with_waiters(stand, monkeypatch, 6, lambda: None)
    assert [reply.story for reply in replies] == ["fwd=miss", *["hit; collapsed"] * 6]
    assert {reply.body for reply in replies} == {b"satu"}
    assert (stand.times(), stand.cache._flights) == (1, {})


def test_who_comes_after_a_change_does_not_get_the_page_of_before(stand, monkeypatch) -> None:
    sheet = stand.sheet(tags={"article:1"})

    def change() -> None:
        sheet.text = "dua"
        stand.clock.bump(["article:1"])

    leader, waiter = ask_with_waiters(stand, monkeypatch, 1, change)
    assert (leader.body, waiter.body, waiter.story) == (b"satu", b"dua", "fwd=miss")
    assert (stand.ask().body, stand.ask().story) == (b"dua", "hit")


def test_who_comes_after_a_moment_does_not_get_the_page_of_before(stand, monkeypatch) -> None:
    stand.sheet(shows=stand.later(5))
    monkeypatch.setattr(stand.cache, "now", Times([stand.now, stand.later(5)]))
    _, waiter = ask_with_waiters(stand, monkeypatch, 1, lambda: None)
    assert (waiter.story, stand.times()) == ("fwd=miss", 2)


class Times(list):
    """Each question has its own time."""

    def __call__(self, environ):
        return self.pop(0)


def test_nobody_waits_for_long(stand, monkeypatch) -> None:
    monkeypatch.setattr(serve, "PATIENCE", 0.05)
    gate = Gate(stand)
    with ThreadPoolExecutor(1) as threads:
        leader = threads.submit(stand.ask)
        assert gate.reached.wait(30)
        assert stand.ask().story == "fwd=miss"
        assert not leader.done()
        gate.opened.set()
        assert leader.result(30).status == 200
    assert stand.times() == 2
    assert serve.PATIENCE <= 1


def test_a_rendering_that_took_too_long_is_not_kept(stand, monkeypatch) -> None:
    monkeypatch.setattr(serve, "LONGEST_RENDERING", 0.0)
    assert [stand.ask().story, stand.ask().story] == ["", ""]


def test_other_pages_do_not_wait(stand) -> None:
    gate = Gate(stand)
    with ThreadPoolExecutor(1) as threads:
        leader = threads.submit(stand.ask)
        assert gate.reached.wait(30)
        assert stand.ask("/nasional/").story == "fwd=miss"
        assert not leader.done()
        gate.opened.set()
        leader.result(30)
