"""The only writer of an article's status and stage: one table of steps, one road for all of them.

Each step is one transaction: the row as it is now, the step's table, the person's right, the
change, a revision's life, a transition, an outbox row. Time makes an article live, not a job.

`status` says what readers see; `stage`, where the text stands that they don't see yet: a draft, or
a change to what is published, which passes the same steps (chains.py).
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

from articles import (
    chains,
    content,
    embargoes,
    listing,
    notices,
    outbox,
    rights,
    snapshots,
    trail,
)
from articles.errors import Conflict, NotAllowed, Refused
from articles.guard import writing
from articles.models import Article, Revision, Transition

if TYPE_CHECKING:
    from accounts.models import User

DRAFT = Article.Status.DRAFT
PUBLISHED, WITHDRAWN = Article.Status.PUBLISHED, Article.Status.WITHDRAWN
NONE, WRITING, SUBMITTED = Article.Stage.NONE, Article.Stage.WRITING, Article.Stage.SUBMITTED
RETURNED, READY = Article.Stage.RETURNED, Article.Stage.READY
WAITING = frozenset({SUBMITTED, READY})
UNDER_WAY = frozenset({WRITING, SUBMITTED, RETURNED, READY})
ANY_STAGE = UNDER_WAY | {NONE}
# Between the click and the server a chosen minute may just have passed.
LATE = timedelta(minutes=2)
# Ends that any editor may date in advance; a ground of PPMS 5a asks for the right to withdraw.
ENDINGS = {Article.Reason.LICENCE_ENDED, Article.Reason.PAID_PERIOD_ENDED}


@dataclass(frozen=True)
class Step:
    """From where a step leads on, and the right it asks for."""

    label: Promise
    statuses: frozenset[str]
    stages: frozenset[str]
    permission: str
    needs_note: bool = False


STEPS = {
    "submit": Step(
        gettext_lazy("Hand in to the editors"),
        frozenset({DRAFT, PUBLISHED}),
        frozenset({WRITING, RETURNED}),
        "articles.submit_article",
    ),
    "take": Step(
        gettext_lazy("Take up"),
        frozenset({DRAFT, PUBLISHED}),
        WAITING,
        "articles.approve_article",
    ),
    "approve": Step(
        gettext_lazy("Approve"),
        frozenset({DRAFT, PUBLISHED}),
        frozenset({SUBMITTED}),
        "articles.approve_article",
    ),
    "return": Step(
        gettext_lazy("Return to the writer"),
        frozenset({DRAFT, PUBLISHED}),
        WAITING | {NONE},
        "articles.return_article",
        needs_note=True,
    ),
    "publish": Step(
        gettext_lazy("Publish"),
        frozenset({DRAFT, PUBLISHED, WITHDRAWN}),
        ANY_STAGE,
        "articles.publish_article",
    ),
    "update": Step(
        gettext_lazy("Publish the changes"),
        frozenset({PUBLISHED}),
        UNDER_WAY,
        "articles.publish_article",
    ),
    "unpublish": Step(
        gettext_lazy("Set an end"),
        frozenset({PUBLISHED}),
        ANY_STAGE,
        "articles.publish_article",
    ),
    "withdraw": Step(
        gettext_lazy("Withdraw"),
        frozenset({PUBLISHED}),
        ANY_STAGE,
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
    before_handler: "User | None" = None
    changes: dict[str, Any] = field(default_factory=dict)


def submit(article: Article, by: "User | None", *, note: str = "") -> Article:
    """Hand a text in: from here on it passes the steps that its section has chosen."""

    def change(move: Move) -> None:
        if move.by and not rights.may_edit(move.by, move.article):
            raise NotAllowed(rights.why_not_edit(move.by, move.article))
        _require_text(move.article)
        chain = chains.chosen(move.article.section)
        move.changes = _stands(SUBMITTED) | {"chain": chain}

    return _take("submit", article, by, note, change)


def take(article: Article, by: "User", *, note: str = "") -> Article:
    """Say that one works on a text that was handed in; the list shows who and since when.

    Whoever had it before is told.
    """

    def change(move: Move) -> None:
        rights.require_section(move.by, move.article.section_id)
        move.before_handler = move.article.handler
        move.changes = {"handler": move.by, "handled_at": move.now}

    return _take("take", article, by, note, change)


def approve(
    article: Article, by: "User | None", *, note: str = "", base_version: int | None = None
) -> Article:
    """Pass the next step of the text's chain; after the last one it is ready to be published.

    The writer of a text never approves it, and each step belongs to its role; who may stand in for
    any role does so with a note that says why.
    """

    def change(move: Move) -> None:
        _check_seen(move, base_version)
        link = chains.left(move.article)[0]
        _pass(move, [link])
        passed = move.article.passed + 1
        is_last = passed == len(chains.of(move.article))
        move.changes = _stands(READY if is_last else SUBMITTED, passed)
        move.reason = link["step"]

    return _take("approve", article, by, note, change)


def return_to_writer(article: Article, by: "User | None", *, note: str) -> Article:
    """Give a text back to its writer, with the reason; also one that waits for its time."""

    def change(move: Move) -> None:
        rights.require_section(move.by, move.article.section_id)
        if move.article.status == PUBLISHED and move.article.stage == NONE and not _waits(move):
            raise Refused(_("Readers have seen this article: withdraw it instead."))
        if move.article.status == PUBLISHED and _waits(move):
            content.bring_out(move.article)
            content.end_live(move.article, move.now)
            move.changes = {
                "status": DRAFT,
                "published_at": None,
                "first_published_at": None,
                "unpublish_at": None,
                "live_revision": None,
            } | _reason("", "")
        elif move.article.stage == NONE:
            raise _not_possible("return", move.article)
        move.changes |= _stands(RETURNED)

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
        _check_seen(move, base_version)
        content.bring_out(move.article)
        _require_text(move.article)
        _schedule(move, at)
        if move.article.status != WITHDRAWN or move.article.stage != NONE:
            _pass(move, chains.left(move.article))
        else:
            move.override = rights.approve(move.by, move.article, move.note)
        move.changes |= {"status": PUBLISHED} | _stands(NONE)
        embargoes.require_over(move.article, move.changes["published_at"])

    return _take("publish", article, by, note, change)


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
    Raises Refused without changes, Conflict if they are not those of `base_version`.
    """

    def change(move: Move) -> None:
        if not snapshots.is_apart(move.article):
            raise Refused(_("There are no changes to publish."))
        _check_seen(move, base_version)
        _pass(move, chains.left(move.article))
        content.bring_out(move.article)
        _require_text(move.article)
        move.changes = _stands(NONE) | ({"updated_at": move.now} if is_substantial else {})

    return _take("update", article, by, note, change)


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
        content.bring_out(move.article)
        content.end_live(move.article, move.now)
        move.reason = reason
        move.changes = {
            "status": WITHDRAWN,
            "withdrawn_at": move.now,
            "unpublish_at": None,
            "live_revision": None,
            **_stands(NONE),
            **_reason(reason, public_reason),
        }

    return _take("withdraw", article, by, public_reason, change)


