"""Skies, land and water, shared by the scenes."""

import math

from newsroom.demo.pictures import geometry as geo
from newsroom.demo.pictures.brush import HEIGHT, WIDTH, Brush, Side
from newsroom.demo.pictures.colour import Colour, fade, mix
from newsroom.demo.pictures.geometry import Outline, Point

MARGIN = 40
"""How far land and water reach past the frame."""


def sky(b: Brush, horizon: float = HEIGHT) -> None:
    """The palette's sky, from the top of the picture down to `horizon`."""
    b.gradient(-MARGIN, horizon, b.palette.sky)


def sun(b: Brush, centre: Point, radius: float, fill: Colour) -> None:
    """A plain disc with light around it."""
    b.glow(centre, radius * 3.2, fill, 0.55)
    b.disc(centre, radius, fill)


def moon(b: Brush, centre: Point, radius: float) -> None:
    """A full moon with a few seas."""
    fill = b.palette.light
    b.glow(centre, radius * 4, fill, 0.35)
    local = b.at(centre, radius)
    local.disc((0, 0), 1, fill, "right")
    for x, y, r in ((-0.3, -0.25, 0.2), (0.25, 0.2, 0.26), (-0.25, 0.45, 0.12)):
        local.disc((x, y), r, fade(mix(fill, b.palette.dark, 0.3), 0.4))


def stars(b: Brush, bottom: float, count: int) -> None:
    """Small lights in a night sky."""
    for _ in range(count):
        spot = b.rng.uniform(0, WIDTH), b.rng.uniform(0, bottom)
        b.disc(spot, b.rng.uniform(0.8, 2.4), fade(b.palette.light, b.rng.uniform(0.35, 0.9)))


def clouds(b: Brush, spots: Outline, width: float, fill: Colour) -> None:
    """Flat clouds, each a little different in size and place."""
    for x, y in spots:
        _cloud(b.at((x + b.vary(40), y + b.vary(12)), width * b.rng.uniform(0.75, 1.15)), fill)


def _cloud(b: Brush, fill: Colour) -> None:
    bars = ((-0.5, 0.5, 0.0), (-0.32, 0.22, -0.094), (-0.1, 0.42, -0.052), (-0.62, 0.1, 0.07))
    for left, right, top in bars:
        b.pill((left, top), (right, top + 0.11), fill)


def billow(b: Brush, centre: Point, width: float, fill: Colour) -> None:
    """A heaped cloud with a flat base."""
    local = b.at(centre, width)
    for x, radius in ((-0.36, 0.13), (-0.16, 0.22), (0.1, 0.28), (0.34, 0.16)):
        local.poly(geo.dome((x, 0), (radius, radius)), fill, "bottom")


def foam(b: Brush, centre: Point, width: float, fill: Colour) -> None:
    """Broken water: a low heap of spray with a few drops above it."""
    local = b.at(centre, width)
    for x in geo.spread(-0.42, 0.42, 7):
        radius = (0.1 - abs(x) * 0.13) * b.rng.uniform(0.8, 1.25)
        local.poly(geo.dome((x + b.vary(0.03), 0), (radius, radius)), fill)
    for _ in range(6):
        x = b.vary(0.36)
        drop = x, -0.1 - b.rng.random() * (0.2 - abs(x) * 0.3)
        local.disc(drop, b.rng.uniform(0.008, 0.02), fill)


def birds(b: Brush, centre: Point, count: int, size: float, fill: Colour) -> None:
    """A loose flock."""
    for _ in range(count):
        spot = centre[0] + b.vary(size * 8), centre[1] + b.vary(size * 3.4)
        bird = b.at(spot, size, b.vary(14))
        for side in (-1, 1):
            bird.curve([(0, 0), (side * 0.5, -0.42), (side * 1.1, -0.2)], 0.2, fill, 0.02)


def ground(b: Brush, crest: Outline, fill: Colour, shade: Side | None = None) -> None:
    """Land from a crest that spans the picture down to its foot."""
    foot = [(WIDTH + MARGIN, HEIGHT + MARGIN), (-MARGIN, HEIGHT + MARGIN)]
    b.poly([*geo.smooth(crest, steps=6), *foot], fill, shade)


def floor(b: Brush, top: float, fill: Colour, shade: Side | None = None) -> None:
    """Level ground from `top` to the foot of the picture."""
    b.box((-MARGIN, top), (WIDTH + MARGIN, HEIGHT + MARGIN), fill, shade)


def ridge(b: Brush, base: float, height: float, fill: Colour, shade: Side | None = None) -> None:
    """Rolling hills across the picture, rising `height` above `base`."""
    phase, stretch = b.rng.uniform(0, 6), b.rng.uniform(0.9, 1.1)
    crest: list[Point] = []
    for x in geo.spread(-MARGIN, WIDTH + MARGIN, 28):
        t = x / WIDTH * math.tau * stretch
        rise = 0.55 + 0.3 * math.sin(t * 1.3 + phase) + 0.15 * math.sin(t * 3.1 + phase * 2)
        crest.append((x, base - height * rise))
    ground(b, crest, fill, shade)


