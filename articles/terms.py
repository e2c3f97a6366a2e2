"""The words of a text as small numbers, the same on every database. Pure.

A search row keeps hashes instead of words: rows stay small and of one shape, and both databases
compare whole words alike. Words are hashed into 31 bits; two neighbouring words into one of four
million buckets below zero, so that the two never meet. A hash that two words share finds a text
too much once in many thousand; the words of a phrase are asked beside it, which makes it rarer.
"""

import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

LONGEST_QUERY = 200
MOST_WORDS = 8
BUCKETS = 2**22

# Accents that stand alone after decomposition, and the sign with which SQLite would end a text.
DROPPED = {c: None for c in range(sys.maxunicode + 1) if unicodedata.combining(chr(c))} | {0: None}
# “Jum'at”, “Al-Qur’an”: written with any of these, or without.
APOSTROPHES = re.compile(r"(?<=[^\W\d_])['’‘ʼ`´](?=[^\W\d_])")
# 14.05 is one word, and the number in Rp1.000.000; so is each half of COVID-19 and of anak-anak.
WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W\d_]+(?=\d+[.,]\d)|[^\W_]+")
PARTS = re.compile(r'"([^"]*)"?|([^\s"]+)')
HYPHEN = re.compile(r"[-‐‑]")
JOINED = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)+")


@dataclass(frozen=True)
class Terms:
    """What a search row keeps: `words` and `phrases` of all its text, both of its headline."""

    words: list[int]
    phrases: list[int]
    headline: list[int]


@dataclass(frozen=True)
class Query:
    """What is asked: all of `words`, and the `phrases` among them, each of two neighbours.

    `near` are the neighbours of a query without any quotation mark: they rank, and filter nothing.
    """

    words: tuple[int, ...]
    phrases: tuple[int, ...]
    near: tuple[int, ...]


def fold(text: str) -> str:
    """Lower case without accents: both databases compare alike (SQLite folds ASCII only)."""
    if text.isascii():
        return text.replace("\0", "").lower()
    return unicodedata.normalize("NFKD", text).casefold().translate(DROPPED)


def words_of(text: str) -> list[str]:
    """The folded words of `text` in their order: whole words, and signs are none."""
    return WORD.findall(APOSTROPHES.sub("", fold(text)))


def word_hash(word: str) -> int:
    return crc32(word.encode()) & 0x7FFFFFFF


def phrase_hash(first: str, second: str) -> int:
    return -1 - crc32(f"{first} {second}".encode()) % BUCKETS


def of_text(headline: str, rest: Sequence[str]) -> Terms:
    """The terms of an article; `rest` are its standfirst and its paragraphs, as plain text.

    A phrase ends with its part: the headline's last word is no neighbour of the standfirst's first.
    """
    title = words_of(headline)
    spoken = [title, *map(words_of, rest)]
    words = {word_hash(word) for word in {word for part in spoken for word in part}}
    words |= {word_hash(word) for part in (headline, *rest) for word in _joined(part)}
    pairs = {pair for part in spoken for pair in pairwise(part)}
    above = {word_hash(word) for word in title} | {phrase_hash(*pair) for pair in pairwise(title)}
    phrases = {phrase_hash(*pair) for pair in pairs}
    return Terms(sorted(words), sorted(phrases), sorted(above))


def _joined(text: str) -> set[str]:
    """COVID-19 is found as covid19 too."""
    if not HYPHEN.search(text):
        return set()
    return {HYPHEN.sub("", found) for found in JOINED.findall(APOSTROPHES.sub("", fold(text)))}


def read(query: str) -> Query:
    """What somebody asks: words, and phrases in quotation marks or joined by a hyphen."""
    words: list[str] = []
    phrases: list[tuple[str, str]] = []
    for part, is_phrase in _parts(query):
        room = MOST_WORDS - len(words)
        found = words_of(part)[:room]
        if is_phrase:
            phrases += pairwise(found)
        words += found
    near = [] if phrases else pairwise(words)
    return Query(
        tuple(dict.fromkeys(map(word_hash, words))),
        tuple(dict.fromkeys(phrase_hash(*pair) for pair in phrases)),
        tuple(dict.fromkeys(phrase_hash(*pair) for pair in near)),
    )


def _parts(query: str) -> Iterable[tuple[str, bool]]:
    plain = re.sub("[“”„«»]", '"', query[:LONGEST_QUERY])
    for quoted, word in PARTS.findall(plain):
        yield (quoted, True) if quoted else (word, bool(HYPHEN.search(word)))
