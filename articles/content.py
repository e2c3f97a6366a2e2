"""The only writer of an article's text and relations.

A save names the version it began from. If somebody else saved in between, the two are joined where
they don't touch each other; where they do, the save is refused and its text goes into the history:
neither text is lost.

Readers see the article's row. While it is published, a save changes the working copy alone, its
draft revision; `bring_out` puts that on the row, when the workflow says so.
"""

from copy import copy
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import (
    chains,
    embargoes,
    listing,
    markup,
    merging,
    outbox,
    relations,
    rights,
    search,
    snapshots,
    trail,
    words,
)
from articles.errors import Conflict, NotAllowed
from articles.guard import writing
from articles.models import Article, Image, Revision, Section
from articles.slugs import make_slug
from articles.snapshots import FIELDS, Content, Signature, Values

if TYPE_CHECKING:
    from accounts.models import User

# Texts that the article never had: no save begins from one of them.
UNSAVED = {Revision.Kind.LOSING, Revision.Kind.AUTOSAVE}
# The writers' own: a look whether such a revision is there would be a query.
POINTERS = ("live_revision", "draft_revision", "scheduled_revision")

__all__ = ["FIELDS", "Signature", "Values", "create", "save"]


def create(
    values: Values,
    by: "User | None",
    *,
    note: str = "",
    import_hash: str = "",
    writer: "User | None" = None,
) -> Article:
    """A new draft with its first revision.

    With an `import_hash` it is an import: `writer` is the account of the text's author, if there is
    one, and `by` only handed the text over; None is the server itself.
    Raises NotAllowed, and ValidationError for content the database would refuse.
    """
    rights.require(by, "articles.add_article")
    article = Article(created_by=writer if import_hash else by, import_hash=import_hash)
    with transaction.atomic(), writing():
        hold_section(values.fields.get("section_id"))
        wanted = _checked(article, snapshots.with_values(snapshots.blank(), values))
        rights.require_kind(by, article)
        rights.require_section(by, article.section_id)
        article.save()
        if not article.slug:
            article.slug = wanted["fields"]["slug"] = str(article.pk)
            article.save(update_fields=["slug"])
        _store(article, wanted)
        kind = Revision.Kind.IMPORT if import_hash else Revision.Kind.SAVE
        article.draft_revision = add_revision(article, by, kind, note)
        article.save(update_fields=["draft_revision"])
        kept = article.draft_revision
        trail.note(article, "create", by, source="", note=note, revision=kept)
    return article


def save(
    article: Article,
    values: Values,
    base_version: int,
    by: "User | None",
    *,
    note: str = "",
    joins: bool = True,
) -> Article:
    """Write `values` over version `base_version` of the article and keep a revision.

    Returns the article as saved. What others saved since is joined with it, unless the caller
    `joins` nothing. Raises Conflict when both changed the same, or nothing is joined; NotAllowed;
    ValidationError for content the database would refuse.
    """
    conflict: Conflict | None = None
    with transaction.atomic(), writing():
        hold_section(values.fields.get("section_id"))
        fresh = lock(article.pk)
        if by and (reason := rights.why_not_edit(by, fresh)):
            raise NotAllowed(reason)
        if fresh.version != base_version and not joins:
            raise _conflict(fresh)
        current = snapshots.working(fresh)
        base = current if fresh.version == base_version else _content_of(fresh, base_version)
        ours = snapshots.with_values(current if base is None else base, values)
        merged = None if base is None else merging.merge(base, ours, current)
        if merged is None or merged.clashes:
            losing = add_revision(fresh, by, Revision.Kind.LOSING, content=ours)
            conflict = _conflict(fresh, losing, merged.clashes if merged else ())
        else:
            _overwrite(fresh, merged.content, by, note)
    if conflict:  # Raised outside, so that the refused text stays in the history.
        raise conflict
    return fresh


def lock(pk: int) -> Article:
    """The row as it is now, held until the transaction ends; on SQLite BEGIN holds it already.

    The section is read when it is asked for: selected with a row that had to be waited for, it
    would be the one from before the wait, or none.
    """
    return Article.objects.select_for_update().get(pk=pk)


def renew_search(pk: int) -> None:
    """Write an article's search row anew; its text stays as it is."""
    with transaction.atomic(), writing():
        article = lock(pk)
        search.write(article)
        listing.place(article)


def bring_out(article: Article) -> None:
    """Put the working copy on the row that readers see; `article` is locked and its own writer's.

    When a revision is live is the workflow's to note, and so is the announcement.
    """
    if snapshots.is_apart(article):
        _put_on_row(article)


def bring_in(article: Article, content: Content, by: "User | None", note: str) -> Revision:
    """Put a joined text on the row that readers see, as a version and a revision of its own.

    `article` is locked and its own writer's. Raises ValidationError for content the database would
    refuse. When it is live is for the caller to note, and so is the announcement.
    """
    wanted = _checked(article, content)
    fields = {name: getattr(article, name) for name in FIELDS}
    _replace(article, fields | {"version": F("version") + 1})
    article.version += 1
    _store(article, wanted)
    return add_revision(article, by, Revision.Kind.PUBLISHED, note, wanted)


