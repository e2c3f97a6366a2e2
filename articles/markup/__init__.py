"""Body HTML → safe HTML: the one allow-list of the paper.

A stored body is *canonical*: whatever an editor pasted, an importer found or an attacker sent, the
same words always come out as the same bytes, and cleaning them again changes nothing. Four steps
make it so, each of which would leave something to wish for alone:

1. `hidden` (selectolax) takes out what readers were never meant to see, together with its text;
2. `elements.allow` (nh3) applies the allow-list of elements, attributes and schemes;
3. `flow` (selectolax again) reads that tree and keeps only blocks, words and marks;
4. `spelling` writes those in one way. Every `<` of a stored body is written there or in `nodes`.

Pictures, galleries, embeds and related boxes are references, never addresses of files; `render`
swaps them for what the page shows. A pulled quotation and an information box are asides with
blocks inside: `<aside data-box="quote">`, `<aside data-box="info">`. What they *are* is stored, not
a class: how they look is the page's business.
"""

import re
from collections.abc import Iterable

from articles.markup import hidden, tree
from articles.markup.elements import allow
from articles.markup.flow import Flow
from articles.markup.nodes import Photo
from articles.markup.reading import (
    References,
    blocks,
    plain_text,
    references,
    with_embeds,
    word_count,
)
from articles.markup.rendering import render

__all__ = [
    "Photo",
    "References",
    "blocks",
    "clean",
    "from_paragraphs",
    "plain_text",
    "references",
    "render",
    "with_embeds",
    "word_count",
]

# The parser ignores the slash, and a picture would swallow the rest of the article.
_SELF_CLOSED = re.compile(r"<(figure|aside)\b([^<>]*?)/>", re.IGNORECASE)


def clean(html: str) -> str:
    """The canonical form of body HTML from any source: safe, and the same when cleaned again.

    Text is kept, except what was hidden from readers (house rule against injected gambling links)
    and the content of scripts, frames and form controls. A figure that is no reference and an
    aside that is neither reference nor box go with their content.
    """
    body = tree.body(_SELF_CLOSED.sub(r"<\1\2></\1>", html.translate(tree.DROPPED)))
    hidden.prune(body)
    flow = Flow()
    flow.walk(tree.body(allow(body.inner_html or "")))
    return "".join(block.html for block in flow.finish())


def from_paragraphs(paragraphs: Iterable[str]) -> str:
    """Plain paragraphs as canonical HTML; markup in them is shown, not obeyed."""
    flow = Flow()
    for paragraph in paragraphs:
        flow.text(paragraph)
        flow.flush()
    return "".join(block.html for block in flow.finish())
