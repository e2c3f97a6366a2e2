"""Announcing a change: which things it touches, as tags, in the change's own transaction.

What readers could see of an article is compared before and after; only what differs is announced.
The names of the tags are those that querysets and template tags report (dependencies.py).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone

from articles import days, merging, pagecache, snapshots
from articles.models import Article, FormerAddress, Revision, Section, Tag
from articles.pagecache import moments
from articles.pagecache.moments import Moment
from articles.slugs import make_slug, tag_key

# A moment that is nearer than a transaction may last counts as one that lies ahead.
NEAR = timedelta(minutes=2)
# All that partials/card.html and its kin show of an article, beside its section and its bylines.
CARD = (
    "kind",
    "label",
    "kicker",
    "headline",
    "slug",
    "standfirst",
    "section_id",
    "lead_image_id",
    "status",
    "published_at",
    "unpublish_at",
)
# What decides where on the front page it may stand.
FRONT = ("section_id", "lead_image_id")
TIMES = ("status", "published_at", "unpublish_at")
SITEMAP = ("slug", "section_id", "updated_at")
# The months before the present one, in the index of the sitemap.
PAST_MONTHS = "list:months:past"


class Ahead(NamedTuple):
    """An article whose change waits, what it shows and holds now, and the change with its base."""

    article: Article
    shown: "Shown"
    content: snapshots.Content
    revision: Revision


class Foreseen(NamedTuple):
    """A change that waits for its time (UTC), and the tags of all that it may touch then."""

    at: datetime
    tags: frozenset[str]


@dataclass(frozen=True)
class Shown:
    """What readers can see of one article, now or at a time that is set already."""

    pk: int
    is_public: bool
    lists: frozenset[str]
    bylines: tuple[int, ...]
    fields: dict[str, Any]
    moments: frozenset[datetime]
    change: Foreseen | None = None

    def differs(self, other: "Shown", names: Iterable[str]) -> bool:
        return any(self.fields[name] != other.fields[name] for name in names)


def shown(article: Article) -> Shown:
    """What `article` shows with its tags and bylines as they are stored: ask before and after."""
    bylines = tuple(article.bylines.order_by("order", "id").values_list("author", flat=True))
    found = _shown(article, article.tagged_items.values_list("tag", flat=True), bylines)
    if article.change_at is None:
        return found
    revision = Revision.objects.select_related("base").get(pk=article.scheduled_revision_id or 0)
    [change] = _foreseen([Ahead(article, found, snapshots.stored(article), revision)])
    return replace(found, change=change)


def _shown(article: Article, tags: Iterable[int], bylines: tuple[int, ...]) -> Shown:
    at_times = (article.published_at, article.unpublish_at, article.comments_close_at)
    return Shown(
        pk=article.pk,
        is_public=article.status in {Article.Status.PUBLISHED, Article.Status.WITHDRAWN},
        lists=frozenset(lists_of(article, tags, bylines)),
        bylines=bylines,
        fields={name: getattr(article, name) for name in {*CARD, *SITEMAP}},
        moments=frozenset(at for at in at_times if at),
    )


def _foreseen(waiting: Sequence[Ahead]) -> Iterator[Foreseen]:
    """What each scheduled change touches when it is joined with what its article shows now.

    For many it asks no more often than for one.
    """
    joined = _joined(waiting)
    known = _known_tags(name for content in joined for name in content["tags"])
    sections = Section.objects.in_bulk({content["fields"]["section_id"] for content in joined})
    for one, content in zip(waiting, joined, strict=True):
        assert one.article.change_at is not None
        then = copy(one.article)
        snapshots.put(then, content)
        if section := sections.get(then.section_id):
            then.section = section
        if one.revision.is_substantial:
            then.updated_at = then.change_at
        tags, unknown = _tags(content["tags"], known)
        bylines = tuple(line["author"] for line in content["bylines"])
        after = _shown(then, tags, bylines)
        touches = (touched(one.shown, after) | unknown) - {moments.TAG}
        # The article's month may be one of the past by then.
        if one.shown.differs(after, SITEMAP):
            touches.add(PAST_MONTHS)
        yield Foreseen(one.article.change_at, frozenset(touches))


def _joined(waiting: Sequence[Ahead]) -> list[snapshots.Content]:
    texts = [text for one in waiting for text in _to_join(one)]
    today = iter(snapshots.with_names_of_today(*texts))
    return [merging.merge(*trio).content for trio in zip(today, today, today, strict=True)]


def _to_join(one: Ahead) -> tuple[snapshots.Content, ...]:
    """What both began from, the change, and what the article holds now."""
    assert one.revision.base is not None
    return _without_body(one.revision.base), _without_body(one.revision), one.content


def _without_body(revision: Revision) -> snapshots.Content:
    """A body touches the article's own page, whatever is in it; to join two takes long."""
    content = snapshots.complete(revision)
    return content | {"fields": content["fields"] | {"body": ""}}


def _known_tags(names: Iterable[str]) -> dict[str, int]:
    """The topics of these names, by their keys."""
    rows = Tag.objects.filter(key__in=set(map(tag_key, names)))
    return dict(rows.values_list("key", "pk"))


