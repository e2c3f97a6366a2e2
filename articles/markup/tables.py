"""Tables as browsers draw them: every row as wide as the others, no cell on top of another.

The desk's editor evens out a table when it opens one. What it would do is done here first, so that
opening a text changes nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborNode

from articles.markup import tree

# A table beyond it is no table that a reader could read, and stays as it came.
MOST_COLUMNS = 40
_SPAN = re.compile(r"[1-9][0-9]?")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its canonical content."""

    tag: str
    inner: str = ""
    columns: int = 1
    rows: int = 1

    def html(self) -> str:
        spans = (("colspan", self.columns), ("rowspan", self.rows))
        attributes = "".join(f' {name}="{number}"' for name, number in spans if number > 1)
        return f"<{self.tag}{attributes}>{self.inner}</{self.tag}>"


def cell(node: LexborNode, inner: str) -> Cell:
    """The cell of a `th` or `td`; a span that is no number from 1 to 99 is none."""
    return Cell(node.tag or "td", inner, _span(node, "colspan"), _span(node, "rowspan"))


def _span(node: LexborNode, name: str) -> int:
    text = tree.attribute(node, name).strip()
    return int(text) if _SPAN.fullmatch(text) else 1


def rows_of(table: LexborNode) -> Iterator[LexborNode]:
    """The rows in the order of the source, whatever part of the table they stand in."""
    for group in table.iter():
        if group.tag in {"thead", "tbody", "tfoot"}:
            yield from (row for row in group.iter() if row.tag == "tr")


def written(rows: list[list[Cell]]) -> str:
    """What stands between the tags of the table.

    The first rows of nothing but headings are its head, whatever the source calls them: the editor
    knows no parts of a table, and would lose them.
    """
    parts = {"thead": "", "tbody": ""}
    part = "thead"
    for row in evened(rows):
        # A cell can't reach from the head down into the body.
        if any(one.tag == "td" or one.rows > 1 for one in row):
            part = "tbody"
        parts[part] += f"<tr>{''.join(one.html() for one in row)}</tr>"
    return "".join(f"<{tag}>{html}</{tag}>" for tag, html in parts.items() if html)


def evened(rows: list[list[Cell]]) -> list[list[Cell]]:
    """The same rows, spans cut where they reach outside, an empty cell where one is missing."""
    taken: list[set[int]] = [set() for _ in rows]
    placed = []
    for number, row in enumerate(rows):
        line = []
        for one in row:
            column = next(at for at in range(MOST_COLUMNS + 1) if at not in taken[number])
            if column + one.columns > MOST_COLUMNS:
                return rows
            line.append(_fitted(one, column, taken[number:]))
        placed.append(line)
    width = max((len(columns) for columns in taken), default=0)
    return [
        row + [Cell(row[-1].tag)] * (width - len(columns))
        for row, columns in zip(placed, taken, strict=True)
    ]


def _fitted(one: Cell, column: int, below: list[set[int]]) -> Cell:
    """The cell as large as there is room from `column` on; it takes that room in all its rows."""
    columns = 1
    while columns < one.columns and column + columns not in below[0]:
        columns += 1
    rows = min(one.rows, len(below))
    for taken in below[:rows]:
        taken.update(range(column, column + columns))
    return replace(one, columns=columns, rows=rows)
