"""The freshness hammer: whatever is changed, no reader gets a page without it, and few are remade.

After the answer to each change, readers ask two servers that keep pages; what they get is compared,
byte for byte, with a page made anew as of the same second. Other readers ask all the while, so that
pages are made in the middle of changes too. Time leaps to the moments that were set, one second
before and right on them, with no worker running.
"""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from articles.models import Article, Section
from articles.slugs import make_slug
from tests.hammer import changes
from tests.hammer import paper as papers
from tests.hammer.paper import Paper
from tests.hammer.servers import Answer, Server

ENCODINGS = ("br", "gzip", "", "gzip, br")
SECOND = timedelta(seconds=1)
# Moments lie at full minutes; a leap now and then reaches them all.
LEAP_EVERY = 12
# How much is looked at after each change and each leap: near it, and anywhere.
NEAR, ANYWHERE = 6, 3
# During how many changes, the first ones, it is counted what readers get.
MEASURED = 100
PAUSE, HURRY = 0.01, 0.0005


@dataclass
class Report:
    """What the hammer saw."""

    seed: int
    changes: Counter[str] = field(default_factory=Counter)
    leaps: int = 0
    compared: int = 0
    stale: list[str] = field(default_factory=list)
    dropped: int = 0
    dropped_in_vain: int = 0
    # What readers got during so many changes: whether it was a hit.
    readers: Counter[bool] = field(default_factory=Counter)
    counted: int = 0
    failures: list[str] = field(default_factory=list)

    @property
    def excess(self) -> float:
        """Pages made anew, as a multiple of the least that was needed."""
        needed = self.dropped - self.dropped_in_vain
        return self.dropped / needed if needed else 1.0

    @property
    def hit_rate(self) -> float:
        asked = self.readers.total()
        return self.readers[True] / asked if asked else 0.0

    def lines(self) -> Iterator[str]:
        yield f"seed                 {self.seed}"
        yield f"changes              {self.changes.total()} of {len(self.changes)} kinds"
        yield f"leaps of time        {self.leaps}"
        yield f"compared             {self.compared}"
        yield f"stale reads          {len(self.stale)}"
        yield f"pages made anew      {self.dropped}, {self.excess:.2f} times the least"
        if self.readers:
            share = self.readers.total() / max(1, self.counted)
            words = f"{share:.0f} reads for each of {self.counted} changes"
            yield f"hit rate             {self.hit_rate:.1%} ({words})"
        yield from self.failures
        yield from self.stale[:10]


