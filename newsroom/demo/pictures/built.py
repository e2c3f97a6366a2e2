"""Buildings, street furniture and rooms, shared by the scenes."""

import math
from itertools import pairwise

from newsroom.demo.pictures import geometry as geo
from newsroom.demo.pictures import nature
from newsroom.demo.pictures.brush import HEIGHT, WIDTH, Brush
from newsroom.demo.pictures.colour import Colour, fade, mix
from newsroom.demo.pictures.geometry import Outline, Point

RED, WHITE = "#d6342c", "#fbf7ee"

JOGLO_SKIRT = geo.points("-0.56,-0.23 -0.38,-0.315 -0.2,-0.37")
JOGLO_CROWN = geo.points("-0.215,-0.365 -0.16,-0.46 -0.12,-0.6")
JOGLO_RIDGE = geo.points("-0.14,-0.595 -0.15,-0.63 -0.11,-0.615")


def windows(b: Brush, a: Point, c: Point, grid: tuple[int, int], fills: tuple[Colour, ...]) -> None:
    """A grid of window panes, each in one of the colours given."""
    columns, rows = grid
    wide, tall = (c[0] - a[0]) / columns, (c[1] - a[1]) / rows
    for column in range(columns):
        for row in range(rows):
            x, y = a[0] + column * wide, a[1] + row * tall
            corner = x + wide * 0.8, y + tall * 0.72
            b.box((x + wide * 0.2, y + tall * 0.28), corner, b.rng.choice(fills))


def blocks(b: Brush, base: float, heights: tuple[float, float], fill: Colour) -> None:
    """A row of plain city blocks along the horizon."""
    x = -20.0
    while x < WIDTH:
        wide, top = b.rng.uniform(45, 105), base - b.rng.uniform(*heights)
        b.box((x, top), (x + wide, base + 4), fill)
        if b.chance(0.3):
            b.box((x + wide * 0.3, top - 18), (x + wide * 0.7, top), fill)
        x += wide + b.rng.uniform(-6, 26)


def house(b: Brush, foot: Point, width: float, wall: Colour, roof: Colour) -> None:
    """A village house under a hipped tile roof, door in the middle."""
    dark, edge = mix(wall, b.palette.dark, 0.6), mix(roof, b.palette.dark, 0.35)
    local = b.at(foot, width)
    local.box((-0.42, -0.36), (0.42, 0), wall, "right")
    local.box((-0.08, -0.27), (0.08, 0), dark)
    for x in (-0.31, 0.17):
        local.box((x, -0.26), (x + 0.14, -0.12), dark)
    local.poly(geo.mirrored([(-0.54, -0.33), (-0.28, -0.62)]), roof, "right")
    for y in (-0.40, -0.47, -0.54):
        reach = 0.54 - (-0.33 - y) / 0.29 * 0.26
        local.hair([(-reach, y), (reach, y)], 0.006, fade(edge, 0.5))
    local.box((-0.54, -0.345), (0.54, -0.315), edge)


def joglo(b: Brush, foot: Point, width: float, wall: Colour, roof: Colour) -> None:
    """A Javanese joglo: a steep crown over a wide, gently sloping skirt on posts."""
    dark = mix(roof, b.palette.dark, 0.45)
    local = b.at(foot, width)
    local.box((-0.36, -0.24), (0.36, 0), wall, "right")
    for x in (-0.2, 0.0, 0.2):
        local.box((x - 0.05, -0.19), (x + 0.05, 0), mix(wall, b.palette.dark, 0.55))
    for x in (-0.46, -0.24, 0.24, 0.46):
        local.box((x - 0.011, -0.26), (x + 0.011, 0), dark)
    local.poly(geo.mirrored(geo.smooth(JOGLO_SKIRT)), roof, "right")
    local.poly(geo.mirrored(JOGLO_CROWN), roof, "right")
    local.box((-0.215, -0.375), (0.215, -0.36), dark)
    local.box((-0.56, -0.24), (0.56, -0.225), dark)
    local.poly(geo.mirrored(JOGLO_RIDGE), dark)


def awning(b: Brush, a: Point, c: Point, fills: tuple[Colour, Colour], stripes: int = 8) -> None:
    """A striped shop awning with a scalloped edge, wider at the bottom."""
    tops = geo.spread(a[0] + 14, c[0] - 14, stripes + 1)
    lows = geo.spread(a[0], c[0], stripes + 1)
    for i in range(stripes):
        middle, half = (lows[i] + lows[i + 1]) / 2, (lows[i + 1] - lows[i]) / 2
        hem = geo.bowl((middle, c[1]), (half, half * 0.8))
        b.poly([(tops[i], a[1]), (tops[i + 1], a[1]), *hem], fills[i % 2], "bottom")