def _tags(names: Iterable[str], known: Mapping[str, int]) -> tuple[set[int], set[str]]:
    """The topics of these names, and what pages asked that found none of a name."""
    by_key = {tag_key(name): name for name in names}
    missing = by_key.keys() - known.keys()
    slugs = {f"slug:tag:{make_slug(by_key[key], fallback='tag')}" for key in missing}
    return {known[key] for key in by_key.keys() & known.keys()}, slugs


def lists_of(article: Article, tags: Iterable[int], authors: Iterable[int]) -> Iterator[str]:
    """Each list that the article is in, or will be at its time; none of what is not published."""
    if article.status != Article.Status.PUBLISHED or article.published_at is None:
        return
    day = f"{timezone.localtime(article.published_at):%Y-%m-%d}"
    month = days.month_of(article.published_at)
    yield from ("list:front", "list:search", "list:months")
    yield from (f"list:month:{month}", f"list:day:{day}")
    if month < days.month_of(timezone.now() + NEAR):
        yield PAST_MONTHS
    # A section shows what is in those below it as well.
    sections = (article.section_id, article.section.parent_id or 0)
    yield from (f"list:section-day:{pk}:{day}" for pk in sections)
    names = [f"section:{pk}" for pk in sections]
    names += [*(f"tag:{pk}" for pk in tags), *(f"author:{pk}" for pk in set(authors))]
    for name in names:
        # Page one of a list, and the pages further down that lie in this month.
        yield from (f"list:{name}", f"list:{name}:{month}")


def touched(before: Shown, after: Shown) -> set[str]:
    """The tags of what readers see otherwise after the change; none for a draft that stays one."""
    if not (before.is_public or after.is_public):
        return set()
    either = before.lists | after.lists
    tags = {f"article:{after.pk}"}
    if before.differs(after, (*TIMES, "kind")):
        tags |= either
    else:
        tags |= before.lists ^ after.lists
    if before.differs(after, CARD) or before.bylines != after.bylines:
        tags.add(f"card:{after.pk}")
    if before.differs(after, FRONT):
        tags |= either & {"list:front"}
    if before.differs(after, SITEMAP):
        tags |= {tag for tag in either if tag.startswith("list:month")}
    tags |= either & {"list:search"}
    if before.change != after.change:
        # Pages that are kept do not know yet when they end.
        tags |= {moments.TAG} | (after.change.tags if after.change else set())
    return tags | _moments_touched(before, after)


def _moments_touched(before: Shown, after: Shown) -> set[str]:
    """The list of moments changes with the moments ahead, and with the lists that they change."""
    recent = timezone.now() - NEAR
    ahead = [{at for at in side.moments if at > recent} for side in (before, after)]
    moved = ahead[0] != ahead[1] or before.lists != after.lists or before.differs(after, TIMES)
    return {moments.TAG} if moved and any(ahead) else set()


def announce(tags: Iterable[str]) -> None:
    """Tell of a change to `tags`; call it inside the change's transaction."""
    pagecache.announce(set(tags))


def announce_change(before: Shown, article: Article) -> None:
    """Tell what readers see otherwise of `article` than they did `before`."""
    announce(touched(before, shown(article)))


def upcoming(since: datetime) -> Iterator[Moment]:
    """When articles appear, change, end or close comments, and when former addresses end."""
    ahead = Q(published_at__gt=since) | Q(unpublish_at__gt=since) | Q(comments_close_at__gt=since)
    waiting = Article.objects.filter(ahead, status=Article.Status.PUBLISHED)
    for article in waiting.select_related("section").prefetch_related("tagged_items", "bylines"):
        tags = [item.tag_id for item in article.tagged_items.all()]
        authors = [line.author_id for line in article.bylines.all()]
        seen = frozenset(lists_of(article, tags, authors)) | things_of(article.pk)
        # Its month may be one of the past when it ends, and never is when it begins.
        for at, hides, names in (
            (article.published_at, False, seen),
            (article.unpublish_at, True, seen | {PAST_MONTHS}),
        ):
            if at and at > since:
                yield Moment(at, hides, names)
        closes = article.comments_close_at
        if closes and closes > since:
            yield Moment(closes, False, frozenset({f"article:{article.pk}"}))
    for change in _foreseen(_changes_after(since)):
        # Something may have to be gone by then, which nobody can tell from what comes.
        yield Moment(change.at, True, change.tags)
    for former in FormerAddress.objects.filter(ends_at__gt=since):
        assert former.ends_at is not None
        yield Moment(former.ends_at, True, frozenset({f"address:{former.path}"}))


def _changes_after(since: datetime) -> list[Ahead]:
    rows = Article.objects.changing().filter(change_at__gt=since)
    rows = rows.select_related("section", "scheduled_revision__base")
    found = []
    for article in rows.prefetch_related("tagged_items__tag", "bylines__author"):
        assert article.scheduled_revision is not None
        content = snapshots.fetched(article)
        bylines = tuple(line["author"] for line in content["bylines"])
        tags = [item.tag_id for item in article.tagged_items.all()]
        now = _shown(article, tags, bylines)
        found.append(Ahead(article, now, content, article.scheduled_revision))
    return found


def things_of(pk: int) -> set[str]:
    """The article itself, whole and as a card."""
    return {f"article:{pk}", f"card:{pk}"}
