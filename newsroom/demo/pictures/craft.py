"""Boats and vehicles, shared by the scenes. Each faces right and is one unit long."""

from itertools import pairwise

from newsroom.demo.pictures import geometry as geo
from newsroom.demo.pictures.brush import Brush
from newsroom.demo.pictures.colour import Colour, fade, mix
from newsroom.demo.pictures.geometry import Point

JUKUNG_RAIL = geo.points("-0.55,-0.15 -0.42,-0.06 0,-0.035 0.4,-0.07 0.56,-0.19")
JUKUNG_KEEL = geo.points("0.56,-0.19 0.45,0 0.3,0.055 0,0.075 -0.32,0.055 -0.55,-0.15")
SAMPAN_RAIL = geo.points("-0.5,-0.13 -0.3,-0.06 0.3,-0.06 0.52,-0.15")
ANGKOT_SHELL = geo.points(
    "-0.5,-0.12 -0.5,-0.42 -0.45,-0.5 0.2,-0.5 0.31,-0.46 0.42,-0.3 0.5,-0.25 0.51,-0.12"
    " 0.5,-0.1 -0.49,-0.1"
)
MOTORBIKE_BODY = geo.points(
    "-0.48,-0.44 -0.1,-0.48 0.06,-0.3 0.2,-0.52 0.28,-0.5 0.2,-0.2 -0.1,-0.16 -0.36,-0.26"
)
AMBULANCE_SHELL = geo.points(
    "-0.5,-0.1 -0.5,-0.56 0.14,-0.56 0.2,-0.5 0.32,-0.32 0.48,-0.28 0.5,-0.1"
)
TRUCK_CAB = geo.points("0.18,-0.1 0.18,-0.42 0.38,-0.42 0.46,-0.28 0.5,-0.25 0.5,-0.1")


def _glass(b: Brush) -> Colour:
    return mix(b.palette.dark, b.palette.sky[0], 0.37)


def wheels(b: Brush, xs: tuple[float, ...], radius: float) -> None:
    """Rubber tyres with bright hubs, standing on the ground."""
    for x in xs:
        b.disc((x, -radius), radius, mix(b.palette.dark, "#000000", 0.25))
        hub = mix(b.palette.light, b.palette.dark, 0.25)
        b.disc((x, -radius), radius * 0.56, hub, "bottom")
        b.disc((x, -radius), radius * 0.2, b.palette.dark)


def jukung(b: Brush, spot: Point, length: float, hull: Colour, trim: Colour) -> None:
    """A jukung: a slim hull with upswept ends and an outrigger on curved arms."""
    local = b.at(spot, length)
    pole = mix(b.palette.light, b.palette.dark, 0.12)
    rail = geo.smooth(JUKUNG_RAIL)
    local.poly([*rail, *geo.smooth(JUKUNG_KEEL)], hull, "bottom")
    local.poly(geo.band(rail, 0, 0.022), trim)
    local.disc((0.44, -0.055), 0.012, b.palette.light)
    for x in (-0.24, 0.2):
        arm = [(x - 0.03, -0.05), (x, -0.075), (x + 0.03, -0.02), (x + 0.05, 0.12)]
        local.curve(arm, 0.014, pole)
    local.curve(geo.points("-0.44,0.115 -0.2,0.13 0.3,0.125 0.5,0.09"), 0.022, pole, 0.008)


def lateen(b: Brush, spot: Point, length: float, sail: tuple[Colour, Colour]) -> None:
    """A jukung's slanting sail, in stripes."""
    local = b.at(spot, length)
    tack, peak, clew = geo.points("0.26,-0.08 -0.08,-1 -0.46,-0.2")
    local.hair([(0.02, -0.05), (-0.02, -0.66)], 0.014, b.palette.dark)
    seams = geo.spread(0, 1, 7)
    for i, (near, far) in enumerate(pairwise(seams)):
        low = [geo.lerp(tack, clew, near), geo.lerp(tack, clew, far)]
        top = [geo.lerp(peak, clew, far), geo.lerp(peak, clew, near)]
        local.poly([*low, *top], sail[i % 2])
    local.dust([tack, peak, clew], mix(sail[1], b.palette.dark, 0.45), "right", 0.3)
    local.hair([tack, peak], 0.014, b.palette.dark)