def lamppost(b: Brush, foot: Point, height: float, fill: Colour, light: Colour | None) -> None:
    """A street lamp with a curved arm, glowing if given a light."""
    local = b.at(foot, height)
    local.poly(geo.ribbon([(0, 0), (0, -1)], 0.032, 0.018), fill)
    local.curve([(0, -0.97), (0.03, -1.06), (0.2, -1.08)], 0.018, fill)
    if light is not None:
        local.glow((0.22, -1.07), 0.55, light, 0.7)
    local.oval((0.22, -1.07), (0.06, 0.02), light or fill)


def bulbs(b: Brush, a: Point, c: Point, count: int, fill: Colour) -> None:
    """A sagging string of light bulbs."""
    spots = geo.sagging(a, c, 0.09, count)
    b.hair(spots, 2.2, b.palette.dark)
    for x, y in spots[1:-1]:
        b.glow((x, y + 8), 46, fill, 0.55)
        b.disc((x, y + 8), 6.5, mix(fill, "#ffffff", 0.55))


def bunting(b: Brush, a: Point, c: Point, count: int, fills: tuple[Colour, ...]) -> None:
    """A sagging string of pennants."""
    spots = geo.sagging(a, c, 0.07, count)
    b.hair(spots, 2, b.palette.dark)
    for i, (start, stop) in enumerate(pairwise(spots)):
        x, y = geo.lerp(start, stop, 0.5)
        b.poly([start, stop, (x, y + (stop[0] - start[0]) * 0.95)], fills[i % len(fills)])


def flag(b: Brush, foot: Point, height: float, width: float) -> None:
    """The red and white on a pole."""
    x, y = foot
    pole = mix(b.palette.dark, b.palette.light, 0.35)
    b.hair([(x, y), (x, y - height - 6)], max(3, height * 0.014), pole)
    local = b.at((x, y - height), width)
    edge = [(t, math.sin(t * 6) * 0.05) for t in geo.spread(0, 1, 10)]
    local.poly(geo.band(edge, 0, 0.3), RED, "right")
    local.poly(geo.band(edge, 0.3, 0.6), WHITE, "right")


def gerobak(b: Brush, foot: Point, width: float, body: Colour, roof: Colour) -> None:
    """A street seller's push-cart: a glazed case on a painted box, under a small roof."""
    local = b.at(foot, width)
    dark, pale = mix(body, b.palette.dark, 0.5), mix(body, b.palette.light, 0.55)
    for x in (-0.42, 0.42):
        local.box((x - 0.012, -1.02), (x + 0.012, -0.5), dark)
    local.box((-0.42, -0.78), (0.42, -0.46), fade(pale, 0.75))
    for x in geo.spread(-0.33, 0.33, 5):
        fill = b.rng.choice((b.palette.accent, b.palette.second, b.palette.light))
        local.disc((x, -0.52), 0.055, fill, "bottom")
    local.box((-0.5, -0.49), (0.5, -0.45), dark)
    local.box((-0.47, -0.46), (0.47, -0.14), body, "bottom")
    local.pill((-0.4, -0.4), (0.4, -0.2), pale, 0.03)
    local.poly(geo.mirrored([(-0.56, -1.0), (-0.46, -1.14)]), roof, "right")
    local.line([(0.47, -0.36), (0.68, -0.42)], 0.03, dark)
    for x in (-0.26, 0.26):
        spoked_wheel(local, (x, -0.13), 0.14, 8)


def spoked_wheel(b: Brush, centre: Point, radius: float, spokes: int) -> None:
    """A thin wheel seen from the side."""
    dark = b.palette.dark
    for i in range(spokes):
        rim = geo.polar(centre, radius * 0.94, i * 360 / spokes + 11)
        b.hair([centre, rim], radius * 0.02, fade(dark, 0.7))
    b.ring(centre, radius * 0.96, radius * 0.08, dark)
    b.disc(centre, radius * 0.1, dark)


def planks(b: Brush, top: float, fill: Colour, seams: int) -> None:
    """A wooden floor or table from `top` to the foot of the picture."""
    nature.floor(b, top, fill, "bottom")
    for y in geo.spread(top, HEIGHT, seams + 2)[1:-1]:
        b.hair([(0, y), (WIDTH, y)], 2, mix(fill, b.palette.dark, 0.25))


