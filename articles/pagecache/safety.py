"""Every setting under which readers could get stale pages, or the page cache would keep none.

Found by `manage.py check`; what Redis itself must say, by `manage.py check --deploy`.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks

from articles.pagecache.clocks import ClockDown
from articles.pagecache.redis_clock import RedisClock

APPLICATION = "newsroom.wsgi.application"
MOST_EDGE_SECONDS = 5
MOUNTS = Path("/proc/mounts")
# File systems on which a lock or a shared mapping does not hold between machines.
NETWORK = ("nfs", "cifs", "smb", "9p", "fuse", "ceph", "glusterfs", "afs", "ocfs", "gfs", "lustre")
CACHES_OF_ITS_OWN = (
    "django.middleware.cache.UpdateCacheMiddleware",
    "django.middleware.cache.FetchFromCacheMiddleware",
)
LANGUAGE_OF_THE_READER = "django.middleware.locale.LocaleMiddleware"
PACKER = "django.middleware.gzip.GZipMiddleware"
TELLER = "articles.middleware.LateChangeMiddleware"
MESSAGES = "django.contrib.messages.middleware.MessageMiddleware"
# The name of a class is enough: who wraps one keeps it.
SHARED_CACHES = (
    "RedisCache",
    "ForgivingRedisCache",
    "PyMemcacheCache",
    "PyLibMCCache",
    "DatabaseCache",
)
READ_COMMITTED = {None, 2, "read committed", "READ COMMITTED"}


class Finding(NamedTuple):
    """One thing that is wrong, and what to write instead."""

    kind: type[checks.CheckMessage]
    id: str
    text: str
    hint: str


def settings_found() -> Iterator[Finding]:
    """What the settings say, without asking anybody."""
    for look in (_databases, _middleware, _addresses, _limits, _clock_place):
        yield from look()


def _databases() -> Iterator[Finding]:
    here: dict[str, Any] = dict(settings.DATABASES["default"])
    if here.get("AUTOCOMMIT") is False:
        yield error(
            "010",
            "AUTOCOMMIT is off: a page may be made from what was true long before it is kept.",
            "Remove AUTOCOMMIT from DATABASES.",
        )
    if len(settings.DATABASES) > 1 or settings.DATABASE_ROUTERS:
        yield error(
            "011",
            "There is a second database or a router: a replica that lags would be kept as news.",
            "Keep one database in DATABASES and no DATABASE_ROUTERS; replicas are not supported.",
        )
    if here.get("ATOMIC_REQUESTS"):
        yield warning(
            "010",
            "ATOMIC_REQUESTS is on: a change is announced only after its page of answer was made.",
            "Remove ATOMIC_REQUESTS: the writers open their own transactions.",
        )
    if here.get("OPTIONS", {}).get("isolation_level") not in READ_COMMITTED:
        yield warning(
            "011",
            "Transactions are isolated more strictly than the writers expect.",
            "Remove isolation_level from the OPTIONS of DATABASES (read committed is right).",
        )


def _middleware() -> Iterator[Finding]:
    names = list(settings.MIDDLEWARE)
    if set(names) & set(CACHES_OF_ITS_OWN):
        yield error(
            "012",
            "Django's own cache middleware keeps pages by time, whatever has changed.",
            "Remove UpdateCacheMiddleware and FetchFromCacheMiddleware from MIDDLEWARE.",
        )
    if LANGUAGE_OF_THE_READER in names:
        yield error(
            "013",
            "LocaleMiddleware makes a page depend on its reader's language.",
            "Remove it: MemberLanguageMiddleware serves those who have logged in.",
        )
    if TELLER not in names or MESSAGES not in names[: names.index(TELLER)]:
        yield warning(
            "012",
            "Nobody is told when readers will see a change late.",
            f"Put {TELLER} behind {MESSAGES}.",
        )
    if PACKER in names:
        yield warning(
            "013",
            "GZipMiddleware packs pages before they can be kept: none is.",
            "Remove it: the page cache packs for each browser what it takes.",
        )


def _addresses() -> Iterator[Finding]:
    if settings.USE_X_FORWARDED_HOST or settings.FORCE_SCRIPT_NAME:
        yield error(
            "014",
            "The address that Django sees is not the one by which pages are kept.",
            "Remove USE_X_FORWARDED_HOST and FORCE_SCRIPT_NAME; let the proxy pass on Host.",
        )
    if settings.WSGI_APPLICATION != APPLICATION:
        yield warning(
            "014",
            "WSGI_APPLICATION is not ours: pages are served without the page cache.",
            f"Set WSGI_APPLICATION to {APPLICATION} and start the server with it.",
        )


def _limits() -> Iterator[Finding]:
    if settings.SESSION_SAVE_EVERY_REQUEST:
        yield warning(
            "015",
            "SESSION_SAVE_EVERY_REQUEST sets a cookie with each page: none is kept.",
            "Remove it.",
        )
    if settings.EDGE_SECONDS > MOST_EDGE_SECONDS:
        yield warning(
            "016",
            f"A proxy in front may show a page {settings.EDGE_SECONDS} s after it changed.",
            f"Set EDGE_SECONDS to {MOST_EDGE_SECONDS} or less; 1 is right for nginx.",
        )
    if settings.PAGE_CACHE_MB == 0:
        yield warning(
            "017",
            "PAGE_CACHE_MB is 0: hardly a page is kept.",
            "Set it to 16 or more, or PAGE_CACHE=0.",
        )


def _clock_place() -> Iterator[Finding]:
    place = settings.PAGE_CLOCK
    if "://" in place:
        hosts = urlsplit(place).netloc
        if "," in hosts or urlsplit(place).scheme not in {"redis", "rediss", "unix"}:
            yield error(
                "015",
                "The page cache's clock is spread over several Redis: a failover forgets changes.",
                "Name one Redis in CACHE_URL, no sentinel and no cluster.",
            )
        return
    backend = str(settings.CACHES["default"]["BACKEND"])
    if backend.rpartition(".")[2] in SHARED_CACHES:
        yield warning(
            "018",
            "The cache is shared by machines, but the page cache's clock is a file of this one.",
            "With more than one machine set CACHE_URL=redis://…; with one this is right.",
        )
    yield from _file_found(Path(place).absolute().parent)


def _file_found(folder: Path) -> Iterator[Finding]:
    existing = next(above for above in (folder, *folder.parents) if above.exists())
    if kind := file_system(existing):
        yield warning(
            "019",
            f"The page cache's clock is on {kind}: between machines no lock holds there.",
            "Put VAR_DIR on a disk of this machine, or use Redis (CACHE_URL).",
        )
    if not os.access(existing, os.W_OK | os.X_OK) or not existing.is_dir():
        yield error(
            "016",
            f"The page cache's clock can't be written in {folder}.",
            "Give the server's user the folder VAR_DIR, and run commands as the same user.",
        )


def file_system(folder: Path) -> str:
    """The kind of network file system that `folder` is on; empty if it is none, or unknown."""
    try:
        lines = MOUNTS.read_text().splitlines()
    except OSError:
        return ""
    mounts = [line.split()[1:3] for line in lines if len(line.split()) > 2]
    path = folder.resolve()
    above = [(len(point), kind) for point, kind in mounts if path.is_relative_to(point)]
    kind = max(above, default=(0, ""))[1]
    return kind if kind.startswith(NETWORK) else ""


def redis_found() -> Iterator[Finding]:
    """What Redis says of itself, if the clock is there."""
    if "://" not in settings.PAGE_CLOCK:
        return
    try:
        policy, role = _asked(RedisClock(settings.PAGE_CLOCK))
    except ClockDown as failure:
        yield warning(
            "020",
            f"The page cache's clock does not answer: {failure}",
            "Start Redis, or correct CACHE_URL; until then every page is made anew.",
        )
        return
    if role != "master":
        yield error(
            "020",
            f"The Redis of CACHE_URL is a {role}: what it has not heard of yet is shown as news.",
            "Name the one Redis that is written to.",
        )
    if policy != "noeviction" and not policy.startswith("volatile-"):
        yield warning(
            "021",
            f"Redis may throw the page cache's clock away ({policy}), and all kept pages with it.",
            "Set maxmemory-policy to noeviction or volatile-lru.",
        )


def _asked(clock: RedisClock) -> tuple[str, str]:
    """Redis's policy and its role, in its own words."""
    memory, replication = (fields(clock.info(part)) for part in ("memory", "replication"))
    return memory.get("maxmemory_policy", "noeviction"), replication.get("role", "master")


def fields(text: str) -> dict[str, str]:
    """The lines `name:value` of an answer to INFO."""
    pairs: Iterator[Any] = (line.partition(":") for line in text.splitlines())
    return {name: value for name, _, value in pairs}


def _maker(kind: type[checks.CheckMessage], letter: str) -> Callable[[str, str, str], Finding]:
    return lambda number, text, hint: Finding(kind, f"articles.{letter}{number}", text, hint)


error, warning = _maker(checks.Error, "E"), _maker(checks.Warning, "W")
