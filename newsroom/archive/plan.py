"""What an archive holds: how much, in which state, from when. Pure arithmetic from a few numbers.

Everything is asked by an article's number, 0 for the oldest, so that any part of an archive can be
made alone, in any process.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from math import log
from typing import Any

from newsroom.archive import vocabulary

DISCUSSED = 200  # comments below one article, all approved
PER_DAY = 60


@dataclass(frozen=True)
class Plan:
    """The sizes of an archive whose newest article was published at `until` (aware).

    The paper has always published `per_day` articles a day: a larger archive is an older one, and
    no day or month of it holds more.
    """

    articles: int
    comments: int
    tags: int
    until: datetime
    seed: int = 1
    per_day: int = PER_DAY

    @property
    def drafts(self) -> int:
        return min(200, self.articles // 50)

    @property
    def submitted(self) -> int:
        return min(100, self.articles // 100)

    @property
    def scheduled(self) -> int:
        return min(20, self.articles // 100)

    @property
    def public(self) -> int:
        """How many readers have seen; the others follow behind them in number."""
        return self.articles - self.scheduled - self.submitted - self.drafts

    @property
    def images(self) -> int:
        return max(1, self.articles // 4)

    @property
    def authors(self) -> int:
        return min(200, max(5, self.articles // 50))

    @property
    def readers(self) -> int:
        return min(10_000, max(20, self.comments // 50))

    def state(self, number: int) -> str:
        """public, withdrawn, ended, scheduled, submitted or draft."""
        if number < self.public:
            return self._fate(number)
        if number < self.public + self.scheduled:
            return "scheduled"
        return "submitted" if number < self.articles - self.drafts else "draft"

    def _fate(self, number: int) -> str:
        if number in self.with_ten or number == self.discussed:
            return "public"
        if number % 997 == 40:
            return "withdrawn"
        return "ended" if number % 1499 == 50 else "public"

    def time(self, number: int) -> datetime:
        """When it was or will be published; for a draft, when it was saved."""
        gap = timedelta(days=1) / self.per_day
        if self.state(number) == "scheduled":
            return self.until + timedelta(hours=3) * (number - self.public + 1)
        if number < self.public:
            return self.until - gap * (self.public - 1 - number)
        return self.until - gap * (self.articles - number)

    @cached_property
    def with_ten(self) -> frozenset[int]:
        """The articles that hold the word that ten articles hold, over all the years."""
        return frozenset(self.public * (2 * k + 1) // 20 for k in range(10))

    @cached_property
    def discussed(self) -> int:
        """The article with two hundred comments; none (-1) in an archive of few comments."""
        if self.comments < 2 * DISCUSSED or not self.public:
            return -1
        return self.public - 1 - min(40, self.public // 2)

    def comments_before(self, number: int) -> int:
        """How many comments stand below newer articles; by Zipf's law newer ones have more."""
        special, newer = self.discussed, self.public - 1 - number
        if special < 0:
            return int(self.comments * self._share(newer, self.public))
        apart, rank = (DISCUSSED, newer - 1) if number < special else (0, newer)
        return apart + int((self.comments - DISCUSSED) * self._share(rank, self.public - 1))

    def comments_of(self, number: int) -> int:
        """How many comments, of whatever status, stand below an article that was public."""
        if number == self.discussed:
            return DISCUSSED
        return self.comments_before(number - 1) - self.comments_before(number)

    def _share(self, rank: int, all_of_them: int) -> float:
        """The part of all comments that the `rank` newest of so many articles have."""
        offset = min(200.0, 1 + all_of_them / 10)
        return log((rank + offset) / offset) / log((all_of_them + offset) / offset)


@dataclass(frozen=True)
class Places:
    """The ids that rows of articles and comments point to, and the first ids of their own."""

    sections: tuple[int, ...]
    authors: tuple[int, ...]
    tags: tuple[int, ...]
    images: tuple[int, ...]
    readers: tuple[int, ...]
    staff: dict[str, tuple[int, ...]]
    first: dict[str, int]


def landmarks(plan: Plan) -> dict[str, Any]:
    """What is known beforehand of an archive made into an empty database, for whoever measures."""
    return {
        "words": {
            "half": vocabulary.HALF,
            "hundredth": vocabulary.HUNDREDTH,
            "ten": vocabulary.TEN,
            "two": f"{vocabulary.HALF} {vocabulary.SECOND}",
            "phrase": f'"{vocabulary.PHRASE}"',
        },
        "tags": {"many": vocabulary.topic(0), "few": vocabulary.topic(plan.tags - 1)},
        "author": vocabulary.person(0),
        "section": "nasional",
        "discussed": plan.discussed + 1 if plan.discussed >= 0 else None,
        "staff": {role: f"{role}1@arsip.example" for role in ROLES},
    }


# How many people of each role.
ROLES = {"reporter": 40, "editor": 8, "chief_editor": 2, "moderator": 3, "administrator": 1}
