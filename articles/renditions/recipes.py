"""Which copies a picture has, and their addresses, computed from its row without a query."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings

from articles.crops import Box, Cut, Ratio, Size, crop, fitting, height_for, largest

if TYPE_CHECKING:
    from articles.models import Image

WIDTHS = (320, 480, 640, 960, 1280, 1920)
# By what a browser is offered first: half the bytes, three quarters of them, and what all can show.
FORMATS = ("avif", "webp", "jpg")
KINDS = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}

type Ready = dict[str, dict[str, list[int]]]
"""The widths of the copies that are there, by recipe and format."""


@dataclass(frozen=True)
class Recipe:
    """One shape of pictures: its ratio (None is the picture's own), widths and way of packing."""

    ratio: Ratio | None
    widths: tuple[int, ...] = WIDTHS
    # Those that a page names: a list of forty cards can't afford all.
    offered: tuple[int, ...] = WIDTHS
    formats: tuple[str, ...] = FORMATS
    max_bytes: int | None = None
    # Messengers want a picture of that size and no other, so a small one is made larger.
    stretch: bool = False


# What messengers take; so the first copy can stand in for the one that is made for them.
LIGHT = 300_000
# The one copy that the upload itself makes: whole, so that any place can show a part of it.
FIRST = "first"
RECIPES = {
    FIRST: Recipe(None, (1280,), formats=("jpg",), max_bytes=LIGHT),
    "lead": Recipe((16, 9)),
    "card": Recipe((4, 3), offered=(320, 640)),
    # A square of a portrait's or a list's size is smaller than all others.
    "thumb": Recipe((1, 1), (160, *WIDTHS), offered=(160, 320)),
    "inline": Recipe(None),
    "share": Recipe((1200, 630), (1200,), formats=("jpg",), max_bytes=LIGHT, stretch=True),
}
# Those that can be cut by hand.
CUTS = tuple(code for code, recipe in RECIPES.items() if recipe.ratio)
# What is shown where a recipe has no copy yet: the page cuts it to shape, around its middle.
STAND_INS = (FIRST, "inline")


class Source(NamedTuple):
    """One format's copies, as `<source>` and `<img>` name them."""

    kind: str
    srcset: str
    url: str
    width: int


class Offer(NamedTuple):
    """What a page shows of a picture: its copies, the best format first, and their size."""

    sources: list[Source]
    size: Size
    # The copies have the picture's own ratio: the page shows a part of them.
    is_stand_in: bool


def plan(original: Size, crops: Mapping[str, Sequence[float]] | None = None) -> Ready:
    """The copies that a picture of this size is given: of each recipe and format one at least."""
    return {
        code: {kind: _widths(recipe, _room(code, original, crops or {})) for kind in recipe.formats}
        for code, recipe in RECIPES.items()
    }


def first(original: Size) -> Ready:
    """The copies that are made while somebody waits."""
    return {FIRST: plan(original)[FIRST]}


def _room(code: str, original: Size, crops: Mapping[str, Sequence[float]]) -> int:
    """How wide a copy may become before pixels have to be made up."""
    ratio = RECIPES[code].ratio or original
    if code in crops:
        return Cut(*crops[code]).box(original, ratio).size[0]
    return largest(original, ratio)[0]


def _widths(recipe: Recipe, room: int) -> list[int]:
    return list(recipe.widths) if recipe.stretch else fitting(recipe.widths, room)


def part(image: "Image", code: str, original: Size) -> Box:
    """What a recipe shows of the picture: the cut made by hand, or one around the focus."""
    ratio = RECIPES[code].ratio or original
    if code in image.crops:
        return Cut(*image.crops[code]).box(original, ratio)
    return crop(original, ratio, (image.focus_x, image.focus_y))


def surplus(original: Size) -> float:
    """How many pixels of a picture of this size go, side by side, into one of its largest copy."""
    return min(
        largest(original, recipe.ratio or original)[0] / recipe.widths[-1]
        for code, recipe in RECIPES.items()
        if code != FIRST
    )


def surplus_of_first(original: Size) -> float:
    """The same while only the first copy is made."""
    return original[0] / RECIPES[FIRST].widths[-1]


def name(image: "Image", recipe: str, width: int, extension: str = "jpg") -> str:
    """Where the copy lies in the public store."""
    return f"{image.token}/{recipe}-{width}-{image.revision}.{extension}"


def url(image: "Image", recipe: str, width: int, extension: str = "jpg") -> str:
    """Where readers find the copy."""
    return settings.MEDIA_URL + name(image, recipe, width, extension)


def offer(image: "Image", recipe: str) -> Offer | None:
    """What a page can show of the picture where it wants that recipe; None while there is nothing.

    While the recipe's own copies are not made, another stands in for them.
    """
    code = shown_as(image, recipe)
    if code is None:
        return None
    offered, ready = RECIPES[code].offered, image.ready[code]
    made = [(kind, ready[kind]) for kind in FORMATS if ready.get(kind)]
    sources = [_source(image, code, kind, _named(widths, offered)) for kind, widths in made]
    return Offer(sources, size(image, recipe, sources[-1].width), code != recipe)


def shown_as(image: "Image", recipe: str) -> str | None:
    """The recipe itself, or the one whose copies stand in for it; None while there are none."""
    return next((code for code in (recipe, *STAND_INS) if image.ready.get(code)), None)


def _named(widths: list[int], offered: tuple[int, ...]) -> list[int]:
    return [width for width in widths if width in offered] or widths[-1:]


def _source(image: "Image", code: str, kind: str, widths: list[int]) -> Source:
    urls = [url(image, code, width, kind) for width in widths]
    pairs = [f"{address} {width}w" for address, width in zip(urls, widths, strict=True)]
    return Source(KINDS[kind], ", ".join(pairs), urls[-1], widths[-1])


def smallest(image: "Image", recipe: str) -> str:
    """The address of the smallest copy that every browser shows; empty while there is none."""
    return _end(image, recipe, 0)


def widest(image: "Image", recipe: str) -> str:
    """The address of the widest copy that every browser shows; empty while there is none."""
    return _end(image, recipe, -1)


def _end(image: "Image", recipe: str, place: int) -> str:
    for code in (recipe, *STAND_INS):
        made = image.ready.get(code, {})
        for kind in reversed(FORMATS):
            if widths := made.get(kind):
                return url(image, code, widths[place], kind)
    return ""


def size(image: "Image", recipe: str, width: int) -> Size:
    """Width and height of that copy, for the page to keep its place free."""
    ratio = RECIPES[recipe].ratio or (image.width, image.height)
    return width, height_for(width, ratio)


def copies(ready: Ready) -> Iterator[tuple[str, int, str]]:
    """Every recipe, width and format that is said to be there."""
    for recipe, formats in ready.items():
        for kind, widths in formats.items():
            for width in widths:
                yield recipe, width, kind
