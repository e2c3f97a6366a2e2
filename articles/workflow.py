"""The only writer of an article's status and stage: what each step changes.

The table of steps is steps.py; the road that all of them take, moves.py. Time makes an article
live, not a job.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import chains, content, embargoes, moves, rights, scheduled, snapshots
from articles.errors import NotAllowed, Refused
from articles.models import Article
from articles.steps import (
    DRAFT,
    NONE,
    PUBLISHED,
    READY,
    RETURNED,
    STEPS,
    SUBMITTED,
    WAITING,
    WITHDRAWN,
)

if TYPE_CHECKING:
    from accounts.models import User

# Between the click and the server a chosen minute may just have passed.
LATE = timedelta(minutes=2)
# Ends that any editor may date in advance; a ground of PPMS 5a asks for the right to withdraw.
ENDINGS = {Article.Reason.LICENCE_ENDED, Article.Reason.PAID_PERIOD_ENDED}


def submit(article: Article, by: "User | None", *, note: str = "") -> Article:
    """Hand a text in: from here on it passes the steps that its section has chosen."""

    def change(move: moves.Move) -> None:
        if move.by and not rights.may_edit(move.by, move.article):
            raise NotAllowed(rights.why_not_edit(move.by, move.article))
        moves.require_text(move.article)
        chain = chains.chosen(chains.section_of(move.article))
        move.changes = moves.stands(SUBMITTED) | {"chain": chain}

    return moves.make("submit", article, by, note, change)


def take(article: Article, by: "User", *, note: str = "") -> Article:
    """Say that one works on a text that was handed in; the list shows who and since when.

    Whoever had it before is told.
    """

    def change(move: moves.Move) -> None:
        rights.require_section(move.by, move.article.section_id)
        move.before_handler = move.article.handler
        move.changes = {"handler": move.by, "handled_at": move.now}

    return moves.make("take", article, by, note, change)


def approve(
    article: Article, by: "User | None", *, note: str = "", base_version: int | None = None
) -> Article:
    """Pass the next step of the text's chain; after the last one it is ready to be published.

    The writer of a text never approves it, and each step belongs to its role; who may stand in for
    any role does so with a note that says why.
    """

    def change(move: moves.Move) -> None:
        moves.check_seen(move, base_version)
        left = chains.left(move.article)
        moves.pass_on(move, left[:1])
        is_last = len(left) <= 1
        move.changes = moves.stands(READY if is_last else SUBMITTED, move.article.passed + 1)
        move.reason = left[0]["step"] if left else ""

    return moves.make("approve", article, by, note, change)


def return_to_writer(article: Article, by: "User | None", *, note: str) -> Article:
    """Give a text back to its writer, with the reason; also one that waits for its time."""

    def change(move: moves.Move) -> None:
        rights.require_section(move.by, move.article.section_id)
        if moves.waits(move):
            move.takes_along = snapshots.is_apart(move.article)
            content.end_live(move.article, move.now)
            move.changes = {
                "status": DRAFT,
                "published_at": None,
                "first_published_at": None,
                "unpublish_at": None,
                "live_revision": None,
            } | _reason("", "")
        elif move.article.stage == NONE:
            raise Refused(_("Readers have seen this article: withdraw it instead."))
        elif move.article.stage not in WAITING:
            raise moves.not_possible("return", move.article)
        move.changes |= moves.stands(RETURNED)

    return moves.make("return", article, by, note, change)


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
    since, Conflict is raised; Incomplete if it lacks what its kind needs (gate.py). A withdrawn
    article comes back with its first date; until `at`, if that is given, its address goes on saying
    when and why it went.
    """

    def change(move: moves.Move) -> None:
        moves.check_seen(move, base_version)
        left = chains.left(move.article)
        content.bring_out(move.article)
        moves.require_text(move.article)
        _schedule(move, at)
        moves.pass_on(move, left)
        moves.require_complete(move)
        move.changes |= {"status": PUBLISHED} | moves.stands(NONE)
        embargoes.require_over(move.article, move.changes["published_at"])

    return moves.make("publish", article, by, note, change)


