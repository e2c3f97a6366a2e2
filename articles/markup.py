"""Body HTML → safe HTML: the one allow-list of the paper.

A stored body is *canonical*: whatever an editor pasted, an importer found or an attacker sent, the
same words always come out as the same bytes, and cleaning them again changes nothing. Four steps
make it so, each of which would leave something to wish for alone:

1. `_prune` (selectolax) takes out what readers were never meant to see, together with its text;
2. `nh3` applies the allow-list of elements, attributes and schemes;
3. `_Flow` (selectolax again) reads that tree and keeps only blocks, words and marks;
4. the writer spells those in one way. Every `<` of a stored body is written here.

Pictures, embeds and related boxes are references to rows, never addresses of files; `render` swaps
them for what the page shows.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from html import escape
from itertools import groupby
from typing import cast
from urllib.parse import quote

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

# Inline elements in the order in which they are nested, outermost first.
MARKS = {"a": "a", "strong": "strong", "b": "strong", "em": "em", "i": "em"}
MARKS |= {"sub": "sub", "sup": "sup"}
TEXT_BLOCKS = {"p": "p", "h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
LISTS = frozenset({"ul", "ol"})
CONTAINERS = LISTS | {"blockquote", "table"}
CELLS = frozenset({"th", "td"})
TABLE = CELLS | {"table", "caption", "thead", "tbody", "tfoot", "tr"}
# Blocks without a meaning of their own here: they only end a paragraph.
NEUTRAL = frozenset(
    {"div", "section", "article", "main", "header", "footer", "nav", "center", "address", "pre"}
    | {"details", "summary", "fieldset", "form", "dl", "dt", "dd", "figcaption", "hgroup", "search"}
    | {"menu", "dir", "legend", "marquee"}
)
# Removed together with their text: it is code, a fallback, or a control.
REMOVED = frozenset(
    {"script", "style", "iframe", "noscript", "template", "object", "embed", "applet", "svg"}
    | {"math", "textarea", "title", "select", "option", "optgroup", "datalist", "button", "xmp"}
    | {"noembed", "noframes", "plaintext", "canvas", "audio", "video"}
)
# Where an embed leads: provider → name for readers, address of the thing itself.
PROVIDERS = {
    "youtube": ("YouTube", "https://www.youtube.com/watch?v={}"),
    "x": ("X", "https://x.com/i/status/{}"),
    "instagram": ("Instagram", "https://www.instagram.com/p/{}/"),
    "tiktok": ("TikTok", "https://www.tiktok.com/embed/v2/{}"),
    "facebook": ("Facebook", "https://www.facebook.com/{}"),
}
MAX_RELATED = 10
# Deeper nesting is an attack on the stack, not an article: containers inside this many others are
# taken for paragraphs, and below so many elements only the text is kept.
MAX_CONTAINERS = 10
MAX_DEPTH = 100

_EMBED = re.compile(rf"({'|'.join(PROVIDERS)}):[A-Za-z0-9_-]{{1,64}}")
_ID = re.compile(r"[0-9]{1,18}")
_SPAN = re.compile(r"[1-9][0-9]?")
_ADDRESS = re.compile(r"https?://[^/?#]|mailto:.|tel:[+(]?[0-9]|/(?!/)", re.IGNORECASE)
_REL = ("nofollow", "sponsored", "ugc")
_BREAK = "\v"
_KEPT_SPACES = "\xa0\u2009\u202f"  # non-breaking and thin ones, between a number and its unit
_DROPPED = dict.fromkeys(
    (
        *(*range(0x09), 0x0B, *range(0x0E, 0x20), *range(0x7F, 0xA0)),  # control characters
        *(0x200B, 0xFEFF, 0xFFFE, 0xFFFF),  # zero-width space, byte order mark, non-characters
        *(*range(0x202A, 0x202F), *range(0x2066, 0x206A)),  # text that reads in another order
        *range(0xD800, 0xE000),  # lone surrogates, which no encoder takes
    )
)
# The parser ignores the slash, and a picture would swallow the rest of the article.
_SELF_CLOSED = re.compile(r"<(figure|aside)\b([^<>]*?)/>", re.IGNORECASE)

_allow = partial(
    nh3.clean,
    tags={*MARKS, *TEXT_BLOCKS, *LISTS, *TABLE, *NEUTRAL, "li", "blockquote", "br", "hr"}
    | {"figure", "aside"},
    clean_content_tags=set(REMOVED),
    attributes={
        "a": {"href", "rel"},
        "figure": {"data-image", "data-embed"},
        "aside": {"data-articles"},
        **{cell: {"colspan", "rowspan"} for cell in CELLS},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)

type Mark = tuple[str, str]
"""The name of an inline element and its opening tag."""
type Marks = tuple[Mark, ...]
type Letter = tuple[str, Marks]


@dataclass(frozen=True, slots=True)
class References:
    """Which rows a body points at, each once, in order of first appearance."""

    images: tuple[int, ...]
    articles: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A finished piece of canonical HTML; `inner` is what stands between its tags."""

    tag: str
    html: str
    inner: str = ""


