"""The gate for files that strangers made: decided by decoding, never by a name.

Whatever comes out is sRGB pixels, upright and opaque; nothing else of the file goes on.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from PIL import Image as Raster
from PIL import ImageCms, UnidentifiedImageError
from PIL.Image import Transpose
from PIL.ImageFile import ImageFile

from articles.crops import Size
from articles.renditions import masks, recipes, refusals
from articles.renditions.notes import Notes, embedded

type Surplus = Callable[[Size], float]

MAX_BYTES = 25 * 1024**2
FORMATS = ("JPEG", "PNG", "WEBP")
# By what decoding costs in memory: up to 320 MB. A usual JPEG is decoded at a fraction of its size;
# the others can't be, and neither can a progressive one.
MAX_PIXELS = {"JPEG": 50_000_000, "PNG": 40_000_000, "WEBP": 20_000_000}
MAX_PIXELS_PROGRESSIVE = 40_000_000
MIN_SIZE = (320, 180)
MAX_TALLNESS = 12  # A WebP file ends at 16,383 pixels: 12.8 times the widest copy's width.
# Every further pass over a progressive JPEG costs as much time as a picture, and as little as 50
# bytes. Cameras and editors write about ten.
MAX_SCANS = 100
# Only the first one is shown, but a decoder may go through all of them.
MAX_FRAMES = 100
# How much larger than the largest copy the pixels at hand stay, so that it comes out sharp.
SPARE = 1.5

_SCAN = re.compile(rb"\xff\xda\x00[\x08\x0a\x0c\x0e][\x01-\x04]")
_ORIENTATION = 0x0112
_TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
_SIDEWAYS = {Transpose.TRANSPOSE, Transpose.TRANSVERSE, Transpose.ROTATE_90, Transpose.ROTATE_270}


@dataclass(frozen=True)
class Original:
    """A file that passed: its pixels, perhaps fewer than it had, and what is to be known of it."""

    pixels: Raster.Image
    size: Size
    notes: Notes


def decode(data: bytes, name: str = "", surplus: Surplus = recipes.surplus) -> Original:
    """Read a JPEG, PNG or WebP file. Raises ValidationError that says what is wrong with it.

    `name` is what its sender calls it: its ending must say what it is, if it says anything.
    `surplus` tells how many of its pixels go into one of the largest copy that is to be made.
    """
    check_weight(len(data))
    picture = _open(data)
    _check_cost(picture, data)
    masks.check(data, _kind(picture), name)
    try:
        original = _read(picture, surplus)
    except Exception as error:  # Decoders raise what they like when a file lies to them.
        raise refusals.damaged() from error
    _check_shape(original.size)
    return original


def check_weight(length: int) -> None:
    """Refuse a file by its bytes alone, before they are read into memory."""
    if length > MAX_BYTES:
        raise refusals.heavy(MAX_BYTES)


def _open(data: bytes) -> ImageFile:
    """Read the file's head. No pixel is decoded yet."""
    try:
        return Raster.open(BytesIO(data), formats=FORMATS)
    except (Raster.DecompressionBombError, Raster.DecompressionBombWarning) as error:
        raise refusals.large(max(MAX_PIXELS.values())) from error
    except UnidentifiedImageError as error:
        raise refusals.not_taken(data) from error
    except Exception as error:
        raise refusals.damaged() from error


def _check_cost(picture: ImageFile, data: bytes) -> None:
    """Refuse by its head a file that would take too much memory or time to decode."""
    kind = _kind(picture)
    limit = MAX_PIXELS_PROGRESSIVE if "progressive" in picture.info else MAX_PIXELS[kind]
    if picture.width * picture.height > limit:
        raise refusals.large(limit)
    if kind == "JPEG" and len(_SCAN.findall(data)) > MAX_SCANS:
        raise refusals.contrived()
    if getattr(picture, "n_frames", 1) > MAX_FRAMES:
        raise refusals.moving(MAX_FRAMES)


def _kind(picture: ImageFile) -> str:
    """One of FORMATS; many cameras' JPEGs hold a second picture, which Pillow calls MPO."""
    return picture.format if picture.format in {"PNG", "WEBP"} else "JPEG"


def _check_shape(size: Size) -> None:
    if size[0] < MIN_SIZE[0] or size[1] < MIN_SIZE[1]:
        raise refusals.small(size, MIN_SIZE)
    if size[1] > size[0] * MAX_TALLNESS:
        raise refusals.tall(MAX_TALLNESS)


def _read(picture: ImageFile, surplus: Surplus) -> Original:
    size = picture.size
    _draft(picture, surplus)
    picture.load()
    if (turn := _turn(picture)) in _SIDEWAYS:
        size = size[1], size[0]
    pixels = _shrunk(_plain(picture), size, surplus)
    pixels = _srgb(_opaque(pixels), picture.info.get("icc_profile"))
    if turn is not None:
        pixels = pixels.transpose(turn)
    pixels.info = {}  # Pillow writes a JPEG's comment into the next file by itself.
    return Original(pixels, size, embedded(picture))


def _draft(picture: ImageFile, surplus: Surplus) -> None:
    """Have a JPEG decoded at a half, a quarter or an eighth, if that leaves enough."""
    if _kind(picture) != "JPEG":
        return
    width, height = picture.size
    upright = (height, width) if _turn(picture) in _SIDEWAYS else (width, height)
    times = max(1, int(surplus(upright) / SPARE))
    picture.draft(None, (width // times, height // times))


def _turn(picture: ImageFile) -> Transpose | None:
    """How to hold the picture upright; broken EXIF is no reason to refuse a photograph."""
    try:
        return _TURNS.get(picture.getexif().get(_ORIENTATION, 1))
    except Exception:
        return None


def _plain(picture: Raster.Image) -> Raster.Image:
    """In grey, RGB, RGBA or CMYK."""
    if picture.mode.startswith("I"):  # 16 bits; convert() would only cut off what is above 255.
        return picture.point(lambda level: level * (1 / 257)).convert("L")
    if picture.has_transparency_data and picture.mode != "RGBA":
        return picture.convert("RGBA")
    return picture if picture.mode in {"L", "RGB", "RGBA", "CMYK"} else picture.convert("RGB")


def _shrunk(pixels: Raster.Image, upright: Size, surplus: Surplus) -> Raster.Image:
    """What a JPEG's draft does, for those that have none."""
    scale = max(upright) / max(pixels.size)
    times = int(surplus(upright) / scale / SPARE)
    return pixels.reduce(times) if times > 1 else pixels


def _opaque(pixels: Raster.Image) -> Raster.Image:
    """On white where it was transparent."""
    if pixels.mode != "RGBA":
        return pixels
    paper = Raster.new("RGB", pixels.size, "white")
    paper.paste(pixels, mask=pixels)
    return paper


def _srgb(pixels: Raster.Image, profile: bytes | None) -> Raster.Image:
    """Readers' screens are told nothing of colours, so these must be the usual ones."""
    if profile:
        try:
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            if "srgb" not in ImageCms.getProfileDescription(own).lower():
                usual = ImageCms.createProfile("sRGB")
                changed = ImageCms.profileToProfile(pixels, own, usual, outputMode="RGB")
                pixels = changed or pixels
        except (ImageCms.PyCMSError, OSError):  # A profile of another mode, or none at all.
            pass
    return pixels.convert("RGB")
