"""The articles that another one's page shows: boxes in its text, and what to read next."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Value
from django.db.models.expressions import RawSQL

from articles import dependencies, markup
from articles.models import Article, TaggedArticle
from articles.querysets import ArticleQuerySet

MOST = 4
# Of so many tags, and so many more of each: some have ended, or are advertisements.
MOST_TAGS = 5
SPARE = 8
IN_TEXT, SAME_TAG, SAME_SECTION = range(3)


@dataclass(frozen=True)
class Around:
    """`boxes` are the live ones of those that the text refers to, `next` is what follows it."""

    boxes: dict[int, Article]
    next: list[Article]


def around(article: Article, now: datetime) -> Around:
    """All in one query: a union of three short lists, each found by its index."""
    asked = markup.references(article.body).articles
    # What is not shown now may be tomorrow, and the lists are asked whoever is in them.
    dependencies.saw(*(f"card:{pk}" for pk in asked), f"list:section:{article.section_id}")
    dependencies.saw(*(f"list:tag:{tag.pk}" for tag in article.topics))
    first, *others = _lists(article, asked, now)
    rows = sorted(first.union(*others, all=True).order_by(), key=_order)
    boxes = {row.pk: row for row in rows if row.leg == IN_TEXT}  # type: ignore[attr-defined]
    following = {row.pk: row for row in rows if row.pk not in boxes}
    return Around(boxes, list(following.values())[:MOST])


def _lists(article: Article, asked: tuple[int, ...], now: datetime) -> list[ArticleQuerySet]:
    live = Article.objects.live(now).exclude(pk=article.pk)
    # News and advertisements are kept apart: nobody is sent from the one to the other unasked.
    others = live.exclude(kind=Article.Kind.ADVERTORIAL)
    tags = [tag.pk for tag in article.topics][:MOST_TAGS]
    most = MOST + len(asked)
    tagged = others.filter(pk__in=newest_of_tags(tags, now, most + SPARE)) if tags else None
    return [
        _leg(live.filter(pk__in=asked), IN_TEXT),
        *([_leg(_newest(tagged, most), SAME_TAG)] if tagged is not None else []),
        _leg(_newest(others.filter(section=article.section_id), most), SAME_SECTION),
    ]


def newest_of_tags(tags: list[int], now: datetime, most: int) -> RawSQL:
    """The ids of the newest articles of each tag, `most` of each at most.

    In SQL, because the parts of a union have each its own limit, which keeps a tag of a hundred
    thousand articles as cheap as one of ten, and which the ORM can't say on SQLite.
    """
    quote = connection.ops.quote_name
    table, tag, article, shown_at = map(
        quote,
        (TaggedArticle._meta.db_table, "tag_id", "content_object_id", "shown_at"),
    )
    part = (
        f"SELECT * FROM (SELECT {article} FROM {table}"  # noqa: S608  names of our own columns
        f" WHERE {tag} = %s AND {shown_at} <= %s"
        f" ORDER BY {shown_at} DESC, {article} DESC LIMIT %s) AS part"
    )
    at = connection.ops.adapt_datetimefield_value(now)
    params = tuple(value for pk in tags for value in (pk, at, most))
    return RawSQL(" UNION ALL ".join([part] * len(tags)), params)  # noqa: S611  values as params


def _newest(articles: ArticleQuerySet, most: int) -> ArticleQuerySet:
    # Wrapped, because SQLite allows no LIMIT in the parts of a UNION.
    return Article.objects.filter(pk__in=articles.newest().values("pk")[:most])


def _leg(articles: ArticleQuerySet, number: int) -> ArticleQuerySet:
    return articles.for_cards().annotate(leg=Value(number)).order_by()


def _order(row: Article) -> tuple[int, float]:
    assert row.published_at is not None
    return row.leg, -row.published_at.timestamp()  # type: ignore[attr-defined]
