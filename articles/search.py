"""Search behind one interface: the newest articles that hold all that was asked, and the best.

A query is at most eight words, each of which must occur; words in quotation marks must stand side
by side. PostgreSQL and SQLite give the same answers: both look for the numbers of terms.py.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import reduce
from operator import add, itemgetter
from typing import Any

from django.db import connection
from django.db.models import (
    Case,
    DateTimeField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    SmallIntegerField,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from articles import markup, terms
from articles.keyset import EPOCH, Key
from articles.models import Article, SearchDocument
from articles.querysets import ArticleQuerySet
from articles.terms import LONGEST_QUERY, MOST_WORDS, Query, Terms

__all__ = ["LONGEST_QUERY", "MOST_WORDS", "best", "find", "newest", "terms_of", "write"]

# So many of the newest matches are compared with each other.
RANKED = 2000
# So many rows are read at most while walking along the index of that name.
WALKED = 20_000
WALK = "search_newest"
EVERY = 10**9
COMMON = 200
# No index has this order, so that the planner can't walk along one.
UNINDEXED = ExpressionWrapper(F("shown_at") + timedelta(0), output_field=DateTimeField())


def terms_of(headline: str, standfirst: str, body: str) -> Terms:
    """What the search row of such an article keeps; `body` is cleaned HTML."""
    return terms.of_text(headline, [standfirst, *markup.plain_text(body).splitlines()])


def write(article: Article) -> None:
    """Bring the article's search row in line with its text. Called by the content writer.

    When it is shown is listing.py's to say.
    """
    found = terms_of(article.headline, article.standfirst, article.body)
    SearchDocument.objects.update_or_create(article=article, defaults=vars(found))


def find(articles: ArticleQuerySet, text: str) -> ArticleQuerySet:
    """Those of `articles` that hold all that `text` asks, in their order; none without words."""
    query = terms.read(text)
    if not query.words:
        return articles.none()
    if connection.vendor == "postgresql" and _is_common(query):
        # Met soon in whatever order: leave it to the planner, which stops early.
        return articles.filter(
            search_document__words__holds=query.words,
            search_document__phrases__holds=query.phrases,
        )
    # With a limit, which it never reaches, the part is computed by itself, from its index: the
    # planner would walk the whole archive for a word that has gone out of use.
    return articles.filter(pk__in=_holding(query).values("pk")[:EVERY])


def _is_common(query: Query) -> bool:
    """Whether many of the newest rows hold all that is asked."""
    every = SearchDocument.objects.filter(shown_at__isnull=False).order_by(
        "-shown_at", "-article_id"
    )
    end = Subquery(every.values("shown_at")[WALKED : WALKED + 1])
    recent = _holding(query).filter(shown_at__gte=Coalesce(end, EPOCH))
    found = recent.order_by("-shown_at", "-article_id").values_list("pk")[:COMMON]
    return len(found) == COMMON


def _holding(query: Query) -> QuerySet[SearchDocument]:
    """The rows with all the words and all the phrases of `query`."""
    rows = SearchDocument.objects.filter(words__holds=query.words)
    return rows.filter(phrases__holds=query.phrases) if query.phrases else rows


def newest(text: str, now: datetime, before: Key | None, most: int) -> list[int]:
    """The ids of the newest articles with all that `text` asks, `most` at most.

    Only what readers may see at `now` (UTC), and what follows the key `before`.
    """
    rows, start = _shown(terms.read(text), now), now
    if before:
        start = before.at
        same_time = Q(shown_at=before.at, article_id__lt=before.id)
        older = Q(shown_at__lt=before.at) | same_time
        rows = rows.filter(older, shown_at__lte=before.at)
    return [pk for (pk,) in _read(rows, start, most, "pk")]


def best(text: str, now: datetime) -> list[int]:
    """The ids of the newest RANKED matches, the best of them first.

    Better is what has all words in its headline; then what has them there side by side; then more
    of them in the headline; then the newer.
    """
    query = terms.read(text)
    scored = _shown(query, now).annotate(score=_score(query))
    rows = _read(scored, now, RANKED, "pk", "score")
    # The order in which they were read, which is that of time, stays within each score.
    return [pk for pk, _score in sorted(rows, key=itemgetter(1), reverse=True)]


def _shown(query: Query, now: datetime) -> QuerySet[SearchDocument]:
    """The rows of what ArticleQuerySet.live would give, without reading the articles for it.

    Whoever shows what was found asks `live` again, for those few.
    """
    if not query.words:
        return SearchDocument.objects.none()
    not_ended = Q(ends_at=None) | Q(ends_at__gt=now)
    return _holding(query).filter(not_ended, shown_at__lte=now)


def _read(
    rows: QuerySet[SearchDocument], start: datetime, most: int, *fields: str
) -> list[tuple[Any, ...]]:
    """The newest `most` of `rows`, none of them newer than `start`, by the shorter way.

    PostgreSQL walks from the newest row on if the words are common, and takes all matches from the
    index if they are not. It believes that matches are spread evenly: for a word that was common
    years ago it would walk the whole archive. So a walk has an end, and behind it the index is
    asked after all.
    """
    newest = rows.order_by("-shown_at", "-article_id").values_list(*fields)
    if connection.vendor == "postgresql" and WALK in newest[:most].explain():
        every = SearchDocument.objects.filter(shown_at__lte=start).order_by("-shown_at")
        end = every.values_list("shown_at", flat=True)[WALKED : WALKED + 1]
        found = list(newest.filter(shown_at__gte=Coalesce(Subquery(end), EPOCH))[:most])
        if len(found) == most or not end:
            return found
        newest = newest.order_by(UNINDEXED.desc(), "-article_id")
    return list(newest[:most])


def _score(query: Query) -> Combinable:
    """How good a match is, as one number made by the database; up to eight words count less."""
    words = [_points(1, [word]) for word in query.words]
    score: Combinable = reduce(add, words, _points(32, query.words))
    pairs = query.phrases or query.near
    return score + _points(16, pairs) if pairs else score


def _points(number: int, hashes: Iterable[int]) -> Combinable:
    held = When(headline__has=tuple(hashes), then=Value(number))
    return Case(held, default=Value(0), output_field=SmallIntegerField())
