"""An approved change of a live article that waits for its time; the only writer of `change_at`.

It waits beside the article, so that an urgent correction goes out meanwhile, and is joined with
whatever readers see when its time comes. Whoever first makes a page at that time or later brings it
out before (`acts`), so readers need no worker; the worker does so for what nobody asks for.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from articles import (
    chains,
    content,
    days,
    gate,
    merging,
    notices,
    outbox,
    relations,
    rights,
    snapshots,
    trail,
)
from articles.errors import Refused
from articles.guard import writing
from articles.merging import Merged
from articles.models import Article, Byline, Revision, Tag
from articles.pagecache.moments import Act

if TYPE_CHECKING:
    from accounts.models import User

type Content = snapshots.Content

STAGES = Article.Stage
NOTHING = {"scheduled_revision": None, "change_at": None}


def put_aside(
    article: Article, by: "User | None", at: datetime, note: str, *, is_substantial: bool
) -> dict[str, Any]:
    """Let the locked article's working copy wait for `at`, which lies ahead; what to store.

    Raises Refused where there is a scheduled change already, or the article ends before;
    ValidationError for a text that readers may not get.
    """
    if article.change_at is not None:
        message = _(
            "A change waits for %(time)s already. Cancel it first, or wait until it is out."
        )
        raise Refused(message % {"time": days.clock(article.change_at)})
    if article.unpublish_at and article.unpublish_at <= at:
        message = _("The article ends at %(time)s. Choose a time before that.")
        raise ValidationError({"at": message % {"time": days.clock(article.unpublish_at)}})
    revision = content.set_aside(article, by, note)
    revision.publish_at, revision.is_substantial = at, is_substantial
    revision.save(update_fields=["publish_at", "is_substantial"])
    return {
        "scheduled_revision": revision,
        "change_at": at,
        "version": article.version,
        "draft_revision": article.draft_revision,
    }


def cancel(article: Article, by: "User | None") -> tuple[dict[str, Any], str]:
    """Take the scheduled change of the locked article back onto the desk.

    What to store, and a word on what became of its text if that is not simply the working copy
    again. Raises Refused if there is none.
    """
    revision = waiting(article)
    if revision is None:
        raise Refused(_("There is no scheduled change."))
    was_apart, working = snapshots.is_apart(article), snapshots.working(article)
    merged = merged_with(working, revision)
    article.scheduled_revision = article.change_at = None
    if was_apart and merged.clashes:
        content.note_waiting(article, working)
        return NOTHING, _kept_in_history(revision, merged)
    content.take_back(article, merged.content, by, revision.note)
    is_whole = merged.content == revision.content
    if not snapshots.is_apart(article):
        standing, word = _standing(STAGES.NONE), ""  # Readers have all of it by now.
    elif merged.clashes:
        standing, word = _standing(STAGES.RETURNED), _clashing(merged)
    elif is_whole and not was_apart:
        # As it was approved, and approved it stays.
        chain = chains.chosen(chains.section_of(article))
        standing, word = _standing(STAGES.READY, chain, len(chain)), ""
    else:
        is_own = by is not None and rights.is_writer(by, article)
        stage = chains.stage_after_save(article, by, is_own=is_own)
        standing = {"stage": stage, "passed": article.passed}
        word = _("Its text is joined with the changes that were under way.") if was_apart else ""
    return NOTHING | standing | _desk(article), word


def cancel_with(article: Article, by: "User | None", now: datetime) -> dict[str, Any]:
    """The end of the scheduled change of an article that readers are about to lose.

    Its text stays in the history, and not on the desk: whoever brings the article back brings back
    what readers knew. What to store; nothing where no change waits.
    """
    revision = waiting(article)
    if revision is None:
        return {}
    working = snapshots.working(article)
    article.scheduled_revision = article.change_at = None
    content.note_waiting(article, working)
    note = _("Readers lose the article before its time.")
    _record("unschedule", article, by, now, f"{note} {_in_history(revision)}", revision)
    return dict(NOTHING)


def bring_out(pk: int, now: datetime) -> bool:
    """Bring an article's scheduled change before the readers if its time has come by `now`.

    Returns whether there was one. Two processes may ask at once: one waits for the other, and finds
    nothing left. Nothing that is in the text can make it fail: what can't come out goes back to the
    desk. Raises DatabaseError.
    """
    # What is written down is read by the whole newsroom, whosever page it was.
    with translation.override(settings.LANGUAGE_CODE), transaction.atomic(), writing():
        _hold_section(pk)
        article = content.lock(pk)
        if article.change_at is None or article.change_at > now:
            return False
        revision = waiting(article)
        assert revision is not None
        before = outbox.shown(article)
        live = snapshots.stored(article)
        merged = merged_with(live, revision)
        why = _clashing(merged) if merged.clashes else ""
        if not article.is_live(article.change_at):
            why = _("Readers do not see the article any more.")
        try:
            if not why:
                gate.require_joined(article, merged.content, live, snapshots.complete(revision))
                with transaction.atomic():
                    _come_out(article, revision, merged, now)
        except gate.Incomplete as refusal:
            why = str(refusal)
        except ValidationError as refusal:
            why = " ".join(refusal.messages)
            article = content.lock(pk)
        if why:
            _send_back(article, revision, merged, why)
        outbox.announce_change(before, article)
    return True


def bring_due(now: datetime | None = None) -> int:
    """Bring out all whose time has come; say how many. For the worker, and web processes."""
    now = now or timezone.now()
    due = Article.objects.changing().filter(change_at__lte=now).order_by("change_at")
    return sum(bring_out(pk, now) for pk in list(due.values_list("pk", flat=True)))


def acts() -> Iterator[Act]:
    """What is to be done before any page of that time is made; one query."""
    for pk, at in Article.objects.changing().values_list("pk", "change_at"):
        assert at is not None
        yield Act(at, partial(bring_out, pk))


def waiting(article: Article) -> Revision | None:
    """The scheduled change of the article, with what was live when it was set aside."""
    if article.scheduled_revision_id is None:
        return None
    rows = Revision.objects.select_related("author", "base")
    return rows.get(pk=article.scheduled_revision_id)


def merged_with(text: Content, revision: Revision) -> Merged:
    """The scheduled change made in `text`, which began as the same article as it did."""
    assert revision.base is not None
    base, ours = (_today(snapshots.complete(one)) for one in (revision.base, revision))
    return merging.merge(base, ours, _today(text))


def _today(text: Content) -> Content:
    """With the names that authors and topics bear today: renaming one is no change of the text."""
    [today] = snapshots.with_names_of_today(text)
    return today | {"bylines": relations.known_lines(text["bylines"])}


def _hold_section(pk: int) -> None:
    """Sections are locked before articles: the change may bring the article into another one."""
    scheduled = Article.objects.filter(pk=pk).values("scheduled_revision")
    for text in Revision.objects.filter(pk__in=scheduled).values_list("content", flat=True):
        content.hold_section(text["fields"].get("section_id"))


def _come_out(article: Article, revision: Revision, merged: Merged, now: datetime) -> None:
    """Put the joined text on the row, from the very moment on that was set."""
    assert article.change_at is not None
    at, by = article.change_at, revision.author
    live, draft = article.live_revision, article.draft_revision
    assert live is not None
    assert draft is not None
    was_apart = snapshots.is_apart(article)
    source = article.stage or article.status
    seen = snapshots.stored(article)
    article.scheduled_revision = article.change_at = None
    out = content.bring_in(article, merged.content, by, revision.note)
    # What came out later than that all the same has been seen until now.
    began = at if live.live_from is None or live.live_from < at else now
    out.publish_at = at
    out.save(update_fields=["publish_at"])
    content.go_live(article, out, began)
    changes: dict[str, Any] = NOTHING | {"live_revision": out, "draft_revision": out}
    if revision.is_substantial:
        changes["updated_at"] = max(at, article.updated_at or at)
    word = ""
    if was_apart:
        again = merging.merge(_today(seen), _today(snapshots.complete(draft)), _today(out.content))
        more, word = _go_on(article, again, by)
        changes |= more
    _store(article, changes | {"version": article.version})
    _record("merge", article, by, began, word, out, source=source)
    if word:
        notices.returned(article, rights.people_of(article), None, word)


def _go_on(article: Article, again: Merged, by: "User | None") -> tuple[dict[str, Any], str]:
    """Join what the desk works on with what readers see from now on: it must not undo that."""
    content.take_back(article, again.content, by, _("Joined with the scheduled change"))
    if again.clashes:
        word = _("The changes under way touch the same: %(fields)s. Look at them again.")
        told = {"fields": _names(again.clashes)}
        return _standing(STAGES.RETURNED) | _desk(article), word % told
    is_own = by is not None and rights.is_writer(by, article)
    stage = chains.stage_after_save(article, by, is_own=is_own)
    return {"stage": stage, "passed": article.passed} | _desk(article), ""


def _send_back(article: Article, revision: Revision, merged: Merged, why: str) -> None:
    """Readers keep what they see; the scheduled text goes back to the desk, and it is told."""
    assert article.change_at is not None
    at, by, source = article.change_at, revision.author, article.stage or article.status
    article.scheduled_revision = article.change_at = None
    changes, kept, note = dict(NOTHING), revision, why
    if snapshots.is_apart(article):
        content.note_waiting(article, snapshots.working(article))
        note = f"{why} {_in_history(revision)}"
    else:
        content.take_back(article, merged.content, by, revision.note)
        changes |= _standing(STAGES.RETURNED) | _desk(article)
        kept = article.draft_revision or revision
    _store(article, changes | {"version": article.version})
    _record("clash", article, by, at, note, kept, source=source)
    people = {one.pk: one for one in (*rights.people_of(article), *filter(None, [by]))}
    notices.not_published(article, people.values(), days.clock(at), why)


def _store(article: Article, changes: dict[str, Any]) -> None:
    for name, value in changes.items():
        setattr(article, name, value)
    article.token += 1
    article.save(update_fields=[*changes, "token"])


def _desk(article: Article) -> dict[str, Any]:
    return {"version": article.version, "draft_revision": article.draft_revision}


def _standing(stage: str, chain: Any = (), passed: int = 0) -> dict[str, Any]:
    """Where the text stands, in nobody's hands."""
    free = {"handler": None, "handled_at": None}
    return {"stage": stage, "chain": list(chain), "passed": passed} | free


def _clashing(merged: Merged) -> str:
    words = _("What readers see was changed in the same place: %(fields)s.")
    return words % {"fields": _names(merged.clashes)}


def _kept_in_history(revision: Revision, merged: Merged) -> str:
    words = _("The changes under way touch the same: %(fields)s.")
    return f"{words % {'fields': _names(merged.clashes)}} {_in_history(revision)}"


def _in_history(revision: Revision) -> str:
    return _("The scheduled text is in the history: %(number)s.") % {"number": revision}


def _names(fields: tuple[str, ...]) -> str:
    labels: dict[str, Any] = {one.attname: one.verbose_name for one in Article._meta.fields}
    labels["tags"] = Tag._meta.verbose_name_plural
    labels["bylines"] = Byline._meta.verbose_name_plural
    return ", ".join(str(labels.get(name, name)) for name in fields)


def _record(
    name: str,
    article: Article,
    by: "User | None",
    at: datetime,
    note: str,
    revision: Revision | None,
    *,
    source: str = "",
) -> None:
    source = source or article.stage or article.status
    trail.note(article, name, by, source=source, at=at, note=note, revision=revision)
