"""Which paragraphs of two bodies are the same ones in the same order, however much lies between."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from articles.comparing.runs import Effort, changes


def aligned(
    before: Sequence[str], after: Sequence[str], effort: Effort
) -> Iterator[tuple[bool, slice, slice]]:
    """Stretches of both, in order: whether they are equal, and where they lie.

    As many as can be stay where they are, so that as few as can be have moved.
    """
    i = j = 0
    for old, new in [*anchors(before, after), (len(before), len(after))]:
        for is_same, one, other in changes(before[i:old], after[j:new], effort, None):
            yield is_same, _shifted(one, i), _shifted(other, j)
        if old < len(before):
            yield True, slice(old, old + 1), slice(new, new + 1)
        i, j = old + 1, new + 1


def anchors(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """The longest chain of pairs, rising on both sides, of what stands once in each."""
    counts = Counter(before), Counter(after)
    places = {item: at for at, item in enumerate(after)}
    pairs = [
        (at, places[item])
        for at, item in enumerate(before)
        if counts[0][item] == counts[1][item] == 1
    ]
    # For each length of a chain the lowest place in `after` on which one can end, and the pair.
    ends: list[int] = []
    last: list[int] = []
    previous: list[int | None] = []
    for index, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [index]
        previous.append(last[length - 1] if length else None)
    chain: list[tuple[int, int]] = []
    at = last[-1] if last else None
    while at is not None:
        chain.append(pairs[at])
        at = previous[at]
    return chain[::-1]


def _shifted(part: slice, by: int) -> slice:
    return slice(part.start + by, part.stop + by)
