"""The bench's servers: PostgreSQL, Redis, granian with the paper or with H, nginx, a worker."""

from __future__ import annotations

import contextlib
import gzip
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import redis
import services
from process import ROOT, end

from benching import machine

# What a machine of 2 GiB gives PostgreSQL; autovacuum would work while others are measured.
POSTGRES = ("-c", "shared_buffers=256MB", "-c", "autovacuum=off")
WORKERS, THREADS = 2, 4
# As docs/operators.md has it: what was needed once goes back to the machine.
MALLOC = {
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": "131072",
    "MALLOC_TRIM_THRESHOLD_": "131072",
}
GRANIAN = Path(sys.executable).with_name("granian")
NGINX = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
{user}
worker_processes 1;
events {{ }}
http {{
    access_log off;
    sendfile on;
    keepalive_requests 1000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/site;
        gzip_static on;
        default_type text/html;
    }}
}}
"""


@dataclass(frozen=True)
class Server:
    """Where it listens, and the process that began it."""

    port: int
    pid: int


@dataclass(frozen=True)
class Database:
    """A PostgreSQL of the bench's own."""

    url: str
    pid: int

    def named(self, name: str) -> str:
        """The URL of one of its databases."""
        return urlsplit(self.url)._replace(path=f"/{name}").geturl()

    def do(self, sql: str, name: str = "postgres") -> None:
        with psycopg.connect(self.named(name), autocommit=True) as connection:
            connection.execute(sql.encode())


@contextlib.contextmanager
def postgres() -> Iterator[Database]:
    """Raises SystemExit where none is installed: SQLite would measure something else."""
    os.environ.pop("TEST_POSTGRES_URL", None)
    with services.postgres(*POSTGRES) as url:
        if not url:
            raise SystemExit("The bench needs PostgreSQL; on Debian: apt install postgresql")
        with psycopg.connect(urlsplit(url)._replace(path="/postgres").geturl()) as connection:
            pid = machine.parent_of(connection.info.backend_pid)
        yield Database(url, pid)


@contextlib.contextmanager
def redis_server() -> Iterator[tuple[str, int]]:
    """URL and process of a Redis; an empty URL where none is installed."""
    os.environ.pop("TEST_REDIS_URL", None)
    with services.redis() as url:
        pid = int(redis.Redis.from_url(url).info("server")["process_id"]) if url else 0
        yield url, pid


def environment(database: str, port: int, folder: str, **more: str) -> dict[str, str]:
    """A server's settings."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "DEBUG": "0",
        "SECRET_KEY": "measures pages on this machine and signs nothing that anyone keeps",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "SITE_NAME": "Bench",
        "MAIL_URL": "smtp://127.0.0.1",
        "DATABASE_URL": database,
        "DATABASE_POOL": str(THREADS),
        "CACHE_URL": "",
        "VAR_DIR": folder,
        "PYTHONPATH": f"{ROOT}:{ROOT / 'tools'}",
        **more,
    }


def manage(env: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=env, check=True)


@contextlib.contextmanager
def paper(database: str, **more: str) -> Iterator[tuple[Server, dict[str, str]]]:
    """granian with the paper on that database, and the settings that it runs under."""
    port = services.free_port()
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        env = environment(database, port, folder, **more)
        with granian("newsroom.wsgi:application", port, folder, env) as server:
            yield server, env


@contextlib.contextmanager
def granian(application: str, port: int, folder: str, env: dict[str, str]) -> Iterator[Server]:
    """As docs/operators.md has it."""
    command: list[object] = [GRANIAN, "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", port, "--workers", WORKERS, "--blocking-threads", THREADS]
    command += ["--log-level", "warning", application]
    with services.started(command, port, folder, env=env | MALLOC) as process:
        yield Server(port, process.pid)


@contextlib.contextmanager
def plain() -> Iterator[Server]:
    """granian with H."""
    port = services.free_port()
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        env = {**os.environ, "PYTHONPATH": str(ROOT / "tools")}
        with granian("benching.plain:application", port, folder, env) as server:
            yield server


@contextlib.contextmanager
def nginx(page: bytes) -> Iterator[Server | None]:
    """nginx with the page as a file that is compressed already; None where it isn't installed."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        yield None
        return
    port = services.free_port()
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        site = Path(folder, "site")
        site.mkdir()
        site.joinpath("page.html").write_bytes(page)
        site.joinpath("page.html.gz").write_bytes(gzip.compress(page, 9))
        user = "" if os.geteuid() else "user root;"
        config = Path(folder, "nginx.conf")
        config.write_text(NGINX.format(folder=folder, port=port, user=user))
        command = [program, "-c", config, "-e", Path(folder, "error.log")]
        with services.started(command, port, folder) as process:
            yield Server(port, process.pid)


@contextlib.contextmanager
def worker(env: dict[str, str]) -> Iterator[int]:
    """`manage.py worker`; yields its process."""
    command = [sys.executable, "manage.py", "worker"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=env | MALLOC, start_new_session=True, stdout=subprocess.DEVNULL
    )
    try:
        yield process.pid
    finally:
        end(process)
