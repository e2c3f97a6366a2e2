"""The only writer of Comment.status and of the counts: what comes in, and what a moderator says.

Each change is one transaction: the articles are locked, in order; what a moderator saw is compared
with what is; status, counts and an outbox row move together, once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import AuditEntry
from articles import outbox, rights
from articles.errors import Refused
from articles.guard import writing
from articles.models import Article
from comments.models import DEEPEST, Comment
from comments.rules import Judgement, Outcome

if TYPE_CHECKING:
    from accounts.models import User

HELD, APPROVED, REJECTED = Comment.Status.HELD, Comment.Status.APPROVED, Comment.Status.REJECTED
PERMISSION = "comments.moderate_comment"


class AlreadyDecided(Refused):
    """Somebody else was quicker; the message says who, and what she decided."""


@dataclass(frozen=True)
class Decision:
    """What became of a moderator's word on several comments."""

    changed: list[Comment]
    late: list[Comment]  # As they are now: somebody else had decided.


def is_open(article: Article, at: datetime) -> bool:
    """Whether readers may still write below `article`."""
    closes = article.comments_close_at
    return article.comments_mode != Article.Comments.CLOSED and (closes is None or closes > at)


def receive(
    article: Article,
    author: "User",
    body: str,
    *,
    judgement: Judgement | None = None,
    parent: Comment | None = None,
    submission: UUID | None = None,
) -> Comment:
    """Keep what a reader wrote: rejected if the rules say so, else held for a moderator.

    `submission` marks one form: sent twice, it is the first comment that comes back.
    """
    mark = submission or uuid4()
    comment = Comment(
        article=article,
        author=author,
        # Never the address: this name is public.
        author_name=author.name or _("Reader"),
        body=body,
        submission=mark,
        reasons=reasons_of(judgement),
        **_place(parent),
        **_first_status(judgement),
    )
    if _insert(comment):
        return comment
    first = Comment.objects.by(author).filter(submission=mark).first()
    # The mark of somebody else's form is no mark at all.
    return first or receive(article, author, body, judgement=judgement, parent=parent)


def reasons_of(judgement: Judgement | None) -> list[dict[str, str]]:
    """The rules' verdicts as they are stored; evidence may hold what PostgreSQL's JSON refuses."""
    return [
        {
            "rule": verdict.rule,
            "outcome": str(verdict.outcome),
            "detail": "".join(filter(str.isprintable, verdict.detail)),
        }
        for verdict in (judgement.verdicts if judgement else [])
    ]


def approve(comment: Comment, by: "User") -> Comment:
    """Show `comment` to everybody. Raises AlreadyDecided if it is not as `by` saw it."""
    return _one(comment, by, APPROVED)


def reject(comment: Comment, by: "User", reason: str = "") -> Comment:
    """Keep `comment` from the readers; the row stays. Raises AlreadyDecided like `approve`."""
    return _one(comment, by, REJECTED, reason)


def approve_all(comments: Iterable[Comment], by: "User") -> Decision:
    """Approve each comment that still is as `by` saw it; as many queries for one as for all."""
    return _decide(list(comments), by, APPROVED)


def reject_all(comments: Iterable[Comment], by: "User", reason: str = "") -> Decision:
    """Reject each comment that still is as `by` saw it."""
    return _decide(list(comments), by, REJECTED, reason)


def already_decided(comment: Comment) -> str:
    """Who decided on `comment`, and how, for the moderator who came second."""
    return _("%(who)s already decided: %(status)s.") % {
        "who": comment.decided_by or _("The rules"),
        "status": comment.get_status_display(),
    }


def _place(parent: Comment | None) -> dict[str, Any]:
    """Where an answer stands: below the deepest level it joins the answer's own neighbours."""
    if parent is not None and parent.depth >= DEEPEST:
        parent = parent.parent or parent.thread
    if parent is None:
        return {}
    return {"parent": parent, "thread_id": parent.thread_id, "depth": parent.depth + 1}


