"""A page of search results: by time, found by key; or by rank, found by number."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator

from articles import keyset, paging, search
from articles.keyset import Key
from articles.models import Article

# More than this is not counted: nobody reads that far, and counting on would cost. In words it
# stands in templates/partials/search_head.html.
COUNTED = 1000


@dataclass(frozen=True)
class Number:
    """How many matches there are: exactly, or more than `found`."""

    found: int
    or_more: bool


@dataclass(frozen=True)
class Results:
    """One page. `older` leads on by time; by rank it is `page` that knows its neighbours.

    `number` is counted on page one only.
    """

    articles: list[Article]
    number: Number | None = None
    before: Key | None = None
    older: Key | None = None
    page: "Page[int] | None" = None

    @property
    def numbers(self) -> list[str | int]:
        """The pages to choose from; far ones are left out."""
        return paging.numbers(self.page) if self.page else []


def newest(query: str, now: datetime, before: str | None) -> Results:
    """The newest matches after the key `before`; page one for a key that isn't one. Two queries."""
    key = keyset.read(before)
    size = paging.PER_PAGE
    ids = search.newest(query, now, key, size + 1 if key else COUNTED + 1)
    shown = paging.cards(ids[:size], now)
    older = paging.key_of(shown[-1]) if shown and len(ids) > size else None
    return Results(shown, None if key else count(ids), key, older)


def best(query: str, now: datetime, number: str | None) -> Results:
    """Page `number` of the newest matches by rank; a number that isn't one is the nearest page's.

    Two queries: each page ranks anew, so that it needs no memory of the page before.
    """
    ids = search.best(query, now)
    page = Paginator(ids, paging.PER_PAGE).get_page(number)
    shown = paging.cards(list(page), now)
    return Results(shown, count(ids) if page.number == 1 else None, page=page)


def count(ids: list[int]) -> Number:
    """How many there are, if that many ids were to be had."""
    return Number(min(len(ids), COUNTED), len(ids) > COUNTED)
