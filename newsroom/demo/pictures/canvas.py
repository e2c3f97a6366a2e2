"""One picture in the making: its pixels at twice their size, its shade, and its paper."""

import math
import random
from functools import cache

from PIL import Image, ImageChops, ImageDraw

from newsroom.demo.pictures.colour import RGBA, Colour, Palette, Tint
from newsroom.demo.pictures.geometry import Matrix, Outline, Point

type Box = tuple[int, int, int, int]
type Size = tuple[int, int]

FRAME = 1500, 1000
"""The units scenes are drawn in, whatever the size asked for."""
OVERSAMPLING = 2
OPAQUE = 255
GRAIN, COARSE = 0.07, 0.3

_TURNS = {
    "top": Image.Transpose.ROTATE_180,
    "right": Image.Transpose.ROTATE_90,
    "left": Image.Transpose.ROTATE_270,
}
_POSITIVE = [0] + [OPAQUE] * OPAQUE


def _noise(rng: random.Random, size: Size) -> Image.Image:
    """Even grey noise; Pillow's own generator cannot be seeded."""
    return Image.frombytes("L", size, rng.randbytes(size[0] * size[1]))


@cache
def _ramp(side: str, strength: float) -> Image.Image:
    """A gradient that is strongest at `side`."""
    table = [round((v / OPAQUE) ** 1.4 * strength * OPAQUE) for v in range(256)]
    ramp = Image.linear_gradient("L").point(table)
    return ramp.transpose(_TURNS[side]) if side in _TURNS else ramp


def _even_box(outline: Outline, size: Size) -> Box:
    """What an outline touches of a picture, on even pixels; empty outside of it."""
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    left, top = (max(0, math.floor(min(axis) / 2) * 2) for axis in (xs, ys))
    right = max(left, min(size[0], math.ceil(max(xs) / 2) * 2))
    bottom = max(top, min(size[1], math.ceil(max(ys) / 2) * 2))
    return left, top, right, bottom


def _stencil(outline: Outline, box: Box, scale: int = 1) -> Image.Image:
    """A mask of the outline within `box`, `scale` times smaller."""
    left, top, right, bottom = box
    mask = Image.new("L", ((right - left) // scale, (bottom - top) // scale))
    inside = [((x - left) / scale, (y - top) / scale) for x, y in outline]
    ImageDraw.Draw(mask).polygon(inside, fill=OPAQUE)
    return mask


class Canvas:
    """A picture of `size`; all outlines here are in the pixels of its larger original."""

    def __init__(self, size: Size, palette: Palette, rng: random.Random) -> None:
        self.size, self.palette, self.rng = size, palette, rng
        self.image = Image.new("RGB", (size[0] * OVERSAMPLING, size[1] * OVERSAMPLING))
        self._solid = ImageDraw.Draw(self.image)
        self._glaze = ImageDraw.Draw(self.image, "RGBA")
        self._tint = Tint.chosen(rng)
        self._noise = _noise(rng, size)
        self._inks: dict[Colour, RGBA] = {}

    def ink(self, colour: Colour) -> RGBA:
        """A palette colour as this picture's tint has it."""
        if colour not in self._inks:
            self._inks[colour] = self._tint.apply(colour)
        return self._inks[colour]

    def frame(self) -> Matrix:
        """From scene units to pixels: the frame covers the picture, centred."""
        width, height = self.image.size
        scale = max(width / FRAME[0], height / FRAME[1])
        x, y = (width - FRAME[0] * scale) / 2, (height - FRAME[1] * scale) / 2
        return scale, 0, x, 0, scale, y

    def _pen(self, ink: RGBA) -> ImageDraw.ImageDraw:
        return self._solid if ink[3] == OPAQUE else self._glaze

    def fill(self, outline: Outline, colour: Colour) -> None:
        """Fill an outline flat."""
        ink = self.ink(colour)
        self._pen(ink).polygon(outline, fill=ink)

    def disc(self, centre: Point, radius: float, colour: Colour) -> None:
        """Fill a circle flat."""
        ink, (x, y) = self.ink(colour), centre
        self._pen(ink).ellipse((x - radius, y - radius, x + radius, y + radius), fill=ink)

    def stipple(self, outline: Outline, colour: Colour, side: str, strength: float) -> None:
        """Dust an outline with dots, thickest at `side`."""
        box = _even_box(outline, self.image.size)
        left, top, right, bottom = (edge // OVERSAMPLING for edge in box)
        if right <= left or bottom <= top:
            return
        mask = _stencil(outline, box, OVERSAMPLING)
        ramp = _ramp(side, strength).resize(mask.size, Image.Resampling.BILINEAR)
        noise = self._noise.crop((left, top, right, bottom))
        dots = ImageChops.darker(ImageChops.subtract(ramp, noise).point(_POSITIVE), mask)
        whole = dots.resize((box[2] - box[0], box[3] - box[1]), Image.Resampling.NEAREST)
        self.image.paste(self.ink(colour)[:3], box, whole)

    def light(self, centre: Point, radius: float, colour: Colour, strength: float) -> None:
        """Soft light that is gone at `radius`."""
        reach = max(1, round(radius))
        rim = 180  # what Pillow's gradient has reached at the middle of an edge
        table = [round(max(0, 1 - v / rim) ** 1.7 * strength * OPAQUE) for v in range(256)]
        mask = Image.radial_gradient("L").point(table)
        mask = mask.resize((reach * 2, reach * 2), Image.Resampling.BILINEAR)
        corner = round(centre[0]) - reach, round(centre[1]) - reach
        self.image.paste(self.ink(colour)[:3], corner, mask)

    def wash(self, top: float, bottom: float, column: list[Colour]) -> None:
        """A band right across the picture that runs through the colours of `column`."""
        strip = Image.new("RGB", (1, len(column)))
        for row, colour in enumerate(column):
            strip.putpixel((0, row), self.ink(colour)[:3])
        start, height = round(top), max(1, round(bottom) - round(top))
        tall = strip.resize((1, height), Image.Resampling.BICUBIC)
        wide = tall.resize((self.image.width, height), Image.Resampling.NEAREST)
        self.image.paste(wide, (0, start))

    def restore_outside(self, before: Image.Image, outline: Outline) -> None:
        """Keep what was painted since `before` only inside an outline."""
        box = _even_box(outline, self.image.size)
        after = self.image.crop(box)
        self.image.paste(before)
        self.image.paste(after, box, _stencil(outline, box))

    def finished(self) -> Image.Image:
        """The picture at its proper size, on slightly uneven paper."""
        picture = self.image.resize(self.size, Image.Resampling.LANCZOS)
        coarse = _noise(self.rng, (self.size[0] // 5 + 1, self.size[1] // 5 + 1))
        coarse = coarse.resize(self.size, Image.Resampling.BICUBIC)
        fine = self._noise.transpose(Image.Transpose.ROTATE_180)
        table = [round(128 + (v - 128) * GRAIN) for v in range(256)]
        grain = Image.blend(fine, coarse, COARSE).point(table)
        return ImageChops.add(picture, Image.merge("RGB", (grain, grain, grain)), 1, -128)