def set_aside(article: Article, by: "User | None", note: str) -> Revision:
    """Take the working copy from the desk into a revision that waits; what is live is there again.

    Checked as if it came before the readers now; raises ValidationError. What the desk works on is
    another text from here on, so it is another version, for which the revision stands: a form that
    was opened before is joined with what is live.
    """
    assert article.draft_revision is not None
    assert article.live_revision is not None
    row = copy(article)
    wanted = _checked(row, snapshots.complete(article.draft_revision))
    relations.make_tags(wanted["tags"])
    article.version += 1
    revision = add_revision(article, by, Revision.Kind.SCHEDULED, note, wanted)
    revision.base = article.live_revision
    revision.save(update_fields=["base"])
    article.draft_revision = article.live_revision
    return revision


def take_back(article: Article, content: Content, by: "User | None", note: str) -> None:
    """Make `content` the working copy of a published article, as a version of its own.

    Nothing of it is checked: it has been, and whoever goes on with it will be told. The row in
    memory holds the new version and draft; saving them is for the caller.
    """
    article.version += 1
    revision = add_revision(article, by, Revision.Kind.SAVE, note, content)
    live = article.live_revision
    is_same = live is not None and live.content_hash == revision.content_hash
    article.draft_revision = live if is_same else revision
    note_waiting(article, content)


def note_waiting(article: Article, content: Content) -> None:
    """Note which pictures readers do not see yet: those of the working copy `content`, and of the
    change that still waits for its time."""
    working = Article(pk=article.pk, scheduled_revision_id=article.scheduled_revision_id)
    snapshots.put(working, content)
    relations.write_waiting_uses(working)


def take_along(article: Article) -> None:
    """Put the draft on the row of an article that readers have just ceased to see.

    Nothing may stand in the way of that: an empty text or a picture without a credit goes along.
    """
    _put_on_row(article, is_leaving=True)


def _put_on_row(article: Article, *, is_leaving: bool = False) -> None:
    assert article.draft_revision is not None
    wanted = snapshots.complete(article.draft_revision)
    wanted = _checked(article, wanted, is_leaving=is_leaving)
    _replace(article, {name: getattr(article, name) for name in FIELDS})
    _store(article, wanted)


def hold_section(*pks: int | None) -> None:
    """Keep the sections where they are, until the article that comes into one of them is placed.

    Sections are locked before articles, in the order of their ids: naming.py moves one and then
    all that is in it.
    """
    if wanted := {pk for pk in pks if pk}:
        rows = Section.objects.select_for_update(no_key=True).filter(pk__in=wanted)
        list(rows.order_by("pk").values_list("pk"))


def waiting_sections(article: Article) -> set[int]:
    """The other sections into which what waits would bring it: open changes, a scheduled one.

    An article that ends before its time takes both along.
    """
    texts = [snapshots.working(article)] if snapshots.is_apart(article) else []
    if article.scheduled_revision_id:
        texts.append(snapshots.complete(Revision.objects.get(pk=article.scheduled_revision_id)))
    return {text["fields"]["section_id"] for text in texts} - {article.section_id}


def hold_waiting_sections(pk: int) -> set[int]:
    """Keep those sections where they are, before the article is locked; which ones they are.

    The article is looked at before it is held, so its changes may be others by then: whoever
    locks it asks `waiting_sections` again.
    """
    waiting = waiting_sections(Article.objects.get(pk=pk))
    hold_section(*waiting)
    return waiting


def _content_of(article: Article, version: int) -> Content | None:
    """What the article's text was at that version, if it is known."""
    rows = article.revisions.select_related("base")
    revision = rows.filter(version=version).order_by("number").last()
    if revision and revision.kind == Revision.Kind.SCHEDULED:
        revision = revision.base
    return snapshots.complete(revision) if revision else None


def _overwrite(article: Article, content: Content, by: "User | None", note: str) -> None:
    """Save: on the row itself, or beside it as long as readers see it."""
    before, section = outbox.shown(article), article.section_id
    is_public = article.status == Article.Status.PUBLISHED
    row = Article(pk=article.pk) if is_public else article
    embargo, had = article.embargo_until, snapshots.working(article)["fields"]["section_id"]
    wanted = _checked(row, content)
    embargoes.check_end(embargo, row.embargo_until, by)
    rights.require_kind(by, row)
    if is_public and article.published_at:
        embargoes.require_over(row, article.published_at)
    if row.section_id != section:
        rights.require_section(by, row.section_id)
    fields = {} if is_public else {name: getattr(article, name) for name in FIELDS}
    _replace(article, fields | {"version": F("version") + 1, "saved_at": timezone.now()})
    article.refresh_from_db(fields=["version", "saved_at"])
    _put_in_history(article, wanted, by, note, is_moved=row.section_id != had)
    if is_public:
        row.scheduled_revision_id = article.scheduled_revision_id
        relations.write_waiting_uses(row)
    else:
        _store(article, wanted)
        outbox.announce_change(before, article)


