"""Answering before Django does: kept pages, byte for byte what Django would say.

A WSGI application around Django's. It keeps the final answer, after all middleware, together with
what the page depends on, and looks at each hit whether that still stands.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any

from articles import dependencies
from articles.dependencies import Recording
from articles.pagecache.clocks import Clock, ClockDown, Reading
from articles.pagecache.encodings import choose
from articles.pagecache.entries import FOR_EVER, Entry, Shelf, Validity
from articles.pagecache.pages import Page, canonical_query

log = logging.getLogger(__name__)

type Environ = dict[str, Any]
type Start = Callable[..., Any]
type Application = Callable[[Environ, Start], Iterable[bytes]]
type Key = tuple[str, str]

KEPT = {"200", "301", "404", "410"}
# With a query that the page does not look at, these two are Django's to answer: a redirect hands
# the query on, and what is not there may be a former address with that very query.
BARE = {"301", "404"}
# A rendering that took longer may have missed a moment, and a waiter has no more patience.
LONGEST_RENDERING = 30.0
PATIENCE = 1.0
PAUSE = 1.0  # Seconds between two tries of a clock or a database that does not answer.
NOT_KEPT_HEADERS = {"content-length", "vary", "cache-control", "etag", "cache-status"}


class Flight:
    """One rendering under way, and those who wait for it."""

    def __init__(self) -> None:
        self.landed = threading.Event()


class PageCache:
    """See the module. One instance a process; it may be called by several threads at once.

    `origin` is the canonical scheme and host; only requests for it are kept. `private` are the
    beginnings of paths that are never public. `settle` adds a page's moments to its recording, and
    `drain` announces every change that is not yet (both may raise). Without a `clock` nothing is
    kept, and every page is made anew.
    """

    def __init__(
        self,
        application: Application,
        *,
        clock: Clock | None,
        origin: str,
        private: tuple[str, ...] = (),
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
        self._settle, self._drain, self._begin = settle, drain, begin
        self._edge = edge_seconds
        self._pages = Shelf(megabytes * 2**20)
        # There is no end of addresses that lead nowhere, nor of searches: they push out no article.
        self._misses = Shelf(megabytes * 2**20 // 16)
        self._searches = Shelf(megabytes * 2**20 // 8)
        self._flights: dict[Key, Flight] = {}
        self._lock = threading.Lock()
        self._clock_rests = self._database_rests = 0.0
        self._lost_clock = False
        self._failure: tuple[str, list[tuple[str, str]], bytes] | None = None

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or path.startswith(self._private):
            return self.application(environ, start)
        self._begin()
        now = self.now(environ)
        if not self._is_plain_question(environ):
            with dependencies.recording(now):
                return self.application(environ, start)
        key = path, canonical_query(path, environ.get("QUERY_STRING", ""))
        read = self._read()
        if read is None:
            with dependencies.recording(now):
                return self.application(environ, start)
        entry = self._find(key, environ, now, read)
        if entry is not None:
            return self._answer(entry, environ, start, now, "hit")
        return self._miss(key, environ, start, now, read)

    def _is_plain_question(self, environ: Environ) -> bool:
        """Whether this is the canonical host, and a question that everybody may ask."""
        return (
            self.clock is not None
            and environ.get("HTTP_HOST") == self._host
            and scheme_of(environ) == self._scheme
            and "HTTP_RANGE" not in environ
            and "HTTP_AUTHORIZATION" not in environ
            and not environ.get("SCRIPT_NAME")
        )

    def _read(self) -> Reading | None:
        """Epoch and clock; None while they can't be trusted, and pages are made one by one."""
        assert self.clock is not None
        if time.monotonic() < self._clock_rests:
            return None
        try:
            if self._lost_clock:
                self._come_back()
            return self.clock.read()
        except ClockDown as error:
            log.error("The page cache's clock does not answer: %s", error)
            self._lost_clock, self._clock_rests = True, time.monotonic() + PAUSE
            return None

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
        self._lost_clock = False

    def _find(self, key: Key, environ: Environ, now: datetime, read: Reading) -> Entry | None:
        """The kept entry, if it is still true at `now`."""
        entry = self._standing(key, environ, read)
        if entry is None or now >= entry.validity.ends_at or now >= entry.dies_at:
            return None
        return entry

    def _standing(self, key: Key, environ: Environ, read: Reading) -> Entry | None:
        """The kept entry, if no change has touched it; its time may be over."""
        assert self.clock is not None
        for shelf in (self._pages, self._misses, self._searches):
            entry = shelf.get(key)
            if entry is None:
                continue
            if entry.status[:3] in BARE and environ.get("QUERY_STRING"):
                return None
            try:
                if entry.validity.stands(read, self.clock):
                    return entry
            except ClockDown:
                return None
            shelf.drop(key, entry)
        return None

    def _miss(
        self, key: Key, environ: Environ, start: Start, now: datetime, read: Reading
    ) -> Iterable[bytes]:
        """Let one thread make the page, and the others wait for it; nobody waits for long."""
        with self._lock:
            flight = self._flights.get(key)
            leads = flight is None
            if flight is None:
                flight = self._flights[key] = Flight()
        if leads:
            try:
                return self._render(key, environ, start, now, read)
            finally:
                with self._lock:
                    del self._flights[key]
                flight.landed.set()
        flight.landed.wait(PATIENCE)
        # What the other one made is looked at like any hit: it may be older than this question.
        again = self._read()
        if again is not None:
            if entry := self._find(key, environ, now, again):
                return self._answer(entry, environ, start, now, "hit; collapsed")
            read = again
        return self._render(key, environ, start, now, read)

    def _render(
        self, key: Key, environ: Environ, start: Start, now: datetime, read: Reading
    ) -> Iterable[bytes]:
        """Make the page, keep it if it may be kept, and answer."""
        if time.monotonic() < self._database_rests:
            return self._without_database(key, environ, start, now, read)
        began = time.monotonic()
        with dependencies.recording(now, read) as made:
            answer = Captured(self.application, environ)
            if answer.streams:
                return answer.pass_on(start)
            keeps = self._may_keep(answer, made) and self._settles(made)
            answer.close()
        keeps = keeps and time.monotonic() - began < LONGEST_RENDERING
        if answer.status[:3] == "503":
            self._database_rests = time.monotonic() + PAUSE
            self._failure = answer.status, answer.headers, answer.body
        if answer.status[0] == "5":
            return self._without_database(key, environ, start, now, read, answer)
        if not keeps or environ["REQUEST_METHOD"] == "HEAD":
            return answer.pass_on(start)
        entry = self._keep(key, environ, answer, made)
        return self._answer(entry, environ, start, now, "fwd=miss")

    def _may_keep(self, answer: "Captured", made: Recording) -> bool:
        """Whether the answer is a page for everybody: marked so, and without a trace of anybody."""
        names = {name.lower(): value for name, value in answer.headers}
        return (
            isinstance(made.page, Page)
            and answer.status[:3] in KEPT
            and "set-cookie" not in names
            and "cookie" not in names.get("vary", "").lower()
            and "nonce-" not in names.get("content-security-policy", "")
            and not {"private", "no-store"}.intersection(names.get("cache-control", "").split(", "))
        )

    def _settles(self, made: Recording) -> bool:
        """Add the moments that change this page; False if they can't be known."""
        try:
            self._settle(made)
        except Exception:
            log.exception("A page is not kept: its next moment is not known.")
            return False
        return True

    def _keep(self, key: Key, environ: Environ, answer: "Captured", made: Recording) -> Entry:
        kind = made.page
        assert isinstance(kind, Page)
        headers = tuple(
            (name, value) for name, value in answer.headers if name.lower() not in NOT_KEPT_HEADERS
        )
        digest = blake2b(answer.body, digest_size=12).hexdigest()
        dies = made.now + timedelta(seconds=kind.seconds) if kind.seconds else FOR_EVER
        entry = Entry(answer.status, headers, digest, Validity.of(made), dies_at=dies)
        entry.bodies["identity"] = answer.body
        encoding = choose(environ.get("HTTP_ACCEPT_ENCODING", ""))
        entry.body(encoding if encoding != "identity" else "gzip")
        del entry.bodies["identity"]
        if answer.status[:3] in BARE and environ.get("QUERY_STRING"):
            return entry
        self._shelf(answer.status, kind).put(key, entry)
        return entry

    def _shelf(self, status: str, kind: Page) -> Shelf:
        if status.startswith("404"):
            return self._misses
        return self._searches if kind.seconds else self._pages

    def _without_database(
        self,
        key: Key,
        environ: Environ,
        start: Start,
        now: datetime,
        read: Reading,
        answer: "Captured | None" = None,
    ) -> Iterable[bytes]:
        """What can still be said: the page of before, unless something must be gone from it."""
        entry = self._standing(key, environ, read)
        if entry is not None and now < entry.validity.hides:
            age = int((now - min(entry.validity.shows, entry.dies_at)).total_seconds())
            return self._answer(entry, environ, start, now, f"hit; ttl={-age}; detail=stale")
        if answer is not None:
            return answer.pass_on(start)
        if self._failure is None:
            return self.application(environ, start)
        status, headers, body = self._failure
        start(status, headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]

    def _answer(
        self, entry: Entry, environ: Environ, start: Start, now: datetime, story: str
    ) -> Iterable[bytes]:
        """Send an entry. How long others may keep it is worked out now, not when it was made."""
        encoding = choose(environ.get("HTTP_ACCEPT_ENCODING", ""))
        tag = f'"{entry.digest}-{encoding}"'
        left = (min(entry.validity.ends_at, entry.dies_at) - now).total_seconds()
        edge = max(0, min(self._edge, int(left)))
        headers = [
            ("Cache-Control", f"public, max-age=0, must-revalidate, s-maxage={edge}"),
            ("Vary", "Accept-Encoding"),
            ("ETag", tag),
            ("Cache-Status", f"newsroom; {story}"),
        ]
        if tag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start("304 Not Modified", headers)
            return []
        body = entry.body(encoding)
        headers += entry.headers
        headers.append(("Content-Length", str(len(body))))
        if encoding != "identity":
            headers.append(("Content-Encoding", encoding))
        start(entry.status, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


class Captured:
    """Django's answer, held back: its status, headers and body."""

    def __init__(self, application: Application, environ: Environ) -> None:
        self.status, self.headers = "", [("", "")]
        self._result: Any = application(environ, self._start)
        # A file on its way to one reader is nothing to keep, nor to hold in memory.
        self.streams = getattr(self._result, "streaming", True)
        self.body = b"" if self.streams else b"".join(self._result)
        # A question for the headers alone gets no body, whatever the server would do with one.
        self._whole = [] if environ["REQUEST_METHOD"] == "HEAD" else [self.body]

    def _start(self, status: str, headers: list[tuple[str, str]], *_: Any) -> None:
        self.status, self.headers = status, headers

    def close(self) -> None:
        """Let Django end the request: connections go back to their pool."""
        self._result.close()

    def pass_on(self, start: Start) -> Iterable[bytes]:
        """The answer as Django gave it."""
        start(self.status, self.headers)
        return self._result if self.streams else self._whole  # type: ignore[no-any-return]


def scheme_of(environ: Environ) -> str:
    """The scheme that the reader used, as Django itself would say it."""
    from django.conf import settings

    header = settings.SECURE_PROXY_SSL_HEADER
    if header:
        value = environ.get(header[0], "").split(",", 1)[0].strip()
        if value:
            return "https" if value == header[1] else "http"
    scheme: str = environ.get("wsgi.url_scheme", "http")
    return scheme