def possible(article: Article, user: Any) -> list[str]:
    """The steps that `user`'s role may take from the article's present state."""
    return [
        name
        for name, step in STEPS.items()
        if _leads_on(step, article) and user.has_perm(step.permission)
    ]


def _leads_on(step: Step, article: Article) -> bool:
    is_there = article.status in step.statuses and article.stage in step.stages
    return is_there and article.deleted_at is None


def _take(name: str, article: Article, by: "User | None", note: str, change: Any) -> Article:
    """The one road: lock, check, change the named fields, record, announce."""
    step = STEPS[name]
    rights.require(by, step.permission)
    with transaction.atomic(), writing():
        fresh = content.lock(article.pk)
        move = Move(name, fresh, by, timezone.now(), note.strip())
        _check(step, move)
        before, source = outbox.shown(fresh), fresh.stage or fresh.status
        change(move)
        _write(move, move.changes)
        listing.place(fresh)
        if name in {"publish", "update"}:
            _show(move)
        _record(move, source)
        outbox.announce_change(before, fresh)
        _tell(move)
    return fresh


def _tell(move: Move) -> None:
    """Let the people of the article know, by mail, what became of it."""
    if move.name == "return":
        notices.returned(move.article, rights.people_of(move.article), move.by, move.note)
    elif move.name in {"approve", "publish", "update"}:
        notices.approved(move.article, rights.people_of(move.article), move.by, move.note)
    elif move.name == "take" and move.before_handler and move.by:
        notices.taken_over(move.article, move.before_handler, move.by)


def _check(step: Step, move: Move) -> None:
    if not _leads_on(step, move.article):
        raise _not_possible(move.name, move.article)
    if step.needs_note and not move.note:
        raise Refused(_("Write a note that says why."))
    if move.by and not rights.may_read(move.by, move.article):
        raise NotAllowed(_("This is somebody else's draft."))


def _not_possible(name: str, article: Article) -> Refused:
    state = article.get_stage_display() if article.stage else article.get_status_display()
    message = _("“%(step)s” is not possible: the article is in state “%(status)s”.")
    return Refused(message % {"step": STEPS[name].label, "status": state})


def _check_seen(move: Move, base_version: int | None) -> None:
    """What the approver saw is what goes out."""
    if base_version is not None and move.article.version != base_version:
        raise _changed_since(move.article)


def _pass(move: Move, links: list[chains.Link]) -> None:
    """Check that `by` may take these steps of the chain: by section, by hand and by role."""
    if move.by is None:
        return
    rights.require_section(move.by, move.article.section_id)
    move.override = rights.approve(move.by, move.article, move.note)
    foreign = [link for link in links if not chains.holds(move.by, link)]
    if foreign:
        names = ", ".join(str(chains.STEPS[link["step"]]) for link in foreign)
        rights.stand_in(move.by, names, move.note)
        move.override = True


def _stands(stage: str, passed: int = 0) -> dict[str, Any]:
    """Where the text stands now; whoever had taken it up has done what was to be done."""
    return {"stage": stage, "passed": passed, "handler": None, "handled_at": None}


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
    revision.publish_at = max(article.published_at or move.now, move.now)
    revision.save(update_fields=["publish_at"])
    content.go_live(article, revision, move.now)
    article.save(update_fields=["draft_revision", "live_revision"])


def _record(move: Move, source: str) -> None:
    transition = Transition.objects.create(
        article=move.article,
        name=move.name,
        source=source,
        target=move.article.stage or move.article.status,
        actor=move.by,
        at=move.now,
        note=move.note,
        reason=move.reason,
        revision=move.article.draft_revision,
        override=move.override,
    )
    trail.step(transition)


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