def _put_in_history(
    article: Article, content: Content, by: "User | None", note: str, *, is_moved: bool
) -> None:
    """Keep the saved text as the article's draft; whoever types what is live has no changes.

    Under way to its readers it keeps its chain, unless it goes into another section.
    """
    revision = add_revision(article, by, Revision.Kind.SAVE, note, content)
    live = article.live_revision
    is_same = live is not None and live.content_hash == revision.content_hash
    article.draft_revision = live if is_same else revision
    if is_moved and article.chain:
        section = Section.objects.select_related("parent").get(pk=content["fields"]["section_id"])
        article.chain, article.passed = chains.chosen(section), 0
        if article.stage == Article.Stage.READY:
            article.stage = Article.Stage.SUBMITTED
    is_own = by is not None and rights.is_writer(by, article)
    article.stage = chains.stage_after_save(article, by, is_own=is_own)
    article.save(update_fields=["draft_revision", "stage", "passed", "chain"])


def _replace(article: Article, changed: dict[str, Any]) -> None:
    """Change the row if nobody else has moved it meanwhile."""
    rows = Article.objects.filter(pk=article.pk, version=article.version, token=article.token)
    if rows.update(**changed, token=F("token") + 1) != 1:
        raise _conflict(article)
    article.token += 1


def _checked(article: Article, content: Content, *, is_leaving: bool = False) -> Content:
    """Put the content on the row in memory, cleaned; say first what the database would refuse."""
    snapshots.put(article, content)
    for name in FIELDS:
        if isinstance(value := getattr(article, name), str):
            setattr(article, name, words.clean(value))
    article.body = markup.clean(article.body)
    article.slug = make_slug(article.slug or article.headline) or str(article.pk or "")
    article.clean_fields(exclude=["slug", *POINTERS])
    article.validate_constraints(exclude=["id"])
    if not is_leaving:
        _check_lead_image(article)
    return {
        **snapshots.with_values(content, Values({name: getattr(article, name) for name in FIELDS})),
        "tags": relations.known_names(content["tags"]),
        "bylines": relations.known_lines(content["bylines"]),
        "lead_image": snapshots.image(article.lead_image_id),
    }


def _check_lead_image(article: Article) -> None:
    """A picture without its maker's name is nobody's to print (PPMS butir 7)."""
    if article.lead_image_id is None:
        return
    credit = Image.objects.filter(pk=article.lead_image_id).values_list("credit", flat=True)
    if not any(credit):
        message = _("This picture has no credit. Write one below, or in the picture's form.")
        raise ValidationError({"lead_image": message})


def _store(article: Article, content: Content) -> None:
    """Write what hangs on the row, which holds the content's fields already."""
    relations.write(article, content["tags"], content["bylines"])
    search.write(article)
    listing.place(article)


def add_revision(
    article: Article,
    by: "User | None",
    kind: str,
    note: str = "",
    content: Content | None = None,
) -> Revision:
    """Keep the article's content, or `content`, under the next number."""
    content = snapshots.working(article) if content is None else content
    last = article.revisions.aggregate(last=Max("number"))["last"] or 0
    revision = Revision.objects.create(
        article=article,
        number=last + 1,
        version=None if kind in UNSAVED else article.version,
        base_id=article.draft_revision_id,
        content=content,
        content_hash=snapshots.fingerprint(content),
        author=by,
        kind=kind,
        note=note,
    )
    trail.saved(revision)
    return revision


def go_live(article: Article, revision: Revision, at: datetime) -> None:
    """Note that readers see `revision` from `at` (or from the publication time, if later)."""
    assert article.published_at is not None
    end_live(article, at)
    revision.live_from = max(at, article.published_at)
    revision.live_until = article.unpublish_at
    revision.save(update_fields=["live_from", "live_until"])
    article.live_revision = revision


def end_live(article: Article, at: datetime) -> None:
    """Note that readers no longer see the live revision; one that never showed was never live."""
    live = article.live_revision
    if live is None or live.live_from is None:
        return
    if live.live_from >= at:
        live.live_from = live.live_until = None
    elif live.live_until is None or live.live_until > at:
        live.live_until = at
    live.save(update_fields=["live_from", "live_until"])
    article.live_revision = None


def _conflict(
    article: Article, losing: Revision | None = None, clashes: tuple[str, ...] = ()
) -> Conflict:
    theirs = article.draft_revision
    assert theirs is not None
    message = _("%(name)s saved this article at %(time)s, after you had opened it.") % {
        "name": theirs.author or _("The import"),
        "time": timezone.localtime(theirs.created_at).strftime("%H.%M %Z"),
    }
    return Conflict(message, theirs, losing, clashes)
