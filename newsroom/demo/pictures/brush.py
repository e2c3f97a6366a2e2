"""The brush every scene paints with: flat shapes, strokes, stippled shade and soft light.

Scenes use one frame of 1500 by 1000 units whatever the size asked for; it is scaled to cover the
picture and cropped around its centre, so what matters stands near the middle.
"""

import math
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from newsroom.demo.pictures import geometry as geo
from newsroom.demo.pictures.canvas import FRAME, Canvas
from newsroom.demo.pictures.colour import Colour, Palette, luminance, mix
from newsroom.demo.pictures.geometry import Matrix, Outline, Point

type Side = Literal["left", "right", "top", "bottom"]

WIDTH, HEIGHT = FRAME
SHADE_STRENGTH = 0.62
WASH_STEPS = 96


def shaded(fill: Colour, dark: Colour) -> Colour:
    """A colour in shade: the paler it is, the less it darkens."""
    return mix(fill, dark, 0.55 - 0.41 * luminance(fill))


@dataclass(frozen=True)
class Brush:
    """Paints on a canvas, in the units of wherever `at` has put it."""

    canvas: Canvas
    matrix: Matrix

    @property
    def palette(self) -> Palette:
        """The scene's colours."""
        return self.canvas.palette

    @property
    def rng(self) -> random.Random:
        """The picture's own random numbers."""
        return self.canvas.rng

    def vary(self, amount: float) -> float:
        """A random number within `amount` of nought."""
        return self.rng.uniform(-amount, amount)

    def chance(self, share: float) -> bool:
        """True for that share of the calls."""
        return self.rng.random() < share

    def at(
        self, origin: Point, scale: float = 1, turn: float = 0, *, flip: bool = False
    ) -> "Brush":
        """A brush whose origin, scale and direction are moved: it draws a motif in its place."""
        place = geo.placed(origin, scale, turn, flip=flip)
        return Brush(self.canvas, geo.compose(self.matrix, place))

    @property
    def _scale(self) -> float:
        return math.hypot(self.matrix[0], self.matrix[3])

    def _pixels(self, outline: Outline) -> list[Point]:
        return [geo.transform(self.matrix, point) for point in outline]

    def poly(self, outline: Outline, fill: Colour, shade: Side | None = None) -> None:
        """A flat shape, shaded at one side if asked."""
        pixels = self._pixels(outline)
        self.canvas.fill(pixels, fill)
        if shade is not None:
            dark = shaded(fill, self.palette.dark)
            self.canvas.stipple(pixels, dark, shade, SHADE_STRENGTH)

    def dust(self, outline: Outline, fill: Colour, side: Side, strength: float) -> None:
        """Stipple alone: light or shade laid over what is there."""
        self.canvas.stipple(self._pixels(outline), fill, side, strength)

    def blob(self, outline: Outline, fill: Colour, shade: Side | None = None) -> None:
        """A closed shape with every corner smoothed."""
        self.poly(geo.smooth(outline, closed=True), fill, shade)

    def disc(self, centre: Point, radius: float, fill: Colour, shade: Side | None = None) -> None:
        """A circle."""
        if shade is not None:
            self.poly(geo.oval(centre, (radius, radius)), fill, shade)
        else:
            spot = geo.transform(self.matrix, centre)
            self.canvas.disc(spot, radius * self._scale, fill)

    def oval(self, centre: Point, radii: Point, fill: Colour, shade: Side | None = None) -> None:
        """An ellipse."""
        self.poly(geo.oval(centre, radii), fill, shade)

    def box(self, a: Point, c: Point, fill: Colour, shade: Side | None = None) -> None:
        """A box from corner to corner."""
        self.poly(geo.box(a, c), fill, shade)

    def pill(self, a: Point, c: Point, fill: Colour, radius: float = 1000) -> None:
        """A box with rounded corners; fully round ends unless a radius is given."""
        self.poly(geo.rounded(a, c, radius), fill)

    def hair(self, path: Outline, width: float, fill: Colour) -> None:
        """A stroke with square ends, for rigging, rain and other thin things."""
        self.poly(geo.ribbon(path, width, width), fill)

    def line(self, path: Outline, width: float, fill: Colour) -> None:
        """A stroke with round joints and ends."""
        for a, c in pairwise(path):
            self.hair((a, c), width, fill)
        for point in path:
            self.disc(point, width / 2, fill)

    def curve(self, path: Outline, width: float, fill: Colour, end: float | None = None) -> None:
        """A smooth stroke, tapering to the width `end` if given."""
        self.poly(geo.ribbon(geo.smooth(path), width, width if end is None else end), fill)
        self.disc(path[0], width / 2, fill)
        if end is None:
            self.disc(path[-1], width / 2, fill)

    def ring(self, centre: Point, radius: float, width: float, fill: Colour) -> None:
        """A circle's outline."""
        outer, inner = radius + width / 2, radius - width / 2
        edge = geo.oval(centre, (outer, outer))
        self.poly([*edge, *reversed(geo.oval(centre, (inner, inner)))], fill)

    def gradient(self, top: float, bottom: float, stops: tuple[Colour, ...]) -> None:
        """A band right across the picture, running through `stops` downwards."""
        column = []
        for place in geo.spread(0, len(stops) - 1, WASH_STEPS):
            index = min(int(place), len(stops) - 2)
            column.append(mix(stops[index], stops[index + 1], place - index))
        (_, start), (_, stop) = self._pixels([(0, top), (0, bottom)])
        self.canvas.wash(start, stop, column)

    def glow(self, centre: Point, radius: float, fill: Colour, strength: float = 0.6) -> None:
        """Soft light around a point."""
        spot = geo.transform(self.matrix, centre)
        self.canvas.light(spot, radius * self._scale, fill, strength)

    @contextmanager
    def clipped(self, outline: Outline) -> Iterator[None]:
        """Keep what is painted inside an outline."""
        before = self.canvas.image.copy()
        yield
        self.canvas.restore_outside(before, self._pixels(outline))
