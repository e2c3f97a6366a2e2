"""Step 3: a tree of allowed elements becomes canonical blocks."""

import re
from collections.abc import Iterator
from itertools import groupby

from selectolax.lexbor import LexborNode

from articles.markup import nodes, tables, tree
from articles.markup.elements import (
    BOXES,
    CELLS,
    CONTAINERS,
    LISTS,
    MARKS,
    MAX_CONTAINERS,
    MAX_DEPTH,
    TEXT_BLOCKS,
)
from articles.markup.nodes import Block
from articles.markup.spelling import BREAK, Letter, Marks, inline, squeeze, with_mark


class Flow:
    """Collects canonical blocks from a tree of allowed elements."""

    def __init__(
        self,
        marks: Marks = (),
        *,
        containers: int = 0,
        depth: int = 0,
        in_box: bool = False,
    ) -> None:
        self.blocks: list[Block] = []
        self.letters: list[Letter] = []
        self.wrapper = "p"
        self.marks = marks
        self.containers = containers
        self.depth = depth
        self.in_box = in_box

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
            self.letters.append((BREAK, self.marks))
        else:
            self.flush()
            self.block(node, tag)
            self.flush()

    def text(self, text: str) -> None:
        self.letters += ((letter, self.marks) for letter in text.translate(tree.DROPPED))

    def marked(self, node: LexborNode) -> None:
        outside = self.marks
        self.marks = with_mark(outside, node)
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
        elif tag == "figure":
            self.blocks += nodes.figure(node)
        elif tag == "aside":
            self.aside(node)
        elif tag == "hr":
            self.blocks.append(Block(tag, "<hr>"))
        else:
            self.walk(node)

    def wrapped(self, node: LexborNode, wrapper: str) -> None:
        outside, self.wrapper = self.wrapper, wrapper
        self.walk(node)
        self.flush()
        self.wrapper = outside

    def within(self, node: LexborNode, *, visit: bool = False, in_box: bool = False) -> list[Block]:
        """The blocks of a container, made apart from the blocks around it."""
        flow = Flow(
            self.marks,
            containers=self.containers + 1,
            depth=self.depth + 1,
            in_box=self.in_box or in_box,
        )
        flow.visit(node) if visit else flow.walk(node)
        return flow.finish()

    def aside(self, node: LexborNode) -> None:
        """A reference, or a box with blocks of its own; no box stands inside another."""
        kind = tree.attribute(node, "data-box")
        if references := nodes.related(node):
            self.blocks += references
        elif kind in BOXES and (self.in_box or self.containers >= MAX_CONTAINERS):
            self.walk(node)
        elif kind in BOXES:
            inner = "".join(block.html for block in self.within(node, in_box=True))
            self.add("aside", inner, f' data-box="{kind}"')

    def items(self, parent: LexborNode) -> Iterator[str]:
        for node in parent.iter(include_text=True):
            if inner := _snug(self.within(node, visit=node.tag != "li")):
                yield f"<li>{inner}</li>"

    def table(self, node: LexborNode) -> None:
        for caption in node.iter():
            if caption.tag == "caption":
                self.blocks += self.within(caption)
        rows = [list(self.cells(row)) for row in tables.rows_of(node)]
        inner = tables.written([row for row in rows if row])
        # A table of empty cells is what a spreadsheet leaves around a pasted selection.
        if re.sub(r"</?t[^<>]*>", "", inner):
            self.add("table", inner)

    def cells(self, row: LexborNode) -> Iterator[tables.Cell]:
        for node in row.iter():
            if node.tag in CELLS:
                yield tables.cell(node, _snug(self.within(node)))

    def add(self, tag: str, inner: str, attributes: str = "") -> None:
        if inner:
            self.blocks.append(Block(tag, f"<{tag}{attributes}>{inner}</{tag}>", inner))

    def flush(self) -> None:
        """Close the paragraph that is being written; two line breaks also end one."""
        letters, self.letters = squeeze(self.letters), []
        for is_end, group in groupby(letters, key=lambda letter: letter[0] == BREAK * 2):
            if not is_end:
                self.add(self.wrapper, inline(group))

    def finish(self) -> list[Block]:
        self.flush()
        return self.blocks


def _snug(blocks: list[Block]) -> str:
    """The content of a list item or cell: bare text when it is one paragraph and nested lists."""
    if blocks and blocks[0].tag == "p" and all(block.tag in LISTS for block in blocks[1:]):
        return blocks[0].inner + "".join(block.html for block in blocks[1:])
    return "".join(block.html for block in blocks)
