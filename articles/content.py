"""The only writer of an article's text and relations.

A save names the version it began from. If somebody else saved in between it is refused, and the
refused text goes into the history: neither text is lost.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from json import dumps
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import embargoes, listing, markup, outbox, rights, search, words
from articles.errors import Conflict, NotAllowed
from articles.guard import writing
from articles.models import (
    Article,
    Author,
    Byline,
    Image,
    ImageUse,
    Revision,
    Section,
    Tag,
    TaggedArticle,
    Transition,
)
from articles.slugs import make_slug, tag_key

if TYPE_CHECKING:
    from accounts.models import User

SCHEMA = 1
LONGEST_TAG = 100
FIELDS = (
    "section_id",
    "kind",
    "label",
    "kicker",
    "headline",
    "headline_derived",
    "slug",
    "standfirst",
    "body",
    "lead_image_id",
    "dateline_source",
    "dateline_city",
    "seo_title",
    "seo_description",
    "sensitivity",
    "comments_mode",
    "comments_close_at",
    "embargo_until",
)


@dataclass(frozen=True)
class Signature:
    """One byline to be: who, and as what."""

    author: Author
    role: str = Byline.Role.WRITER


@dataclass(frozen=True)
class Values:
    """What a save brings. A field that is not named stays; so do tags and bylines that are None."""

    fields: Mapping[str, Any]
    tags: Iterable[str] | None = None
    bylines: Iterable[Signature] | None = None
    substantive: bool = False


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
        _hold_section(values)
        _apply(article, values)
        article.save()
        if not article.slug:
            article.slug = str(article.pk)
            article.save(update_fields=["slug"])
        kind = Revision.Kind.IMPORT if import_hash else Revision.Kind.SAVE
        _write_relations(article, values, by, kind, note)
        _record(article, "create", "", by, note)
    return article


def save(
    article: Article, values: Values, base_version: int, by: "User | None", *, note: str = ""
) -> Article:
    """Write `values` over version `base_version` of the article and keep a revision.

    Returns the article as saved. Raises NotAllowed; Conflict when the version is no longer
    `base_version`; ValidationError for content the database would refuse.
    """
    conflict: Conflict | None = None
    with transaction.atomic(), writing():
        _hold_section(values)
        fresh = lock(article.pk)
        override = _check_edit(by, fresh, note)
        embargoes.check_change(fresh, values.fields, by)
        if fresh.version != base_version:
            conflict = _keep_losing(fresh, values, by)
        else:
            _overwrite(fresh, values, by, note, override=override)
    if conflict:  # Raised outside, so that the refused text stays in the history.
        raise conflict
    return fresh


def lock(pk: int) -> Article:
    """The row as it is now, held until the transaction ends; on SQLite BEGIN holds it already.

    The section is read when it is asked for: selected with a row that had to be waited for, it
    would be the one from before the wait, or none.
    """
    return Article.objects.select_for_update().get(pk=pk)


def _hold_section(values: Values) -> None:
    """Keep the section where it is, until the article that comes into it is placed.

    Sections are locked before articles: naming.py moves one and then all that is in it.
    """
    if pk := values.fields.get("section_id"):
        Section.objects.select_for_update(no_key=True).filter(pk=pk).first()


def renew_search(pk: int) -> None:
    """Write an article's search row anew; its text stays as it is."""
    with transaction.atomic(), writing():
        article = lock(pk)
        search.write(article)
        listing.place(article)


def _check_edit(by: "User | None", article: Article, note: str) -> bool:
    """Raise NotAllowed unless `by` may save now; whether the chief editor's override was used."""
    if by is None:
        return False
    if reason := rights.why_not_edit(by, article):
        raise NotAllowed(reason)
    return article.status == Article.Status.PUBLISHED and rights.approve(by, article, note)


def _overwrite(
    article: Article, values: Values, by: "User | None", note: str, *, override: bool
) -> None:
    before, version, token = outbox.shown(article), article.version, article.token
    _apply(article, values)
    article.slug = article.slug or str(article.pk)
    changed = {field: getattr(article, field) for field in (*FIELDS, "updated_at")}
    rows = Article.objects.filter(pk=article.pk, version=version, token=token).update(
        **changed, version=F("version") + 1, token=F("token") + 1, saved_at=timezone.now()
    )
    if rows != 1:
        raise _conflict(article)
    article.refresh_from_db(fields=["version", "token", "saved_at"])
    _write_relations(article, values, by, Revision.Kind.SAVE, note)
    if article.status == Article.Status.PUBLISHED:
        _record(article, "update", article.status, by, note, override=override)
    outbox.announce_change(before, article)


def _apply(article: Article, values: Values) -> None:
    """Put the values on the row in memory, cleaned; say first what the database would refuse."""
    for name, value in values.fields.items():
        setattr(article, name, words.clean(value) if isinstance(value, str) else value)
    article.body = markup.clean(article.body)
    article.slug = make_slug(article.slug or article.headline)
    if values.substantive:
        article.updated_at = timezone.now()
    article.clean_fields(exclude=["slug", "live_revision", "draft_revision"])
    article.validate_constraints(exclude=["id"])
    _check_lead_image(article)


def _check_lead_image(article: Article) -> None:
    """A picture without its maker's name is nobody's to print (PPMS butir 7)."""
    if article.lead_image_id is None:
        return
    credit = Image.objects.filter(pk=article.lead_image_id).values_list("credit", flat=True)
    if not any(credit):
        message = _("This picture has no credit. Write one in the picture's form first.")
        raise ValidationError({"lead_image": message})