def room(b: Brush, wall: Colour, boards: Colour, line: float) -> None:
    """A wall and a wooden floor that meet at `line`."""
    b.box((0, 0), (WIDTH, HEIGHT), wall)
    b.dust(geo.box((0, 0), (WIDTH, line)), mix(wall, b.palette.dark, 0.1), "top", 0.7)
    planks(b, line, boards, 4)
    b.box((0, line - 18), (WIDTH, line), mix(wall, boards, 0.6))


def view(b: Brush, a: Point, c: Point, frame: Colour) -> None:
    """A window with a volcano in it."""
    p = b.palette
    middle, level = (a[0] + c[0]) / 2, (a[1] + c[1]) / 2
    with b.clipped(geo.box(a, c)):
        b.gradient(a[1], c[1], p.sky)
        b.disc((middle + 38, a[1] + (c[1] - a[1]) * 0.3), 36, p.light)
        nature.volcano(b, (middle - 20, level - 24), 420, c[1], mix(p.sky[0], p.near, 0.35))
        nature.ridge(b, c[1] + 30, 90, mix(p.near, p.sky[1], 0.35))
    b.line([a, (c[0], a[1]), c, (a[0], c[1]), a], 16, frame)
    b.hair([(middle, a[1]), (middle, c[1])], 10, frame)
    b.hair([(a[0], level), (c[0], level)], 8, frame)
    b.pill((a[0] - 24, c[1] + 2), (c[0] + 24, c[1] + 22), frame, 4)


def bookcase(b: Brush, a: Point, c: Point, rows: int, fills: tuple[Colour, ...]) -> None:
    """Shelves full of books."""
    wood = b.palette.mid
    b.box(a, c, mix(wood, b.palette.dark, 0.55))
    tall = (c[1] - a[1]) / rows
    for row in range(rows):
        top = a[1] + row * tall
        _books(b, (a[0] + 12, top + 14), (c[0] - 12, top + tall), fills)
        b.box((a[0], top), (c[0], top + 13), wood)
    for x in (a[0], c[0] - 14):
        b.box((x, a[1]), (x + 14, c[1]), wood)
    b.dust(geo.box(a, c), mix(wood, b.palette.dark, 0.6), "bottom", 0.3)


def _books(b: Brush, a: Point, c: Point, fills: tuple[Colour, ...]) -> None:
    x = a[0] + 4
    while x < c[0] - 8:
        wide = min(b.rng.uniform(10, 24), c[0] - 2 - x)
        tall = (c[1] - a[1]) * b.rng.uniform(0.66, 0.95)
        fill = b.rng.choice(fills)
        b.box((x, c[1] - tall), (x + wide, c[1]), fill)
        for low, high in ((0.78, 0.85), (0.15, 0.2)):
            title = mix(fill, b.palette.light, 0.45)
            b.box((x, c[1] - tall * high), (x + wide, c[1] - tall * low), title)
        x += wide + (22 if b.chance(0.08) else 1.5)


def kawung(b: Brush, centre: Point, size: float, fill: Colour, core: Colour) -> None:
    """One kawung flower of batik: four petals on the diagonals."""
    for turn in (45, 135, 225, 315):
        petal = b.at(centre, size, turn)
        petal.oval((0.34, 0), (0.3, 0.17), fill)
        petal.oval((0.34, 0), (0.14, 0.045), core)


def medallion(b: Brush, centre: Point, radius: float, core: Colour) -> None:
    """A gilded rosette."""
    gold = b.palette.second
    b.glow(centre, radius * 2.2, gold, 0.5)
    b.disc(centre, radius, gold, "bottom")
    b.disc(centre, radius * 0.86, core)
    for turn in range(0, 360, 45):
        petal = b.at(centre, radius, turn)
        petal.oval((0.46, 0), (0.26, 0.13), gold)
        petal.oval((0.46, 0), (0.12, 0.05), core)
    b.disc(centre, radius * 0.16, gold)


def drape(b: Brush, a: Point, c: Point, folds: int, fill: Colour) -> None:
    """A curtain in folds of two tones."""
    edges = geo.spread(a[0], c[0], folds + 1)
    for i, (x0, x1) in enumerate(pairwise(edges)):
        hem: Outline = geo.bowl(((x0 + x1) / 2, c[1] - 14), ((x1 - x0) / 2, 14))
        tone = mix(fill, b.palette.dark, 0.22 * (i % 2))
        b.poly([(x0, a[1]), (x1, a[1]), *hem], tone, "bottom")
