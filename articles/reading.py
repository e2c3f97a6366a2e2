"""What readers' pages read, by prepared questions; the objects are those of the querysets.

Whatever a page shows is reported as it is fetched.
"""

from collections import defaultdict
from typing import Any

from django.db.models import BigIntegerField, Model, QuerySet
from django.db.models.sql import Query

from articles.models import Article, Byline, Section, TaggedArticle
from articles.prepared import Prepared
from articles.querysets import ArticleQuerySet, report


@Prepared
def _page(pk: int) -> ArticleQuerySet:
    return Article.objects.filter(pk=pk).for_page_alone().with_links()


@Prepared
def _bylines(ids: tuple[int, ...]) -> QuerySet[Byline]:
    return Byline.objects.filter(article__in=ids).select_related("author")


@Prepared
def _topics(ids: tuple[int, ...]) -> QuerySet[TaggedArticle]:
    rows = TaggedArticle.objects.filter(content_object__in=ids)
    return rows.select_related("tag").order_by("pk")


@Prepared
def _sections() -> QuerySet[Section]:
    return Section.objects.all()


@Prepared
def _first_level() -> QuerySet[Section]:
    return Section.objects.filter(parent=None)


@Prepared
def _children(pk: int) -> QuerySet[Section]:
    return Section.objects.filter(parent=pk)


def article(pk: int) -> Article:
    """All that an article's own page shows: three queries. Raises Article.DoesNotExist."""
    # SQLite and PostgreSQL refuse a number that no id of theirs can be.
    found: list[Article] = _page(pk) if pk <= BigIntegerField.MAX_BIGINT else []
    if not found:
        raise Article.DoesNotExist
    complete(found, "article")
    return found[0]


def first_level() -> list[Section]:
    """The sections of the first level, in the paper's order."""
    return _first_level()


def children(section: Section) -> list[Section]:
    """The sections right below it."""
    return _children(section.pk)


def sections() -> list[Section]:
    """All of both levels, in the paper's order."""
    return _sections()


def complete(articles: list[Article], kind: str) -> None:
    """Fetch who signed these and their topics, as for_page does: two queries."""
    ids = tuple(article.pk for article in articles)
    _hang(articles, "tagged_items", TaggedArticle, _topics(ids), "content_object_id")
    sign(articles, kind)


def sign(articles: list[Article], kind: str) -> None:
    """Fetch who signed these, and report each article as `kind`; one query."""
    ids = tuple(article.pk for article in articles)
    _hang(articles, "bylines", Byline, _bylines(ids), "article_id")
    for article in articles:
        report(article, kind)


def _hang(
    articles: list[Article], name: str, model: type[Model], rows: list[Any], owner: str
) -> None:
    """Put each article's rows where prefetch_related puts them."""
    of: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        of[getattr(row, owner)].append(row)
    # Nobody changes it: whoever asks on asks a copy.
    query = Query(model)
    for article in articles:
        found: Any = QuerySet(model, query)
        found._result_cache = of[article.pk]
        found._prefetch_done = True
        article.__dict__.setdefault("_prefetched_objects_cache", {})[name] = found
