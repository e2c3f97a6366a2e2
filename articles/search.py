"""Search behind one interface: the newest articles that hold all that was asked, and the best.

A query is at most eight words, each of which must occur; words in quotation marks must stand side
by side. PostgreSQL and SQLite give the same answers: both look for the numbers of terms.py.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import add, itemgetter

from django.db.models import Case, Q, SmallIntegerField, Value, When
from django.db.models.expressions import Combinable

from articles import markup, terms
from articles.keyset import Key
from articles.models import Article, SearchDocument
from articles.querysets import ArticleQuerySet
from articles.terms import LONGEST_QUERY, MOST_WORDS, Query, Terms

__all__ = ["LONGEST_QUERY", "MOST_WORDS", "best", "find", "newest", "terms_of", "write"]

# So many of the newest matches are compared with each other.
RANKED = 2000


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
    return holding(articles, terms.read(text))


def holding(articles: ArticleQuerySet, query: Query) -> ArticleQuerySet:
    """Those of `articles` that hold all the words and all the phrases of `query`."""
    if not query.words:
        return articles.none()
    if query.phrases:
        articles = articles.filter(search_document__phrases__holds=query.phrases)
    return articles.filter(search_document__words__holds=query.words)


def newest(text: str, now: datetime, before: Key | None, most: int) -> list[int]:
    """The ids of the newest articles with all that `text` asks, `most` at most: one query.

    Only what readers may see at `now` (UTC), and what follows the key `before`.
    """
    return list(_newest(terms.read(text), now).before(before).values_list("pk", flat=True)[:most])


def best(text: str, now: datetime) -> list[int]:
    """The ids of the newest RANKED matches, the best of them first: one query.

    Better is what has all words in its headline; then what has them there side by side; then in
    the text side by side; then more of them in the headline; then the newer.
    """
    query = terms.read(text)
    if not query.words:
        return []
    rows = list(_newest(query, now).values_list("pk", _score(query))[:RANKED])
    # The order of the query, which is that of time, stays within each score.
    return [pk for pk, _score in sorted(rows, key=itemgetter(1), reverse=True)]


def _newest(query: Query, now: datetime) -> ArticleQuerySet:
    """The live ones by the time in the search row: its index gives filter and order together."""
    rows = holding(Article.objects.live(now), query).filter(search_document__shown_at__lte=now)
    return rows.placed("search_document__shown_at", "search_document__article").newest()


def _score(query: Query) -> Combinable:
    """How good a match is, as one number made by the database; up to eight words count less."""
    words = [_points(1, "headline", [word]) for word in query.words]
    score: Combinable = reduce(add, words, _points(64, "headline", query.words))
    if pairs := query.phrases or query.near:
        score += _points(32, "headline", pairs)
    if query.near:
        score += _points(16, "phrases", query.near)
    return score


def _points(number: int, field: str, hashes: Iterable[int]) -> Combinable:
    held = When(Q((f"search_document__{field}__has", tuple(hashes))), then=Value(number))
    return Case(held, default=Value(0), output_field=SmallIntegerField())
