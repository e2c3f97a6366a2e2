"""Figures: jointed people in flat clothes, posed by where their hands and feet are."""

from dataclasses import dataclass
from typing import Literal

from newsroom.demo.pictures import geometry as geo
from newsroom.demo.pictures.brush import WIDTH, Brush
from newsroom.demo.pictures.colour import Colour, mix
from newsroom.demo.pictures.geometry import Point

type Headwear = Literal["short", "bun", "long", "hijab", "caping", "peci", "helmet", "behind"]
type Feet = tuple[Point, Point]

SKINS: tuple[Colour, ...] = ("#c98d62", "#b07248", "#96593a", "#bd8057")
HAIR: Colour = "#241a1f"
PECI: Colour = "#15121a"
LEG, ARM = 46.0, 33.0

TORSO = geo.points("-8.5,3 -8,-14 -11.5,-30 -8,-36 0,-37.5 8,-36 11.5,-30 8,-14 8.5,3")
APRON = geo.points("-7,-28 7,-27 11,-6 12,12 -10,12 -9,-6")
VEIL = geo.points(
    "0,-56.5 7.6,-53 8.6,-46 8,-39 11,-31 3,-26 -6,-28 -11,-33 -8,-40 -8.6,-47 -7.4,-53"
)
HAIRCUT = geo.points("-7.6,-45.5 -8.2,-51 -5,-56 1,-57.2 6.4,-54.5 7.8,-49.5 6.8,-48.4")
LONG_HAIR = geo.points("-8.5,-50 0,-57 8.5,-50 9,-36 6,-31 -6,-31 -9,-36")
CAPING = geo.points("-17,-47.5 -9,-53 0,-62 9,-53 17,-47.5 0,-48.5")


@dataclass(frozen=True)
class Look:
    """What a figure wears."""

    shirt: Colour
    legs: Colour
    head: Headwear = "short"
    cloth: Colour = HAIR
    skin: Colour = SKINS[0]
    skirt: bool = False
    shorts: bool = False
    bare_arms: bool = False


@dataclass(frozen=True)
class Pose:
    """Where the hands and feet are, from the hips, for a figure a hundred units tall."""

    left: Point = (-14, 0)
    right: Point = (14, 0)
    feet: Feet = ((-5, LEG), (5, LEG))
    lean: float = 0
    face: float = 0
    """-1 looks left, 1 looks right."""
    bends: tuple[float, float] = (1, -1)
    """Which way each elbow points."""
    knees: float = 0


STANDING = Pose()
STROLLING = Pose((-15, -4), (13, -6), ((-13, 44), (12, 45)), 3, 1, (1, 1), 1)
STOOPING = Pose((34, 8), (42, 12), ((-8, LEG), (10, LEG)), 78, 1, (1, 1))
SEATED = Pose((12, -8), (18, -8), ((12, 26), (16, 27)), 6, 1, (1, 1), -1)


def figure(b: Brush, look: Look, pose: Pose = STANDING) -> None:
    """A person with hips at the brush's origin."""
    shoulders = [geo.turned((x, -32), pose.lean) for x in (-8.5, 8.5)]
    hands = pose.left, pose.right
    back, front = (0, 1) if pose.face >= 0 else (1, 0)
    _arm(b, [shoulders[back], hands[back]], look, pose.bends[back])
    _lower(b, look, pose, (back, front))
    upper = b.at((0, 0), 1, pose.lean)
    _torso(upper, look)
    _head(upper, look, pose.face)
    _arm(b, [shoulders[front], hands[front]], look, pose.bends[front])


def person(b: Brush, foot: Point, height: float, look: Look, pose: Pose = STANDING) -> None:
    """A figure standing at `foot`."""
    scale = height / 100
    figure(b.at((foot[0], foot[1] - LEG * scale), scale), look, pose)


def _lower(b: Brush, look: Look, pose: Pose, order: tuple[int, int]) -> None:
    for i in order:
        side = (-0.5, 0.5)[i] if look.skirt else (-1.0, 1.0)[i]
        _leg(b, pose.feet[i], side, look, 0 if look.skirt else pose.knees)
    if look.skirt:
        (ax, ay), (bx, by) = pose.feet
        hem = [(bx + 7, by - 6), (ax - 7, ay - 6)]
        b.poly([(-8.6, 0), (8.6, 0), (10.5, 14), *hem, (-10.5, 14)], look.legs, "right")


def _leg(b: Brush, foot: Point, side: float, look: Look, knees: float) -> None:
    hip = (side * 4.5, 0.0)
    knee = geo.elbow(hip, foot, LEG + 1, knees)
    b.poly(geo.ribbon([hip, knee, foot], 10.5, 7), look.skin if look.shorts else look.legs)
    if look.shorts:
        b.poly(geo.ribbon([hip, geo.lerp(hip, knee, 0.85)], 11, 12), look.legs)
    else:
        b.disc(knee, 4.4, look.legs)
    shoe = mix(HAIR, look.legs, 0.15)
    b.pill((foot[0] - 4, foot[1] - 3), (foot[0] + 4 + side, foot[1] + 2), shoe)