def update(
    article: Article,
    by: "User | None",
    *,
    is_substantial: bool,
    note: str = "",
    base_version: int | None = None,
) -> Article:
    """Let readers see the changes that were made to a published article.

    A change of substance moves `updated_at`, which readers are shown; a small edit does not.
    Raises Refused without changes, Conflict if they are not those of `base_version`, Incomplete if
    they lack what the gate asks for.
    """

    def change(move: moves.Move) -> None:
        _check_changes(move, base_version)
        content.bring_out(move.article)
        moves.require_text(move.article)
        move.changes = moves.stands(NONE) | ({"updated_at": move.now} if is_substantial else {})

    return moves.make("update", article, by, note, change)


def schedule_update(
    article: Article,
    by: "User | None",
    *,
    at: datetime,
    is_substantial: bool,
    note: str = "",
    base_version: int | None = None,
) -> Article:
    """Let the changes to a live article wait for `at` (aware, ahead), approved as they are.

    The desk has again what readers see, so that a correction can go out meanwhile; when the time
    comes both are joined (scheduled.py). Raises what `update` raises, Refused where a change waits
    already, and ValidationError for a time that has passed or lies behind the article's end.
    """

    def change(move: moves.Move) -> None:
        _check_not_late(at, move.now)
        if not move.article.is_live(move.now):
            raise Refused(_("Readers don't see the article now: publish it with its changes."))
        _check_changes(move, base_version)
        row, when = snapshots.as_row(move.article), max(at, move.now)
        moves.require_text(row)
        embargoes.require_over(row, when)
        move.changes = moves.stands(NONE) | scheduled.put_aside(
            move.article, move.by, when, move.note, is_substantial=is_substantial
        )

    return moves.make("schedule", article, by, note, change)


def unschedule(article: Article, by: "User | None", *, note: str = "") -> Article:
    """Cancel the scheduled change: its text is on the desk again, joined with what is open there.

    Where that can't be joined it stays in the history, and the transition's note says so. Raises
    Refused if there is none.
    """

    def change(move: moves.Move) -> None:
        rights.require_section(move.by, move.article.section_id)
        move.changes, word = scheduled.cancel(move.article, move.by)
        move.note = " ".join(filter(None, (move.note, word)))

    return moves.make("unschedule", article, by, note, change)


def _check_changes(move: moves.Move, base_version: int | None) -> None:
    """That there are changes to what readers see, those that were on the screen, and by whom."""
    if not snapshots.is_apart(move.article):
        raise Refused(_("There are no changes to publish."))
    if move.article.has_ended(move.now) and not move.article.is_away(move.now):
        raise Refused(_("The article has ended. Publish it again."))
    moves.check_seen(move, base_version)
    moves.pass_on(move, chains.left(move.article))
    moves.require_complete(move)


def unpublish(
    article: Article, by: "User | None", *, at: datetime | None, reason: str = "", note: str = ""
) -> Article:
    """Set the moment at which a published article ends, or take it away with `at` None.

    `reason` is one of ENDINGS, or any other of whoever may withdraw; `note` is the public reason
    that readers get from then on.
    """

    def change(move: moves.Move) -> None:
        rights.require_section(move.by, move.article.section_id)
        if move.article.is_away(move.now):
            # Its ground and words would take the place of those that readers are told now.
            raise Refused(_("The article comes back at its time. Set its end after that."))
        if move.article.unpublish_at and move.article.withdrawal_class not in ENDINGS:
            rights.require(move.by, STEPS["withdraw"].permission)
        if at is None:
            if move.article.has_ended(move.now):
                raise Refused(_("The article has ended. Publish it again."))
            move.changes = {"unpublish_at": None} | _reason("", "")
        else:
            if reason not in ENDINGS:
                rights.require(move.by, STEPS["withdraw"].permission)
            _check_reason(reason, move.note, set(Article.Reason))
            _check_ahead(at, move)
            move.changes = {"unpublish_at": at} | _reason(reason, move.note)
            if move.article.change_at and at <= move.article.change_at:
                move.changes |= scheduled.cancel_with(move.article, move.by, move.now)
        move.reason = reason
        _end_revision_at(move.article, at)

    return moves.make("unpublish", article, by, note, change)