# What the rest of the paper calls


def clean(html: str) -> str:
    """The canonical form of body HTML from any source: safe, and the same when cleaned again.

    Text is kept, except what was hidden from readers (house rule against injected gambling links)
    and the content of scripts, frames and form controls. A figure or aside that is no reference
    goes with its content.
    """
    body = _body(_SELF_CLOSED.sub(r"<\1\2></\1>", html.translate(_DROPPED)))
    _prune(body)
    flow = _Flow()
    flow.walk(_body(_allow(body.inner_html or "")))
    return "".join(block.html for block in flow.finish())


def from_paragraphs(paragraphs: Iterable[str]) -> str:
    """Plain paragraphs as canonical HTML; markup in them is shown, not obeyed."""
    flow = _Flow()
    for paragraph in paragraphs:
        flow.text(paragraph)
        flow.flush()
    return "".join(block.html for block in flow.finish())


def plain_text(html: str) -> str:
    """The words of a cleaned body, a line to each block or table row, entities resolved."""
    lines = "".join(_words(_body(html))).splitlines()
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def word_count(html: str) -> int:
    """How many words a reader reads in a cleaned body; a lone dash is not one."""
    return sum(any(map(str.isalnum, word)) for word in plain_text(html).split())


def blocks(html: str) -> list[str]:
    """The blocks of a cleaned body, one after the other: joined they are the body again."""
    return [node.html or "" for node in _body(html).iter(include_text=True)]


def references(html: str) -> References:
    """The pictures and articles that a cleaned body refers to."""
    if not _has_references(html):
        return References((), ())
    body = _body(html)
    images = (_attribute(node, "data-image") for node in body.css("figure[data-image]"))
    articles = (_attribute(node, "data-articles") for node in body.css("aside[data-articles]"))
    return References(_numbers(",".join(images)), _numbers(",".join(articles)))


def render(
    html: str,
    *,
    lead: str = "",
    figures: Mapping[int, str] | None = None,
    related: Mapping[int, str] | None = None,
) -> str:
    """The page's HTML of a cleaned body; `lead`, `figures` and `related` are safe HTML already.

    `lead` opens the first paragraph that is the article's own (not one in a quotation). A reference
    to something that is not in `figures` or `related` leaves no trace.
    """
    # Most bodies hold words alone, and a cleaned one is spelled as the parser would spell it.
    if not _has_references(html) and (not lead or html.startswith("<p>")):
        return f"<p>{lead}{html[3:]}" if lead else html
    body = _body(html)
    paragraph = next((node for node in body.iter() if node.tag == "p"), None)
    if lead and paragraph:
        paragraph.inner_html = lead + (paragraph.inner_html or "")
    for node in body.css("figure[data-image]"):
        ids = _numbers(_attribute(node, "data-image"))
        _replace(node, "".join((figures or {}).get(number, "") for number in ids))
    for node in body.css("figure[data-embed]"):
        _replace(node, _embed_link(_attribute(node, "data-embed")))
    for node in body.css("aside[data-articles]"):
        _replace(node, _related_box(_attribute(node, "data-articles"), related or {}))
    return body.inner_html or ""


