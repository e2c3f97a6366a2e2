"""Making the public copies: cut to shape, packed anew, and with no word but whose they are."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Raster

from articles.renditions import marks, recipes, refusals
from articles.renditions.gate import Original, decode
from articles.renditions.recipes import RECIPES, Recipe, copies, name, part, size

if TYPE_CHECKING:
    from articles.models import Image

LOWEST_QUALITY = 10
QUALITIES = {"avif": 55, "webp": 75, "jpg": 78}
# AVIF's own middle way takes three times as long, WebP's best twice, for 3 % fewer bytes.
ENCODERS: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "speed": 8},
    "webp": {"format": "WEBP", "method": 4},
    "jpg": {"format": "JPEG", "optimize": True, "progressive": True},
}


def reread(image: "Image") -> Original:
    """The stored original, decoded once more. Raises ValidationError if that can't be done."""
    # A small cut needs more of the original's pixels than a copy of the whole does.
    narrowest = min((cut[2] for cut in image.crops.values()), default=1.0)
    try:
        with image.original.open("rb") as file:
            return decode(file.read(), surplus=lambda size: recipes.surplus(size) * narrowest)
    except FileNotFoundError as error:
        raise refusals.missing() from error


def write(image: "Image", original: Original) -> None:
    """Put every copy that `image.ready` names into the public store; the row is the caller's."""
    wanted = list(copies(image.ready))
    said = marks.Marks.of(image, original.notes)
    # Pillow packs outside of Python's lock, so two at a time take half as long.
    with ThreadPoolExecutor(max_workers=2) as pool:
        packed = pool.map(partial(_copy, image, original, said), wanted)
        for (code, width, kind), data in zip(wanted, packed, strict=True):
            _put(name(image, code, width, kind), data)


def _copy(
    image: "Image", original: Original, said: marks.Marks, wanted: tuple[str, int, str]
) -> bytes:
    code, width, kind = wanted
    return pack(_cut(image, original, code, width), RECIPES[code], kind, said)


def discard(image: "Image") -> None:
    """Take the copies of this revision out of the public store."""
    for code, width, kind in copies(image.ready):
        default_storage.delete(name(image, code, width, kind))


def discard_before(image: "Image", revision: int) -> None:
    """Take all copies of the picture out of the store that were made before that revision."""
    try:
        _folders, files = default_storage.listdir(image.token)
    except FileNotFoundError:
        return
    for file in files:
        made = file.partition(".")[0].rpartition("-")[2]
        if made.isdecimal() and int(made) < revision:
            default_storage.delete(f"{image.token}/{file}")


def _cut(image: "Image", original: Original, code: str, width: int) -> Raster.Image:
    """The recipe's part of the picture, at its final size."""
    box = part(image, code, original.size)
    # The pixels at hand may be fewer than the original's, which the box is measured in.
    across = original.pixels.width / original.size[0]
    down = original.pixels.height / original.size[1]
    scaled = (box.left * across, box.top * down, box.right * across, box.bottom * down)
    return original.pixels.resize(
        size(image, code, width), Raster.Resampling.LANCZOS, scaled, reducing_gap=2.0
    )


def pack(pixels: Raster.Image, recipe: Recipe, kind: str, said: marks.Marks) -> bytes:
    """The file's bytes in that format, within the recipe's budget if it has one."""
    quality = QUALITIES[kind]
    data = _encode(pixels, kind, quality, said)
    while recipe.max_bytes and len(data) > recipe.max_bytes and quality > LOWEST_QUALITY:
        quality = max(quality - 8, LOWEST_QUALITY)
        data = _encode(pixels, kind, quality, said)
    return data


def _encode(pixels: Raster.Image, kind: str, quality: int, said: marks.Marks) -> bytes:
    file = BytesIO()
    options: dict[str, Any] = ENCODERS[kind] | {"quality": quality}
    if xmp := said.xmp():
        options["xmp"] = xmp
    if kind == "jpg" and (iptc := said.iptc()):
        options["extra"] = iptc
    pixels.save(file, **options)
    return file.getvalue()


def _put(path: str, data: bytes) -> None:
    """Store under exactly this name: what an interrupted run left there is replaced."""
    kept = default_storage.save(path, ContentFile(data))
    if kept != path:
        default_storage.delete(kept)
        default_storage.delete(path)
        default_storage.save(path, ContentFile(data))
