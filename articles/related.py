"""The articles that another one's page shows: its family, boxes in its text, what to read next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Case, Exists, OuterRef, Q, When
from django.db.models.expressions import RawSQL

from articles import dependencies, markup, relatives
from articles.models import Article, TaggedArticle
from articles.prepared import Prepared
from articles.querysets import ArticleQuerySet
from articles.relatives import Relatives

MOST = 4
# Of so many tags, and so many more of each: some have ended, or are advertisements.
MOST_TAGS = 5
SPARE = 3
NEWEST_OF_TAG = (
    "SELECT * FROM (SELECT content_object_id FROM articles_taggedarticle"
    " WHERE tag_id = %s AND shown_at <= %s"
    " ORDER BY shown_at DESC, content_object_id DESC LIMIT %s) AS newest"
)
NEWEST_OF_SECTION = (
    "SELECT * FROM (SELECT id FROM articles_article"
    " WHERE section_id = %s AND published_at <= %s"
    " AND status = 'published' AND kind <> 'advertorial'"
    " ORDER BY published_at DESC, id DESC LIMIT %s) AS newest"
)


@dataclass(frozen=True)
class Around:
    """What stands around an article, of all that is live.

    `boxes` are those that the text refers to, `family` those that are linked with it, and `next` is
    what follows it.
    """

    boxes: dict[int, Article]
    family: list[Relatives]
    next: list[Article]


def around(article: Article, now: datetime) -> Around:
    """All in one query: the cards of a few candidates, each found by its index."""
    in_text, ties = markup.references(article.body).articles, relatives.ties(article)
    asked = tuple(dict.fromkeys((*in_text, *(tie.other for tie in ties))))
    tags = [tag.pk for tag in article.topics]
    # What is not shown now may be tomorrow, and the lists are asked whoever is in them.
    dependencies.saw(*(f"card:{pk}" for pk in asked), f"list:section:{article.section_id}")
    dependencies.saw(*(f"list:tag:{pk}" for pk in tags))
    rows: list[Article] = _around(now, article.pk, article.section_id, asked, *tags)
    live = {row.pk: row for row in rows if row.pk in asked}
    boxes = {pk: row for pk, row in live.items() if pk in in_text}
    following = [row for row in rows if row.pk not in live][:MOST]
    return Around(boxes, relatives.grouped(ties, live), following)


@Prepared
def _around(
    now: datetime, own: int, section: int, asked: tuple[int, ...], *tags: int
) -> ArticleQuerySet:
    """What is referred to, then what shares a tag, then what does not; the newest first."""
    # News and advertisements are kept apart: nobody is sent from the one to the other unasked.
    is_asked, unpaid = Q(pk__in=asked), ~Q(kind=Article.Kind.ADVERTORIAL)
    found = _candidates(now, section, asked, tags[:MOST_TAGS])
    rows = Article.objects.live(now).filter(is_asked | unpaid, ~Q(pk=own), pk__in=found)
    order = ["-published_at", "-id"]
    # PostgreSQL takes no constant to order by.
    if tags:
        shared = TaggedArticle.objects.filter(content_object=OuterRef("pk"), tag__in=tags)
        rows, order = rows.alias(shares=Exists(shared)), ["-shares", *order]
    if asked:
        rows = rows.alias(asked=Case(When(is_asked, then=0), default=1))
        order = ["asked", *order]
    return rows.for_cards().order_by(*order)[: MOST + len(asked)]


def _candidates(
    now: datetime, section: int, asked: tuple[int, ...], tags: tuple[int, ...]
) -> RawSQL:
    """The ids of what is referred to, and the newest of each tag and of the section.

    In SQL, because the parts of a union have each its own limit, which keeps a tag of a hundred
    thousand articles as cheap as one of ten, and which the ORM can't say on SQLite. Who of them may
    be seen is not said here.
    """
    at = connection.ops.adapt_datetimefield_value(now)
    most = MOST + SPARE + len(asked)
    parts = [NEWEST_OF_SECTION, *[NEWEST_OF_TAG] * len(tags)]
    params: list[Any] = [value for pk in (section, *tags) for value in (pk, at, most)]
    if asked:
        parts.append(f"SELECT id FROM articles_article WHERE id IN ({_marks(asked)})")  # noqa: S608
        params += asked
    return RawSQL(" UNION ALL ".join(parts), params)  # noqa: S611  all values are parameters


def _marks(values: tuple[int, ...]) -> str:
    return ", ".join(["%s"] * len(values))
