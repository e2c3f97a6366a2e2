"""What a cleaned body says: its words, its references, the addresses that stand alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from articles import embeds
from articles.markup import nodes, tree
from articles.markup.elements import CELLS, MARKS


@dataclass(frozen=True, slots=True)
class References:
    """Which rows a body points at, each once, in order of first appearance.

    `images` stand in the text by themselves, `galleries` holds the pictures of all its galleries.
    """

    images: tuple[int, ...]
    articles: tuple[int, ...]
    galleries: tuple[int, ...] = ()

    @property
    def pictures(self) -> tuple[int, ...]:
        """All pictures that the text shows, each once."""
        return tuple(dict.fromkeys(self.images + self.galleries))


def plain_text(html: str) -> str:
    """The words of a cleaned body, a line to each block or table row, entities resolved."""
    lines = "".join(_words(tree.body(html))).splitlines()
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def _words(parent: LexborNode) -> Iterator[str]:
    for node in parent.iter(include_text=True):
        if node.tag == "-text":
            yield re.sub(r"\s+", " ", node.text_content or "")
        else:
            edge = "" if node.tag in MARKS else " " if node.tag in CELLS else "\n"
            yield edge
            yield from _words(node)
            yield edge


def word_count(html: str) -> int:
    """How many words a reader reads in a cleaned body; a lone dash is not one."""
    return sum(any(map(str.isalnum, word)) for word in plain_text(html).split())


def blocks(html: str) -> list[str]:
    """The blocks of a cleaned body, one after the other: joined they are the body again."""
    return [node.html or "" for node in tree.body(html).iter(include_text=True)]


def references(html: str) -> References:
    """The pictures and articles that a cleaned body refers to."""
    if not has_references(html):
        return References((), ())
    body = tree.body(html)
    images = (tree.attribute(node, "data-image") for node in body.css("figure[data-image]"))
    articles = (tree.attribute(node, "data-articles") for node in body.css("aside[data-articles]"))
    photos = (photo for node in body.css("figure[data-gallery]") for photo in nodes.gallery(node))
    return References(
        tree.numbers(",".join(images)),
        tree.numbers(",".join(articles)),
        tuple(dict.fromkeys(photo.image for photo in photos)),
    )


def has_references(html: str) -> bool:
    """Whether a cleaned body may hold references or boxes; words can't begin with a `<` there."""
    return "<figure" in html or "<aside" in html


def with_embeds(html: str) -> str:
    """A cleaned body in which each known address that is alone in a paragraph is an embed.

    The desk's editor does it when an address is pasted; importers call this.
    """
    return re.sub(r"<p>(?:<a href=\"[^\"]*\"[^>]*>)?([^<>\s]+)(?:</a>)?</p>", _as_embed, html)


def _as_embed(paragraph: re.Match[str]) -> str:
    reference = embeds.reference(tree.body(paragraph[1]).text())
    return f'<figure data-embed="{reference}"></figure>' if reference else paragraph[0]