def sampan(b: Brush, spot: Point, length: float, hull: Colour, *, flip: bool = False) -> None:
    """A plain river boat with a rounded roof."""
    local = b.at(spot, length, flip=flip)
    local.poly(geo.dome((0, -0.05), (0.22, 0.2)), mix(hull, b.palette.light, 0.3), "right")
    local.poly(geo.dome((-0.02, -0.05), (0.13, 0.14)), mix(hull, b.palette.dark, 0.5))
    local.poly([*geo.smooth(SAMPAN_RAIL), (0.36, 0.05), (-0.36, 0.05)], hull, "bottom")


def angkot(b: Brush, spot: Point, length: float, body: Colour, stripe: Colour) -> None:
    """An angkot: the minibus of every Indonesian town, door slid open."""
    local, glass = b.at(spot, length), _glass(b)
    local.poly(geo.smooth(ANGKOT_SHELL, closed=True, steps=3), body, "bottom")
    for x0, x1 in ((-0.46, -0.27), (-0.25, -0.08)):
        local.pill((x0, -0.45), (x1, -0.29), glass, 0.025)
    local.box((-0.05, -0.46), (0.13, -0.12), mix(glass, b.palette.dark, 0.5))
    local.poly(geo.points("0.16,-0.45 0.27,-0.44 0.37,-0.3 0.16,-0.29"), glass)
    for x0, x1 in ((-0.5, -0.05), (0.13, 0.5)):
        local.box((x0, -0.25), (x1, -0.2), stripe)
    local.pill((0.45, -0.22), (0.51, -0.17), b.palette.light)
    local.box((-0.5, -0.13), (0.52, -0.095), mix(body, b.palette.dark, 0.6))
    wheels(local, (-0.3, 0.32), 0.09)


def bus(b: Brush, spot: Point, length: float, body: Colour, stripe: Colour) -> None:
    """A city bus with big windows and passengers."""
    local, glass = b.at(spot, length), _glass(b)
    local.poly(geo.rounded((-0.5, -0.33), (0.5, -0.045), 0.035), body, "bottom")
    local.box((-0.5, -0.135), (0.5, -0.1), stripe)
    nose = geo.points("0.1,-0.045 0.3,-0.1 0.5,-0.1 0.5,-0.08 0.47,-0.045")
    local.poly(nose, stripe)
    local.pill((-0.47, -0.295), (0.36, -0.16), glass, 0.015)
    passengers(local, geo.spread(-0.42, 0.31, 8), -0.16, 0.055)
    for x in geo.spread(-0.33, 0.22, 5):
        local.box((x - 0.004, -0.295), (x + 0.004, -0.16), body)
    local.poly(geo.rounded((0.385, -0.3), (0.505, -0.14), 0.02), mix(glass, b.palette.light, 0.25))
    for x in (-0.02, 0.03):
        local.box((x - 0.024, -0.3), (x + 0.022, -0.05), mix(glass, body, 0.35))
    local.pill((0.46, -0.09), (0.5, -0.065), b.palette.light)
    local.pill((-0.2, -0.352), (0.08, -0.33), mix(body, b.palette.dark, 0.3), 0.01)
    for x in (-0.3, 0.32):
        local.disc((x, -0.05), 0.062, mix(body, b.palette.dark, 0.75))
    wheels(local, (-0.3, 0.32), 0.05)


def passengers(b: Brush, xs: list[float], sill: float, size: float) -> None:
    """Heads and shoulders behind glass, some seats empty."""
    glass = _glass(b)
    for x in xs:
        if b.chance(0.75):
            local = b.at((x, sill), size)
            shirt = b.rng.choice((b.palette.accent, b.palette.second, b.palette.light))
            local.pill((-0.5, -1), (0.5, 0), mix(shirt, glass, 0.35), 0.36)
            local.disc((0, -1.35), 0.38, mix("#b07248", b.palette.dark, 0.35))


