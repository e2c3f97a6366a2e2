"""What stands on the front page, and in which shape: four queries at most, at any size of paper."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, takewhile
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, TextField

from articles import dependencies, paging, reading
from articles.models import Article, Section
from articles.prepared import Prepared
from articles.querysets import ArticleQuerySet

NEWEST = 20
RANK = 5
RIVER = 7
IN_MODULE = 4
FULL = 3
SIDE_BY_SIDE = {2: "half", 3: "third", 4: "quarter"}
MOST_MODULES = 10
VOICES = {Article.Kind.OPINION, Article.Kind.EDITORIAL, Article.Kind.ANALYSIS}


class Ids(Subquery):
    """The `pk` of what a subquery finds, in its order: a list on PostgreSQL, JSON on SQLite."""

    template = "ARRAY(%(subquery)s)"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        template = "(SELECT json_group_array(pk) FROM (%(subquery)s))"
        return self.as_sql(compiler, connection, template=template)

    @staticmethod
    def read(value: str | list[int]) -> list[int]:
        return json.loads(value) if isinstance(value, str) else value


@dataclass(frozen=True)
class Module:
    """A section's place on the front page."""

    section: Section
    articles: list[Article]
    shape: str


@dataclass(frozen=True)
class Front:
    """One story dominates, a few follow, the latest flow beside them; then section by section.

    Paid texts flow with the rest and stand in their section, but never on top (PPMS butir 6a).
    """

    lead: Article | None
    rank: list[Article]
    river: list[Article]
    modules: list[Module]


def compose(now: datetime) -> Front:
    """The front page as it is at `now`."""
    dependencies.saw("list:front", "list:menu")
    newest: list[Article] = _newest(now)
    reports = [article for article in newest if article.kind != Article.Kind.ADVERTORIAL]
    top = reports[: 1 + RANK] or newest[:1]
    lead = choose_lead(top)
    rank = [article for article in top if article is not lead]
    taken = [article.pk for article in top]
    river = [article for article in newest if article.pk not in taken][:RIVER]
    return Front(lead, rank, river, modules(now, taken))


def choose_lead(top: list[Article]) -> Article | None:
    """The newest that has a picture to carry the page; the newest if none has."""
    pictured = (a for a in top if a.lead_image and a.lead_image.ready)
    return next(pictured, top[0] if top else None)


def modules(now: datetime, taken: list[int]) -> list[Module]:
    """The newest of each section of the first level that are not on top of the page already."""
    by_section = newest_by_section(now, taken)
    filled = [(section, found) for section, found in by_section if found][:MOST_MODULES]
    voices = [is_voices(found) for _, found in filled]
    # Of all cards only those of opinions name their authors.
    opinions = [found for (_, found), own in zip(filled, voices, strict=True) if own]
    reading.sign(list(chain.from_iterable(opinions)), "card")
    looks = shapes([len(found) for _, found in filled], voices)
    return [Module(*pair, shape) for pair, shape in zip(filled, looks, strict=True)]


def newest_by_section(now: datetime, taken: list[int]) -> list[tuple[Section, list[Article]]]:
    """First-level sections with their newest articles, those of the sections below included.

    The ids come from one indexed look for each section, so that the time does not grow with the
    archive; a window function would read all of it.
    """
    sections: list[Any] = _sections(now, tuple(taken))
    ids = [Ids.read(section.newest) for section in sections]
    cards = {card.pk: card for card in paging.cards(list(chain.from_iterable(ids)), now)}
    found = [[cards[pk] for pk in own if pk in cards] for own in ids]
    return list(zip(sections, found, strict=True))


@Prepared
def _newest(now: datetime) -> ArticleQuerySet:
    return Article.objects.live(now).for_cards().newest()[:NEWEST]


@Prepared
def _sections(now: datetime, taken: tuple[int, ...]) -> QuerySet[Section]:
    own = Article.objects.live(now).filter(top_section=OuterRef("pk")).exclude(pk__in=taken)
    newest = Ids(own.newest().values("pk")[:IN_MODULE])
    return Section.objects.filter(parent=None).annotate(newest=newest)


def is_voices(articles: list[Article]) -> bool:
    """Whether these are opinions rather than reports: they are set apart, without pictures."""
    return all(article.kind in VOICES for article in articles)


def shapes(counts: list[int], voices: list[bool]) -> list[str]:
    """A shape for each module, by how much it has to show and by who stands beside it.

    A full section takes the whole width, now as a feature, now as a row; two full ones in
    succession share it after that. Small ones stand side by side, up to four.
    """
    chosen: list[str] = []
    wide = 0
    while (at := len(chosen)) < len(counts):
        full = _run(counts, voices, at, lambda count: count >= FULL)
        small = _run(counts, voices, at, lambda count: count < FULL)
        if voices[at]:
            chosen.append("voices")
        elif full >= 2 and chosen and chosen[-1] in {"feature", "row"}:
            chosen += ["half", "half"]
        elif full or small == 1:
            chosen.append("row" if full and wide % 2 else "feature")
            wide += 1
        else:
            together = small if small <= 4 else 4 if small in {7, 8} else 3
            chosen += [SIDE_BY_SIDE[together]] * together
    return chosen


def _run(counts: list[int], voices: list[bool], at: int, fits: Callable[[int], bool]) -> int:
    """How many modules from `at` on fit, one after the other."""
    rest = zip(counts[at:], voices[at:], strict=True)
    return sum(1 for _ in takewhile(lambda pair: fits(pair[0]) and not pair[1], rest))
