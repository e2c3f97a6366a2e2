"""Redis as a process that a test may kill, and programs that kill themselves."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[3]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class RedisServer:
    """A Redis that keeps its dump in `folder` and writes it when it is told to, never by itself."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *options: str) -> None:
        """Start, from the dump if there is one, and wait until it answers."""
        place = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder)]
        self.process = subprocess.Popen(
            ["redis-server", *place, "--save", "", "--appendonly", "no", *options],
            stdout=subprocess.DEVNULL,
        )
        for _ in range(200):
            try:
                if self.say("PING").startswith("+PONG"):
                    return
            except OSError:
                pass
            time.sleep(0.05)
        raise AssertionError("redis-server does not answer")

    def say(self, command: str) -> str:
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as line:
            line.sendall(f"{command}\r\n".encode())
            return line.recv(4096).decode()

    def kill(self) -> None:
        """As by a power cut: nothing is written."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def forget(self) -> None:
        """Remove the dump."""
        (self.folder / "dump.rdb").unlink(missing_ok=True)


def database_url() -> str:
    """The address of the database that this test uses."""
    here = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{here['NAME']}"
    user = f"{here['USER']}:{here['PASSWORD']}".rstrip(":")
    return f"postgres://{user}@{here['HOST']}:{here['PORT']}/{here['NAME']}"


def run(program: str, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Let a program end, in a process of its own over the same database."""
    given = {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "DEBUG": "1",
        "SECRET_KEY": settings.SECRET_KEY,
        "SITE_URL": settings.SITE_URL,
        "VAR_DIR": str(settings.VAR_DIR),
        "DATABASE_POOL": "0",
        "PATH": os.environ["PATH"],
    }
    return subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{program}", *arguments],
        cwd=ROOT,
        env=given | env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
