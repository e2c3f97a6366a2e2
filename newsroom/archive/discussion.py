"""The comments below one article, as rows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from random import Random
from uuid import UUID

from comments.models import DEEPEST, Comment
from newsroom.archive import vocabulary
from newsroom.archive.plan import Places, Plan
from newsroom.archive.stories import remark
from newsroom.archive.tables import Row, Table

COMMENTS = Table(
    Comment,
    *("id", "article_id", "author_id", "author_name", "body", "parent_id", "thread_id", "depth"),
    *("status", "reasons", "created_at", "decided_at", "decided_by_id", "reply_count"),
    "submission",
)
STATUS = COMMENTS.columns.index("status")
APPROVED, REJECTED, HELD = (
    status.value
    for status in (Comment.Status.APPROVED, Comment.Status.REJECTED, Comment.Status.HELD)
)
# Of a hundred comments so many are approved; the others are rejected, or held while they are new.
APPROVED_SHARE, DECIDED_SHARE = 0.82, 0.96
VERDICT = {"rule": "links", "outcome": "hold", "detail": "contoh.example"}
LASTING = timedelta(days=5)


@dataclass
class Remark:
    """A comment under way; the answers to it are counted while they are made."""

    pk: int
    reader: int
    body: str
    status: str
    at: datetime
    parent: "Remark | None"
    replies: int = 0

    @property
    def depth(self) -> int:
        return self.parent.depth + 1 if self.parent else 0

    @property
    def thread(self) -> int:
        return self.parent.thread if self.parent else self.pk


def below(plan: Plan, places: Places, number: int, published_at: datetime) -> list[Row]:
    """All comments below article `number`, the oldest first, some in answer to others."""
    total, first = plan.comments_of(number), places.first["Comment"] + plan.comments_before(number)
    rng = Random(f"{plan.seed}:comments:{number}")  # noqa: S311  repeatable, not secret
    span = min(plan.until - published_at, LASTING)
    made: list[Remark] = []
    for turn in range(total):
        status = APPROVED if number == plan.discussed else _status(rng)
        parent = _answered(rng, made)
        if parent and status == APPROVED:
            parent.replies += 1
        at = published_at + span * ((turn + 1) / (total + 1)) ** 2
        reader = rng.randrange(len(places.readers))
        made.append(Remark(first + turn, reader, remark(rng), status, at, parent))
    article = places.first["Article"] + number
    return [_row(plan, places, article, one) for one in made]


def number_shown(rows: list[Row]) -> int:
    return sum(row[STATUS] == APPROVED for row in rows)


def _status(rng: Random) -> str:
    luck = rng.random()
    if luck < APPROVED_SHARE:
        return APPROVED
    return REJECTED if luck < DECIDED_SHARE else HELD


def _answered(rng: Random, made: list[Remark]) -> Remark | None:
    """What the next comment answers: as moderation.py has it, nothing below the deepest level."""
    if not made or rng.random() > 0.4:
        return None
    parent = rng.choice(made[-30:])
    if parent.status != APPROVED:
        return None
    return parent if parent.depth < DEEPEST else parent.parent


def _row(plan: Plan, places: Places, article: int, one: Remark) -> Row:
    by_rules = one.status == REJECTED and one.pk % 3 == 0
    moderator = places.staff["moderator"][one.pk % len(places.staff["moderator"])]
    decided = one.status != HELD
    return (
        one.pk,
        article,
        places.readers[one.reader],
        vocabulary.person(one.reader),
        one.body,
        one.parent.pk if one.parent else None,
        one.thread,
        one.depth,
        one.status,
        [VERDICT] if one.status != APPROVED else [],
        one.at,
        one.at + timedelta(minutes=5) if decided else None,
        moderator if decided and not by_rules else None,
        one.replies,
        UUID(bytes=sha256(f"{plan.seed}:comment:{one.pk}".encode()).digest()[:16]),
    )
