"""Search behind one interface. First form: every word, somewhere in the article's text."""

import re
import unicodedata

from articles import markup
from articles.models import Article, SearchDocument
from articles.querysets import ArticleQuerySet

LONGEST_QUERY = 200
MOST_WORDS = 8


def fold(text: str) -> str:
    """Lower case without accents: both databases compare alike (SQLite folds ASCII only)."""
    plain = unicodedata.normalize("NFKD", text).replace("\0", "")
    return "".join(c for c in plain.casefold() if not unicodedata.combining(c))


def words(query: str) -> list[str]:
    """The distinct words of a query, at most eight; signs are no words."""
    found = re.findall(r"\w+", fold(query[:LONGEST_QUERY]))
    return list(dict.fromkeys(found))[:MOST_WORDS]


def write(article: Article) -> None:
    """Bring the article's search row in line with its text. Called by the content writer."""
    parts = (article.headline, article.standfirst, markup.plain_text(article.body))
    text = fold("\n".join(parts))
    SearchDocument.objects.update_or_create(article=article, defaults={"text": text})


def find(articles: ArticleQuerySet, query: str) -> ArticleQuerySet:
    """Those of `articles` in which every word of `query` occurs; none for a query without words."""
    terms = words(query)
    if not terms:
        return articles.none()
    for term in terms:
        articles = articles.filter(search_document__text__contains=term)
    return articles
