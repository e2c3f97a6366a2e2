"""Reading HTML into a tree, and small things read off its nodes."""

import re
from typing import cast

from selectolax.lexbor import LexborHTMLParser, LexborNode

DROPPED = dict.fromkeys(
    (
        *(*range(0x09), 0x0B, *range(0x0E, 0x20), *range(0x7F, 0xA0)),  # control characters
        *(0x200B, 0xFEFF, 0xFFFE, 0xFFFF),  # zero-width space, byte order mark, non-characters
        *(*range(0x202A, 0x202F), *range(0x2066, 0x206A)),  # text that reads in another order
        *range(0xD800, 0xE000),  # lone surrogates, which no encoder takes
    )
)
_ID = re.compile(r"[0-9]{1,18}")


def body(html: str) -> LexborNode:
    # The prefix opens the body, so that nothing in `html` can be taken for a head or a frameset.
    return cast(LexborNode, LexborHTMLParser("<!doctype html><body>" + html).body)


def attribute(node: LexborNode, name: str) -> str:
    return node.attributes.get(name) or ""


def numbers(text: str) -> tuple[int, ...]:
    """Row ids from "12,15", each once; nothing at all if any of them is not a number."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(_ID.fullmatch(part) for part in parts):
        return ()
    return tuple(dict.fromkeys(number for part in parts if (number := int(part))))