def withdraw(article: Article, by: "User | None", *, reason: str, public_reason: str) -> Article:
    """Take a published article from the readers; its address tells them when and why (PPMS 5)."""

    def change(move: moves.Move) -> None:
        if moves.waits(move):
            raise Refused(_("No reader has seen this article yet: return it to the writer."))
        _check_reason(reason, public_reason, set(Article.Reason))
        rights.require_section(move.by, move.article.section_id)
        is_away = move.article.is_away(move.now)
        move.changes = scheduled.cancel_with(move.article, move.by, move.now)
        move.takes_along = snapshots.is_apart(move.article)
        content.end_live(move.article, move.now)
        move.reason = reason
        move.changes |= {
            "status": WITHDRAWN,
            "withdrawn_at": move.article.withdrawn_at if is_away else move.now,
            "unpublish_at": None,
            "live_revision": None,
            **moves.stands(NONE),
            **_reason(reason, public_reason),
        }

    return moves.make("withdraw", article, by, public_reason, change)


def _schedule(move: moves.Move, at: datetime | None) -> None:
    """Set the times: the date of first publication never changes once it has passed."""
    article = move.article
    if at is not None:
        _check_not_late(at, move.now)
    first = article.first_published_at
    seen = first is not None and first <= move.now
    if article.is_live(move.now):
        raise Refused(_("The article is published already."))
    when = _first_date(article, move.now) if seen and at is None else max(at or move.now, move.now)
    move.changes = {
        "published_at": when,
        "first_published_at": article.first_published_at if seen else when,
        "unpublish_at": None if seen else _kept_end(article, when),
    }
    if seen and when and when > move.now:
        move.changes["withdrawn_at"] = article.ended_at
    elif move.changes["unpublish_at"] is None:
        move.changes |= {"withdrawn_at": None} | _reason("", "")


def _first_date(article: Article, now: datetime) -> datetime | None:
    """The date under which readers knew it; its own may be the one at which it was to come back."""
    is_ahead = article.published_at is not None and article.published_at > now
    return article.first_published_at if is_ahead else article.published_at


def _check_not_late(at: datetime, now: datetime) -> None:
    if timezone.is_naive(at):
        raise ValueError("A publication time needs a zone.")
    if at < now - LATE:
        # A wrong year must not put an article before the readers at once.
        raise ValidationError({"at": _("This time has passed. Choose one ahead, or publish now.")})


def _kept_end(article: Article, start: datetime | None) -> datetime | None:
    """An end that was set before stands, unless the new beginning lies behind it."""
    end = article.unpublish_at
    return end if end and start and end > start else None


def _reason(reason: str, public: str) -> dict[str, str]:
    return {"withdrawal_class": reason, "withdrawal_reason": public}


def _check_reason(reason: str, public: str, allowed: set[Any]) -> None:
    if reason not in allowed:
        raise ValidationError({"reason": _("Choose the ground from the list.")})
    if not public.strip():
        raise ValidationError({"note": _("Write the reason that readers will see.")})


def _check_ahead(at: datetime, move: moves.Move) -> None:
    start = move.article.published_at
    if at <= move.now or (start and at <= start):
        raise ValidationError({"at": _("The end must lie ahead, and after the beginning.")})


def _end_revision_at(article: Article, at: datetime | None) -> None:
    if article.live_revision:
        article.live_revision.live_until = at
        article.live_revision.save(update_fields=["live_until"])
