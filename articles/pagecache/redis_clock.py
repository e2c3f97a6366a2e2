"""The clock in Redis, for several machines: epoch, clock and stamps are fields of one hash.

So they are lost together or not at all. One Redis, no failover to a replica: a stamp that a
failover forgets would make a stale page true again.
"""

import os
import secrets
import threading
from collections.abc import Iterable
from importlib import import_module
from typing import Any

from articles.pagecache.clocks import ClockDown, Reading

# A connection of redis-py's; its methods have no types.
type Connection = Any

KEY = "newsroom:clock"
# Seconds. A Redis that does not answer must not keep a reader waiting.
PATIENCE = 0.25
# A paper changes some hundred things a day; what grew beyond this is begun anew.
MOST_STAMPS = 1_000_000
STAMP = "t:"

# A Redis that has started anew may have lost stamps, or brought old ones back from its disk.
ARRIVE = """
if redis.call('HGET', KEYS[1], 'run') ~= ARGV[1] then
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], 'run', ARGV[1], 'epoch', ARGV[2], 'clock', 0)
end
"""
# Whoever sees first that there is no epoch makes one.
BEGIN = """
redis.call('HSETNX', KEYS[1], 'epoch', ARGV[1])
redis.call('HSETNX', KEYS[1], 'clock', 0)
return redis.call('HMGET', KEYS[1], 'epoch', 'clock')
"""
BUMP = """
if redis.call('HEXISTS', KEYS[1], 'epoch') == 0 or redis.call('HLEN', KEYS[1]) > tonumber(ARGV[2])
then
  local run = redis.call('HGET', KEYS[1], 'run')
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], 'epoch', ARGV[1])
  if run then redis.call('HSET', KEYS[1], 'run', run) end
end
local clock = redis.call('HINCRBY', KEYS[1], 'clock', 1)
for i = 3, #ARGV do redis.call('HSET', KEYS[1], ARGV[i], clock) end
return clock
"""
RENEW = """
redis.call('HSET', KEYS[1], 'epoch', ARGV[1])
return redis.call('HINCRBY', KEYS[1], 'clock', 1)
"""


def new_epoch() -> str:
    return secrets.token_hex(12)


class RedisClock:
    """See clocks.Clock. Each thread has a connection of its own, which saves a pool's work."""

    def __init__(self, url: str) -> None:
        # Its parts import each other: two threads that began with a part each would both get half.
        # Not at the head of this file: a paper without Redis has no such package.
        import_module("redis")
        self._url = url
        self._local = threading.local()

    def read(self) -> Reading:
        epoch, clock = self._ask("HMGET", KEY, "epoch", "clock")
        if epoch is None or clock is None:
            epoch, clock = self._ask("EVAL", BEGIN, 1, KEY, new_epoch())
        return Reading(epoch, int(clock))

    def newest(self, tags: Iterable[str]) -> Reading:
        epoch, *stamps = self._ask("HMGET", KEY, "epoch", *(STAMP + tag for tag in tags))
        return Reading(epoch or b"", max((int(stamp or 0) for stamp in stamps), default=0))

    def bump(self, tags: Iterable[str]) -> None:
        stamps = [STAMP + tag for tag in tags]
        self._ask("EVAL", BUMP, 1, KEY, new_epoch(), MOST_STAMPS, *stamps)

    def renew(self) -> None:
        self._ask("EVAL", RENEW, 1, KEY, new_epoch())

    def info(self, section: str) -> str:
        """What Redis says of itself; raises ClockDown."""
        told: bytes = self._ask("INFO", section)
        return told.decode()

    def _ask(self, *command: Any) -> Any:
        """One command, once more on a new connection: the kept one may have been closed.

        Not after a silence, which a second question would only make longer.
        """
        from redis.exceptions import RedisError
        from redis.exceptions import TimeoutError as Silence

        connection = self._connection()
        for last in (False, True):
            try:
                connection.send_command(*command)
                return connection.read_response()
            except (RedisError, OSError) as error:
                connection.disconnect()
                if last or isinstance(error, Silence):
                    raise ClockDown(f"Redis: {error}") from error
            except BaseException:
                # Stopped half-way: the answer that is still to come belongs to no other question.
                connection.disconnect()
                raise
        raise AssertionError

    def _connection(self) -> Connection:
        """This thread's own; one that a parent process made is not."""
        kept: tuple[int, Connection] | None = getattr(self._local, "kept", None)
        if kept is None or kept[0] != os.getpid():
            self._local.kept = kept = (os.getpid(), self._make())
        return kept[1]

    def _make(self) -> Connection:
        from redis.backoff import NoBackoff
        from redis.connection import ConnectionPool
        from redis.retry import Retry

        pool = ConnectionPool.from_url(
            self._url,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            retry=Retry(NoBackoff(), 0),
            redis_connect_func=arrive,
            protocol=2,
        )
        return pool.make_connection()


def arrive(connection: Connection) -> None:
    """On every new connection, before its first command: is this the run of Redis that kept it?"""
    connection.on_connect()
    connection.send_command("INFO", "server")
    lines = connection.read_response().decode().splitlines()
    run = next(line.partition(":")[2] for line in lines if line.startswith("run_id:"))
    connection.send_command("EVAL", ARRIVE, 1, KEY, run, new_epoch())
    connection.read_response()
