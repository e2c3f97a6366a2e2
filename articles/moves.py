"""The one road that every step of the workflow takes.

Each step is one transaction: the row as it is now, the step's table, the person's right, the
change, a revision's life, a transition, an outbox row, a mail. For workflow.py alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import (
    chains,
    content,
    gate,
    listing,
    notices,
    outbox,
    rights,
    scheduled,
    trail,
)
from articles.errors import Conflict, NotAllowed, Refused
from articles.guard import writing
from articles.models import Article, Revision
from articles.steps import PUBLISHED, STEPS, Step, leads_on

if TYPE_CHECKING:
    from accounts.models import User


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
    takes_along: bool = False
    changes: dict[str, Any] = field(default_factory=dict)


def make(
    name: str,
    article: Article,
    by: "User | None",
    note: str,
    change: Callable[[Move], None],
) -> Article:
    """The one road: lock, check, change the named fields, record, announce."""
    step = STEPS[name]
    rights.require(by, step.permission)
    if article.change_at is not None:
        # Readers come first: what is due comes out before this step changes what it is joined with.
        scheduled.bring_out(article.pk, timezone.now())
    with transaction.atomic(), writing():
        held = content.hold_waiting_sections(article.pk)
        fresh = content.lock(article.pk)
        if not content.waiting_sections(fresh) <= held:
            raise changed_since(fresh)
        move = Move(name, fresh, by, timezone.now(), note.strip())
        _check(step, move)
        before, source = outbox.shown(fresh), fresh.stage or fresh.status
        change(move)
        _write(move, move.changes)
        if move.takes_along:
            content.take_along(fresh)
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
    elif move.name in {"approve", "publish", "update", "schedule"}:
        notices.approved(move.article, rights.people_of(move.article), move.by, move.note)
    elif move.name == "take" and move.before_handler and move.by:
        notices.taken_over(move.article, move.before_handler, move.by)


def _check(step: Step, move: Move) -> None:
    if not leads_on(step, move.article):
        raise not_possible(move.name, move.article)
    if step.needs_note and not move.note:
        raise Refused(_("Write a note that says why."))
    if move.by and not rights.may_read(move.by, move.article):
        raise NotAllowed(_("This is somebody else's draft."))


def not_possible(name: str, article: Article) -> Refused:
    """The refusal of a step that does not lead on from where the article is."""
    state = article.get_stage_display() if article.stage else article.get_status_display()
    message = _("“%(step)s” is not possible: the article is in state “%(status)s”.")
    return Refused(message % {"step": STEPS[name].label, "status": state})


def check_seen(move: Move, base_version: int | None) -> None:
    """What the approver saw is what goes out."""
    if base_version is not None and move.article.version != base_version:
        raise changed_since(move.article)


def pass_on(move: Move, links: list[chains.Link]) -> None:
    """Check that `by` may take these steps of the chain: by section, by hand and by role."""
    if move.by is None:
        return
    rights.require_section(move.by, move.article.section_id)
    rights.require_section(move.by, chains.section_of(move.article).pk)
    move.override = rights.approve(move.by, move.article, move.note)
    foreign = [link for link in links if not chains.holds(move.by, link)]
    if foreign:
        names = ", ".join(str(chains.STEPS[link["step"]]) for link in foreign)
        rights.stand_in(move.by, names, move.note)
        move.override = True


def stands(stage: str, passed: int = 0) -> dict[str, Any]:
    """Where the text stands now; whoever had taken it up has done what was to be done."""
    changes = {"stage": stage, "passed": passed, "handler": None, "handled_at": None}
    # The next change passes the steps that its section asks for then.
    return changes | ({"chain": []} if stage == Article.Stage.NONE else {})


def _write(move: Move, changes: Mapping[str, Any]) -> None:
    """Change the named fields if nobody else has moved the row meanwhile."""
    article = move.article
    rows = Article.objects.filter(pk=article.pk, token=article.token)
    if rows.update(**changes, token=F("token") + 1) != 1:
        raise changed_since(article)
    for name, value in changes.items():
        setattr(article, name, value)
    article.token += 1


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
    waiting = move.article.scheduled_revision if move.name == "schedule" else None
    trail.note(
        move.article,
        move.name,
        move.by,
        source=source,
        at=move.now,
        note=move.note,
        reason=move.reason,
        revision=waiting or move.article.draft_revision,
        override=move.override,
    )


def waits(move: Move) -> bool:
    """Whether the article is approved and no reader has seen it yet."""
    first = move.article.first_published_at
    return move.article.status == PUBLISHED and first is not None and first > move.now


def require_complete(move: Move) -> None:
    """Raise Incomplete for a text that lacks what its kind needs; an import brings what it has."""
    if move.by is not None:
        gate.require(move.article, move.now)


def require_text(article: Article) -> None:
    missing = {"headline": _("headline"), "body": _("body")}
    names = [label for name, label in missing.items() if not getattr(article, name)]
    if names:
        raise Refused(_("Still missing: %s.") % ", ".join(names))


def changed_since(article: Article) -> Conflict:
    """The refusal of a step that is about another text than the one there is now."""
    assert article.draft_revision is not None
    message = _("The text has changed since you opened it. Read it again before you approve it.")
    return Conflict(message, article.draft_revision)
