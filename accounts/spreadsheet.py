"""Rows as a spreadsheet reads them: CSV, told line by line. Pure."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

# Office programs take a file without this mark for their country's old code page.
MARK = "\ufeff"
# What such a program would run as a formula: a name in a log must not open an address.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The rows as lines of CSV, the mark before the first."""
    buffer = StringIO()
    writer = csv.writer(buffer)
    buffer.write(MARK)
    for row in rows:
        writer.writerow([harmless(str(value)) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def harmless(cell: str) -> str:
    """The text with an apostrophe before it if it would be a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
