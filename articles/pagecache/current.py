"""The one clock of this process, as the settings name it."""

from functools import cache
from pathlib import Path

from django.conf import settings

from articles.pagecache.clocks import Clock
from articles.pagecache.mapped_clock import MappedClock
from articles.pagecache.redis_clock import RedisClock


def clock() -> Clock:
    """The clock that settings.PAGE_CLOCK names: an address of Redis, or the path of a file."""
    return _clock(settings.PAGE_CLOCK)


@cache
def _clock(place: str) -> Clock:
    return RedisClock(place) if "://" in place else MappedClock(Path(place))
