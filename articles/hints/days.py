"""Dates in a text: does the weekday that is written belong to the day that is written beside it?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_OTHER_NAMES = {"jum'at": 4, "jum’at": 4, "ahad": 6}
_NUMBERS = {name.lower(): number for number, name in enumerate(WEEKDAYS)} | _OTHER_NAMES
_MONTHS = (
    ("januari", "jan"),
    ("februari", "pebruari", "feb"),
    ("maret", "mar"),
    ("april", "apr"),
    ("mei",),
    ("juni", "jun"),
    ("juli", "jul"),
    ("agustus", "agu", "agt", "ags"),
    ("september", "sept", "sep"),
    ("oktober", "okt"),
    ("november", "nopember", "nov"),
    ("desember", "des"),
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_NAMES = "|".join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True))
_WORDS = "|".join(sorted(_MONTH, key=len, reverse=True))
_DATED = re.compile(
    rf"\b(?P<name>{_NAMES})\b[\s,]*(?:\(\s*)?(?:tanggal\s+)?"
    r"(?P<day>[0-3]?[0-9])"
    rf"(?:\s*/\s*(?P<number>[01]?[0-9])(?:\s*/\s*(?P<short>[0-9]{{4}}|[0-9]{{2}}))?(?![0-9/])"
    rf"|\s+(?P<word>{_WORDS})\b\.?(?:\s+(?P<long>[0-9]{{4}}))?)",
    re.IGNORECASE,
)
YEAR = 2000


@dataclass(frozen=True, slots=True)
class Dated:
    """A weekday with a date, as written; `right` is the weekday of that date, None for no date."""

    start: int
    words: str
    weekday: int
    right: int | None


def dated(text: str, today: date) -> Iterator[Dated]:
    """Each weekday that has a date beside it; a date without a year is the one nearest to today."""
    for found in _DATED.finditer(text):
        month = int(found["number"] or 0) or _MONTH.get((found["word"] or "").lower(), 0)
        year = found["short"] or found["long"]
        day = _date(int(found["day"]), month, year, today)
        words = found[0] + (")" if "(" in found[0] and text[found.end() :][:1] == ")" else "")
        weekday = _NUMBERS.get(found["name"].lower())
        if weekday is None:  # spelled with a letter of another alphabet
            continue
        yield Dated(found.start(), words, weekday, day.weekday() if day else None)


def _date(day: int, month: int, year: str | None, today: date) -> date | None:
    if year:
        return _day(int(year) + (YEAR if len(year) == 2 else 0), month, day)
    near = (_day(today.year + shift, month, day) for shift in (0, -1, 1))
    return min(filter(None, near), key=lambda one: abs((one - today).days), default=None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
