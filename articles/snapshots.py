"""All content of an article as plain values: what a revision keeps, what a working copy is.

The row of a published article is what readers see. While an editor changes it, the changes live in
its draft revision alone; of every other article the row and the draft revision say the same.
"""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from json import dumps
from typing import Any

from articles.models import (
    Article,
    Author,
    Byline,
    FormerAddress,
    Image,
    Revision,
    Section,
    Tag,
    TaggedArticle,
)
from articles.slugs import make_slug, tag_key

SCHEMA = 1
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
    "share_image_id",
    "canonical_url",
    "sensitivity",
    "comments_mode",
    "comments_close_at",
    "embargo_until",
)
MOMENTS = {"comments_close_at", "embargo_until"}

type Content = dict[str, Any]


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


def is_apart(article: Article) -> bool:
    """Whether the desk has changed what readers see, and not published the change."""
    is_public = article.status == Article.Status.PUBLISHED
    return is_public and article.draft_revision_id != article.live_revision_id


def stored(article: Article) -> Content:
    """The content of the row and of what hangs on it."""
    names = article.tagged_items.values_list("tag__name", flat=True)
    found = _content(article, names, article.bylines.select_related("author"))
    return found | {"lead_image": image(article.lead_image_id)}


def fetched(article: Article) -> Content:
    """The same of a row whose tags, bylines and authors came with it; without its picture's words.

    It asks the database nothing.
    """
    names = [item.tag.name for item in article.tagged_items.all()]
    return _content(article, names, article.bylines.all())


def blank() -> Content:
    """The content of an article that nobody has written yet."""
    return _content(Article(), (), ())


def _content(article: Article, names: Iterable[str], lines: Iterable[Byline]) -> Content:
    return {
        "schema": SCHEMA,
        "fields": {name: _plain(getattr(article, name)) for name in FIELDS},
        "tags": sorted(names),
        "bylines": [
            {"author": line.author_id, "name": line.author.name, "role": line.role}
            for line in lines
        ],
        "lead_image": None,
    }


def working(article: Article) -> Content:
    """What the desk works on: the changes that wait, or what is stored."""
    if not is_apart(article):
        return stored(article)
    # Asked for by its number: rows for readers' pages refuse to fetch what they were not given.
    return complete(Revision.objects.get(pk=article.draft_revision_id or 0))


def complete(revision: Revision) -> Content:
    """A revision's content, with the usual values of fields that are younger than it."""
    content: Content = revision.content
    return content | {"fields": blank()["fields"] | content["fields"]}


def with_values(content: Content, values: Values) -> Content:
    """The content after a save of `values`, nothing of it checked yet."""
    fields = content["fields"] | {name: _plain(value) for name, value in values.fields.items()}
    changed = content | {"fields": fields}
    if values.tags is not None:
        changed["tags"] = sorted(values.tags)
    if values.bylines is not None:
        changed["bylines"] = [
            {"author": one.author.pk, "name": one.author.name, "role": one.role}
            for one in values.bylines
        ]
    return changed


def put(article: Article, content: Content) -> None:
    """Set the fields of the row in memory; tags, bylines and the picture's words stay apart."""
    for name in FIELDS:
        value = content["fields"][name]
        is_moment = name in MOMENTS and isinstance(value, str)
        setattr(article, name, datetime.fromisoformat(value) if is_moment else value)


def as_row(article: Article) -> Article:
    """A row in memory as it would be with the working copy on it; never to be saved."""
    row = copy(article)
    put(row, working(article))
    return row


def show(article: Article, content: Content) -> Article:
    """Make the row in memory look as if `content` were stored: for forms and previews, not to save.

    Its bylines and tags answer as if they had been fetched with it.
    """
    before = article.section_id, article.lead_image_id, article.share_image_id
    put(article, content)
    if before != (article.section_id, article.lead_image_id, article.share_image_id):
        article.section = Section.objects.select_related("parent").get(pk=article.section_id)
        article.lead_image = Image.objects.filter(pk=article.lead_image_id or 0).first()
        article.share_image = Image.objects.filter(pk=article.share_image_id or 0).first()
    authors = Author.objects.in_bulk([line["author"] for line in content["bylines"]])
    tags = {tag.name: tag for tag in Tag.objects.filter(name__in=content["tags"])}
    _fetched(
        article,
        bylines=[
            Byline(article=article, author=authors[line["author"]], role=line["role"], order=order)
            for order, line in enumerate(content["bylines"])
            if line["author"] in authors
        ],
        tagged_items=[
            TaggedArticle(content_object=article, tag=tags.get(name) or _tag_to_be(name))
            for name in content["tags"]
        ],
    )
    return article


def _tag_to_be(name: str) -> Tag:
    """A topic that will be made when the text is published; no article has its number."""
    return Tag(pk=0, name=name, slug=make_slug(name, fallback="tag"))


def _fetched(article: Article, **related: list[Any]) -> None:
    """Let `article.<name>.all()` answer with these rows, as after prefetch_related."""
    held: dict[str, Any] = article.__dict__.setdefault("_prefetched_objects_cache", {})
    for name, rows in related.items():
        held.pop(name, None)
        held[name] = getattr(article, name).all()
        held[name]._result_cache, held[name]._prefetch_done = rows, True


def with_names_of_today(*contents: Content) -> list[Content]:
    """The contents with their tags called as they are today: renaming one is no change of a text.

    The same number of queries for one and for many.
    """
    today = _names_today({name for one in contents for name in one["tags"]})
    return [
        one | {"tags": sorted({today.get(name, name) for name in one["tags"]})} for one in contents
    ]


def _names_today(names: Iterable[str]) -> dict[str, str]:
    """What the tags that had these names are called now.

    There is no list of former names. A renamed tag keeps its address, or has left it to another
    one, and the address of a tag is made from its first name: where nobody bears a name any more,
    the tag at that address is the one, if its own name would have given it another. Not found is
    a tag whose address was chosen by hand, or numbered because it was taken.
    """
    keys = {name: tag_key(name) for name in names}
    held = dict(Tag.objects.filter(key__in=set(keys.values())).values_list("key", "name"))
    found = {name: held[key] for name, key in keys.items() if key in held}
    slugs = {name: slug for name in keys if name not in found and (slug := make_slug(name))}
    if not slugs:
        return found
    rows = Tag.objects.filter(slug__in=set(slugs.values())).values_list("slug", "name")
    moved = {slug: name for slug, name in rows if make_slug(name) != slug}
    paths = {Tag(slug=slug).get_absolute_url(): slug for slug in slugs.values()}
    left = FormerAddress.objects.filter(path__in=paths, tag__isnull=False)
    moved |= {paths[path]: name for path, name in left.values_list("path", "tag__name")}
    return found | {name: moved[slug] for name, slug in slugs.items() if slug in moved}


def fingerprint(content: Content) -> str:
    """Equal for equal contents."""
    return sha256(dumps(content, sort_keys=True).encode()).hexdigest()


def image(pk: int | None) -> Content | None:
    """What a revision remembers of its lead image."""
    names = ("id", "caption", "credit", "alt")
    return Image.objects.filter(pk=pk).values(*names).first() if pk else None


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
