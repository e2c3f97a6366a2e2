"""Which copies a picture has, and their addresses, computed from its row without a query."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.conf import settings

from articles.crops import Ratio, Size, fitting, height_for, largest

if TYPE_CHECKING:
    from articles.models import Image


@dataclass(frozen=True)
class Recipe:
    """One use of pictures: its ratio (None is the picture's own), widths and way of packing."""

    ratio: Ratio | None
    widths: tuple[int, ...]
    quality: int = 75
    extension: Literal["webp", "jpg"] = "webp"
    max_bytes: int | None = None
    # Messengers want a picture of that size and no other, so a small one is made larger.
    stretch: bool = False


RECIPES = {
    "lead": Recipe((16, 9), (360, 640, 960, 1280)),
    "card": Recipe((3, 2), (240, 480, 720)),
    "thumb": Recipe((1, 1), (120, 240)),
    "inline": Recipe(None, (360, 640, 960, 1280)),
    "share": Recipe((1200, 630), (1200,), 82, "jpg", max_bytes=300_000, stretch=True),
}


def plan(original: Size) -> dict[str, list[int]]:
    """The widths that a picture of this size is given for each recipe: one at least."""
    return {code: _widths(recipe, original) for code, recipe in RECIPES.items()}


def _widths(recipe: Recipe, original: Size) -> list[int]:
    if recipe.stretch:
        return list(recipe.widths)
    return fitting(recipe.widths, largest(original, recipe.ratio or original)[0])


def surplus(original: Size) -> float:
    """How many pixels of a picture of this size go, side by side, into one of its largest copy."""
    return min(
        largest(original, recipe.ratio or original)[0] / recipe.widths[-1]
        for recipe in RECIPES.values()
    )


def name(image: "Image", recipe: str, width: int) -> str:
    """Where the copy lies in the public store."""
    extension = RECIPES[recipe].extension
    return f"{image.token}/{recipe}-{width}-{image.revision}.{extension}"


def url(image: "Image", recipe: str, width: int) -> str:
    """Where readers find the copy."""
    return settings.MEDIA_URL + name(image, recipe, width)


def sources(image: "Image", recipe: str) -> list[tuple[str, int]]:
    """Address and width of each copy there is, the smallest first: what `srcset` is made of."""
    return [(url(image, recipe, width), width) for width in image.ready.get(recipe, [])]


def size(image: "Image", recipe: str, width: int) -> Size:
    """Width and height of that copy, for the page to keep its place free."""
    ratio = RECIPES[recipe].ratio or (image.width, image.height)
    return width, height_for(width, ratio)


def copies(image: "Image") -> Iterator[tuple[str, int]]:
    """Every recipe and width that the row says is ready."""
    for recipe, widths in image.ready.items():
        for width in widths:
            yield recipe, width
