"""The moments ahead at which something appears or goes by itself, and the pages that they change.

Time makes an article live, not a job; so a kept page must end by itself at the next moment that
touches one of its tags. Each app registers its own kinds of moments in `AppConfig.ready()`.
"""

import time
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import close_old_connections

from articles import dependencies
from articles.dependencies import Recording
from articles.pagecache import parts
from articles.pagecache.clocks import Reading

# Whoever sets, moves or removes a moment announces this tag.
TAG = "moments"
# A page asks for moments after its own “now”, which may lie before the list was made.
MARGIN = timedelta(minutes=2)
# Without a clock nobody tells that an act was added: so often, in seconds, it is looked up.
LOOK_EVERY = 1.0


class Moment(NamedTuple):
    """At `at` (UTC) something appears on, or with `hides` goes from, the pages of these tags."""

    at: datetime
    hides: bool
    tags: frozenset[str]


class Act(NamedTuple):
    """What must be done before a page of the time `at` (UTC), or of a later one, is made.

    `do` is given the page's time. It may be called twice, and by two processes at once.
    """

    at: datetime
    do: Callable[[datetime], object]


type Source = Callable[[datetime], Iterable[Moment]]
type Acts = Callable[[], Iterable[Act]]


class Upcoming:
    """The moments after `since`, by tag, and all acts that are not done yet."""

    def __init__(
        self, since: datetime, moments: Iterable[Moment], acts: Iterable[Act] = ()
    ) -> None:
        self.since = since
        self.acts = list(acts)
        self.shows: dict[str, list[datetime]] = defaultdict(list)
        self.hides: dict[str, list[datetime]] = defaultdict(list)
        for moment in sorted(moments, key=lambda moment: moment.at):
            times = self.hides if moment.hides else self.shows
            for tag in moment.tags:
                times[tag].append(moment.at)


_sources: list[Source] = []
_acts: list[Acts] = []
# For pages that are made without a clock: when the acts were looked up last, and which they were.
_looked: tuple[float, list[Act]] = (float("-inf"), [])


def register(source: Source) -> None:
    """Let `source(since)` name moments after `since`, of things that nobody sees yet as well."""
    if source not in _sources:
        _sources.append(source)


def register_acts(source: Acts) -> None:
    """Let `source()` name the acts that are not done yet, those that are overdue as well.

    Whoever adds or removes one announces TAG, and a Moment names the pages that it changes.
    """
    if source not in _acts:
        _acts.append(source)


def prepare(made: Recording) -> bool:
    """Do what is due at the page's time, before its first query; whether there was anything.

    What is due is known by heart: a page of which nothing is due costs no query for it.
    """
    # This comes before Django's request begins, which would look after the connection.
    close_old_connections()
    due = [act for act in _known_acts(made) if act.at <= made.now]
    for act in due:
        act.do(made.now)
    return bool(due)


def _known_acts(made: Recording) -> list[Act]:
    global _looked
    if isinstance(made.clock, Reading):
        return parts.get(TAG, _find, lambda made: None).acts
    if time.monotonic() - _looked[0] >= LOOK_EVERY:
        _looked = time.monotonic(), [act for source in _acts for act in source()]
    return _looked[1]


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
    moments = [moment for source in _sources for moment in source(since)]
    return Upcoming(since, moments, [act for source in _acts for act in source()])
