"""The shared cache, which nobody needs so much that a reader should see an error without it.

It counts log-ins and mails, so that nobody tries for ever. While Redis is away those limits are
open, which a line in the log says, and everything else goes on.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import RedisError  # the whole before its parts, see RedisClock
from redis.backoff import NoBackoff
from redis.retry import Retry

from articles.pagecache.breaker import DEAR, Breaker

log = logging.getLogger(__name__)

# Seconds. A Redis that does not answer must not keep a person waiting.
PATIENCE = 0.25
_breaker = Breaker("The cache in Redis (no limit on log-ins and mails is counted meanwhile)", DEAR)


class ForgivingClient(RedisCacheClient):
    """Each call as Redis answers it, or as if nothing had been kept and everything were free."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        patient = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
        super().__init__(servers, retry=Retry(NoBackoff(), 0), **(patient | options))

    def add(self, key: Any, value: Any, timeout: Any) -> bool:
        return bool(ask(super().add, key, value, timeout, otherwise=True))

    def get(self, key: Any, default: Any) -> Any:
        return ask(super().get, key, default, otherwise=default)

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        ask(super().set, key, value, timeout)

    def touch(self, key: Any, timeout: Any) -> bool:
        return bool(ask(super().touch, key, timeout))

    def delete(self, key: Any) -> bool:
        return bool(ask(super().delete, key))

    def get_many(self, keys: Any) -> dict[Any, Any]:
        return dict(ask(super().get_many, keys, otherwise={}))

    def has_key(self, key: Any) -> bool:
        return bool(ask(super().has_key, key))

    def incr(self, key: Any, delta: Any) -> Any:
        return ask(super().incr, key, delta, otherwise=delta)

    def set_many(self, data: Any, timeout: Any) -> None:
        ask(super().set_many, data, timeout)

    def delete_many(self, keys: Any) -> None:
        ask(super().delete_many, keys)

    def clear(self) -> bool:
        return bool(ask(super().clear))


def ask(call: Callable[..., Any], *arguments: Any, otherwise: Any = None) -> Any:
    """What Redis says; `otherwise` while it does not answer, which is asked every five seconds."""
    if _breaker.refuses():
        return otherwise
    works = True
    try:
        return call(*arguments)
    except RedisError as error:
        works = False
        log.info("%s", error)
        return otherwise
    finally:
        _breaker.end(works=works)


class ForgivingRedisCache(RedisCache):
    """Django's cache in Redis, without its errors."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = ForgivingClient
