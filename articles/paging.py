"""A list's page: found by key, never by counting."""

from dataclasses import dataclass
from datetime import datetime

from articles import keyset
from articles.keyset import Key
from articles.models import Article
from articles.querysets import ArticleQuerySet

PER_PAGE = 20


@dataclass(frozen=True)
class Page:
    """At most PER_PAGE articles, and the keys of this page and of the one after it."""

    articles: list[Article]
    before: Key | None
    older: Key | None


def read(articles: ArticleQuerySet, before: str | None) -> Page:
    """The page after the key `before`, newest first; page one for a key that isn't one.

    One row more than the page holds tells whether there is another page: one query, no COUNT.
    """
    key = keyset.read(before)
    rows = list(articles.newest().before(key)[: PER_PAGE + 1])
    shown = rows[:PER_PAGE]
    return Page(shown, key, key_of(shown[-1]) if len(rows) > PER_PAGE else None)


def cards(ids: list[int], now: datetime) -> list[Article]:
    """Those of `ids` that readers may see at `now`, in the order of `ids`: one query."""
    found = {card.pk: card for card in Article.objects.live(now).filter(pk__in=ids).for_cards()}
    return [found[pk] for pk in ids if pk in found]


def key_of(article: Article) -> Key:
    """The key of the page that begins after `article`."""
    assert article.published_at is not None
    return Key(article.published_at, article.pk)
