"""Two sequences of words, told apart run by run: what stayed, what came, what went."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from articles.comparing import marks
from articles.comparing.marks import Marks

SAME, ADDED, REMOVED, MARKED = "same", "added", "removed", "marked"
# So many pairs of equal words may be looked at for one page. An article of 8,000 words, changed in
# each paragraph, has fewer; the worst that can be made takes two seconds.
MOST_PAIRS = 150_000
# What would leave no trace on paper if it came or went alone.
VISIBLE = str.maketrans({" ": "␣", "\xa0": "⍽", "\n": "↵", "\t": "⇥"})

# A word with its hyphens (anak-anak, ke-14), a number with its stops (1.250,5; 14.05), white space
# of one kind, or any other sign by itself.
_WORD = re.compile(r"\w+(?:[-’'](?=\w)\w+|(?<=\d)[.,:/](?=\d)\w+)*|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Word:
    """A word, a space, a sign; or a piece of structure, `tag`, with what it shows as its text."""

    text: str
    marks: Marks = ()
    tag: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Words are the same whatever their marks; those are told beside them."""
        return self.text, self.tag


@dataclass(frozen=True, slots=True)
class Run:
    """Words that share one fate. `before` and `after` are the marks on either side.

    What is MARKED stayed, and its marks changed.
    """

    what: str
    text: str
    before: Marks = ()
    after: Marks = ()
    tag: str = ""

    @property
    def note(self) -> str:
        """What came or went beside the words: bold, italics, a link."""
        return marks.told(self.before, self.after)

    @property
    def shown(self) -> str:
        """The text, visible even if it is only a space that came or went."""
        is_faint = self.what in {ADDED, REMOVED} and not self.tag and self.text.isspace()
        return self.text.translate(VISIBLE) if is_faint else self.text


class Effort:
    """What a comparison may still cost, so that no text keeps the server busy for minutes.

    The work of a SequenceMatcher grows with the pairs of equal words, not with the length.
    """

    def __init__(self, pairs: int = MOST_PAIRS) -> None:
        self.left = pairs
        self._fell_short = False

    def affords[T](self, before: Sequence[T], after: Sequence[T]) -> bool:
        """Take the cost of comparing these two, unless it is too high."""
        counts = Counter(before)
        cost = sum(counts[each] * number for each, number in Counter(after).items())
        if cost + len(before) + len(after) > self.left:
            self._fell_short = True
            return False
        self.left -= cost + len(before) + len(after)
        return True

    def fell_short(self) -> bool:
        """Whether something was too dear since this was last asked."""
        found, self._fell_short = self._fell_short, False
        return found


def words_of(text: str) -> list[Word]:
    """Plain text as words; joined they are the text again."""
    return [Word(piece) for piece in split(text)]


def split(text: str) -> list[str]:
    """The pieces of a text between which a comparison may cut."""
    return _WORD.findall(text)


def changes[T](
    before: Sequence[T], after: Sequence[T], effort: Effort, is_junk: Callable[[T], bool] | None
) -> Iterator[tuple[bool, slice, slice]]:
    """Stretches of both, in order: whether they are equal, and where they lie.

    What both begin and end with costs nothing. If the rest is too much work it counts as changed.
    """
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    i, j = len(before) - end, len(after) - end
    if start:
        yield True, slice(0, start), slice(0, start)
    inner = before[start:i], after[start:j]
    if all(inner) and effort.affords(*(without(each, is_junk) for each in inner)):
        # Junk, such as spaces, is never what two texts have in common by itself.
        matcher = SequenceMatcher(is_junk, *inner, autojunk=False)
        for what, i1, i2, j1, j2 in matcher.get_opcodes():
            yield what == "equal", slice(start + i1, start + i2), slice(start + j1, start + j2)
    elif any(inner):
        yield False, slice(start, i), slice(start, j)
    if end:
        yield True, slice(i, len(before)), slice(j, len(after))


def without[T](items: Sequence[T], is_junk: Callable[[T], bool] | None) -> list[T]:
    return [item for item in items if not (is_junk and is_junk(item))]


def _shared[T](one: Sequence[T], other: Sequence[T]) -> int:
    """With how many equal items both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def compare(before: Sequence[Word], after: Sequence[Word], effort: Effort) -> tuple[Run, ...]:
    """The runs from one text to the other, what went before what came."""
    keys = [[word.key for word in side] for side in (before, after)]
    runs: list[Run] = []
    for is_same, old, new in changes(keys[0], keys[1], effort, _is_space):
        if is_same:
            runs += map(_kept, before[old], after[new])
        else:
            runs += (
                Run(REMOVED, word.text, before=word.marks, tag=word.tag) for word in before[old]
            )
            runs += (Run(ADDED, word.text, after=word.marks, tag=word.tag) for word in after[new])
    return joined(runs)


def all_of(words: Iterable[Word], what: str = SAME) -> tuple[Run, ...]:
    """The runs of a text that stayed, came or went as a whole."""
    return joined(_all(words, what))


def _all(words: Iterable[Word], what: str) -> Iterator[Run]:
    for word in words:
        before, after = (word.marks if what != other else () for other in (ADDED, REMOVED))
        yield Run(what, word.text, before, after, word.tag)


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Neighbours of one fate in one run; a piece of structure stays by itself."""
    out: list[Run] = []
    for (what, before, after, tag), group in groupby(
        runs, key=lambda run: (run.what, run.before, run.after, run.tag)
    ):
        if tag:
            out += group
        else:
            out.append(Run(what, "".join(run.text for run in group), before, after))
    return tuple(out)


def _kept(old: Word, new: Word) -> Run:
    what = SAME if old.marks == new.marks else MARKED
    return Run(what, old.text, old.marks, new.marks, old.tag)


def _is_space(key: tuple[str, str]) -> bool:
    text, tag = key
    return not tag and text.isspace()