def _first_status(judgement: Judgement | None) -> dict[str, Any]:
    """In this edition nothing shows before a moderator has read it."""
    if judgement and judgement.outcome == Outcome.REJECT:
        return {"status": REJECTED, "decided_at": timezone.now()}
    return {"status": HELD}


def _insert(comment: Comment) -> bool:
    """Write the row; False if its form has been sent before, even by a request still under way."""
    try:
        with transaction.atomic(), writing():
            comment.save(force_insert=True)
            if comment.thread_id is None:
                comment.thread = comment
                comment.save(update_fields=["thread"])
    except IntegrityError:
        if not Comment.objects.filter(submission=comment.submission).exists():
            raise
        return False
    return True


def _one(comment: Comment, by: "User", target: str, reason: str = "") -> Comment:
    decision = _decide([comment], by, target, reason)
    if decision.late:
        raise AlreadyDecided(already_decided(decision.late[0]))
    return decision.changed[0]


def _decide(seen: list[Comment], by: "User", target: str, reason: str = "") -> Decision:
    """Move to `target` what still has the status that the moderator saw, and nothing else."""
    rights.require(by, PERMISSION)
    with transaction.atomic(), writing():
        rows = _lock(seen)
        statuses = {comment.pk: comment.status for comment in seen}
        to_change = [row for row in rows if row.status == statuses[row.pk] != target]
        late = [row for row in rows if row not in to_change]
        moved = [row for row in to_change if APPROVED in {row.status, target}]
        _write(to_change, by, target, reason)
        _recount(moved)
        verb = "approve" if target == APPROVED else "reject"
        audit.record_all(_entry(verb, row, statuses[row.pk], by) for row in to_change)
    return Decision(to_change, late)


def _entry(verb: str, comment: Comment, before: str, by: "User") -> AuditEntry:
    """What is written down of a decision: not a word of the comment, nor its writer's name."""
    told = {"status": [before, comment.status], "article": comment.article_id}
    return audit.entry(f"comment.{verb}", by=by, target=comment, details=told)


def _lock(seen: list[Comment]) -> list[Comment]:
    """The comments as they are, after their articles: one order for all, so that nobody deadlocks.

    With an article's row held, the counts below are made from what every earlier moderator wrote.
    """
    articles = {comment.article_id for comment in seen}
    list(Article.objects.filter(pk__in=articles).select_for_update().order_by("pk").values("pk"))
    rows = Comment.objects.filter(pk__in=[comment.pk for comment in seen])
    return list(rows.select_for_update(of=("self",)).select_related("decided_by").order_by("pk"))


def _write(rows: list[Comment], by: "User", target: str, reason: str) -> None:
    """Change the rows if they still are what was just read: SQLite knows no row locks."""
    now = timezone.now()
    for status in {row.status for row in rows}:
        same = [row.pk for row in rows if row.status == status]
        there = Comment.objects.filter(pk__in=same, status=status)
        if there.update(status=target, decided_at=now, decided_by=by) != len(same):
            raise Refused(_("Somebody else is deciding on this just now. Try again."))
    for row in rows:
        row.status, row.decided_at, row.decided_by = target, now, by
        row.reasons += [{"rule": "moderator", "outcome": target, "detail": reason}] * bool(reason)
    if reason:
        Comment.objects.bulk_update(rows, ["reasons"])


def _recount(rows: list[Comment]) -> None:
    """Bring counts in line and tell of the change; for rows that came into sight or left it."""
    if not rows:
        return
    articles = {row.article_id for row in rows}
    Article.objects.filter(pk__in=articles).update(comment_count=_shown_with("article"))
    parents = {row.parent_id for row in rows if row.parent_id}
    if parents:
        Comment.objects.filter(pk__in=parents).update(reply_count=_shown_with("parent"))
    # The thread below the article, and the number on every card of it.
    outbox.announce({f"{kind}:{pk}" for pk in articles for kind in ("card", "comments")})


def _shown_with(field: str) -> Coalesce:
    """How many shown comments point to the row under update through `field`."""
    rows = Comment.objects.shown().filter(**{field: OuterRef("pk")}).order_by()
    counted = rows.values(field).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)
