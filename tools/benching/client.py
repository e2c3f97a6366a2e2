"""A small client that keeps its connections: HTTP/1.1 on loopback, one request after the other."""

from __future__ import annotations

import itertools
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

WAIT = 60.0


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


class Connection:
    """One connection; a server may close it where nobody has asked for a while."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        lines = {"Host": f"127.0.0.1:{port}", "Accept-Encoding": "gzip"} | headers
        self.port = port
        self.rest = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        self._open()

    def _open(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self.port), WAIT)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = self.socket.makefile("rb")

    def get(self, path: str) -> Answer:
        first = self._ask(path)
        if not first:
            self.close()
            self._open()
            first = self._ask(path)
        headers = {}
        while (line := self.file.readline()) not in {b"\r\n", b""}:
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        return Answer(int(first.split()[1]), headers, self._body(headers))

    def _ask(self, path: str) -> bytes:
        """The first line of the answer; nothing from a connection that was closed meanwhile."""
        try:
            self.socket.sendall(f"GET {path} HTTP/1.1\r\n{self.rest}\r\n".encode())
            return self.file.readline()
        except (BrokenPipeError, ConnectionResetError):
            return b""

    def _body(self, headers: dict[str, str]) -> bytes:
        if headers.get("transfer-encoding") != "chunked":
            return self.file.read(int(headers.get("content-length", 0)))
        parts = []
        while size := int(self.file.readline().split(b";")[0], 16):
            parts.append(self.file.read(size))
            self.file.readline()
        self.file.readline()
        return b"".join(parts)

    def close(self) -> None:
        self.file.close()
        self.socket.close()


class Readers:
    """A few connections in turn, so that every worker process gets its share."""

    def __init__(self, port: int, number: int = 8, **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.all = [Connection(port, named) for _ in range(number)]
        self.turn = itertools.cycle(self.all)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for connection in self.all:
            connection.close()

    def get(self, path: str, *, status: int = 200) -> Answer:
        """The answer. Raises SystemExit for another status than the expected one."""
        answer = next(self.turn).get(path)
        if answer.status != status:
            raise SystemExit(f"{path} answered {answer.status}, not {status}.")
        return answer

    def read(self, paths: Sequence[str], number: int) -> None:
        """`number` requests, the paths in turn."""
        for path in itertools.islice(itertools.cycle(paths), number):
            self.get(path)

    def warm(self, paths: Sequence[str]) -> None:
        """Every path once on every connection."""
        for connection in self.all:
            for path in paths:
                connection.get(path)