class Hammer:
    """One rehearsal. `servers` keep pages, `fresh` does not; `readers` is how many ask besides.

    With `reads` each of the first changes waits until the readers have asked that often since the
    last one: the hit rate says something only for a known number of reads for each change.
    """

    def __init__(
        self,
        paper: Paper,
        servers: list[Server],
        fresh: Server,
        seed: int,
        readers: int = 0,
        reads: int = 0,
    ) -> None:
        self.paper, self.servers, self.fresh = paper, servers, fresh
        self.random = paper.random
        self.report = Report(seed)
        self.now = timezone.now()
        self.readers, self.reads = readers, reads
        # Seconds between two questions of one reader; in a hurry while each change waits for them.
        self.pause = HURRY if reads else PAUSE
        self._last: dict[tuple[int, str], Answer] = {}
        self._over = threading.Event()
        paper.visit = self.visit

    def run(self, count: int) -> Report:
        """Make `count` changes, each kind as often as the others, in random order."""
        with self._readers():
            self.look(list(self.paper.paths))
            kinds: list[str] = []
            while self.report.changes.total() < count:
                kinds = kinds or self.random.sample(list(changes.KINDS), len(changes.KINDS))
                self.change(kinds.pop())
                if self.report.changes.total() % LEAP_EVERY == 0:
                    self.leap()
        return self.report

    def change(self, kind: str) -> None:
        """Make one change and look right after its answer."""
        self.now = max(self.now, timezone.now())
        near = changes.KINDS[kind](self.paper)
        if near is None:
            return
        self.report.changes[kind] += 1
        self.now = max(self.now, timezone.now())
        self.look_near(near, kind)
        if self.report.changes.total() <= MEASURED:
            self.report.counted += 1
            self._wait_for_readers()
        else:
            self.pause = PAUSE

    def look_near(self, near: list[str], after: str) -> None:
        """Compare what the change is about, and a few pages near it and anywhere in the paper."""
        near = list(dict.fromkeys(near))
        # Those at the beginning are what the change is about: both servers are asked for them.
        self.look(near[:4], after)
        others = list(self.paper.paths)
        paths = self.random.sample(near[4:], min(NEAR, len(near[4:])))
        paths += self.random.sample(others, min(ANYWHERE, len(others)))
        for path in dict.fromkeys(paths):
            self.look([path], after, [self.random.randrange(len(self.servers))])

    def _wait_for_readers(self) -> None:
        wanted = self.reads * self.report.changes.total()
        while self.report.readers.total() < wanted and not self.report.failures:
            time.sleep(0.01)

    def visit(self, paths: list[str]) -> None:
        """Let both servers keep what is there now."""
        for path in paths:
            for number, server in enumerate(self.servers):
                self._last[number, path] = server.get(path, self.now)

    def leap(self) -> None:
        """Go to the next moment that was set: a second before it, and right on it."""
        article, at = next_moment(self.now)
        if article is None or at is None:
            return
        near = near_then(article)
        if at - SECOND > self.now:
            self.now = at - SECOND
            self.look_near(near, f"one second before {at:%H:%M:%S}")
        self.now = at
        self.report.leaps += 1
        # Whichever page is asked for first, by whichever server: it is to be a page of now.
        first = self.random.choice(near)
        number = self.random.randrange(len(self.servers))
        answer = self.servers[number].get(first, at)
        near = papers.near(article) + near
        self.compare(number, first, answer, self.fresh.get(first, at), f"at {at:%H:%M:%S}, first")
        self.look_near(near, f"at {at:%H:%M:%S}")

    def look(
        self, paths: list[str], after: str = "the beginning", numbers: Iterable[int] = ()
    ) -> None:
        """Compare what servers say (all, or these) with a page made anew, as of the same second."""
        for path in paths:
            # First those that keep pages: what is due at a moment is theirs to do.
            asked = {
                number: self.servers[number].get(path, self.now, self.random.choice(ENCODINGS))
                for number in numbers or range(len(self.servers))
            }
            fresh = self.fresh.get(path, self.now)
            for number, kept in asked.items():
                self.compare(number, path, kept, fresh, after)

    def compare(self, number: int, path: str, kept: Answer, fresh: Answer, after: str) -> None:
        self.report.compared += 1
        if kept.said != fresh.said:
            what = difference(kept, fresh)
            self.report.stale.append(f"STALE after {after}: {path} on server {number}: {what}")
        last = self._last.get((number, path))
        # Searches end by themselves after ten seconds: that says nothing about purges.
        if last and not kept.was_kept and kept.story and not path.startswith("/cari/"):
            self.report.dropped += 1
            self.report.dropped_in_vain += last.said == kept.said
        if kept.story:
            self._last[number, path] = kept

    @contextmanager
    def _readers(self) -> Iterator[None]:
        threads = [threading.Thread(target=self._read, args=[n]) for n in range(self.readers)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._over.set()
            for thread in threads:
                thread.join()

    def _read(self, number: int) -> None:
        """Ask all the time, mostly for what most ask for: the first paths are the favourites."""
        mine = random.Random(number)
        while not self._over.wait(self.pause):
            paths = list(self.paper.paths)
            path = paths[min(int(mine.paretovariate(0.6)) - 1, len(paths) - 1)]
            server = self.servers[mine.randrange(len(self.servers))]
            try:
                answer = server.get(path, self.now, "br")
            except Exception as error:
                self.report.failures.append(f"A reader got no answer: {path}: {error!r}")
                return
            if answer.story and self.report.changes.total() <= MEASURED:
                self.report.readers[answer.was_kept] += 1
            if answer.status >= 500:
                self.report.failures.append(f"A reader got {answer.status}: {path}")


def next_moment(now: datetime) -> tuple[Article | None, datetime | None]:
    """Which article appears, changes, ends or closes its comments next after `now`, and when."""
    names = ("published_at", "unpublish_at", "comments_close_at", "change_at")
    ahead = Q(*((f"{name}__gt", now) for name in names), _connector=Q.OR)
    waiting = Article.objects.filter(ahead, status=Article.Status.PUBLISHED).order_by("id")
    found = [
        (at, article)
        for article in waiting
        for at in (getattr(article, name) for name in names)
        if at and at > now
    ]
    at, article = min(found, key=lambda pair: pair[0], default=(None, None))
    return article, at


def near_then(article: Article) -> list[str]:
    """Where it shows now, and where its scheduled change will bring it."""
    near = papers.near(article)
    if article.scheduled_revision is None:
        return near
    content = article.scheduled_revision.content
    section = Section.objects.get(pk=content["fields"]["section_id"])
    near += [f"/{section.slug}/", f"/{section.slug}/feed/"]
    near.append(f"/{section.slug}/{article.pk}/{content['fields']['slug']}/")
    return near + [f"/tag/{make_slug(name)}/" for name in content["tags"]]


def difference(kept: Answer, fresh: Answer) -> str:
    """Where the two part, in a few words."""
    if kept.status != fresh.status:
        return f"{kept.status} instead of {fresh.status} ({kept.story})"
    if kept.headers != fresh.headers:
        return f"headers {sorted(kept.headers ^ fresh.headers)}"
    pairs = zip(kept.body, fresh.body, strict=False)
    place = next((n for n, (a, b) in enumerate(pairs) if a != b), 0)
    around = slice(max(0, place - 60), place + 60)
    return f"{kept.story}: {kept.body[around]!r} instead of {fresh.body[around]!r}"
