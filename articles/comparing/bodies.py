"""Two bodies, paragraph by paragraph: what stayed, moved, changed, came and went."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape
from itertools import groupby

from articles import markup
from articles.comparing.anchors import aligned
from articles.comparing.marks import Marks
from articles.comparing.runs import (
    ADDED,
    REMOVED,
    SAME,
    Effort,
    Run,
    Word,
    all_of,
    compare,
    split,
)

MOVED, CHANGED = "moved", "changed"
# Two paragraphs that share fewer of their words are not one paragraph that was changed.
ALIKE = 0.4
# So far ahead the paragraph is looked for that another one became.
WINDOW = 12
# Elements around words; all others are structure.
MARKS = frozenset({"a", "strong", "em", "sub", "sup"})
# How a piece of structure shows in a line of words.
SIGNS = {"li": "\n• ", "tr": "\n", "td": " | ", "th": " | ", "br": "\n", "p": "\n"}

_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)(?:\s+[\w-]+(?:="[^"]*")?)*\s*/?>|[^<]+|<')


type Describe = Callable[[str], str]
"""What an element is, in words, by its opening tag; nothing for what needs no words."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a body: its opening tag, and the words in it."""

    tag: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands, from 1, and what it is."""

    number: int
    tag: str
    words: str

    @property
    def is_plain(self) -> bool:
        """Whether it is an ordinary paragraph, of which nobody needs to be told."""
        return self.tag in {"<p>", ""}


@dataclass(frozen=True, slots=True)
class Passage:
    """A block on both sides, or on one, and how its words changed."""

    what: str
    runs: tuple[Run, ...]
    before: Place | None
    after: Place | None

    @property
    def is_named(self) -> bool:
        """Whether it has to be said what it is: a picture, or a paragraph made a heading."""
        return not all(place.is_plain for place in (self.before, self.after) if place)


@dataclass(frozen=True, slots=True)
class Part:
    """One passage, or a stretch of them that stayed and can be folded away."""

    what: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A block with its place in one of the bodies."""

    place: Place
    block: Block


def compare_bodies(
    before: str, after: str, effort: Effort, describe: Describe = str
) -> tuple[Part, ...]:
    """The parts of two bodies from top to bottom. Raw HTML is cleaned first."""
    old, new = (markup.blocks(markup.clean(each)) for each in (before, after))
    passages = _with_moves(list(_passages(old, new, effort, describe)))
    parts: list[Part] = []
    for what, group in groupby(passages, key=lambda passage: passage.what):
        if what == SAME:
            parts.append(Part(what, tuple(group)))
        else:
            parts += (Part(what, (passage,)) for passage in group)
    return tuple(parts)


def block_of(html: str, describe: Describe = str) -> Block:
    """A block taken to pieces; put together again it is the same."""
    words = tuple(_pieces(html, describe))
    if not words or not words[0].tag:
        return Block("", words)
    # The closing tag, if there is one, follows from the opening one.
    inner = words[1:-1] if words[-1].tag.startswith("</") else words[1:]
    return Block(words[0].tag, inner)


def _pieces(html: str, describe: Describe) -> Iterator[Word]:
    marks: Marks = ()
    for found in _TAG.finditer(html):
        closing, name = found.groups()
        if name is None:
            yield from (Word(text, marks) for text in split(unescape(found[0])))
        elif name in MARKS:
            marks = marks[:-1] if closing else (*marks, found[0])
        elif closing:
            yield Word("", marks, found[0])
        else:
            told = f"\n[{describe(found[0])}] " if " data-" in found[0] else ""
            yield Word(told or SIGNS.get(name, ""), marks, found[0])


def _passages(
    before: Sequence[str], after: Sequence[str], effort: Effort, describe: Describe
) -> Iterator[Passage]:
    def numbered(side: Sequence[str], at: slice) -> list[Numbered]:
        made = [block_of(html, describe) for html in side[at]]
        places = enumerate((each.tag for each in made), at.start + 1)
        told = (Place(number, tag, describe(tag)) for number, tag in places)
        return [Numbered(*pair) for pair in zip(told, made, strict=True)]

    for is_same, old, new in aligned(before, after, effort):
        olds, news = numbered(before, old), numbered(after, new)
        if is_same:
            for one, other in zip(olds, news, strict=True):
                yield Passage(SAME, all_of(one.block.words), one.place, other.place)
        else:
            yield from _between(olds, news, effort)


def _between(olds: list[Numbered], news: list[Numbered], effort: Effort) -> Iterator[Passage]:
    """A changed stretch: each old paragraph beside the one that it became, if there is one."""
    at = 0
    for old in olds:
        found = _successor(old.block, [each.block for each in news[at : at + WINDOW]])
        if found is None:
            yield _gone(old)
            continue
        yield from map(_come, news[at : at + found])
        new = news[at + found]
        runs = compare(old.block.words, new.block.words, effort)
        yield Passage(CHANGED, runs, old.place, new.place)
        at += found + 1
    yield from map(_come, news[at:])


def _gone(one: Numbered) -> Passage:
    return Passage(REMOVED, all_of(one.block.words, REMOVED), one.place, None)


def _come(one: Numbered) -> Passage:
    return Passage(ADDED, all_of(one.block.words, ADDED), None, one.place)


def _successor(old: Block, candidates: Sequence[Block]) -> int | None:
    """Which of the candidates is most like `old`, if any is alike."""
    likeness = [_likeness(old, each) for each in candidates]
    best = max(likeness, default=0.0)
    return likeness.index(best) if best >= ALIKE else None


def _likeness(one: Block, other: Block) -> float:
    """The share of words that two blocks have in common; pictures are alike by being pictures."""
    counts = [_counted(block) for block in (one, other)]
    total = sum(each.total() for each in counts)
    if not total:
        return float(_name(one) == _name(other))
    return 2 * (counts[0] & counts[1]).total() / total


def _name(block: Block) -> str:
    """p, h2, figure …; nothing for bare words."""
    found = re.match(r"<([a-z0-9]+)", block.tag)
    return found[1] if found else ""


def _counted(block: Block) -> Counter[str]:
    texts = (word.text for word in block.words if not word.tag)
    return Counter(text.casefold() for text in texts if not text.isspace())


def _with_moves(passages: list[Passage]) -> Iterator[Passage]:
    """What went from one place and came in another as it was has moved; told where it is now."""
    gone: dict[object, list[int]] = {}
    for at, passage in enumerate(passages):
        if passage.what == REMOVED:
            gone.setdefault(_identity(passage), []).append(at)
    moved: dict[int, Passage] = {}
    for at, passage in enumerate(passages):
        if passage.what == ADDED and (places := gone.get(_identity(passage))):
            source = passages[places[0]]
            runs = tuple(replace(run, what=SAME, before=run.after) for run in passage.runs)
            moved[at] = Passage(MOVED, runs, source.before, passage.after)
            passages[places.pop(0)] = replace(source, what=MOVED)
    for at, passage in enumerate(passages):
        if at in moved:
            yield moved[at]
        elif passage.what != MOVED:
            yield passage


def _identity(passage: Passage) -> tuple[object, ...]:
    """What two passages share if one is the other in another place."""
    place = passage.before or passage.after
    assert place is not None
    return place.tag, *((run.text, run.before or run.after, run.tag) for run in passage.runs)
