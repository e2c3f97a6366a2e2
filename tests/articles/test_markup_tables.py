"""Tables are evened out once, as the editor would do it, and never again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import markup
from articles.markup.tables import MOST_COLUMNS, Cell, evened


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("<tr><td>1<td>2<tr><td>3", "<tr><td>1</td><td>2</td></tr><tr><td>3</td><td></td></tr>"),
        (
            "<tr><td rowspan=2>1<td>2<tr><td>3",
            '<tr><td rowspan="2">1</td><td>2</td></tr><tr><td>3</td></tr>',
        ),
        ("<tr><td rowspan=9>1<td>2", "<tr><td>1</td><td>2</td></tr>"),
        (
            "<tr><td>1<td rowspan=2>2<tr><td colspan=2>3",
            '<tr><td>1</td><td rowspan="2">2</td></tr><tr><td>3</td></tr>',
        ),
        (
            "<tr><td colspan=2>1<tr><td>2",
            '<tr><td colspan="2">1</td></tr><tr><td>2</td><td></td></tr>',
        ),
        ("<tr><td>1<tr></tr><tr><td>2", "<tr><td>1</td></tr><tr><td>2</td></tr>"),
    ],
)
def test_rows_are_as_wide_as_each_other(rows: str, expected: str) -> None:
    assert markup.clean(f"<table>{rows}</table>") == f"<table><tbody>{expected}</tbody></table>"


def test_a_row_of_headings_is_filled_with_headings() -> None:
    html = markup.clean("<table><tr><th>A<tr><td>1<td>2</table>")
    assert html.startswith("<table><thead><tr><th>A</th><th></th></tr></thead>")


def test_a_table_too_wide_to_be_read_stays_as_it_came() -> None:
    rows = [[Cell("td")] * (MOST_COLUMNS + 1), [Cell("td")]]
    assert evened(rows) == rows


cells = st.builds(Cell, st.just("td"), st.just("x"), st.integers(1, 99), st.integers(1, 99))


@given(st.lists(st.lists(cells, min_size=1, max_size=5), max_size=6))
def test_what_is_even_stays_as_it_is(rows: list[list[Cell]]) -> None:
    once = evened(rows)
    assert evened(once) == once
    assert [[one.inner for one in row if one.inner] for row in once] == [
        [one.inner for one in row] for row in rows
    ]
