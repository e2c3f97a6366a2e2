import csv
from io import StringIO

import pytest

from accounts import spreadsheet


@pytest.mark.parametrize(
    ("cell", "harmless"),
    [
        ('=HYPERLINK("http://jahat.example")', '\'=HYPERLINK("http://jahat.example")'),
        ("+62811", "'+62811"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("Bu Redaktur", "Bu Redaktur"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(cell, harmless):
    assert spreadsheet.harmless(cell) == harmless


def test_rows_come_line_by_line_and_read_back_as_they_were():
    rows = [["at", "who"], ["2026-11-29", 'Siti "Ti", Aminah\nRaya'], [1, ""]]
    lines = list(spreadsheet.lines(rows))
    assert len(lines) == 3
    text = "".join(lines)
    assert text[0] == spreadsheet.MARK
    back = list(csv.reader(StringIO(text[1:])))
    assert back == [[str(cell) for cell in row] for row in rows]
