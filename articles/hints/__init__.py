"""House style: what an editor would stumble over. Hints only; nothing here refuses anything.

A rule is a small function over the text; adding one is adding it to RULES, and its words to
admin/hinting.py.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from articles.hints.amounts import amounts, values
from articles.hints.days import WEEKDAYS, dated
from articles.hints.spellings import SPELLINGS

__all__ = ["RULES", "Hint", "Text", "find"]

MOST = 50


@dataclass(frozen=True, slots=True)
class Text:
    """What is looked at, in plain words; `day` is when it was or will be published, or today."""

    headline: str
    standfirst: str
    body: str
    day: date

    def parts(self) -> Iterator[tuple[str, str]]:
        """Each field's name with its words."""
        yield "headline", self.headline
        yield "standfirst", self.standfirst
        yield "body", self.body


@dataclass(frozen=True, slots=True)
class Hint:
    """A place in a field, and what would be better; `wanted` is empty if only the editor knows.

    `start` counts the characters of the field's plain words before `found`.
    """

    rule: str
    field: str
    start: int
    found: str
    wanted: str = ""


type Rule = Callable[[Text], Iterator[Hint]]

# “PON XXX” is rare and “Kepala Dinas XXX” is not. TK is a kindergarten, unless it stands in
# brackets, twice, or where a number should.
_LEFTOVER = re.compile(
    r"\b[Xx]{3,}\b|\blorem ipsum\b|\bTKTK\b|[\[(]TK[\])]|\b(?:sebanyak|sekitar|pukul|usia|Rp) ?TK\b"
    r"|\?{3,}|\[(?:nama|kota|tanggal|jumlah|jabatan|isi|cek)[^\]\n]{0,40}\]|\bTODO\b",
    re.IGNORECASE,
)
_OFTEN = re.compile(
    rf"\b({'|'.join(re.escape(word) for word in sorted(SPELLINGS, key=len, reverse=True))})"
    r"(nya|lah|kah|pun)?\b",
    re.IGNORECASE,
)


def leftovers(text: Text) -> Iterator[Hint]:
    """A place that somebody meant to fill: XXX, (TK), lorem ipsum, [nama]."""
    for field, words in text.parts():
        for found in _LEFTOVER.finditer(words):
            yield Hint("leftover", field, found.start(), found[0])


def spellings(text: Text) -> Iterator[Hint]:
    """A spelling that the great dictionary does not have as its own: resiko, merubah."""
    for field, words in text.parts():
        for found in _OFTEN.finditer(words.replace("’", "'")):
            # To the pattern a dotless or a long letter is its plain one; to the table it is not.
            if found[1].lower() not in SPELLINGS:
                continue
            right = SPELLINGS[found[1].lower()] + (found[2] or "")
            wanted = right[0].upper() + right[1:] if found[0][0].isupper() else right
            yield Hint("spelling", field, found.start(), words[found.start() : found.end()], wanted)


def weekdays(text: Text) -> Iterator[Hint]:
    """A weekday that its date does not have, or a date that is none."""
    for field, words in text.parts():
        for one in dated(words, text.day):
            if one.right is None:
                yield Hint("date", field, one.start, one.words)
            elif one.right != one.weekday:
                yield Hint("weekday", field, one.start, one.words, WEEKDAYS[one.right])


def headline_numbers(text: Text) -> Iterator[Hint]:
    """A number in the headline that the text does not have; not before there is a text."""
    if not text.body.strip():
        return
    known = values(text.body)
    for one in amounts(text.headline):
        if one.value not in known:
            yield Hint("number", "headline", one.start, one.words)


RULES: tuple[Rule, ...] = (leftovers, spellings, weekdays, headline_numbers)


def find(text: Text) -> list[Hint]:
    """What the rules have to say, field by field in reading order; the first fifty."""
    order = [name for name, _ in text.parts()]
    found = (hint for rule in RULES for hint in rule(text))
    return list(islice(sorted(found, key=lambda hint: (order.index(hint.field), hint.start)), MOST))
