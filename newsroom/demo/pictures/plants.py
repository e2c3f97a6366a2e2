"""Trees, leaves, grass and flowers, shared by the scenes."""

import math

from newsroom.demo.pictures import geometry as geo
from newsroom.demo.pictures.brush import Brush
from newsroom.demo.pictures.colour import Colour, mix
from newsroom.demo.pictures.geometry import Point

LEAF = geo.points("0,0 0.25,-0.16 0.6,-0.2 0.9,-0.09 1.02,0.02 0.85,0.12 0.55,0.19 0.22,0.13")
FRONDS_BEHIND = (-155, -25, -105, -70)
FRONDS_BEFORE = (-182, 2, -133, -47, 152, 28)


def _leaflet(spine: list[Point], i: int, side: int, length: float) -> list[Point]:
    """One finger of a palm frond, longer on the side that hangs."""
    (ax, ay), (bx, by) = spine[i - 1], spine[i + 1]
    heading = math.degrees(math.atan2(by - ay, bx - ax))
    reach = length * 0.3 * math.sin(math.pi * (0.16 + 0.8 * i / len(spine))) ** 0.8
    reach *= 1.0 if side * (spine[-1][0] - spine[0][0]) > 0 else 0.6
    tip = geo.polar(spine[i], reach, heading + side * 44)
    foot = [geo.polar(spine[i], length * width, heading) for width in (0.035, -0.03)]
    return [*foot, (tip[0], tip[1] + reach * 0.3)]


def _frond(b: Brush, angle: float, length: float, fill: Colour) -> None:
    lie = abs(math.cos(math.radians(angle)))
    middle, end = (geo.polar((0, 0), length * reach, angle) for reach in (0.55, 1.0))
    bow = middle[0], middle[1] - length * 0.16 * lie
    spine = geo.smooth([(0, 0), bow, (end[0], end[1] + length * (0.1 + 0.34 * lie))])
    b.poly(geo.ribbon(spine, length * 0.04, length * 0.01), fill)
    for i in range(1, len(spine) - 1):
        for side in (-1, 1):
            b.poly(_leaflet(spine, i, side, length), fill)


def palm(b: Brush, foot: Point, height: float, lean: float, leaf: Colour) -> None:
    """A coconut palm."""
    trunk = mix(leaf, b.palette.dark, 0.4)
    local = b.at(foot, height)
    path = geo.smooth([(0, 0), (lean * 0.2, -0.45), (lean, -1)])
    local.poly(geo.ribbon(path, 0.06, 0.034), trunk, "right")
    crown = local.at((lean, -1))
    for angle in FRONDS_BEHIND:
        _frond(crown, angle + b.vary(7), 0.44 + b.vary(0.05), mix(leaf, b.palette.dark, 0.3))
    for angle in FRONDS_BEFORE:
        _frond(crown, angle + b.vary(7), 0.44 + b.vary(0.05), mix(leaf, b.palette.light, 0.06))
    for x, y in ((-0.03, 0.03), (0.035, 0.035), (0.0, 0.05)):
        crown.disc((x, y), 0.026, mix(trunk, b.palette.accent, 0.3))


def tree(b: Brush, foot: Point, height: float, leaf: Colour) -> None:
    """A broad tree: a forked trunk under heaped foliage."""
    trunk = mix(leaf, b.palette.dark, 0.6)
    local = b.at(foot, height)
    local.poly(geo.ribbon([(0, 0.02), (0, -0.3), (0.02, -0.6)], 0.10, 0.05), trunk)
    local.curve([(0, -0.28), (0.12, -0.42), (0.2, -0.55)], 0.045, trunk, 0.02)
    local.curve([(0, -0.24), (-0.1, -0.4), (-0.18, -0.5)], 0.045, trunk, 0.02)
    for x, y in geo.points("-0.2,-0.55 0.22,-0.58 0.0,-0.62 -0.1,-0.8 0.12,-0.78"):
        lit = mix(leaf, b.palette.light, max(0, -y - 0.6) * 0.3)
        local.disc((x, y), 0.21 * b.rng.uniform(0.92, 1.08), lit, "bottom")


def conifer(b: Brush, foot: Point, height: float, leaf: Colour) -> None:
    """A mountain casuarina, all tiers."""
    local = b.at(foot, height)
    local.box((-0.02, -0.2), (0.02, 0.02), mix(leaf, b.palette.dark, 0.5))
    for low, high, half in ((-0.1, -0.55, 0.2), (-0.35, -0.78, 0.15), (-0.6, -1.0, 0.1)):
        tier = [(-half, low), (-half * 0.4, (low + high) / 2), (0, high), (half, low)]
        local.poly(tier, leaf, "right")


def grass(b: Brush, foot: Point, size: float, fill: Colour) -> None:
    """A tuft of bowing blades."""
    for angle in (-130, -108, -92, -74, -52):
        length, lean = size * b.rng.uniform(0.7, 1.1), angle + b.vary(8)
        bow = geo.polar(foot, length * 0.6, lean + math.copysign(10, -90 - lean))
        b.curve([foot, bow, geo.polar(foot, length, lean)], length * 0.12, fill, 0.5)


def verge(b: Brush, y: float, count: int, size: float, fill: Colour) -> None:
    """A row of tufts across the picture."""
    for x in geo.spread(20, 1480, count):
        grass(b, (x + b.vary(20), y + b.vary(size * 0.2)), size, fill)


def leaf(b: Brush, foot: Point, length: float, angle: float, fill: Colour) -> None:
    """A broad leaf with a midrib and a few veins."""
    local = b.at(foot, length, angle)
    local.blob(LEAF, fill, "bottom")
    vein = mix(fill, b.palette.light, 0.35)
    local.poly([(0, -0.012), (1, 0.012), (0, 0.02)], vein)
    for x, reach in ((0.25, 0.09), (0.42, 0.11), (0.59, 0.11), (0.76, 0.07)):
        for side in (-1, 1):
            local.hair([(x, 0), (x + reach, side * reach)], 0.008, vein)


def flower(b: Brush, foot: Point, height: float, fill: Colour) -> None:
    """A six-petalled flower on a leafy stem."""
    x, y = foot
    top = x + b.vary(height * 0.12), y - height
    b.curve([foot, ((x + top[0]) / 2 + b.vary(5), y - height / 2), top], 5, b.palette.near)
    for side in (-1, 1):
        leaf(b, (x, y - height * 0.3), height * 0.42, -90 + side * 55, b.palette.mid)
    size = height * 0.13
    for i in range(6):
        b.disc(geo.polar(top, size, i * 60), size * 0.66, fill)
    b.disc(top, size * 0.7, mix(b.palette.second, fill, 0.1))