def _slope(peak: Point, foot: Point) -> list[Point]:
    """A hollow mountainside."""
    sunk = ((t, t * 0.35 + (1 - (1 - t) ** 2.1) * 0.65) for t in geo.spread(0, 1, 16))
    wide, tall = foot[0] - peak[0], foot[1] - peak[1]
    return [(peak[0] + wide * t, peak[1] + tall * fall) for t, fall in sunk]


def volcano(b: Brush, peak: Point, width: float, base: float, fill: Colour) -> None:
    """A cone with hollow slopes, a broken rim, and pale gullies."""
    x, y = peak
    rim = width * 0.045
    left = _slope((x - rim, y), (x - width / 2, base))
    right = _slope((x + rim, y + rim * 0.3), (x + width / 2, base))
    crater = [(x - rim * 0.4, y + rim * 0.35), (x + rim * 0.3, y + rim * 0.45)]
    b.poly([*reversed(left), *crater, *right], fill, "right")
    pale = fade(mix(fill, b.palette.light, 0.3), 0.45)
    for start, depth in ((-0.95, 0.62), (-0.5, 0.36), (-0.1, 0.55), (0.3, 0.3), (0.62, 0.42)):
        drop = (base - y) * depth
        tip = x + (start + 0.15) * (rim + width * 0.2 * depth), y + drop
        top = [(x + rim * start, y + rim * 0.35), (x + rim * (start + 0.5), y + rim * 0.5)]
        b.poly([*top, (tip[0] + width * 0.025, y + drop * 0.62), tip], pale)


def plume(b: Brush, start: Point, size: float, fill: Colour) -> None:
    """Smoke climbing from a crater or chimney and drifting right."""
    for t in geo.spread(1, 0, 10):
        x = start[0] + size * 1.5 * t**1.5 + b.vary(size * 0.05)
        puff = mix(fill, b.palette.sky[0], t * 0.45)
        b.disc((x, start[1] - size * 1.25 * t**0.8), size * (0.09 + 0.30 * t), puff, "bottom")


def haze(b: Brush, y: float, depth: float, fill: Colour, strength: float) -> None:
    """Mist thickening downwards, drawn as fine dots."""
    b.dust(geo.box((0, y - depth), (WIDTH, y)), fill, "bottom", strength)


def water(b: Brush, top: float, stops: tuple[Colour, ...], glint: Colour) -> None:
    """A sheet of water to the foot of the picture, with glints that lengthen as they near."""
    b.gradient(top, HEIGHT + 10, stops)
    for _ in range(70):
        depth = b.rng.random() ** 1.5
        y = top + 6 + (HEIGHT - top) * depth
        x, half = b.rng.uniform(0, WIDTH), (14 + 60 * depth) * b.rng.uniform(0.5, 1.2)
        b.pill((x - half, y), (x + half, y + 1.5 + 4 * depth), fade(glint, 0.5 - 0.25 * depth))


def glitter(b: Brush, centre: Point, bottom: float, width: float, fill: Colour) -> None:
    """The path of light that a sun or lamp lays on water."""
    x, top = centre
    for y in geo.spread(top, bottom, max(6, int((bottom - top) / 17))):
        t = (y - top) / (bottom - top)
        half = width * (0.35 + 0.65 * t) * b.rng.uniform(0.35, 1)
        middle = x + b.vary(width * 0.3)
        b.pill((middle - half, y), (middle + half, y + 3 + 5 * t), fade(fill, 0.9 - 0.5 * t))


def swell(b: Brush, y: float, fill: Colour, height: float = 14, length: float = 90) -> None:
    """A row of waves across the picture, filled to its foot."""
    start = -length - b.rng.uniform(0, length)
    wave = ((0.0, 0.0), (0.35, 0.4), (0.62, 1.0), (0.8, 0.5))
    count = int((WIDTH + 3 * length) / length)
    lefts = [start + i * length for i in range(count)]
    crest = [(x + length * dx, y - height * dy) for x in lefts for dx, dy in wave]
    ground(b, crest, fill, "bottom")


def rain(b: Brush, count: int, fill: Colour) -> None:
    """Slanting rain over everything painted so far."""
    for _ in range(count):
        x, y = b.rng.uniform(0, WIDTH + 150), b.rng.uniform(-MARGIN, HEIGHT)
        length = b.rng.uniform(24, 70)
        b.hair([(x, y), (x - length * 0.22, y + length)], b.rng.uniform(1, 2.2), fill)


def shadow(b: Brush, centre: Point, half: float) -> None:
    """The soft patch under whatever stands on the ground."""
    b.oval(centre, (half, half * 0.06 + 5), fade(b.palette.dark, 0.28))


def strip(b: Brush, levels: Point, fill: Colour) -> None:
    """A level strip right across the picture."""
    b.box((-MARGIN, levels[0]), (WIDTH + MARGIN, levels[1]), fill)
