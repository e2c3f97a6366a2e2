"""A cleaned body becomes the page's HTML: each reference is swapped for what it stands for."""

from collections.abc import Callable, Mapping
from html import escape

from selectolax.lexbor import LexborNode

from articles import embeds
from articles.markup import nodes, tree
from articles.markup.nodes import Photo
from articles.markup.reading import has_references

# “Read also” inside a text: more of them, and readers take the text for an index.
MOST_RELATED = 2
BOX_CLASSES = {"quote": "pull-quote", "info": "info-box"}


def embed_link(reference: str) -> str:
    """A paragraph that leads to a thing of another site; nothing if its provider is unknown."""
    _code, provider, _key = embeds.split(reference)
    if provider is None:
        return ""
    href = escape(embeds.address(reference))
    text = f"{provider.name}: {href}"
    return f'<p class="embed"><a href="{href}" rel="noopener nofollow">{text}</a></p>'


def render(
    html: str,
    *,
    lead: str = "",
    figures: Mapping[int, str] | None = None,
    related: Mapping[int, str] | None = None,
    gallery: Callable[[list[Photo]], str] | None = None,
    embed: Callable[[str], str] = embed_link,
) -> str:
    """The page's HTML of a cleaned body; what the arguments give or return is safe HTML already.

    `lead` opens the first paragraph that is the article's own (not one in a quotation). A reference
    to something that is not in `figures` or `related` leaves no trace; of “Read also” no more than
    two are shown, the first that are in `related`.
    """
    # Most bodies hold words alone, and a cleaned one is spelled as the parser would spell it.
    if not has_references(html) and (not lead or html.startswith("<p>")):
        return f"<p>{lead}{html[3:]}" if lead else html
    body = tree.body(html)
    paragraph = next((node for node in body.iter() if node.tag == "p"), None)
    if lead and paragraph:
        paragraph.inner_html = lead + (paragraph.inner_html or "")
    _dress_boxes(body)
    for node in body.css("figure[data-image]"):
        ids = tree.numbers(tree.attribute(node, "data-image"))
        _replace(node, "".join((figures or {}).get(number, "") for number in ids))
    for node in body.css("figure[data-gallery]"):
        _replace(node, gallery(nodes.gallery(node)) if gallery else "")
    for node in body.css("figure[data-embed]"):
        _replace(node, embed(tree.attribute(node, "data-embed")))
    _show_related(body, related or {})
    return body.inner_html or ""


def _dress_boxes(body: LexborNode) -> None:
    for node in body.css("aside[data-box]"):
        node.attrs["class"] = BOX_CLASSES.get(tree.attribute(node, "data-box"), "")
        del node.attrs["data-box"]


def _show_related(body: LexborNode, related: Mapping[int, str]) -> None:
    left = MOST_RELATED
    for node in body.css("aside[data-articles]"):
        ids = tree.numbers(tree.attribute(node, "data-articles"))
        cards = [related[number] for number in ids if number in related][:left]
        left -= len(cards)
        box = f'<aside class="related-box">{"".join(cards)}</aside>' if cards else ""
        _replace(node, box)


def _replace(node: LexborNode, html: str) -> None:
    if html:
        node.inner_html = html
        node.unwrap()
    else:
        node.decompose()