def _arm(b: Brush, ends: list[Point], look: Look, bend: float) -> None:
    shoulder, hand = ends
    middle = geo.elbow(shoulder, hand, ARM, bend)
    b.line([shoulder, middle, hand], 5.6, look.skin)
    b.disc(hand, 3.5, look.skin)
    if look.bare_arms:
        b.line([shoulder, geo.lerp(shoulder, middle, 0.75)], 7.6, look.shirt)
    else:
        b.line([shoulder, middle, geo.lerp(middle, hand, 0.82)], 7.2, look.shirt)


def _torso(b: Brush, look: Look) -> None:
    b.line([(0, -36), (0, -42)], 5.4, mix(look.skin, HAIR, 0.22))
    b.poly(geo.smooth(TORSO, steps=4), look.shirt, "right")


def _head(b: Brush, look: Look, face: float) -> None:
    match look.head:
        case "hijab":
            b.blob(VEIL, look.cloth, "right")
            b.oval((face * 3.2, -47), (5.0, 6.2), look.skin)
        case "behind":
            b.disc((0, -48), 7.4, HAIR)
        case _:
            _bare_head(b, look, face)


def _bare_head(b: Brush, look: Look, face: float) -> None:
    if look.head == "long":
        b.blob(LONG_HAIR, HAIR)
    for side in (-1, 1):
        if face * side <= 0:
            ear = side * (6.9 - 4.3 * abs(face)), -46.5
            b.disc(ear, 1.5, mix(look.skin, HAIR, 0.16))
    b.oval((0, -47.5), (6.8, 8.0), look.skin)
    b.disc((face * 6.6, -46.6), 1.3, look.skin)
    if abs(face) > 0.5:
        b.disc((-face * 2.6, -46.5), 1.5, mix(look.skin, HAIR, 0.16))
    fringe = [(3 + face * 2, -51.6), (-2 + face * 4, -52), (-5.2 + face * 2, -49.5)]
    b.blob([*HAIRCUT, *fringe], HAIR)
    if look.head == "bun":
        b.disc((-face * 6.5, -57 + abs(face) * 6), 4, HAIR)
    _hat(b, look)


def _hat(b: Brush, look: Look) -> None:
    match look.head:
        case "caping":
            b.blob(CAPING, look.cloth, "right")
        case "peci":
            b.poly(geo.points("-8,-51 -7,-58.5 6.6,-59 8,-51.4"), look.cloth)
        case "helmet":
            shell = geo.dome((0, -49), (9, 9.6))
            b.poly([*shell, (9.5, -47.4), (-9.2, -47.4)], look.cloth, "right")


def apron(b: Brush, lean: float, fill: Colour) -> None:
    """An apron over a figure drawn at the same place."""
    b.at((0, 0), 1, lean).poly(geo.smooth(APRON, closed=True), fill, "right")


def anyone(b: Brush, shirts: tuple[Colour, ...], legs: Colour) -> Look:
    """A passer-by, dressed from the colours given."""
    heads: tuple[Headwear, ...] = ("short", "hijab", "bun", "short", "peci")
    head = b.rng.choice(heads)
    cloth = {"hijab": b.rng.choice(shirts), "peci": PECI}.get(head, HAIR)
    skin, bare = b.rng.choice(SKINS), head != "hijab" and b.chance(0.5)
    return Look(b.rng.choice(shirts), legs, head, cloth, skin, bare_arms=bare)


def onlookers(b: Brush, y: float, size: float, fills: tuple[Colour, ...]) -> None:
    """A row of heads and shoulders right across the picture."""
    x = -size * b.rng.random()
    while x < WIDTH + size:
        fill = b.rng.choice(fills)
        local = b.at((x, y + b.vary(size * 0.12)), size)
        local.disc((0, 0), 0.28, fill)
        local.pill((-0.5, 0.32), (0.5, 2.5), fill, 0.35)
        x += size * b.rng.uniform(0.85, 1.25)


def pikulan(b: Brush, foot: Point, height: float, look: Look, *, flip: bool = False) -> None:
    """Someone striding along with two baskets on a shoulder pole."""
    local = b.at(foot, height / 100, flip=flip)
    wicker = mix(b.palette.second, b.palette.light, 0.25)
    wood = mix(wicker, b.palette.dark, 0.35)
    for x in (-44, 46):
        _hung_basket(local.at((x, 0)), wicker, wood)
    stride = Pose((-17, -4), (14, -34), ((-13, 44), (12, 46)), 4, 1, (1, 1), 1)
    figure(local.at((0, -LEG)), look, stride)
    local.curve([(-48, -76), (0, -80), (50, -76)], 2.6, wood)
    local.disc((14, -79), 3.4, look.skin)


def _hung_basket(b: Brush, wicker: Colour, wood: Colour) -> None:
    for x in (-9, 9):
        b.hair([(0, -80), (x, -38)], 0.9, wood)
    load = b.rng.choice((b.palette.accent, b.palette.near, b.palette.second))
    b.oval((0, -40), (11, 8), load)
    b.poly(geo.smooth(geo.points("-13,-40 -10,-24 0,-21 10,-24 13,-40")), wicker, "bottom")
