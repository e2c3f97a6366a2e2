"""Answering before Django does: kept pages, byte for byte what Django would say.

A WSGI application around Django's. It keeps the final answer, after all middleware, together with
what the page depends on, and looks at each hit whether that still stands.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any

from articles import dependencies
from articles.dependencies import Recording
from articles.pagecache.answers import (
    Application,
    Captured,
    Environ,
    Headers,
    Start,
    asked_anew,
    scheme_of,
)
from articles.pagecache.answers import send as send_entry
from articles.pagecache.breaker import DEAR, Breaker
from articles.pagecache.clocks import Clock, ClockDown, Reading
from articles.pagecache.encodings import choose
from articles.pagecache.entries import FOR_EVER, Entry, Shelf, Validity
from articles.pagecache.pages import Page, canonical_query

log = logging.getLogger(__name__)

type Key = tuple[str, str]

# With a query that the page does not look at, these two are Django's to answer: a redirect hands
# the query on, and what is not there may be a former address with that very query.
BARE = {"301", "404"}
# A rendering that took longer may have missed a moment, and a waiter has no more patience.
LONGEST_RENDERING = 30.0
PATIENCE = 1.0


@dataclass(slots=True)
class Question:
    """One request that a kept page may answer: what is asked, and what was true when it came."""

    key: Key
    environ: Environ
    start: Start
    now: datetime
    read: Reading

    def is_too_long_for(self, status: str) -> bool:
        """Whether an answer of this status is for the address without a query alone."""
        return status[:3] in BARE and bool(self.environ.get("QUERY_STRING"))


class PageCache:
    """See the module. One instance a process; it may be called by several threads at once.

    `origin` is the canonical scheme and host; only requests for it are kept. `private` are the
    beginnings of paths that are never public. `prepare` does what is due by a page's time before it
    is made, and says whether there was anything; `settle` adds a page's moments to its recording,
    and `drain` announces every change that is not yet (all may raise). Without a `clock` nothing is
    kept, and every page is made anew.
    """

    def __init__(
        self,
        application: Application,
        *,
        clock: Clock | None,
        origin: str,
        private: tuple[str, ...] = (),
        prepare: Callable[[Recording], bool] = lambda made: False,
        settle: Callable[[Recording], None] = lambda made: None,
        drain: Callable[[], None] = lambda: None,
        now: Callable[[Environ], datetime] = lambda environ: datetime.now(UTC),
        megabytes: int = 32,
        edge_seconds: int = 1,
        begin: Callable[[], None] = lambda: None,
    ) -> None:
        self.application = application
        self.clock = clock
        self.now = now
        self._scheme, _, self._host = origin.partition("://")
        self._private = private
        self._prepare, self._settle = prepare, settle
        self._drain, self._begin = drain, begin
        self._edge = edge_seconds
        self._pages = Shelf(megabytes * 2**20)
        # There is no end of addresses that lead nowhere, nor of searches: they push out no article.
        self._misses = Shelf(megabytes * 2**20 // 16)
        self._searches = Shelf(megabytes * 2**20 // 8)
        # One rendering a page; who waits for it waits for this event.
        self._flights: dict[Key, threading.Event] = {}
        self._lock = threading.Lock()
        self._clock_breaker = Breaker("The page cache's clock", DEAR)
        self._database_breaker = Breaker("The database")
        self._failure: tuple[str, Headers, bytes] | None = None

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        path = environ.get("PATH_INFO") or "/"
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or path.startswith(self._private):
            return self.application(environ, start)
        self._begin()
        now = self.now(environ)
        read = self._read() if self._is_plain_question(environ) else None
        if read is None:
            with dependencies.recording(now) as made:
                self._is_ready(made)
                return self.application(environ, asked_anew(start, made))
        key = path, canonical_query(path, environ.get("QUERY_STRING", ""))
        asked = Question(key, environ, start, now, read)
        entry = self._find(asked)
        return self._send(entry, asked, "hit") if entry else self._miss(asked)

    def _is_plain_question(self, environ: Environ) -> bool:
        """Whether this is the canonical host, and a question that everybody may ask."""
        return (
            self.clock is not None
            and environ.get("HTTP_HOST") == self._host
            and scheme_of(environ) == self._scheme
            and "HTTP_AUTHORIZATION" not in environ
            # It says in which alphabet Django reads the query.
            and "charset" not in environ.get("CONTENT_TYPE", "").lower()
            and not environ.get("SCRIPT_NAME")
        )

    def _read(self) -> Reading | None:
        """Epoch and clock; None while they can't be trusted, and pages are made one by one."""
        return None if self._clock_breaker.refuses() else self._ask_clock()

    def look_again(self) -> None:
        """Ask a clock that did not answer, while no reader waits for it.

        As long as somebody calls this every second, readers find it at work or not to be asked.
        """
        if self._clock_breaker.is_broken and not self._clock_breaker.refuses(waits=False):
            self._ask_clock()

    def _ask_clock(self) -> Reading | None:
        """A try of the clock, which the breaker allowed."""
        assert self.clock is not None
        was_broken, works = self._clock_breaker.is_broken, False
        try:
            if was_broken:
                self._come_back()
            read = self.clock.read()
            works = True
        except ClockDown as error:
            log.info("%s", error)
            return None
        finally:
            if was_broken or not works:
                self._clock_breaker.end(works=works)
        return read

    def _come_back(self) -> None:
        """The clock was out of sight: first announce what nobody could announce meanwhile."""
        assert self.clock is not None
        self.clock.read()
        try:
            self._drain()
        except ClockDown:
            raise
        except Exception:
            # Without the database nothing new can have been written that readers were promised.
            log.exception("The outbox could not be read after the clock had been out of sight.")

    def _find(self, asked: Question) -> Entry | None:
        """The kept entry, if it is still true."""
        entry = self._standing(asked)
        if entry is None or asked.now >= min(entry.validity.ends_at, entry.dies_at):
            return None
        return entry

    def _standing(self, asked: Question) -> Entry | None:
        """The kept entry, if no change has touched it; its time may be over."""
        assert self.clock is not None
        for shelf in (self._pages, self._misses, self._searches):
            entry = shelf.get(asked.key)
            if entry is None:
                continue
            if asked.is_too_long_for(entry.status):
                return None
            try:
                if entry.validity.stands(asked.read, self.clock):
                    return entry
            except ClockDown:
                return None
            shelf.drop(asked.key, entry)
        return None

    def _miss(self, asked: Question) -> Iterable[bytes]:
        """Let one thread make the page, and the others wait for it; nobody waits for long."""
        with self._lock:
            landed = self._flights.get(asked.key)
            if landed is None:
                own = self._flights[asked.key] = threading.Event()
        if landed is None:
            try:
                return self._render(asked)
            finally:
                with self._lock:
                    del self._flights[asked.key]
                own.set()
        landed.wait(PATIENCE)
        # What the other one made is looked at like any hit: it may be older than this question.
        if again := self._read():
            asked.read = again
            if entry := self._find(asked):
                return self._send(entry, asked, "hit; collapsed")
        return self._render(asked)

    def _render(self, asked: Question) -> Iterable[bytes]:
        """Make the page, keep it if it may be kept, and answer."""
        if self._database_breaker.refuses():
            return self._without_database(asked, None)
        began, works = time.monotonic(), False
        try:
            with dependencies.recording(asked.now, asked.read) as made:
                is_ready = self._is_ready(made)
                answer = Captured(self.application, asked.environ)
                works = answer.status[:3] != "503"
                if answer.streams:
                    return answer.pass_on(asked.start)
                try:
                    keeps = is_ready and answer.is_for_everybody(made) and self._settles(made)
                finally:
                    answer.close()
        finally:
            self._database_breaker.end(works=works)
        if answer.status[0] == "5":
            return self._without_database(asked, answer)
        if not keeps or time.monotonic() - began >= LONGEST_RENDERING:
            return answer.pass_on(asked.start)
        return self._send(self._keep(asked, answer, made), asked, "fwd=miss")

    def _is_ready(self, made: Recording) -> bool:
        """Do what is due first; False if it failed, and the page may be one of before."""
        try:
            if self._prepare(made) and (read := self._read() if made.clock else None):
                # What was done is a change: the page that shows it is made after that.
                made.clock = read
        except Exception:
            log.exception("What is due could not be done before a page was made.")
            return False
        return True

    def _settles(self, made: Recording) -> bool:
        """Add the moments that change this page; False if they can't be known."""
        try:
            self._settle(made)
        except Exception:
            log.exception("A page is not kept: its next moment is not known.")
            return False
        return True

    def _keep(self, asked: Question, answer: Captured, made: Recording) -> Entry:
        kind: Any = made.page
        digest = blake2b(answer.body, digest_size=12).hexdigest()
        dies = made.now + timedelta(seconds=kind.seconds) if kind.seconds else FOR_EVER
        entry = Entry(
            answer.status, answer.lasting_headers(), digest, Validity.of(made), dies_at=dies
        )
        entry.bodies["identity"] = answer.body
        encoding = choose(asked.environ.get("HTTP_ACCEPT_ENCODING", ""))
        entry.body(encoding if encoding != "identity" else "gzip")
        del entry.bodies["identity"]
        if not asked.is_too_long_for(answer.status):
            self._shelf(answer.status, kind).put(asked.key, entry)
        return entry

    def _shelf(self, status: str, kind: Page) -> Shelf:
        if status.startswith("404"):
            return self._misses
        return self._searches if kind.seconds else self._pages

    def _without_database(self, asked: Question, answer: Captured | None) -> Iterable[bytes]:
        """What can still be said: the page of before, unless something must be gone from it.

        `answer` is Django's, if it was asked: a failure, which others then get without asking.
        """
        entry = self._standing(asked)
        if entry is not None and asked.now < entry.validity.hides:
            age = int((asked.now - min(entry.validity.shows, entry.dies_at)).total_seconds())
            return self._send(entry, asked, f"hit; ttl={-age}; detail=stale")
        if answer is not None:
            if answer.status.startswith("503"):
                headers = [item for item in answer.headers if item[0].lower() != "set-cookie"]
                self._failure = answer.status, headers, answer.body
            return answer.pass_on(asked.start)
        if self._failure is None:
            return self.application(asked.environ, asked.start)
        status, headers, body = self._failure
        asked.start(status, headers)
        return [] if asked.environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _send(self, entry: Entry, asked: Question, story: str) -> Iterable[bytes]:
        return send_entry(
            entry, asked.environ, asked.start, now=asked.now, edge=self._edge, story=story
        )
