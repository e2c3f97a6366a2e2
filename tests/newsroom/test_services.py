"""As on a server: Redis for the cache, PostgreSQL through its pool, in processes of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent
SERVER = {
    "DEBUG": "0",
    "SECRET_KEY": "only for tests: fifty characters that sign nothing anyone keeps",
    "SITE_URL": "https://www.example.com",
    "MAIL_URL": "smtp://127.0.0.1",
    "DJANGO_SETTINGS_MODULE": "newsroom.settings",
}


def run(program: str, tmp_path: Path, **env: str) -> str:
    """What a fresh process with a server's settings prints."""
    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{program}"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), **SERVER, **env},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_what_one_process_counts_in_redis_another_sees(redis_url, tmp_path) -> None:
    count = "from django.core.cache import cache; cache.add('n', 0, 60); print(cache.incr('n'))"
    clear = "from django.core.cache import cache; cache.delete('n')"
    run(clear, tmp_path, CACHE_URL=redis_url)
    assert [run(count, tmp_path, CACHE_URL=redis_url) for _ in range(3)] == ["1", "2", "3"]


def test_without_redis_the_processes_of_a_machine_share_files(tmp_path) -> None:
    run("from django.core.cache import cache; cache.set('kata', 'sama', 60)", tmp_path)
    assert run("from django.core.cache import cache; print(cache.get('kata'))", tmp_path) == "sama"


@pytest.mark.postgresql
@pytest.mark.django_db
def test_more_threads_than_connections_share_the_pool(tmp_path) -> None:
    program = """
from concurrent.futures import ThreadPoolExecutor
from django.db import connection
def ask(number):
    with connection.cursor() as cursor:
        cursor.execute('SELECT %s', [number])
        answer = cursor.fetchone()[0]
    connection.close()
    return answer
with ThreadPoolExecutor(8) as threads:
    print(sum(threads.map(ask, range(40))))
print(connection.pool.get_stats()['pool_max'])
connection.close_pool()
"""
    here = connection.settings_dict
    user = f"{here['USER']}:{here['PASSWORD']}".rstrip(":")
    url = f"postgres://{user}@{here['HOST']}:{here['PORT']}/{here['NAME']}"
    printed = run(program, tmp_path, DATABASE_URL=url, DATABASE_POOL="2")
    assert printed.split() == ["780", "2"]
