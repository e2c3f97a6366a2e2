"""What hangs on an article's row: tags, bylines, the pictures it uses. For content.py alone.

Call these in the writer's transaction, after the row is written.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles import markup, outbox, snapshots, words
from articles.models import (
    Article,
    Author,
    Byline,
    Image,
    ImageUse,
    Revision,
    Tag,
    TaggedArticle,
)
from articles.slugs import tag_key

LONGEST_TAG = 100


def write(article: Article, tags: Iterable[str], bylines: Iterable[dict[str, Any]]) -> None:
    """Make tags, bylines and uses of pictures what the content says."""
    _write_tags(article, tags)
    _write_bylines(article, bylines)
    _write_image_uses(article)


def known_names(names: Iterable[str]) -> list[str]:
    """The tags' names, each once, in the spelling of the tag that there is already.

    Raises ValidationError for a name that is none.
    """
    by_key = {tag_key(name): name for name in map(_checked, names)}
    by_key |= dict(Tag.objects.filter(key__in=by_key).values_list("key", "name"))
    return sorted(by_key.values())


def _checked(name: str) -> str:
    name = " ".join(words.clean(name).split())
    if len(name) > LONGEST_TAG or not any(map(str.isalnum, name)):
        message = _("This can't be a tag: %(name)s. It needs letters, and 100 characters at most.")
        raise ValidationError({"tags": message % {"name": name[:LONGEST_TAG]}})
    return name


def known_lines(lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The bylines, each once, with the names that their authors bear today."""
    unique = {(line["author"], line["role"]): line for line in lines}
    names = dict(Author.objects.filter(pk__in=[pk for pk, _ in unique]).values_list("pk", "name"))
    return [{"author": pk, "name": names[pk], "role": role} for pk, role in unique if pk in names]


def tag_named(name: str) -> Tag:
    """The tag of that name in whatever spelling, made if there is none.

    Raises ValidationError for a name that is none.
    """
    name = _checked(name)
    tag, is_new = Tag.objects.get_or_create(key=tag_key(name), defaults={"name": name})
    if is_new:
        # Somebody may have asked for its page before, and been told that there is none.
        outbox.announce({f"slug:tag:{tag.slug}"})
    return tag


def _write_tags(article: Article, names: Iterable[str]) -> None:
    # In one order for all: two writers that make the same tags would wait for each other for ever.
    wanted = {tag_named(name).pk for name in sorted(names, key=tag_key)}
    article.tagged_items.exclude(tag__in=wanted).delete()
    held = set(article.tagged_items.values_list("tag", flat=True))
    TaggedArticle.objects.bulk_create(
        TaggedArticle(content_object=article, tag_id=pk) for pk in sorted(wanted - held)
    )


def _write_bylines(article: Article, lines: Iterable[dict[str, Any]]) -> None:
    article.bylines.all().delete()
    Byline.objects.bulk_create(
        Byline(article=article, author_id=line["author"], role=line["role"], order=order)
        for order, line in enumerate(lines)
    )


def make_tags(names: Iterable[str]) -> None:
    """Have the tags of a text that comes before the readers at a time ahead, as drafts have theirs.

    A page that says there is no such topic must know which list it waits for.
    """
    for name in sorted(names, key=tag_key):
        tag_named(name)


def write_waiting_uses(article: Article) -> None:
    """Note the pictures that only a change to a published article uses, which readers don't see.

    So does a change that waits for its time.
    """
    live = set(article.image_uses.filter(is_draft=False).values_list("image", "role"))
    _put_uses(article, (_uses(article) | scheduled_uses(article)) - live, is_draft=True)


def scheduled_uses(article: Article) -> set[tuple[int, str]]:
    """Which pictures the change that waits for its time shows, and as what; none if none waits."""
    if article.scheduled_revision_id is None:
        return set()
    waiting = Article(pk=article.pk)
    revision = Revision.objects.get(pk=article.scheduled_revision_id)
    snapshots.put(waiting, snapshots.complete(revision))
    return _uses(waiting)


def _write_image_uses(article: Article) -> None:
    uses = _uses(article)
    _put_uses(article, scheduled_uses(article) - uses, is_draft=True)
    _put_uses(article, uses, is_draft=False)


def _uses(article: Article) -> set[tuple[int, str]]:
    """Which pictures the text in hand shows, and as what."""
    body, role = markup.references(article.body), ImageUse.Role
    shown = {(pk, str(role.BODY)) for pk in body.images}
    shown |= {(pk, str(role.GALLERY)) for pk in body.galleries}
    alone = ((article.lead_image_id, role.LEAD), (article.share_image_id, role.SHARE))
    shown |= {(pk, str(used)) for pk, used in alone if pk}
    known = set(
        Image.objects.filter(pk__in={pk for pk, _role in shown}).values_list("pk", flat=True)
    )
    return {use for use in shown if use[0] in known}


def _put_uses(article: Article, uses: set[tuple[int, str]], *, is_draft: bool) -> None:
    article.image_uses.filter(is_draft=is_draft).delete()
    ImageUse.objects.bulk_create(
        ImageUse(article=article, image_id=pk, role=role, is_draft=is_draft)
        for pk, role in sorted(uses)
    )
