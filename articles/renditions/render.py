"""Making the public copies: cropped around the focus, packed anew, and with no word of metadata."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Raster

from articles.crops import crop
from articles.renditions import refusals
from articles.renditions.gate import Original, decode
from articles.renditions.recipes import RECIPES, Recipe, copies, name, plan, size

if TYPE_CHECKING:
    from articles.models import Image

WEBP_METHOD = 4  # The encoder's own middle: 6 takes twice the time for 3 % fewer bytes.
LOWEST_QUALITY = 10


def make(image: "Image") -> None:
    """Make all copies from the private original, and note on the row that they are there.

    Raises ValidationError if the original can't be read.
    """
    original = reread(image)
    image.ready = plan(original.size)
    write(image, original)
    image.save(update_fields=["ready"])


def reread(image: "Image") -> Original:
    """The stored original, decoded once more. Raises ValidationError if that can't be done."""
    try:
        with image.original.open("rb") as file:
            return decode(file.read())
    except FileNotFoundError as error:
        raise refusals.missing() from error


def write(image: "Image", original: Original) -> None:
    """Put every copy that `image.ready` names into the public store; the row is the caller's."""
    names = [name(image, code, width) for code, width in copies(image)]
    # Pillow packs outside of Python's lock, so two at a time take half as long.
    with ThreadPoolExecutor(max_workers=2) as pool:
        packed = pool.map(partial(_copy, image, original), *zip(*copies(image), strict=True))
        for path, data in zip(names, packed, strict=True):
            _put(path, data)


def _copy(image: "Image", original: Original, code: str, width: int) -> bytes:
    return pack(_cut(image, original, code, width), RECIPES[code])


def discard(image: "Image") -> None:
    """Take the copies of this revision out of the public store."""
    for code, width in copies(image):
        default_storage.delete(name(image, code, width))


def _cut(image: "Image", original: Original, code: str, width: int) -> Raster.Image:
    """The part around the focus, at its final size."""
    ratio = RECIPES[code].ratio or original.size
    box = crop(original.size, ratio, (image.focus_x, image.focus_y))
    # The pixels at hand may be fewer than the original's, which the box is measured in.
    across = original.pixels.width / original.size[0]
    down = original.pixels.height / original.size[1]
    scaled = (box.left * across, box.top * down, box.right * across, box.bottom * down)
    return original.pixels.resize(
        size(image, code, width), Raster.Resampling.LANCZOS, scaled, reducing_gap=2.0
    )


def pack(pixels: Raster.Image, recipe: Recipe) -> bytes:
    """The file's bytes, within the recipe's budget if it has one."""
    data = _encode(pixels, recipe, recipe.quality)
    quality = recipe.quality
    while recipe.max_bytes and len(data) > recipe.max_bytes and quality > LOWEST_QUALITY:
        quality = max(quality - 8, LOWEST_QUALITY)
        data = _encode(pixels, recipe, quality)
    return data


def _encode(pixels: Raster.Image, recipe: Recipe, quality: int) -> bytes:
    file = BytesIO()
    if recipe.extension == "webp":
        pixels.save(file, "WEBP", quality=quality, method=WEBP_METHOD)
    else:
        pixels.save(file, "JPEG", quality=quality, optimize=True, progressive=True)
    return file.getvalue()


def _put(path: str, data: bytes) -> None:
    """Store under exactly this name: what an interrupted run left there is replaced."""
    kept = default_storage.save(path, ContentFile(data))
    if kept != path:
        default_storage.delete(kept)
        default_storage.delete(path)
        default_storage.save(path, ContentFile(data))
