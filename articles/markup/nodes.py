"""References: figures and asides that stand for a row, several rows, or a thing of another site.

They hold data and never an address of a file, so that what they show can change without the text:
`<figure data-image="5">`, `<figure data-gallery="5,9">`, `<figure data-embed="youtube:…">` and
`<aside data-articles="12,15">`. A gallery may have captions of its own, one to a picture, each a
`<figcaption data-image="9">`; a picture without one has the caption of its row.
"""

from dataclasses import dataclass
from html import escape

from selectolax.lexbor import LexborNode

from articles import embeds
from articles.markup import tree

MAX_RELATED = 10
MAX_GALLERY = 100
LONGEST_CAPTION = 400


@dataclass(frozen=True, slots=True)
class Block:
    """A finished piece of canonical HTML; `inner` is what stands between its tags."""

    tag: str
    html: str
    inner: str = ""


@dataclass(frozen=True, slots=True)
class Photo:
    """One picture of a gallery; an empty caption means that of the picture's row."""

    image: int
    caption: str = ""


def figure(node: LexborNode) -> list[Block]:
    """The canonical reference; nothing for a figure that is none."""
    numbers = tree.numbers(tree.attribute(node, "data-image"))
    if len(numbers) == 1:
        return [_reference("figure", "data-image", str(numbers[0]))]
    if photos := gallery(node):
        return [_gallery(photos)]
    embed = tree.attribute(node, "data-embed").strip()
    return [_reference("figure", "data-embed", embed)] if embeds.is_reference(embed) else []


def related(node: LexborNode) -> list[Block]:
    """The canonical “Read also” box; nothing for an aside that is none."""
    numbers = tree.numbers(tree.attribute(node, "data-articles"))[:MAX_RELATED]
    ids = ",".join(map(str, numbers))
    return [_reference("aside", "data-articles", ids)] if ids else []


def gallery(node: LexborNode) -> list[Photo]:
    """The pictures of a gallery in their order, each once."""
    numbers = tree.numbers(tree.attribute(node, "data-gallery"))[:MAX_GALLERY]
    captions = _captions(node) if numbers else {}
    return [Photo(number, captions.get(number, "")) for number in numbers]


def _captions(node: LexborNode) -> dict[int, str]:
    captions: dict[int, str] = {}
    for line in node.css("figcaption[data-image]"):
        text = " ".join(line.text().translate(tree.DROPPED).split())[:LONGEST_CAPTION].strip()
        for number in tree.numbers(tree.attribute(line, "data-image"))[:1]:
            captions.setdefault(number, text)
    return captions


def _gallery(photos: list[Photo]) -> Block:
    inner = "".join(
        f'<figcaption data-image="{photo.image}">{escape(photo.caption, quote=False)}</figcaption>'
        for photo in photos
        if photo.caption
    )
    ids = ",".join(str(photo.image) for photo in photos)
    return _reference("figure", "data-gallery", ids, inner)


def _reference(tag: str, attribute: str, value: str, inner: str = "") -> Block:
    return Block(tag, f'<{tag} {attribute}="{value}">{inner}</{tag}>', inner)
