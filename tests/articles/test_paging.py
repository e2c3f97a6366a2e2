"""Which changes of a list move a page of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.paginator import Paginator

from articles import paging
from articles.keyset import Key
from articles.models import Article

NEWEST = datetime(2026, 3, 20, 5, 0, tzinfo=UTC)


def rows(number: int, each: timedelta) -> list[Article]:
    return [Article(pk=900 - n, published_at=NEWEST - n * each) for n in range(number)]


@pytest.mark.parametrize(
    ("key", "found", "tags"),
    [
        (None, rows(21, timedelta(hours=1)), ["list:tag:9"]),
        (Key(NEWEST, 950), rows(20, timedelta(hours=1)), ["list:tag:9"]),
        (Key(NEWEST, 950), [], ["list:tag:9"]),
        (Key(NEWEST, 950), rows(21, timedelta(hours=1)), ["list:tag:9:2026-03"]),
        (
            Key(NEWEST, 950),
            rows(21, timedelta(days=1)),
            ["list:tag:9:2026-02", "list:tag:9:2026-03"],
        ),
        (Key(NEWEST, 950), rows(21, timedelta(days=30)), ["list:tag:9"]),
        (Key(NEWEST.replace(year=9000), 1), rows(21, timedelta(hours=1)), ["list:tag:9"]),
    ],
)
def test_a_page_in_between_moves_with_its_own_months(key, found, tags) -> None:
    assert paging.asked("tag:9", key, found) == tags


@pytest.mark.parametrize(
    ("number", "shown"),
    [(1, "1 2 … 12"), (6, "1 … 5 6 7 … 12"), (12, "1 … 11 12")],
)
def test_the_numbers_of_pages_fit_on_one_line_of_a_phone(number, shown) -> None:
    page = Paginator(range(12 * 20), 20).page(number)
    assert " ".join(map(str, paging.numbers(page))) == shown
