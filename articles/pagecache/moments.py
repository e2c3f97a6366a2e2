"""The moments ahead at which something appears or goes by itself, and the pages that they change.

Time makes an article live, not a job; so a kept page must end by itself at the next moment that
touches one of its tags. Each app registers its own kinds of moments in `AppConfig.ready()`.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from articles import dependencies
from articles.dependencies import Recording
from articles.pagecache import parts

# Whoever sets, moves or removes a moment announces this tag.
TAG = "moments"
# A page asks for moments after its own “now”, which may lie before the list was made.
MARGIN = timedelta(minutes=2)


class Moment(NamedTuple):
    """At `at` (UTC) something appears on, or with `hides` goes from, the pages of these tags."""

    at: datetime
    hides: bool
    tags: frozenset[str]


type Source = Callable[[datetime], Iterable[Moment]]


class Upcoming:
    """The moments after `since`, by tag."""

    def __init__(self, since: datetime, moments: Iterable[Moment]) -> None:
        self.since = since
        self.shows: dict[str, list[datetime]] = defaultdict(list)
        self.hides: dict[str, list[datetime]] = defaultdict(list)
        for moment in sorted(moments, key=lambda moment: moment.at):
            times = self.hides if moment.hides else self.shows
            for tag in moment.tags:
                times[tag].append(moment.at)


_sources: list[Source] = []


def register(source: Source) -> None:
    """Let `source(since)` name moments after `since`, of things that nobody sees yet as well."""
    if source not in _sources:
        _sources.append(source)


def settle(made: Recording) -> None:
    """End the recorded page, or part of one, at the next moments that touch it.

    Raises ValueError for a page so old that its moments are no longer known.
    """
    upcoming = parts.get(TAG, _find, lambda made: None)
    # Whoever sets a moment announces the pages that it touches as well. With this tag, each moment
    # anywhere would void every page there is.
    made.tags.discard(TAG)
    if made.now < upcoming.since:
        raise ValueError("The page was begun too long ago.")
    for times, hides in ((upcoming.shows, False), (upcoming.hides, True)):
        for tag in made.tags & times.keys():
            ahead = times[tag]
            place = bisect_right(ahead, made.now)
            if place < len(ahead):
                made.end(ahead[place], hides=hides)


def _find() -> Upcoming:
    dependencies.saw(TAG)
    since = dependencies.now() - MARGIN
    return Upcoming(since, [moment for source in _sources for moment in source(since)])
