"""Two people's changes to one text, joined where they don't touch each other. Pure.

Contents are what revisions keep (snapshots.py), in plain values. What both sides left alone or
changed alike is as it is; what one side changed is that side's; what both changed is a clash.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from articles import markup

type Content = dict[str, Any]
type Edit = tuple[int, int, tuple[str, ...]]
"""From and to where in the base, and what stands there instead."""


@dataclass(frozen=True)
class Merged:
    """The joined content; where there are `clashes`, by field name, it holds our side."""

    content: Content
    clashes: tuple[str, ...]


def merge(base: Content, ours: Content, theirs: Content) -> Merged:
    """Join two contents that both began as `base`."""
    clashes: list[str] = []

    def join(name: str, trio: tuple[Any, Any, Any], meet: Callable[[Any, Any, Any], Any]) -> Any:
        before, one, other = trio
        if one == other or other == before:
            return one
        if one == before:
            return other
        met = meet(before, one, other)
        if met is None:
            clashes.append(name)
            return one
        return met

    fields = {
        name: join(
            name,
            tuple(side["fields"].get(name) for side in (base, ours, theirs)),
            MEETINGS.get(name, _never),
        )
        for name in ours["fields"]
    }
    tags = join("tags", (base["tags"], ours["tags"], theirs["tags"]), _sets)
    lines = join("bylines", (base["bylines"], ours["bylines"], theirs["bylines"]), _never)
    return Merged(ours | {"fields": fields, "tags": tags, "bylines": lines}, tuple(clashes))


def _never(before: Any, one: Any, other: Any) -> None:
    """A headline of two halves would be nobody's."""


def _sets(before: Sequence[str], one: Sequence[str], other: Sequence[str]) -> list[str]:
    """What either side added, without what either took away."""
    added = (set(one) | set(other)) - set(before)
    kept = set(before) & set(one) & set(other)
    return sorted(kept | added)


def _answers(
    before: dict[str, str], one: dict[str, str], other: dict[str, str]
) -> dict[str, str] | None:
    """Question by question; None if both answered the same one, and not alike."""
    joined = dict(before)
    for question in {**before, **one, **other}:
        was, here, there = (side.get(question) for side in (before, one, other))
        if here != was and there not in {was, here}:
            return None
        if answer := there if here == was else here:
            joined[question] = answer
        else:
            joined.pop(question, None)
    return joined


def _bodies(before: str, one: str, other: str) -> str | None:
    """Paragraph by paragraph; None if both changed the same place."""
    joined = lists(*(markup.blocks(html) for html in (before, one, other)))
    return None if joined is None else "".join(joined)


# How what both sides changed can still be one.
MEETINGS: dict[str, Callable[[Any, Any, Any], Any]] = {"body": _bodies, "sensitivity": _answers}


def lists(base: Sequence[str], one: Sequence[str], other: Sequence[str]) -> list[str] | None:
    """Both sides' edits made in `base`; None if two of them touch the same place."""
    edits = sorted({*_edits(base, one), *_edits(base, other)})
    out: list[str] = []
    at = 0
    last: Edit | None = None
    for start, end, new in edits:
        # Two insertions at one place have no order, so nobody may choose one for them.
        if last and (start < last[1] or (start, end) == last[:2]):
            return None
        out += [*base[at:start], *new]
        at, last = end, (start, end, new)
    return [*out, *base[at:]]


def _edits(base: Sequence[str], side: Sequence[str]) -> list[Edit]:
    """What `side` does to `base`, in as small pieces as can be told apart."""
    found: list[Edit] = []
    for what, i1, i2, j1, j2 in SequenceMatcher(None, base, side, autojunk=False).get_opcodes():
        if what == "replace" and i2 - i1 == j2 - j1:
            pairs = zip(range(i1, i2), side[j1:j2], strict=True)
            found += [(at, at + 1, (text,)) for at, text in pairs]
        elif what != "equal":
            found.append((i1, i2, tuple(side[j1:j2])))
    return found
