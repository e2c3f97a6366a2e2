"""The freshness hammer on this database, and that it can fail: see tests/hammer."""

import os
import random
import sys

import pytest
from django.db import connection
from django.test import override_settings

from tests.hammer import paper as papers
from tests.hammer.hammer import Hammer
from tests.hammer.servers import processes

pytestmark = pytest.mark.django_db(transaction=True)

# `make test` makes 200 changes, half with Redis and half without; `make hammer` as many as wanted.
CHANGES = int(os.environ.get("HAMMER_CHANGES", "200"))
SEED = int(os.environ.get("HAMMER_SEED") or random.randrange(10**6))
MOST_EXCESS = 2.0


def database_url() -> str:
    """The database that this test writes, for processes of its own."""
    here = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{here['NAME']}"
    user = f"{here['USER']}:{here['PASSWORD']}".rstrip(":")
    return f"postgres://{user}@{here['HOST']}:{here['PORT']}/{here['NAME']}"


@pytest.fixture(params=["file", "redis"])
def place(request, tmp_path) -> tuple[str, dict[str, str]]:
    """Where the clock is, and the servers' environment that says so."""
    if request.param == "file":
        return f"{tmp_path}/page-clock", {"CACHE_URL": "", "VAR_DIR": str(tmp_path)}
    url = request.getfixturevalue("redis_url").rpartition("/")[0] + "/9"
    return url, {"CACHE_URL": url, "VAR_DIR": str(tmp_path)}


def test_no_reader_of_two_servers_gets_a_page_of_before(place, tmp_path, capsys) -> None:
    where, env = place
    env |= {"DATABASE_URL": database_url(), "DATABASE_POOL": "4"}
    with override_settings(PAGE_CLOCK=where), processes(env, tmp_path / "log") as (one, two, fresh):
        hammer = Hammer(papers.build(SEED), [one, two], fresh, SEED, readers=2)
        report = hammer.run(CHANGES // 2)
    told = "\n".join(report.lines())
    with capsys.disabled():
        sys.stdout.write(f"\n{told}\n")
    assert not report.stale, told
    assert not report.failures, told
    assert report.excess <= MOST_EXCESS, told
    # How many of them were hits depends on the machine's speed: `make hammer` holds it to that.
    assert report.readers[True] > report.readers[False] > 0, told
