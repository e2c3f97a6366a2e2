"""Numbers in a text, as what they are worth: “1,2 juta” and “Rp1.200.000” are the same."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_SCALES = {"ribu": 3, "juta": 6, "miliar": 9, "milyar": 9, "triliun": 12, "trilyun": 12}
_AMOUNT = re.compile(
    rf"(?<![\w.,])(?:Rp\.?\s*)?(?P<digits>[0-9]+(?:[.,][0-9]+)*)(?:[\s-]+(?P<scale>{'|'.join(_SCALES)})\b)?",
    re.IGNORECASE,
)
_ONES = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_ONE = "|".join(_ONES[1:])
_SPELLED = re.compile(
    rf"\b(?:(?P<ten>sepuluh)|(?P<eleven>sebelas)|(?P<teen>{_ONE})\s+belas"
    rf"|(?P<tens>{_ONE})\s+puluh(?:\s+(?P<rest>{_ONE}))?|(?P<one>{_ONE}))\b"
    rf"(?:\s+(?P<scale>{'|'.join(_SCALES)})\b)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as written, where it begins, and what it is worth."""

    start: int
    words: str
    value: Decimal


def amounts(text: str) -> Iterator[Amount]:
    """The numbers that are written in digits; not those inside a name such as G20."""
    for found in _AMOUNT.finditer(text):
        value = _value(found["digits"]).scaleb(_SCALES.get((found["scale"] or "").lower(), 0))
        yield Amount(found.start(), found[0], value)


def values(text: str) -> set[Decimal]:
    """What all numbers of a text are worth, those below a hundred in words as well."""
    spelled = (
        Decimal(_spelled(found)).scaleb(_SCALES.get((found["scale"] or "").lower(), 0))
        for found in _SPELLED.finditer(text)
    )
    return {amount.value for amount in amounts(text)} | set(spelled)


def _value(digits: str) -> Decimal:
    """By Indonesian custom: full stops between thousands, a comma before decimals."""
    if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?", digits):
        digits = digits.replace(".", "")
    whole, _, decimals = digits.replace(",", ".").partition(".")
    return Decimal(f"{whole}.{decimals.replace('.', '')}" if decimals else whole)


def _spelled(found: re.Match[str]) -> int:
    if found["ten"] or found["eleven"]:
        return 10 if found["ten"] else 11
    if found["teen"]:
        return 10 + _one(found["teen"])
    if found["tens"]:
        return 10 * _one(found["tens"]) + (_one(found["rest"]) if found["rest"] else 0)
    return _one(found["one"])


def _one(word: str) -> int:
    """0 for a word that is spelled with a letter of another alphabet."""
    return _ONES.index(word.lower()) if word.lower() in _ONES else 0
