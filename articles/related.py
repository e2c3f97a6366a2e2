"""The articles that another one's page shows: boxes in its text, and what to read next."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Value

from articles import markup
from articles.models import Article, TaggedArticle
from articles.querysets import ArticleQuerySet

MOST = 4
IN_TEXT, SAME_TAG, SAME_SECTION = range(3)


@dataclass(frozen=True)
class Around:
    """`boxes` are the live ones of those that the text refers to, `next` is what follows it."""

    boxes: dict[int, Article]
    next: list[Article]


def around(article: Article, now: datetime) -> Around:
    """All in one query: a union of three short lists, each found by its index."""
    asked = markup.references(article.body).articles
    first, *others = _lists(article, asked, now)
    rows = sorted(first.union(*others, all=True).order_by(), key=_order)
    boxes = {row.pk: row for row in rows if row.leg == IN_TEXT}  # type: ignore[attr-defined]
    following = {row.pk: row for row in rows if row.pk not in boxes}
    return Around(boxes, list(following.values())[:MOST])


def _lists(article: Article, asked: tuple[int, ...], now: datetime) -> list[ArticleQuerySet]:
    live = Article.objects.live(now).exclude(pk=article.pk)
    # News and advertisements are kept apart: nobody is sent from the one to the other unasked.
    others = live.exclude(kind=Article.Kind.ADVERTORIAL)
    tags = [tag.pk for tag in article.tags.all()]
    tagged = TaggedArticle.objects.filter(tag__in=tags).values("content_object")
    most = MOST + len(asked)
    return [
        _leg(live.filter(pk__in=asked), IN_TEXT),
        _leg(_newest(others.filter(pk__in=tagged), most), SAME_TAG),
        _leg(_newest(others.filter(section=article.section_id), most), SAME_SECTION),
    ]


def _newest(articles: ArticleQuerySet, most: int) -> ArticleQuerySet:
    # Wrapped, because SQLite allows no LIMIT in the parts of a UNION.
    return Article.objects.filter(pk__in=articles.newest().values("pk")[:most])


def _leg(articles: ArticleQuerySet, number: int) -> ArticleQuerySet:
    return articles.for_cards().annotate(leg=Value(number)).order_by()


def _order(row: Article) -> tuple[int, float]:
    assert row.published_at is not None
    return row.leg, -row.published_at.timestamp()  # type: ignore[attr-defined]
