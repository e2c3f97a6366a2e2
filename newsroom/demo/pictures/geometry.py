"""Points and outlines: the plane geometry under every picture, free of any drawing library."""

import math
from collections.abc import Sequence
from functools import cache

type Point = tuple[float, float]
type Outline = Sequence[Point]
type Matrix = tuple[float, float, float, float, float, float]


@cache
def points(text: str) -> tuple[Point, ...]:
    """Points written as in SVG: `"0,0 12,-3.5"`."""
    pairs = (pair.split(",") for pair in text.split())
    return tuple((float(x), float(y)) for x, y in pairs)


def transform(matrix: Matrix, point: Point) -> Point:
    """Where `matrix` sends `point`."""
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + b * y + c, d * x + e * y + f


def compose(outer: Matrix, inner: Matrix) -> Matrix:
    """The matrix that applies `inner` and then `outer`."""
    a, b, _, d, e, _ = outer
    g, h, _, j, k, _ = inner
    x, y = transform(outer, (inner[2], inner[5]))
    return a * g + b * j, a * h + b * k, x, d * g + e * j, d * h + e * k, y


def placed(origin: Point, scale: float = 1, turn: float = 0, *, flip: bool = False) -> Matrix:
    """Move to `origin`, enlarged by `scale` and turned by `turn` degrees, mirrored if `flip`."""
    cos, sin = math.cos(math.radians(turn)) * scale, math.sin(math.radians(turn)) * scale
    mirror = -1.0 if flip else 1.0
    return cos * mirror, -sin, origin[0], sin * mirror, cos, origin[1]


def turned(point: Point, degrees: float) -> Point:
    """A point turned about the origin."""
    return transform(placed((0, 0), 1, degrees), point)


def lerp(a: Point, b: Point, t: float) -> Point:
    """The point a fraction `t` of the way from `a` to `b`."""
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


def spread(start: float, stop: float, count: int) -> list[float]:
    """`count` evenly spaced numbers from `start` to `stop`, both included."""
    return [start + (stop - start) * i / max(1, count - 1) for i in range(count)]


def polar(centre: Point, radius: float, angle: float) -> Point:
    """The point at `angle` degrees (clockwise from three o'clock) around `centre`."""
    turn = math.radians(angle)
    return centre[0] + math.cos(turn) * radius, centre[1] + math.sin(turn) * radius


@cache
def _directions(start: float, stop: float) -> list[Point]:
    steps = max(8, int(abs(stop - start) / 6))
    return [polar((0, 0), 1, angle) for angle in spread(start, stop, steps)]


def arc(centre: Point, radii: Point, start: float, stop: float) -> list[Point]:
    """Part of an ellipse, by angle in degrees, clockwise from three o'clock."""
    (x, y), (wide, tall) = centre, radii
    return [(x + dx * wide, y + dy * tall) for dx, dy in _directions(start, stop)]


def dome(centre: Point, radii: Point) -> list[Point]:
    """The upper half of an ellipse, from left to right."""
    return arc(centre, radii, 180, 360)


def bowl(centre: Point, radii: Point) -> list[Point]:
    """The lower half of an ellipse, from right to left."""
    return arc(centre, radii, 0, 180)


def oval(centre: Point, radii: Point) -> list[Point]:
    """A whole ellipse."""
    return arc(centre, radii, 0, 360)


def box(a: Point, b: Point) -> list[Point]:
    """The corners of a box."""
    (x0, y0), (x1, y1) = a, b
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def rounded(a: Point, b: Point, radius: float) -> list[Point]:
    """A box from corner `a` to corner `b` with rounded corners."""
    (x0, y0), (x1, y1) = a, b
    r = min(radius, abs(x1 - x0) / 2, abs(y1 - y0) / 2)
    return [
        *arc((x0 + r, y0 + r), (r, r), 180, 270),
        *arc((x1 - r, y0 + r), (r, r), 270, 360),
        *arc((x1 - r, y1 - r), (r, r), 0, 90),
        *arc((x0 + r, y1 - r), (r, r), 90, 180),
    ]


def mirrored(half: Outline) -> list[Point]:
    """A shape symmetric about the vertical axis, from one side of it."""
    return [*half, *((-x, y) for x, y in reversed(half))]


def moved(outline: Outline, dx: float, dy: float) -> list[Point]:
    """The same outline elsewhere."""
    return [(x + dx, y + dy) for x, y in outline]


def band(edge: Outline, top: float, bottom: float) -> list[Point]:
    """The strip that lies between `top` and `bottom` below an edge."""
    return [*moved(edge, 0, top), *reversed(moved(edge, 0, bottom))]


def _spline(p: Outline, t: float) -> Point:
    """The Catmull-Rom curve through four points, at `t` between the middle two."""

    def axis(a: float, b: float, c: float, d: float) -> float:
        linear, square, cube = c - a, 2 * a - 5 * b + 4 * c - d, 3 * b - a - 3 * c + d
        return 0.5 * (2 * b + linear * t + square * t * t + cube * t * t * t)

    (ax, ay), (bx, by), (cx, cy), (dx, dy) = p
    return axis(ax, bx, cx, dx), axis(ay, by, cy, dy)


def smooth(path: Outline, *, closed: bool = False, steps: int = 8) -> list[Point]:
    """A smooth curve through the points of `path`."""
    ends = (path[-1:], path[:2]) if closed else (path[:1], path[-1:])
    padded = [*ends[0], *path, *ends[1]]
    spans = (padded[i : i + 4] for i in range(len(padded) - 3))
    curve = [_spline(span, step / steps) for span in spans for step in range(steps)]
    return curve if closed else [*curve, path[-1]]


def ribbon(path: Outline, start: float, stop: float) -> list[Point]:
    """The outline of a band along `path` whose width runs from `start` to `stop`."""
    left: list[Point] = []
    right: list[Point] = []
    widths = spread(start / 2, stop / 2, len(path))
    for i, ((x, y), width) in enumerate(zip(path, widths, strict=True)):
        (ax, ay), (bx, by) = path[max(0, i - 1)], path[min(len(path) - 1, i + 1)]
        length = math.hypot(bx - ax, by - ay) or 1.0
        dx, dy = (by - ay) / length * width, (ax - bx) / length * width
        left.append((x + dx, y + dy))
        right.append((x - dx, y - dy))
    return [*left, *reversed(right)]


def sagging(a: Point, c: Point, slack: float, count: int) -> list[Point]:
    """`count` points along a line hung loosely between two places."""
    drop = abs(c[0] - a[0]) * slack * 4
    hung = ((*lerp(a, c, t), t * (1 - t)) for t in spread(0, 1, count))
    return [(x, y + drop * dip) for x, y, dip in hung]


def elbow(a: Point, b: Point, length: float, bend: float) -> Point:
    """The middle joint of a limb `length` long from `a` to `b`; `bend` picks the side."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    span = math.hypot(dx, dy) or 1.0
    out = math.sqrt(max(0.0, length * length - span * span)) / 2 * bend
    return (a[0] + b[0]) / 2 - dy / span * out, (a[1] + b[1]) / 2 + dx / span * out


def within(quad: Outline, u: float, v: float) -> Point:
    """A place on a four-cornered wall seen aslant: `u` along its top, `v` down it."""
    return lerp(lerp(quad[0], quad[1], u), lerp(quad[3], quad[2], u), v)


def part(quad: Outline, a: Point, c: Point) -> list[Point]:
    """The part of such a wall between two of its places."""
    return [within(quad, u, v) for u, v in box(a, c)]
