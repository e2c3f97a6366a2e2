"""The only writer of an article's status: one table of steps, one road for all of them.

Each step is one transaction: the row as it is now, the step's table, the person's right, the
change, a revision's life, a transition, an outbox row. Time makes an article live, not a job.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import content, embargoes, listing, outbox, rights
from articles.errors import Conflict, NotAllowed, Refused
from articles.guard import writing
from articles.models import Article, Revision, Transition

if TYPE_CHECKING:
    from accounts.models import User

DRAFT, IN_REVIEW = Article.Status.DRAFT, Article.Status.IN_REVIEW
PUBLISHED, WITHDRAWN = Article.Status.PUBLISHED, Article.Status.WITHDRAWN
# Between the click and the server a chosen minute may just have passed.
LATE = timedelta(minutes=2)
# Ends that any editor may date in advance; a ground of PPMS 5a asks for the right to withdraw.
ENDINGS = {Article.Reason.LICENCE_ENDED, Article.Reason.PAID_PERIOD_ENDED}


@dataclass(frozen=True)
class Step:
    """From where to where a step leads, and the right it asks for."""

    label: Promise
    sources: frozenset[str]
    target: str
    permission: str
    needs_note: bool = False


STEPS = {
    "submit": Step(
        gettext_lazy("Hand in to the editors"),
        frozenset({DRAFT}),
        IN_REVIEW,
        "articles.change_article",
    ),
    "return": Step(
        gettext_lazy("Return to the writer"),
        frozenset({IN_REVIEW, PUBLISHED}),
        DRAFT,
        "articles.publish_article",
        needs_note=True,
    ),
    "publish": Step(
        gettext_lazy("Publish"),
        frozenset({DRAFT, IN_REVIEW, PUBLISHED, WITHDRAWN}),
        PUBLISHED,
        "articles.publish_article",
    ),
    "unpublish": Step(
        gettext_lazy("Set an end"),
        frozenset({PUBLISHED}),
        PUBLISHED,
        "articles.publish_article",
    ),
    "withdraw": Step(
        gettext_lazy("Withdraw"),
        frozenset({PUBLISHED}),
        WITHDRAWN,
        "articles.withdraw_article",
    ),
}


@dataclass
class Move:
    """A step under way: the locked row, who takes it, and what it will change."""

    name: str
    article: Article
    by: "User | None"
    now: datetime
    note: str = ""
    reason: str = ""
    override: bool = False
    changes: dict[str, Any] = field(default_factory=dict)


def submit(article: Article, by: "User | None", *, note: str = "") -> Article:
    """Hand a draft in for approval."""

    def change(move: Move) -> None:
        if move.by and not rights.may_edit(move.by, move.article):
            raise NotAllowed(rights.why_not_edit(move.by, move.article))
        _require_text(move.article)

    return _take("submit", article, by, note, change)


def return_to_writer(article: Article, by: "User | None", *, note: str) -> Article:
    """Give an article back as a draft, with the reason; also one that waits for its time."""

    def change(move: Move) -> None:
        if move.article.status == PUBLISHED:
            if not _waits(move):
                raise Refused(_("Readers have seen this article: withdraw it instead."))
            content.end_live(move.article, move.now)
            move.changes = {
                "published_at": None,
                "first_published_at": None,
                "unpublish_at": None,
                "live_revision": None,
            } | _reason("", "")

    return _take("return", article, by, note, change)


def publish(
    article: Article,
    by: "User | None",
    *,
    at: datetime | None = None,
    note: str = "",
    base_version: int | None = None,
) -> Article:
    """Approve an article: readers see it from `at` (aware, ahead), or from now on.

    The writer of a text never approves it; a chief editor may, with a note that says why.
    `base_version` is the version that was on the approver's screen: if the text has changed
    since, Conflict is raised. A withdrawn article comes back with its first date.
    """

    def change(move: Move) -> None:
        _require_text(move.article)
        if base_version is not None and move.article.version != base_version:
            raise _changed_since(move.article)
        move.override = rights.approve(move.by, move.article, move.note)
        _schedule(move, at)
        embargoes.require_over(move.article, move.changes["published_at"])

    return _take("publish", article, by, note, change)


def unpublish(
    article: Article, by: "User | None", *, at: datetime | None, reason: str = "", note: str = ""
) -> Article:
    """Set the moment at which a published article ends, or take it away with `at` None.

    `reason` is one of ENDINGS, or any other of whoever may withdraw; `note` is the public reason
    that readers get from then on.
    """

    def change(move: Move) -> None:
        if at is None:
            move.changes = {"unpublish_at": None} | _reason("", "")
        else:
            if reason not in ENDINGS:
                rights.require(move.by, STEPS["withdraw"].permission)
            _check_reason(reason, move.note, set(Article.Reason))
            _check_ahead(at, move)
            move.changes = {"unpublish_at": at} | _reason(reason, move.note)
        move.reason = reason
        _end_revision_at(move.article, at)

    return _take("unpublish", article, by, note, change)


def withdraw(article: Article, by: "User | None", *, reason: str, public_reason: str) -> Article:
    """Take a published article from the readers; its address tells them when and why (PPMS 5)."""

    def change(move: Move) -> None:
        if _waits(move):
            raise Refused(_("No reader has seen this article yet: return it to the writer."))
        _check_reason(reason, public_reason, set(Article.Reason))
        content.end_live(move.article, move.now)
        move.reason = reason
        move.changes = {
            "withdrawn_at": move.now,
            "unpublish_at": None,
            "live_revision": None,
        } | _reason(reason, public_reason)

    return _take("withdraw", article, by, public_reason, change)


def possible(article: Article, user: Any) -> list[str]:
    """The steps that `user`'s role may take from the article's present state."""
    return [
        name
        for name, step in STEPS.items()
        if article.status in step.sources and user.has_perm(step.permission)
    ]


def _take(name: str, article: Article, by: "User | None", note: str, change: Any) -> Article:
    """The one road: lock, check, change the named fields, record, announce."""
    step = STEPS[name]
    rights.require(by, step.permission)
    with transaction.atomic(), writing():
        fresh = content.lock(article.pk)
        move = Move(name, fresh, by, timezone.now(), note.strip())
        _check(step, move)
        before, source = outbox.shown(fresh), fresh.status
        change(move)
        _write(move, {"status": step.target} | move.changes)
        listing.place(fresh)
        if name == "publish":
            _show(move)
        _record(move, source)
        outbox.announce_change(before, fresh)
    return fresh


def _check(step: Step, move: Move) -> None:
    if move.article.status not in step.sources or move.article.deleted_at:
        raise Refused(
            _("“%(step)s” is not possible: the article is in state “%(status)s”.")
            % {"step": step.label, "status": move.article.get_status_display()}
        )
    if step.needs_note and not move.note:
        raise Refused(_("Write a note that says why."))
    if move.by and not rights.may_read(move.by, move.article):
        raise NotAllowed(_("This is somebody else's draft."))


def _write(move: Move, changes: Mapping[str, Any]) -> None:
    """Change the named fields if nobody else has moved the row meanwhile."""
    article = move.article
    rows = Article.objects.filter(pk=article.pk, token=article.token)
    if rows.update(**changes, token=F("token") + 1) != 1:
        raise _changed_since(article)
    for name, value in changes.items():
        setattr(article, name, value)
    article.token += 1


def _schedule(move: Move, at: datetime | None) -> None:
    """Set the times: the date of first publication never changes once it has passed."""
    article = move.article
    if at is not None and timezone.is_naive(at):
        raise ValueError("A publication time needs a zone.")
    if at is not None and at < move.now - LATE:
        # A wrong year must not put an article before the readers at once.
        raise ValidationError({"at": _("This time has passed. Choose one ahead, or publish now.")})
    seen = article.first_published_at is not None and not _waits(move)
    if seen and article.status == PUBLISHED and not article.has_ended(move.now):
        raise Refused(_("The article is published already."))
    when = article.published_at if seen and at is None else max(at or move.now, move.now)
    move.changes = {
        "published_at": when,
        "first_published_at": article.first_published_at if seen else when,
        "unpublish_at": None if seen else _kept_end(article, when),
    }
    if move.changes["unpublish_at"] is None:
        move.changes |= {"withdrawn_at": None} | _reason("", "")


def _kept_end(article: Article, start: datetime | None) -> datetime | None:
    """An end that was set before stands, unless the new beginning lies behind it."""
    end = article.unpublish_at
    return end if end and start and end > start else None


def _show(move: Move) -> None:
    """Give the approved text a revision of its own if the last one was live before."""
    article = move.article
    revision = article.draft_revision
    if revision is None or revision.live_from is not None:
        revision = content.add_revision(article, move.by, Revision.Kind.PUBLISHED, move.note)
        article.draft_revision = revision
    revision.publish_at = article.published_at
    revision.save(update_fields=["publish_at"])
    content.go_live(article, revision, move.now)
    article.save(update_fields=["draft_revision", "live_revision"])


def _record(move: Move, source: str) -> None:
    Transition.objects.create(
        article=move.article,
        name=move.name,
        source=source,
        target=move.article.status,
        actor=move.by,
        at=move.now,
        note=move.note,
        reason=move.reason,
        revision=move.article.draft_revision,
        override=move.override,
    )


def _waits(move: Move) -> bool:
    """Whether the article is approved and no reader has seen it yet."""
    published_at = move.article.published_at
    return move.article.status == PUBLISHED and published_at is not None and published_at > move.now


def _require_text(article: Article) -> None:
    missing = {"headline": _("headline"), "body": _("body")}
    names = [label for name, label in missing.items() if not getattr(article, name)]
    if names:
        raise Refused(_("Still missing: %s.") % ", ".join(names))


def _reason(reason: str, public: str) -> dict[str, str]:
    return {"withdrawal_class": reason, "withdrawal_reason": public}


def _check_reason(reason: str, public: str, allowed: set[Any]) -> None:
    if reason not in allowed:
        raise ValidationError({"reason": _("Choose the ground from the list.")})
    if not public.strip():
        raise ValidationError({"note": _("Write the reason that readers will see.")})


def _check_ahead(at: datetime, move: Move) -> None:
    start = move.article.published_at
    if at <= move.now or (start and at <= start):
        raise ValidationError({"at": _("The end must lie ahead, and after the beginning.")})


def _end_revision_at(article: Article, at: datetime | None) -> None:
    if article.live_revision:
        article.live_revision.live_until = at
        article.live_revision.save(update_fields=["live_until"])


def _changed_since(article: Article) -> Conflict:
    assert article.draft_revision is not None
    message = _("The text has changed since you opened it. Read it again before you approve it.")
    return Conflict(message, article.draft_revision)
