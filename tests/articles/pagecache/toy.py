"""A small application behind the page cache, and a reader who asks it."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from articles import dependencies, pagecache
from articles.pagecache import Page, PageCache

START = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
PAGE = Page()
HTML = [("Content-Type", "text/html; charset=utf-8")]


@dataclass
class Reply:
    """What a reader got."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def story(self) -> str:
        """What the page cache says of itself; empty if it kept out of it."""
        return self.headers.get("Cache-Status", "").partition("; ")[2]


@dataclass
class Sheet:
    """One page of the toy: what it says, and what it depends on."""

    text: str = "satu"
    tags: set[str] = field(default_factory=set)
    status: str = "200 OK"
    headers: list[tuple[str, str]] = field(default_factory=lambda: list(HTML))
    kind: Page | None = PAGE
    shows: datetime | None = None
    hides: datetime | None = None
    streaming: bool = False


class Body:
    """An answer as Django gives one: it can be closed, and says whether it streams."""

    def __init__(self, text: str, streaming: bool, on_close: Callable[[], None]) -> None:
        self.text, self.streaming, self.close = text, streaming, on_close

    def __iter__(self) -> Iterator[bytes]:
        yield self.text.encode()


class Toy:
    """A WSGI application. `during` is called in the middle of each rendering, after the text was
    read and before what it depends on is reported."""

    def __init__(self) -> None:
        self.sheets: dict[str, Sheet] = {}
        self.asked: Counter[str] = Counter()
        self.closed = 0
        self.is_down = False
        self.during: Callable[[], None] = lambda: None

    def __call__(self, environ: dict[str, Any], start: Any) -> Body:
        path = environ["PATH_INFO"]
        self.asked[path] += 1
        if self.is_down:
            down = [*HTML, ("Set-Cookie", "milik=seorang"), ("Retry-After", "10")]
            start("503 Service Unavailable", down)
            return Body("tutup", False, self.close)
        sheet = self.sheets.setdefault(path, Sheet())
        # As many views do: who is asked for the headers alone says less.
        text = "" if environ["REQUEST_METHOD"] == "HEAD" else sheet.text
        self.during()
        dependencies.saw(*sheet.tags)
        dependencies.ends(sheet.shows)
        dependencies.ends(sheet.hides, hides=True)
        if sheet.kind:
            pagecache.mark(sheet.kind)
        start(sheet.status, list(sheet.headers))
        return Body(text, sheet.streaming, self.close)

    def close(self) -> None:
        self.closed += 1


class Stand:
    """The toy behind a page cache, with a time of its own that only the test moves."""

    def __init__(self, clock: Any, **options: Any) -> None:
        self.toy, self.clock, self.now = Toy(), clock, START
        given = {"origin": "http://testserver", "now": lambda environ: self.now} | options
        self.cache = PageCache(self.toy, clock=clock, **given)

    def later(self, seconds: float) -> datetime:
        return START + timedelta(seconds=seconds)

    def sheet(self, path: str = "/", **fields: Any) -> Sheet:
        made = self.toy.sheets[path] = Sheet(**fields)
        return made

    def ask(self, path: str = "/", method: str = "GET", **environ: Any) -> Reply:
        """Ask as a server does: the body is read to its end, then closed."""
        return ask(self.cache, path, method, **environ)

    def times(self, path: str = "/") -> int:
        """How often the page was made."""
        return self.toy.asked[path]


def ask(application: Any, path: str = "/", method: str = "GET", **environ: Any) -> Reply:
    """Ask a WSGI application; `path` may have a query."""
    path, _, query = path.partition("?")
    said: dict[str, Any] = {}

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> None:
        assert not said, "an answer begins once"
        said.update(status=status, headers=headers)

    asked = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SCRIPT_NAME": "",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "HTTP_HOST": "testserver",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    result = application(asked | environ, start)
    try:
        body = b"".join(result)
    finally:
        if hasattr(result, "close"):
            result.close()
    return Reply(int(said["status"][:3]), dict(said["headers"]), body)
