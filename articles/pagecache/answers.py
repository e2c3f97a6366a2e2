"""Answers on their way out: Django's, held back to be looked at, and a kept one's."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.conf import settings

from articles.dependencies import Recording
from articles.pagecache.encodings import choose
from articles.pagecache.entries import Entry
from articles.pagecache.pages import Page

type Environ = dict[str, Any]
type Start = Callable[..., Any]
type Application = Callable[[Environ, Start], Iterable[bytes]]
type Headers = list[tuple[str, str]]

KEPT = {"200", "301", "404", "410"}
PERSONAL = {"private", "no-store", "no-cache"}
# What is said anew each time, because it depends on the time or on the reader's browser.
SAID_ANEW = {
    "age",
    "cache-control",
    "cache-status",
    "content-length",
    "etag",
    "expires",
    "vary",
}
WORDS = re.compile(r"[^\s,]+")


class Captured:
    """Django's answer, held back: its status, headers and body."""

    def __init__(self, application: Application, environ: Environ) -> None:
        self.status, self.headers = "", [("", "")]
        self._is_head = environ["REQUEST_METHOD"] == "HEAD"
        # A question for the headers alone is asked as a whole one: it gets the very same headers.
        self._result: Any = application(environ | {"REQUEST_METHOD": "GET"}, self._start)
        # A file on its way to one reader is nothing to keep, nor to hold in memory.
        self.streams = getattr(self._result, "streaming", True)
        try:
            self.body = b"" if self.streams else b"".join(self._result)
        except BaseException:
            self.close()
            raise

    def _start(self, status: str, headers: Headers, *_: Any) -> None:
        self.status, self.headers = status, headers

    def close(self) -> None:
        """Let Django end the request: connections go back to their pool."""
        if hasattr(self._result, "close"):
            self._result.close()

    def pass_on(self, start: Start) -> Iterable[bytes]:
        """The answer as Django gave it. A streamed one is closed by the server."""
        start(self.status, self.headers)
        if self.streams and not self._is_head:
            return self._result  # type: ignore[no-any-return]
        if self.streams:
            self.close()
        return [] if self._is_head else [self.body]

    def is_for_everybody(self, made: Recording) -> bool:
        """Whether it may be kept: marked as a page, and without a trace of anybody."""
        return isinstance(made.page, Page) and self.status[:3] in KEPT and not self._traces()

    def _traces(self) -> bool:
        names = [name.lower() for name, _ in self.headers]
        policies = self._words("content-security-policy", "content-security-policy-report-only")
        return (
            "set-cookie" in names
            # Packed by somebody else already: it can't be packed again for another browser.
            or "content-encoding" in names
            or bool(self._words("vary") - {"accept-encoding"})
            or bool(self._words("cache-control") & PERSONAL)
            or any("nonce-" in word for word in policies)
        )

    def _words(self, *wanted: str) -> set[str]:
        """The words of all headers of these names, in lower case."""
        values = [value.lower() for name, value in self.headers if name.lower() in wanted]
        return {word for value in values for word in WORDS.findall(value)}

    def lasting_headers(self) -> tuple[tuple[str, str], ...]:
        """The headers that are the same for everybody, at any time."""
        return tuple(item for item in self.headers if item[0].lower() not in SAID_ANEW)


def send(
    entry: Entry, environ: Environ, start: Start, *, now: datetime, edge: int, story: str
) -> Iterable[bytes]:
    """Send an entry. How long others may keep it is worked out now, not when it was made.

    `edge` is the most seconds that a cache in front may keep it, `story` the end of Cache-Status.
    """
    encoding = choose(environ.get("HTTP_ACCEPT_ENCODING", ""))
    tag = f'"{entry.digest}-{encoding}"'
    left = (min(entry.validity.ends_at, entry.dies_at) - now).total_seconds()
    headers = [
        (
            "Cache-Control",
            f"public, max-age=0, must-revalidate, s-maxage={max(0, min(edge, int(left)))}",
        ),
        ("Vary", "Accept-Encoding"),
        ("ETag", tag),
        ("Cache-Status", f"newsroom; {story}"),
    ]
    # Of what is not there, or is elsewhere, nobody may be told that it is unchanged (RFC 9110).
    known = environ.get("HTTP_IF_NONE_MATCH", "").strip()
    if entry.status.startswith("200") and (known == "*" or tag in known):
        start("304 Not Modified", headers)
        return []
    body = entry.body(encoding)
    headers += entry.headers
    headers.append(("Content-Length", str(len(body))))
    if encoding != "identity":
        headers.append(("Content-Encoding", encoding))
    start(entry.status, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def asked_anew(start: Start, made: Recording) -> Start:
    """Let browsers ask again for a page that is not kept here, rather than guess how long it holds.

    With the clock away nobody else looks whether it still stands.
    """

    def begin(status: str, headers: Headers, *rest: Any) -> Any:
        is_said = "cache-control" in {name.lower() for name, _ in headers}
        if isinstance(made.page, Page) and not is_said:
            headers = [*headers, ("Cache-Control", "max-age=0, must-revalidate")]
        return start(status, headers, *rest)

    return begin


def scheme_of(environ: Environ) -> str:
    """The scheme that the reader used, as Django itself would say it."""
    header = settings.SECURE_PROXY_SSL_HEADER
    if header:
        value = environ.get(header[0], "").split(",", 1)[0].strip()
        if value:
            return "https" if value == header[1] else "http"
    scheme: str = environ.get("wsgi.url_scheme", "http")
    return scheme