def railcar(b: Brush, spot: Point, length: float, *, flip: bool = False) -> None:
    """One end of a local train: a cab at the right, a gangway at the left."""
    p = b.palette
    local = b.at(spot, length, flip=flip)
    shell = geo.points("-0.5,-0.3 0.36,-0.3 0.44,-0.27 0.485,-0.17 0.49,-0.05 -0.5,-0.05")
    local.poly(shell, p.light, "bottom")
    local.box((-0.5, -0.125), (0.49, -0.085), p.accent)
    local.box((-0.5, -0.085), (0.49, -0.05), mix(p.accent, p.dark, 0.3))
    local.poly(geo.points("0.39,-0.255 0.43,-0.245 0.463,-0.165 0.39,-0.165"), _glass(b))
    for x0 in (-0.44, -0.02):
        local.pill((x0, -0.255), (x0 + 0.29, -0.155), _glass(b), 0.02)
        passengers(local, geo.spread(x0 + 0.05, x0 + 0.24, 3), -0.155, 0.04)
    for x0 in (-0.115, 0.305):
        local.box((x0, -0.265), (x0 + 0.06, -0.055), mix(p.light, p.dark, 0.25))
    local.pill((0.455, -0.12), (0.485, -0.095), p.second)
    local.pill((-0.3, -0.325), (0.1, -0.295), mix(p.light, p.dark, 0.35), 0.01)
    local.box((-0.5, -0.055), (0.46, -0.03), p.dark)
    wheels(local, (-0.38, -0.3, 0.26, 0.34), 0.028)


def motorbike(b: Brush, spot: Point, length: float, body: Colour) -> None:
    """An underbone motorbike."""
    local, dark = b.at(spot, length), b.palette.dark
    wheels(local, (-0.33, 0.36), 0.16)
    local.line([(0.36, -0.16), (0.24, -0.56)], 0.04, mix(dark, b.palette.light, 0.4))
    local.blob(MOTORBIKE_BODY, body, "bottom")
    local.pill((-0.42, -0.53), (0.0, -0.44), mix(dark, b.palette.light, 0.25))
    local.line([(0.24, -0.56), (0.18, -0.64)], 0.035, dark)
    local.disc((0.3, -0.5), 0.05, b.palette.light)
    local.line([(-0.4, -0.14), (-0.05, -0.16)], 0.05, mix(dark, b.palette.light, 0.45))


def ambulance(b: Brush, spot: Point, length: float) -> None:
    """A white van with a cross and a beacon."""
    p = b.palette
    local = b.at(spot, length)
    local.poly(AMBULANCE_SHELL, p.light, "bottom")
    local.poly(geo.points("0.17,-0.49 0.28,-0.32 0.17,-0.32"), _glass(b))
    local.pill((-0.4, -0.48), (-0.16, -0.34), _glass(b), 0.02)
    local.box((-0.5, -0.27), (0.5, -0.2), p.accent)
    cross(local, (0.02, -0.4), 0.15, p.accent)
    local.glow((0.015, -0.6), 0.2, p.accent, 0.55)
    local.pill((-0.05, -0.61), (0.08, -0.555), p.accent, 0.03)
    wheels(local, (-0.3, 0.3), 0.09)


def cross(b: Brush, centre: Point, size: float, fill: Colour) -> None:
    """The plain cross of a clinic."""
    x, y = centre
    for wide, tall in ((size, size / 3), (size / 3, size)):
        corner = x + wide / 2, y + tall / 2
        b.pill((x - wide / 2, y - tall / 2), corner, fill, size * 0.05)


def truck(b: Brush, spot: Point, length: float) -> None:
    """A lorry with a ribbed container."""
    p = b.palette
    local = b.at(spot, length)
    local.box((-0.5, -0.5), (0.16, -0.12), p.second, "right")
    for x in geo.spread(-0.5, 0.16, 10)[1:-1]:
        local.hair([(x, -0.46), (x, -0.16)], 0.012, fade(p.dark, 0.22))
    local.poly(TRUCK_CAB, p.accent, "bottom")
    local.poly(geo.points("0.27,-0.38 0.36,-0.38 0.42,-0.27 0.27,-0.27"), _glass(b))
    local.box((-0.5, -0.13), (0.5, -0.09), p.dark)
    wheels(local, (-0.38, -0.22, 0.34), 0.075)