# Step 1: what nobody was meant to see


def _prune(body: LexborNode) -> None:
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
        style = _attribute(node, "style").replace(" ", "").lower()
        return "font-weight:normal" in style or "font-weight:400" in style
    # WordPress puts tables and pull quotes in a figure.
    return node.tag == "figure" and not _figure(node) and bool(node.css("table, blockquote"))


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


# Step 3: blocks, words and marks


class _Flow:
    """Collects canonical blocks from a tree of allowed elements."""

    def __init__(self, marks: Marks = (), *, containers: int = 0, depth: int = 0) -> None:
        self.blocks: list[Block] = []
        self.letters: list[Letter] = []
        self.wrapper = "p"
        self.marks = marks
        self.containers = containers
        self.depth = depth

    def walk(self, parent: LexborNode) -> None:
        if self.depth > MAX_DEPTH:
            self.text(parent.text())
            return
        self.depth += 1
        for node in parent.iter(include_text=True):
            self.visit(node)
        self.depth -= 1

    def visit(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag == "-text":
            self.text(node.text_content or "")
        elif tag in MARKS:
            self.marked(node)
        elif tag == "br":
            self.letters.append((_BREAK, self.marks))
        else:
            self.flush()
            self.block(node, tag)
            self.flush()

    def text(self, text: str) -> None:
        self.letters += ((letter, self.marks) for letter in text.translate(_DROPPED))

    def marked(self, node: LexborNode) -> None:
        outside = self.marks
        self.marks = _with_mark(outside, node)
        self.walk(node)
        self.marks = outside

    def block(self, node: LexborNode, tag: str) -> None:
        if tag in TEXT_BLOCKS:
            self.wrapped(node, TEXT_BLOCKS[tag])
        elif tag in CONTAINERS and self.containers >= MAX_CONTAINERS:
            self.walk(node)
        elif tag in LISTS:
            self.add(tag, "".join(self.items(node)))
        elif tag == "blockquote":
            self.add(tag, "".join(block.html for block in self.within(node)))
        elif tag == "table":
            self.table(node)
        elif tag in {"figure", "aside"}:
            self.blocks += _figure(node) if tag == "figure" else _aside(node)
        elif tag == "hr":
            self.blocks.append(Block(tag, "<hr>"))
        else:
            self.walk(node)

    def wrapped(self, node: LexborNode, wrapper: str) -> None:
        outside, self.wrapper = self.wrapper, wrapper
        self.walk(node)
        self.flush()
        self.wrapper = outside

    def within(self, node: LexborNode, *, visit: bool = False) -> list[Block]:
        """The blocks of a container, made apart from the blocks around it."""
        flow = _Flow(self.marks, containers=self.containers + 1, depth=self.depth + 1)
        flow.visit(node) if visit else flow.walk(node)
        return flow.finish()

    def items(self, parent: LexborNode) -> Iterator[str]:
        for node in parent.iter(include_text=True):
            if inner := _snug(self.within(node, visit=node.tag != "li")):
                yield f"<li>{inner}</li>"

    def table(self, node: LexborNode) -> None:
        for caption in node.iter():
            if caption.tag == "caption":
                self.blocks += self.within(caption)
        parts = {"thead": "", "tbody": ""}
        for row in _rows(node):
            if html := "".join(self.cells(row)):
                is_head = row.parent is not None and row.parent.tag == "thead"
                parts["thead" if is_head else "tbody"] += f"<tr>{html}</tr>"
        inner = "".join(f"<{tag}>{html}</{tag}>" for tag, html in parts.items() if html)
        # A table of empty cells is what a spreadsheet leaves around a pasted selection.
        if re.sub(r"</?t[^<>]*>", "", inner):
            self.add("table", inner)

    def cells(self, row: LexborNode) -> Iterator[str]:
        for node in row.iter():
            if node.tag in CELLS:
                inner = _snug(self.within(node))
                yield f"<{node.tag}{_spans(node)}>{inner}</{node.tag}>"

    def add(self, tag: str, inner: str) -> None:
        if inner:
            self.blocks.append(Block(tag, f"<{tag}>{inner}</{tag}>", inner))

    def flush(self) -> None:
        """Close the paragraph that is being written; two line breaks also end one."""
        letters, self.letters = _squeeze(self.letters), []
        for is_end, group in groupby(letters, key=lambda letter: letter[0] == _BREAK * 2):
            if not is_end:
                self.add(self.wrapper, _inline(group))

    def finish(self) -> list[Block]:
        self.flush()
        return self.blocks


def _squeeze(letters: Iterable[Letter]) -> list[Letter]:
    """The letters without needless white space; a lone non-breaking space is an editor's choice."""
    out: list[Letter] = [(_BREAK * 2, ())]
    for letter, marks in letters:
        last = out[-1][0]
        if letter == _BREAK:
            _squeeze_break(out, marks)
        elif not letter.isspace():
            out.append((letter, marks))
        elif last.isspace():
            if _BREAK not in last:
                out[-1] = (" ", out[-1][1])
        else:
            out.append((letter if letter in _KEPT_SPACES else " ", marks))
    while out and out[-1][0].isspace():
        out.pop()
    return out[1:]


def _squeeze_break(out: list[Letter], marks: Marks) -> None:
    if out[-1][0].isspace() and _BREAK not in out[-1][0]:
        out.pop()
    if _BREAK in out[-1][0]:
        out[-1] = (_BREAK * 2, ())
    else:
        out.append((_BREAK, marks))


def _with_mark(marks: Marks, node: LexborNode) -> Marks:
    tag = MARKS[node.tag or ""]
    opening = _anchor(node) if tag == "a" else f"<{tag}>"
    if not opening:
        return marks
    order = list(MARKS)
    kept = [mark for mark in marks if mark[0] != tag]
    return tuple(sorted([*kept, (tag, opening)], key=lambda mark: order.index(mark[0])))


def _anchor(node: LexborNode) -> str:
    """The opening tag of a link, or nothing if the address is not one that readers may follow."""
    href = _href(_attribute(node, "href"))
    if not href:
        return ""
    asked = _attribute(node, "rel").lower().split()
    rel = " ".join([word for word in _REL if word in asked] + ["noopener"])
    away = f' rel="{rel}"' if href.startswith("http") else ""
    return f'<a href="{escape(href)}"{away}>'


def _href(value: str) -> str:
    # Browsers drop tabs and line ends inside an address, so a check must not see them either.
    value = re.sub(r"[\t\r\n]", "", value.translate(_DROPPED)).strip()
    if not _ADDRESS.match(value):
        return ""
    scheme, colon, rest = value.partition(":") if value[0] != "/" else ("", "", value)
    # A backslash counts as a slash in browsers: `/\evil.example` would leave the site.
    return scheme.lower() + colon + quote(rest, safe="!#$%&()*+,/:;=?@[]~")


def _figure(node: LexborNode) -> list[Block]:
    image = _attribute(node, "data-image").strip()
    if _ID.fullmatch(image) and int(image):
        return [Block("figure", f'<figure data-image="{int(image)}"></figure>')]
    embed = _attribute(node, "data-embed").strip()
    if _EMBED.fullmatch(embed):
        return [Block("figure", f'<figure data-embed="{embed}"></figure>')]
    return []


def _aside(node: LexborNode) -> list[Block]:
    ids = ",".join(map(str, _numbers(_attribute(node, "data-articles"))[:MAX_RELATED]))
    return [Block("aside", f'<aside data-articles="{ids}"></aside>')] if ids else []


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    for group in table.iter():
        if group.tag in {"thead", "tbody", "tfoot"}:
            yield from (row for row in group.iter() if row.tag == "tr")


# Step 4: one spelling


def _snug(blocks: list[Block]) -> str:
    """The content of a list item or cell: bare text when it is one paragraph and nested lists."""
    if blocks and blocks[0].tag == "p" and all(block.tag in LISTS for block in blocks[1:]):
        return blocks[0].inner + "".join(block.html for block in blocks[1:])
    return "".join(block.html for block in blocks)


def _inline(letters: Iterable[Letter]) -> str:
    """Letters as HTML, each mark opened as late and closed as early as its nesting allows."""
    html = ""
    opened: Marks = ()
    for marks, run in groupby(letters, key=lambda letter: letter[1]):
        shared = 0
        while opened[shared : shared + 1] == marks[shared : shared + 1] != ():
            shared += 1
        html += _closing(opened[shared:]) + "".join(tag for _, tag in marks[shared:])
        html += _escaped("".join(letter for letter, _ in run))
        opened = marks
    return html + _closing(opened)


def _closing(marks: Marks) -> str:
    return "".join(f"</{name}>" for name, _ in reversed(marks))


def _escaped(text: str) -> str:
    # As browsers write it, with the non-breaking space visible to whoever reads the source.
    html = escape(text, quote=False).replace("\xa0", "&nbsp;")
    return html.replace(_BREAK, "<br>")


def _spans(cell: LexborNode) -> str:
    spans = ((name, _attribute(cell, name).strip()) for name in ("colspan", "rowspan"))
    return "".join(
        f' {name}="{span}"' for name, span in spans if _SPAN.fullmatch(span) and span != "1"
    )


# Reading and rendering


def _words(parent: LexborNode) -> Iterator[str]:
    for node in parent.iter(include_text=True):
        if node.tag == "-text":
            yield re.sub(r"\s+", " ", node.text_content or "")
        else:
            edge = "" if node.tag in MARKS else " " if node.tag in CELLS else "\n"
            yield edge
            yield from _words(node)
            yield edge


def _replace(node: LexborNode, html: str) -> None:
    if html:
        node.inner_html = html
        node.unwrap()
    else:
        node.decompose()


def _embed_link(reference: str) -> str:
    provider, _, key = reference.partition(":")
    if provider not in PROVIDERS:  # dropped from the list after the body was saved
        return ""
    name, address = PROVIDERS[provider]
    href = escape(address.format(key))
    return f'<p class="embed"><a href="{href}" rel="noopener nofollow">{name}: {href}</a></p>'


def _related_box(ids: str, related: Mapping[int, str]) -> str:
    cards = "".join(related[number] for number in _numbers(ids) if number in related)
    return f'<aside class="related-box">{cards}</aside>' if cards else ""


def _has_references(html: str) -> bool:
    """Whether a cleaned body may hold one; words can't begin with a `<` there."""
    return "<figure" in html or "<aside" in html


def _body(html: str) -> LexborNode:
    # The prefix opens the body, so that nothing in `html` can be taken for a head or a frameset.
    return cast(LexborNode, LexborHTMLParser("<!doctype html><body>" + html).body)


def _attribute(node: LexborNode, name: str) -> str:
    return node.attributes.get(name) or ""


def _numbers(text: str) -> tuple[int, ...]:
    """Row ids from "12,15", each once; nothing at all if any of them is not a number."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(_ID.fullmatch(part) for part in parts):
        return ()
    return tuple(dict.fromkeys(number for part in parts if (number := int(part))))