def _write_relations(
    article: Article, values: Values, by: "User | None", kind: str, note: str
) -> None:
    if values.tags is not None:
        _write_tags(article, values.tags)
    if values.bylines is not None:
        _write_bylines(article, values.bylines)
    _write_image_uses(article)
    search.write(article)
    listing.place(article)
    _show(article, add_revision(article, by, kind, note))


def _write_tags(article: Article, names: Iterable[str]) -> None:
    # In one order for all: two writers that make the same tags would wait for each other for ever.
    wanted = {tag_named(name).pk for name in sorted(names, key=tag_key)}
    article.tagged_items.exclude(tag__in=wanted).delete()
    held = set(article.tagged_items.values_list("tag", flat=True))
    TaggedArticle.objects.bulk_create(
        TaggedArticle(content_object=article, tag_id=pk) for pk in sorted(wanted - held)
    )


def tag_named(name: str) -> Tag:
    """The tag of that name in whatever spelling, made if there is none.

    Raises ValidationError for a name that is none.
    """
    name = " ".join(words.clean(name).split())
    if len(name) > LONGEST_TAG or not any(map(str.isalnum, name)):
        message = _("This can't be a tag: %(name)s. It needs letters, and 100 characters at most.")
        raise ValidationError({"tags": message % {"name": name[:LONGEST_TAG]}})
    tag, is_new = Tag.objects.get_or_create(key=tag_key(name), defaults={"name": name})
    if is_new:
        # Somebody may have asked for its page before, and been told that there is none.
        outbox.announce({f"slug:tag:{tag.slug}"})
    return tag


def _write_bylines(article: Article, signatures: Iterable[Signature]) -> None:
    article.bylines.all().delete()
    unique = dict.fromkeys((s.author.pk, s.role) for s in signatures)
    Byline.objects.bulk_create(
        Byline(article=article, author_id=pk, role=role, order=order)
        for order, (pk, role) in enumerate(unique)
    )


def _write_image_uses(article: Article) -> None:
    shown = markup.references(article.body).images
    known = set(Image.objects.filter(pk__in=shown).values_list("pk", flat=True))
    uses = {(pk, ImageUse.Role.BODY) for pk in known}
    if article.lead_image_id:
        uses.add((article.lead_image_id, ImageUse.Role.LEAD))
    article.image_uses.all().delete()
    ImageUse.objects.bulk_create(
        ImageUse(article=article, image_id=pk, role=role) for pk, role in sorted(uses)
    )


def snapshot(article: Article) -> dict[str, Any]:
    """All content of the article, as a revision keeps it."""
    return {
        "schema": SCHEMA,
        "fields": {name: _plain(getattr(article, name)) for name in FIELDS},
        "tags": sorted(article.tagged_items.values_list("tag__name", flat=True)),
        "bylines": [
            {"author": line.author_id, "name": line.author.name, "role": line.role}
            for line in article.bylines.select_related("author")
        ],
        "lead_image": _image(article.lead_image_id),
    }


def _image(pk: int | None) -> dict[str, Any] | None:
    fields = ("id", "caption", "credit", "alt")
    return Image.objects.filter(pk=pk).values(*fields).first() if pk else None


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def add_revision(
    article: Article,
    by: "User | None",
    kind: str,
    note: str = "",
    content: dict[str, Any] | None = None,
) -> Revision:
    """Keep the article's content, or `content`, under the next number."""
    content = snapshot(article) if content is None else content
    last = article.revisions.aggregate(last=Max("number"))["last"] or 0
    return Revision.objects.create(
        article=article,
        number=last + 1,
        base_id=article.draft_revision_id,
        content=content,
        content_hash=sha256(dumps(content, sort_keys=True).encode()).hexdigest(),
        author=by,
        kind=kind,
        note=note[:300],
    )


def _show(article: Article, revision: Revision) -> None:
    """Make `revision` the article's text, and what readers see if the article is public."""
    article.draft_revision = revision
    if article.status == Article.Status.PUBLISHED:
        go_live(article, revision, timezone.now())
    article.save(update_fields=["draft_revision", "live_revision"])


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


def _keep_losing(article: Article, values: Values, by: "User | None") -> Conflict:
    """Put the refused text into the history and say what stands against it."""
    content = snapshot(article)
    content["fields"] |= {name: _plain(value) for name, value in values.fields.items()}
    if values.tags is not None:
        content["tags"] = sorted(values.tags)
    if values.bylines is not None:
        content["bylines"] = [
            {"author": s.author.pk, "name": s.author.name, "role": s.role} for s in values.bylines
        ]
    losing = add_revision(article, by, Revision.Kind.LOSING, content=content)
    return _conflict(article, losing)


def _conflict(article: Article, losing: Revision | None = None) -> Conflict:
    theirs = article.draft_revision
    assert theirs is not None
    message = _("%(name)s saved this article at %(time)s, after you had opened it.") % {
        "name": theirs.author or _("The import"),
        "time": timezone.localtime(theirs.created_at).strftime("%H:%M %Z"),
    }
    return Conflict(message, theirs, losing)


def _record(
    article: Article,
    name: str,
    source: str,
    by: "User | None",
    note: str,
    *,
    override: bool = False,
) -> None:
    Transition.objects.create(
        article=article,
        name=name,
        source=source,
        target=article.status,
        actor=by,
        note=note,
        revision=article.draft_revision,
        override=override,
    )
