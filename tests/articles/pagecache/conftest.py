"""The page cache's clock in both of its stores; each test has a key or a file of its own."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from articles.pagecache import Clock, current, fragments, redis_clock
from articles.pagecache.mapped_clock import MappedClock
from articles.pagecache.redis_clock import RedisClock
from tests.articles.pagecache.servers import RedisServer
from tests.articles.pagecache.toy import Stand


@pytest.fixture(autouse=True)
def _no_part_is_kept() -> Iterator[None]:
    """Parts of pages are kept by process; a test is a process of its own."""
    fragments.clear()
    yield
    fragments.clear()


@pytest.fixture
def mapped(tmp_path: Path) -> MappedClock:
    return MappedClock(tmp_path / "page-clock")


@pytest.fixture
def shared(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[RedisClock]:
    key = f"newsroom:test:{uuid4()}"
    monkeypatch.setattr(redis_clock, "KEY", key)
    clock = RedisClock(redis_url)
    yield clock
    clock._ask("DEL", key)
    clock._connection().disconnect()


@pytest.fixture(params=["mapped", "shared"])
def clock(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Both clocks, one after the other; the process's own clock meanwhile."""
    made: Clock = request.getfixturevalue(request.param)
    monkeypatch.setattr(current, "clock", lambda: made)
    return made


@pytest.fixture
def stand(clock: Clock) -> Stand:
    return Stand(clock)


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    """A Redis of the test's own, to be killed and brought back."""
    if not shutil.which("redis-server"):
        pytest.skip("there is no redis-server on this machine")
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.kill()
