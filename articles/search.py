"""Search behind one interface: the newest articles that hold all that was asked, and the best.

A query is at most eight words, each of which must occur; words in quotation marks must stand side
by side. PostgreSQL and SQLite give the same answers: both look for the numbers of terms.py.
"""

from articles import markup, terms
from articles.models import Article, SearchDocument
from articles.querysets import ArticleQuerySet
from articles.terms import LONGEST_QUERY, MOST_WORDS, Query, Terms, fold

__all__ = ["LONGEST_QUERY", "MOST_WORDS", "find", "fold", "terms_of", "write"]


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
    if not query.words:
        return articles.none()
    if query.phrases:
        articles = articles.filter(search_document__phrases__holds=query.phrases)
    return articles.filter(search_document__words__holds=query.words)
