"""Step 4: words and marks, written in one way."""

import re
from collections.abc import Iterable
from html import escape
from itertools import groupby
from urllib.parse import quote

from selectolax.lexbor import LexborNode

from articles.markup import tree
from articles.markup.elements import MARKS

_ADDRESS = re.compile(r"https?://[^/?#]|mailto:.|tel:[+(]?[0-9]|/(?!/)", re.IGNORECASE)
_REL = ("nofollow", "sponsored", "ugc")
BREAK = "\v"
_KEPT_SPACES = "\xa0\u2009\u202f"  # non-breaking and thin ones, between a number and its unit

type Mark = tuple[str, str]
"""The name of an inline element and its opening tag."""
type Marks = tuple[Mark, ...]
type Letter = tuple[str, Marks]


def squeeze(letters: Iterable[Letter]) -> list[Letter]:
    """The letters without needless white space; a lone non-breaking space is an editor's choice."""
    out: list[Letter] = [(BREAK * 2, ())]
    for letter, marks in letters:
        last = out[-1][0]
        if letter == BREAK:
            _squeeze_break(out, marks)
        elif not letter.isspace():
            out.append((letter, marks))
        elif last.isspace():
            if BREAK not in last:
                out[-1] = (" ", out[-1][1])
        else:
            out.append((letter if letter in _KEPT_SPACES else " ", marks))
    while out and out[-1][0].isspace():
        out.pop()
    return out[1:]


def _squeeze_break(out: list[Letter], marks: Marks) -> None:
    if out[-1][0].isspace() and BREAK not in out[-1][0]:
        out.pop()
    if BREAK in out[-1][0]:
        out[-1] = (BREAK * 2, ())
    else:
        out.append((BREAK, marks))


def with_mark(marks: Marks, node: LexborNode) -> Marks:
    tag = MARKS[node.tag or ""]
    opening = _anchor(node) if tag == "a" else f"<{tag}>"
    if not opening:
        return marks
    order = list(MARKS)
    kept = [mark for mark in marks if mark[0] != tag]
    return tuple(sorted([*kept, (tag, opening)], key=lambda mark: order.index(mark[0])))


def _anchor(node: LexborNode) -> str:
    """The opening tag of a link, or nothing if the address is not one that readers may follow."""
    href = _href(tree.attribute(node, "href"))
    if not href:
        return ""
    asked = tree.attribute(node, "rel").lower().split()
    rel = " ".join([word for word in _REL if word in asked] + ["noopener"])
    away = f' rel="{rel}"' if href.startswith("http") else ""
    return f'<a href="{escape(href)}"{away}>'


def _href(value: str) -> str:
    # Browsers drop tabs and line ends inside an address, so a check must not see them either.
    value = re.sub(r"[\t\r\n]", "", value.translate(tree.DROPPED)).strip()
    if not _ADDRESS.match(value):
        return ""
    scheme, colon, rest = value.partition(":") if value[0] != "/" else ("", "", value)
    # A backslash counts as a slash in browsers: `/\evil.example` would leave the site.
    return scheme.lower() + colon + quote(rest, safe="!#$%&()*+,/:;=?@[]~")


def inline(letters: Iterable[Letter]) -> str:
    """Letters as HTML, each mark opened as late and closed as early as its nesting allows."""
    html = ""
    opened: Marks = ()
    for marks, run in groupby(letters, key=lambda letter: letter[1]):
        shared = 0
        while opened[shared : shared + 1] == marks[shared : shared + 1] != ():
            shared += 1
        html += _closing(opened[shared:]) + "".join(tag for _, tag in marks[shared:])
        html += escaped("".join(letter for letter, _ in run))
        opened = marks
    return html + _closing(opened)


def _closing(marks: Marks) -> str:
    return "".join(f"</{name}>" for name, _ in reversed(marks))


def escaped(text: str) -> str:
    # As browsers write it, with the non-breaking space visible to whoever reads the source.
    html = escape(text, quote=False).replace("\xa0", "&nbsp;")
    return html.replace(BREAK, "<br>")
