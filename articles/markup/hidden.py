"""Step 1: what readers were never meant to see goes, together with its text."""

import re
from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborNode

from articles.markup import nodes, tree
from articles.markup.elements import REMOVED


def prune(body: LexborNode) -> None:
    # Children before parents: taking out a parent frees the children that the list still holds.
    for node in reversed(body.css("*")):
        if node.tag == "body":
            continue
        if node.tag in REMOVED or _is_hidden(node):
            node.decompose()
        elif _is_wrapper(node):
            node.unwrap()


def _is_wrapper(node: LexborNode) -> bool:
    """An element that a well-known editor wraps around other content, without its usual meaning."""
    if node.tag in {"b", "strong"}:  # Google Docs wraps a whole paste in a <b> that is not bold
        # Not so Word's <b style="mso-bidi-font-weight: normal">, which is bold.
        style = dict(_declarations(tree.attribute(node, "style")))
        return style.get("font-weight") in {"normal", "400"}
    # WordPress puts tables and pull quotes in a figure.
    return node.tag == "figure" and not nodes.figure(node) and bool(node.css("table, blockquote"))


def _is_hidden(node: LexborNode) -> bool:
    """Whether a browser would keep this element from the reader's eyes, by its own attributes."""
    attributes = node.attributes
    if "hidden" in attributes:
        return True
    declarations = list(_declarations(attributes.get("style") or ""))
    return _is_sliver(dict(declarations)) or any(_hides(*pair) for pair in declarations)


def _declarations(style: str) -> Iterator[tuple[str, str]]:
    """The declarations of a style attribute in lower case, CSS comments and escapes undone."""
    style = re.sub(r"/\*.*?(\*/|$)", "", style, flags=re.DOTALL)
    style = re.sub(r"\\([0-9a-fA-F]{1,6})\s?", lambda m: _character(int(m[1], 16)), style)
    for declaration in style.replace("\\", "").lower().split(";"):
        name, _, value = declaration.partition(":")
        yield name.strip(), value.replace("!important", "").strip()


def _character(code: int) -> str:
    return chr(code) if code < 0xD800 else ""


_HIDING_VALUES = {
    "display": r"none",
    "visibility": r"hidden|collapse",
    "content-visibility": r"hidden",
    "mso-hide": r"all",
    "color": r"transparent",
    "scale": r"0(\.0+)?",
    "transform": r".*scale[xy]?\(0(\.0+)?[,)].*",
    "clip": r"rect\(.*",
    "clip-path": r"circle\(0.*|inset\(([5-9]\d|100)%.*",
}
_MOVING = re.compile(r"left|right|top|bottom|(inset|margin).*|text-indent|transform|translate")
_LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(em|rem|in|cm)?")


def _hides(name: str, value: str) -> bool:
    if re.fullmatch(_HIDING_VALUES.get(name, r"(?!)"), value):
        return True
    lengths = list(_lengths(value))
    if name in {"opacity", "font-size"} and lengths:
        return max(lengths) <= (1 if name == "font-size" else 0.05)
    # Word indents by some tens of points; whoever moves text a hundred away hides it.
    far = any(length <= -100 or length >= 1000 for length in lengths)
    return far and bool(_MOVING.fullmatch(name))


def _is_sliver(style: Mapping[str, str]) -> bool:
    """A box of at most one pixel that shows nothing of what overflows it."""
    sides = (style.get(name, "") for name in ("width", "height", "max-width", "max-height"))
    small = any(length <= 1 for side in sides for length in _lengths(side))
    return small and style.get("overflow", "") in {"hidden", "clip"}


def _lengths(value: str) -> Iterator[float]:
    """The numbers in a CSS value, in pixels as near as deciding about hiding needs."""
    for number, unit in _LENGTH.findall(value):
        yield float(number) * (16 if unit else 1)
