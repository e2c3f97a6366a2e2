"""A list's page: found by key, never by counting."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from articles import days, dependencies, keyset
from articles.keyset import Key
from articles.models import Article
from articles.querysets import ArticleQuerySet

PER_PAGE = 20
LONGEST = timedelta(days=180)


@dataclass(frozen=True)
class Page:
    """At most PER_PAGE articles, and the keys of this page and of the one after it."""

    articles: list[Article]
    before: Key | None
    older: Key | None


def read(name: str, articles: ArticleQuerySet, before: str | None) -> Page:
    """The page after the key `before`, newest first; page one for a key that isn't one.

    `articles` are those of the list `name` (`section:3`), which is reported as asked. One row more
    than the page holds tells whether there is another page: one query, no COUNT.
    """
    key = keyset.read(before)
    rows = list(articles.newest().before(key)[: PER_PAGE + 1])
    dependencies.saw(*asked(name, key, rows))
    shown = rows[:PER_PAGE]
    return Page(shown, key, key_of(shown[-1]) if len(rows) > PER_PAGE else None)


def asked(name: str, key: Key | None, rows: list[Article]) -> list[str]:
    """Which changes of the list move a page of these rows.

    Page one moves with every change, and so does the last one, which ends where the list does. One
    in between lies between two times: of what comes and goes, only its own months concern it.
    """
    last = rows[-1].published_at if len(rows) > PER_PAGE else None
    # A key may name any year: the distance is looked at before months are counted.
    if key is None or last is None or key.at - last > LONGEST:
        return [f"list:{name}"]
    return [f"list:{name}:{month}" for month in days.months(last, key.at)]


def cards(ids: list[int], now: datetime) -> list[Article]:
    """Those of `ids` that readers may see at `now`, in the order of `ids`: one query."""
    found = {card.pk: card for card in Article.objects.live(now).filter(pk__in=ids).for_cards()}
    return [found[pk] for pk in ids if pk in found]


def key_of(article: Article) -> Key:
    """The key of the page that begins after `article`."""
    assert article.published_at is not None
    return Key(article.published_at, article.pk)
