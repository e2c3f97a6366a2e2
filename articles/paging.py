"""A list's page: found by key, never by counting."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.paginator import Page as DayPage
from django.core.paginator import Paginator
from django.db.models import QuerySet

from articles import days, dependencies, keyset, querysets
from articles.keyset import Key
from articles.models import Article, Author, Section, Tag
from articles.prepared import Prepared
from articles.querysets import ArticleQuerySet

PER_PAGE = 20
LONGEST = timedelta(days=180)
type Thing = Section | Tag | Author


@dataclass(frozen=True)
class Page:
    """At most PER_PAGE articles, and the keys of this page and of the one after it."""

    articles: list[Article]
    before: Key | None
    older: Key | None


@Prepared
def _rows(
    at: datetime, pk: int, *before: datetime | int, most: int, thing: type[Thing], is_below: bool
) -> ArticleQuerySet:
    key = Key(*before) if before else None  # type: ignore[arg-type]
    rows = of(Article.objects.live(at), pk, thing, is_below=is_below).for_cards()
    return rows.newest().before(key)[:most]


@Prepared
def _cards(at: datetime, ids: tuple[int, ...]) -> ArticleQuerySet:
    return Article.objects.live(at).filter(pk__in=ids).for_cards()


@Prepared
def _ids_of_day(
    at: datetime, start: datetime, end: datetime, *section: int, is_below: bool
) -> QuerySet[Any, Any]:
    rows = Article.objects.live(at).between(start, end)
    for pk in section:
        rows = of(rows, pk, Section, is_below=is_below)
    return rows.newest().values_list("pk")


def of(
    articles: ArticleQuerySet, pk: int, thing: type[Thing], *, is_below: bool
) -> ArticleQuerySet:
    """Those of the section, tag or author of that id, which need not be at hand."""
    if thing is Section:
        return articles.in_section(Section(pk=pk, parent_id=pk if is_below else None))
    return articles.tagged(Tag(pk=pk)) if thing is Tag else articles.by(Author(pk=pk))


def shape(thing: Thing) -> dict[str, Any]:
    """What `of` asks to know of a thing beside its id."""
    is_below = isinstance(thing, Section) and thing.parent_id is not None
    return {"thing": type(thing), "is_below": is_below}


def read(thing: Thing, now: datetime, before: str | None) -> Page:
    """The page of its articles after the key `before`, newest first; page one for no such key.

    The list is reported as asked. One row more than the page holds tells whether there is another
    page: one query, no COUNT.
    """
    key = keyset.read(before)
    values = (key.at, key.id) if key else ()
    rows: list[Article] = _rows(now, thing.pk, *values, most=PER_PAGE + 1, **shape(thing))
    dependencies.saw(*asked(f"{type(thing).__name__.lower()}:{thing.pk}", key, rows))
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
    found: dict[int, Article] = {card.pk: card for card in _cards(now, tuple(ids))}
    return [found[pk] for pk in ids if pk in found]


def of_day(
    day: date, section: Section | None, now: datetime, number: str | None
) -> "DayPage[Article]":
    """The numbered page of what was published on a day, in a section if one is given.

    Two queries: the ids of the whole day tell how many pages it has. It is reported by the view.
    """
    bounds = querysets.day_bounds(day)
    values = (section.pk,) if section else ()
    is_below = bool(section and section.parent_id)
    ids = [pk for (pk,) in _ids_of_day(now, *bounds, *values, is_below=is_below)]
    page: DayPage[Any] = Paginator(ids, PER_PAGE).get_page(number)
    page.object_list = cards(list(page.object_list), now)
    return page


def numbers(page: "DayPage[Any]") -> list[str | int]:
    """The pages to choose from, few enough for one line on a phone; far ones are left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


def key_of(article: Article) -> Key:
    """The key of the page that begins after `article`."""
    assert article.published_at is not None
    return Key(article.published_at, article.pk)
