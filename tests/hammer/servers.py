"""Who answers readers in a rehearsal: two that keep pages, and one that makes each page anew."""

import contextlib
import gzip
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Protocol

import brotli
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from articles.pagecache import Clock
from newsroom.door import with_page_cache

ROOT = Path(__file__).resolve().parent.parent.parent
# How long, for whom and in which form others may keep a page is not what it says.
ABOUT_THE_COPY = {
    "cache-control",
    "cache-status",
    "connection",
    "content-encoding",
    "content-length",
    "date",
    "etag",
    "server",
    "transfer-encoding",
    "vary",
}
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


@dataclass(frozen=True)
class Answer:
    """One answer, unpacked; two are equal if a reader could not tell them apart."""

    status: int
    headers: frozenset[tuple[str, str]]
    body: bytes
    story: str

    @property
    def said(self) -> tuple[int, frozenset[tuple[str, str]], bytes]:
        return self.status, self.headers, self.body

    @property
    def was_kept(self) -> bool:
        return "newsroom; hit" in self.story


def answer(status: int, headers: list[tuple[str, str]], body: bytes) -> Answer:
    named = {name.lower(): value for name, value in headers}
    told = frozenset((n, v) for n, v in named.items() if n not in ABOUT_THE_COPY)
    body = UNPACK[named.get("content-encoding", "")](body)
    return Answer(status, told, body, named.get("cache-status", ""))


class Server(Protocol):
    """Something that answers a reader as of `now`."""

    def get(self, path: str, now: datetime, encoding: str = "") -> Answer: ...


class InProcess:
    """A page cache of its own in this process; with `clock` None, none at all."""

    def __init__(self, clock: Clock | None) -> None:
        self._now = threading.local()
        # Django's own handler, and no watcher: in here nobody else announces anything.
        self.application = with_page_cache(
            WSGIHandler(), clock=clock, begin=lambda: None, now=lambda environ: self._now.value
        )

    def get(self, path: str, now: datetime, encoding: str = "") -> Answer:
        self._now.value = now
        told: list[tuple[str, list[tuple[str, str]]]] = []
        place, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": place,
            "QUERY_STRING": query,
            "HTTP_HOST": settings.SITE_HOST,
            "HTTP_ACCEPT_ENCODING": encoding,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            "wsgi.errors": sys.stderr,
        }
        body = b"".join(self.application(environ, lambda *words: told.append(words[:2])))
        status, headers = told[-1]
        return answer(int(status[:3]), headers, body)


class Process:
    """A server process of its own, asked over kept connections, one for each thread."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._local = threading.local()
        self._open: list[http.client.HTTPConnection] = []

    def get(self, path: str, now: datetime, encoding: str = "") -> Answer:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
            self._local.connection = connection
            self._open.append(connection)
        headers = {
            "Host": settings.SITE_HOST,
            "X-Rehearsal-Now": now.isoformat(),
            "Accept-Encoding": encoding,
        }
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return answer(response.status, response.getheaders(), response.read())

    def close(self) -> None:
        for connection in self._open:
            connection.close()


@contextlib.contextmanager
def processes(env: dict[str, str], log: Path) -> Iterator[tuple[Process, Process, Process]]:
    """Two servers that keep pages and one that does not, until the block ends."""
    with contextlib.ExitStack() as stack:
        yield (
            stack.enter_context(process(env | {"PAGE_CACHE": "1"}, log)),
            stack.enter_context(process(env | {"PAGE_CACHE": "1"}, log)),
            stack.enter_context(process(env | {"PAGE_CACHE": "0"}, log)),
        )


@contextlib.contextmanager
def process(env: dict[str, str], log: Path) -> Iterator[Process]:
    port = free_port()
    words = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    words += [
        "--workers",
        "1",
        "--blocking-threads",
        "3",
        "--no-ws",
        "tests.hammer.wsgi:application",
    ]
    with (
        log.open("ab") as out,
        subprocess.Popen(
            [str(Path(sys.executable).with_name(words[0])), *words[1:]],
            cwd=ROOT,
            env={**os.environ, **env},
            stdout=out,
            stderr=out,
            start_new_session=True,
        ) as server,
    ):
        try:
            wait_for(lambda: is_open(port) or server.poll() is not None)
            assert server.poll() is None, log.read_text()
            with contextlib.closing(Process(port)) as reader:
                yield reader
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(20)


def wait_for(happened: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "It did not happen in time."
        time.sleep(0.05)


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
