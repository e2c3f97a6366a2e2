"""A short storm; `make storm ROUNDS=1000 SEED=7` makes a long one. See tests/storm."""

import os
import random
import sys

import pytest

from tests.background import database_url
from tests.storm.storm import Server, Storm

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

ROUNDS = int(os.environ.get("STORM_ROUNDS", "20"))
SEED = int(os.environ.get("STORM_SEED") or random.randrange(10**6))


def test_whatever_fails_no_typed_word_is_lost(chromium, tmp_path, capsys) -> None:
    env = {"DATABASE_URL": database_url(), "VAR_DIR": str(tmp_path), "CACHE_URL": ""}
    server = Server(env | {"DEBUG": "1", "DATABASE_POOL": "0"}, tmp_path / "server.log")
    try:
        report = Storm(chromium, server, SEED).run(ROUNDS)
    finally:
        server.kill()
    told = "\n".join(report.lines())
    with capsys.disabled():
        sys.stdout.write(f"\n{told}\n")
    assert report.typed, told
    assert not report.lost, told
