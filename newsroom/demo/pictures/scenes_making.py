"""Scenes of things being made: kitchen, coffee, batik, workshop."""

import math

from newsroom.demo.pictures import built, nature, people, plants
from newsroom.demo.pictures import geometry as geo
from newsroom.demo.pictures.brush import HEIGHT, WIDTH, Brush
from newsroom.demo.pictures.colour import Colour, fade, mix
from newsroom.demo.pictures.geometry import Point
from newsroom.demo.pictures.people import Look, Pose

HERB, COFFEE_LEAF, FRIDGE, SILVER = "#4f7f3f", "#3f7a4a", "#3f9a6a", "#c9ccd1"
TONGUE = geo.points("-0.26,0 -0.3,-0.3 -0.14,-0.5 -0.1,-0.9 0.12,-0.55 0.24,-0.62 0.3,-0.25 0.24,0")
FISH = geo.points("-0.5,0 -0.25,-0.17 0.1,-0.16 0.34,-0.03 0.34,0.03 0.1,0.15 -0.25,0.15")
CUP = geo.points("-0.5,-0.62 -0.47,-0.34 -0.34,-0.1 -0.2,-0.03")
SACK = geo.points("-0.5,0 -0.54,-0.5 -0.42,-0.86")
KAIN = geo.points("7,0 9,6 2,9 -14,11 -16,24 -31,24 -32,4 -28,-3 -8,-3")
JAR = geo.points("-0.5,0 -0.8,-0.62 -0.4,-1.3")


def kitchen(b: Brush) -> None:
    """Pindang on a high flame, with chillies and a fish to follow."""
    p = b.palette
    _tiled_wall(b)
    _pans(b)
    _jars(b, 290)
    b.glow((910, 600), 420, p.second, 0.75)
    _counter(b)
    for x in geo.spread(815, 1005, 5):
        _flame(b.at((x, 694), 96 + b.vary(18)))
    _pot(b.at((910, 648)))
    _cook(b.at((575, 690), 6.2))
    _ingredients(b)


def _tiled_wall(b: Brush) -> None:
    p = b.palette
    b.box((0, 0), (WIDTH, HEIGHT), p.far)
    seam = mix(p.far, p.dark, 0.1)
    for x in geo.spread(-10, 1510, 20):
        b.hair([(x, 0), (x, 720)], 2.5, seam)
    for y in geo.spread(0, 720, 10):
        b.hair([(0, y), (WIDTH, y)], 2.5, seam)
    for _ in range(12):
        tile = 30 + b.rng.randrange(19) * 80, 40 + b.rng.randrange(9) * 80
        built.kawung(b, tile, 52, mix(p.far, p.mid, 0.35), p.far)
    b.dust(geo.box((0, 0), (WIDTH, 720)), mix(p.far, p.accent, 0.28), "bottom", 0.5)


def _pans(b: Brush) -> None:
    p = b.palette
    b.hair([(140, 150), (560, 150)], 9, p.dark)
    metals = (p.near, p.accent, p.dark, mix(p.second, p.dark, 0.2))
    for x, metal in zip((185, 290, 395, 500), metals, strict=True):
        b.hair([(x, 150), (x, 240)], 11, metal)
        b.disc((x, 278), 42, metal, "right")
        b.disc((x, 278), 30, mix(metal, p.light, 0.18))


def _jars(b: Brush, y: float) -> None:
    p = b.palette
    b.box((980, y), (1420, y + 16), mix(p.near, p.dark, 0.2))
    fills = [p.accent, p.second, p.near, HERB, mix(p.accent, p.dark, 0.4)]
    b.rng.shuffle(fills)
    for x, fill in zip(geo.spread(1010, 1350, 5), fills, strict=True):
        b.pill((x, y - 84), (x + 56, y), mix(p.sky[0], p.light, 0.45), 10)
        b.pill((x + 5, y - 56 + b.vary(12)), (x + 51, y - 4), fill, 8)
        b.pill((x - 2, y - 98), (x + 58, y - 78), mix(p.second, p.dark, 0.35), 5)


def _counter(b: Brush) -> None:
    p = b.palette
    nature.floor(b, 735, p.mid, "bottom")
    nature.strip(b, (715, 742), mix(p.light, p.far, 0.4))
    for x in geo.spread(60, 1440, 7):
        b.hair([(x, 745), (x, HEIGHT)], 4, mix(p.mid, p.dark, 0.25))
    b.pill((760, 694), (1060, 722), p.dark, 6)


def _flame(b: Brush) -> None:
    p = b.palette
    for size, fill in ((1.0, p.accent), (0.62, p.second), (0.32, p.light)):
        b.at((0, 0), size).blob(TONGUE, fill)


def _pot(b: Brush) -> None:
    p = b.palette
    steel = mix(p.light, p.near, 0.45)
    _vapour(b, (0, -160), 330)
    for x in (-156, 156):
        b.ring((x, -104), 22, 13, p.dark)
    b.poly(geo.rounded((-150, -160), (150, 0), 34), steel, "right")
    b.oval((0, -156), (150, 24), mix(steel, p.light, 0.35))
    b.oval((0, -154), (134, 18), mix(p.second, p.accent, 0.25))
    for x in (-70, -10, 66, 100):
        b.oval((x, -154 + b.vary(6)), (20, 6), b.rng.choice((HERB, p.accent, p.light)))
    b.box((-150, -92), (150, -76), mix(steel, p.near, 0.35))


def _vapour(b: Brush, foot: Point, height: float) -> None:
    wisp = b.at(foot, height)
    for drift, tall in ((-0.17, 0.75), (0.02, 1.0), (0.2, 0.8)):
        sway = b.rng.uniform(0.06, 0.1)
        times = geo.spread(0, 1, 7)
        path = [(drift + math.sin(t * 8) * sway, -tall * t) for t in times]
        wisp.poly(geo.ribbon(geo.smooth(path), 0.06, 0.01), fade(b.palette.light, 0.62))


def _cook(b: Brush) -> None:
    p = b.palette
    look = Look(p.light, p.dark, "hijab", p.mid)
    people.figure(b, look, Pose((20, -18), (30, -34), lean=5, face=1, bends=(1, 1)))
    people.apron(b, 5, p.accent)
    b.line([(30, -34), (43, -31)], 1.8, p.dark)
    b.disc((30, -34), 3.5, look.skin)


def _ingredients(b: Brush) -> None:
    p = b.palette
    for x, lift in ((250, 0), (320, 8), (400, 0)):
        b.disc((x, 738 - lift), 42, mix(p.accent, p.second, b.rng.uniform(0, 0.35)), "bottom")
        star = [geo.polar((x, 706 - lift), 18 if k % 2 else 6, k * 36) for k in range(10)]
        b.poly(star, HERB)
    b.pill((110, 560), (190, 760), HERB, 22)
    b.pill((134, 500), (166, 590), HERB, 10)
    b.box((110, 630), (190, 710), p.light)
    b.pill((1100, 728), (1420, 756), mix(p.second, p.dark, 0.35), 12)
    for angle in (-60, -100, -140):
        plants.leaf(b, (1150, 735), 92, angle, mix(HERB, p.mid, 0.2))
    _fish(b.at((1270, 700), 240, b.vary(4)))
    for _ in range(6):
        spot = 1030 + b.vary(50), 748 + b.vary(12)
        _chilli(b.at(spot, 62, b.vary(40)), p.accent)


def _fish(b: Brush) -> None:
    p = b.palette
    scales = mix(p.near, p.light, 0.35)
    b.poly([(0.3, 0), (0.52, -0.17), (0.46, 0), (0.52, 0.17)], mix(scales, p.dark, 0.25))
    b.poly(geo.points("-0.15,-0.15 0.02,-0.25 0.1,-0.14"), mix(scales, p.dark, 0.25))
    b.blob(FISH, scales, "bottom")
    b.hair(geo.arc((-0.42, 0), (0.16, 0.2), -40, 40), 0.014, mix(scales, p.dark, 0.4))
    b.disc((-0.38, -0.04), 0.026, p.light)
    b.disc((-0.38, -0.04), 0.014, p.dark)


def _chilli(b: Brush, fill: Colour) -> None:
    b.curve([(-0.5, 0), (0, 0.12), (0.55, -0.08)], 0.22, fill, 0.02)
    b.curve([(-0.52, 0), (-0.66, -0.04), (-0.78, -0.16)], 0.07, HERB)


def coffee(b: Brush) -> None:
    """A cup on the plantation's veranda."""
    p = b.palette
    _plantation(b)
    built.planks(b, 720, mix(p.near, p.second, 0.35), 3)
    nature.strip(b, (720, 734), mix(p.near, p.light, 0.45))
    _sack(b.at((330, 830), 270))
    nature.shadow(b, (750, 880), 380)
    _cup(b.at((740, 872), 400))
    _vapour(b, (740, 600), 330)
    _tubruk(b.at((1150 + b.vary(15), 836), 150))
    for _ in range(26):
        x = b.rng.choice((b.rng.uniform(140, 560), b.rng.uniform(960, 1380)))
        _bean(b.at((x, b.rng.uniform(870, 930)), 40, b.rng.uniform(0, 180)))
    _branch(b.at((-30, 130), 520, 14))
    _branch(b.at((1530, 90), 500, -20, flip=True))


def _plantation(b: Brush) -> None:
    p = b.palette
    nature.sky(b, 720)
    nature.sun(b, (750 + b.vary(40), 350), 215, mix(p.second, p.light, 0.5))
    nature.volcano(b, (1110, 320), 900, 640, mix(p.far, p.sky[0], 0.5))
    for base, rise, share in ((620, 120, 0.0), (680, 100, 0.45), (740, 80, 0.9)):
        nature.ridge(b, base, rise, mix(p.far, p.mid, share), "bottom")
    for y, size in ((655, 15), (690, 19), (720, 23)):
        for x in geo.spread(-10, 1510, int(680 / size)):
            bush = x + b.vary(4), y + b.vary(3)
            b.disc(bush, size, mix(p.mid, p.dark, 0.12 + 0.16 * b.rng.random()))


def _sack(b: Brush) -> None:
    p = b.palette
    cloth = mix(p.second, p.light, 0.35)
    for _ in range(40):
        spot = b.vary(0.36), -0.9 - 0.1 * b.rng.random()
        _bean(b.at(spot, 0.13, b.rng.uniform(0, 180)))
    b.poly(geo.smooth(geo.mirrored(SACK)), cloth, "right")
    b.pill((-0.47, -0.9), (0.47, -0.76), mix(cloth, p.dark, 0.15), 0.06)
    for y in geo.spread(-0.1, -0.68, 9):
        b.hair([(-0.5, y), (0.5, y)], 0.008, fade(p.near, 0.25))
    b.disc((0, -0.4), 0.17, mix(p.near, cloth, 0.25))
    _bean(b.at((0, -0.4), 0.22, 40))


def _bean(b: Brush) -> None:
    p = b.palette
    b.oval((0, 0), (0.5, 0.34), mix(p.near, p.dark, b.rng.uniform(0.35, 0.6)))
    b.curve(geo.points("-0.42,0 -0.12,0.08 0.12,-0.08 0.42,0"), 0.08, p.dark)


def _cup(b: Brush) -> None:
    p = b.palette
    b.oval((0, 0.0), (0.86, 0.1), mix(p.light, p.dark, 0.12))
    b.oval((0, -0.02), (0.86, 0.09), p.light)
    b.oval((0, -0.02), (0.5, 0.05), mix(p.light, p.dark, 0.14))
    b.hair(geo.arc((0.46, -0.37), (0.21, 0.17), -90, 108), 0.075, p.accent)
    b.poly(geo.mirrored(geo.smooth(CUP)), p.accent, "right")
    b.poly(geo.mirrored([(-0.49, -0.5), (-0.475, -0.38)]), mix(p.accent, p.dark, 0.2))
    for x in geo.spread(-0.41, 0.41, 9):
        b.poly([(x - 0.04, -0.44), (x, -0.49), (x + 0.04, -0.44), (x, -0.39)], p.second)
    b.oval((0, -0.62), (0.5, 0.09), mix(p.accent, p.light, 0.25))
    b.oval((0, -0.615), (0.45, 0.07), mix(p.near, p.dark, 0.55))
    b.oval((-0.08, -0.61), (0.24, 0.03), mix(p.near, p.second, 0.35))


def _tubruk(b: Brush) -> None:
    """A glass of unfiltered coffee."""
    p = b.palette
    glass = mix(p.light, p.sky[1], 0.45)
    b.oval((0, -0.03), (0.8, 0.1), mix(p.light, p.dark, 0.15))
    b.hair(geo.arc((0.48, -0.62), (0.24, 0.26), -90, 90), 0.09, glass)
    b.poly(geo.mirrored([(-0.5, -1.25), (-0.4, -0.05)]), glass)
    b.poly(geo.mirrored([(-0.47, -1), (-0.4, -0.09)]), mix(p.near, p.dark, 0.6), "right")
    b.oval((0, -1), (0.47, 0.08), mix(p.near, p.second, 0.2))
    b.hair([(-0.32, -1.15), (-0.27, -0.2)], 0.07, fade(p.light, 0.5))


def _branch(b: Brush) -> None:
    """A coffee branch heavy with cherries."""
    p = b.palette
    b.curve([(0, 0), (0.5, -0.05), (1, 0.08)], 0.024, p.near, 0.01)
    for x in (0.16, 0.36, 0.56, 0.76, 0.94):
        for side, tone in ((-1, 0.18), (1, 0.0)):
            blade = mix(COFFEE_LEAF, p.dark, tone)
            plants.leaf(b, (x, 0), 0.3, side * 58 + b.vary(8), blade)
    for x in (0.26, 0.46, 0.66):
        for dx, dy in ((-0.04, 0.03), (0.03, 0.05), (0.0, -0.04)):
            ripe = mix(p.accent, p.second, 0.3 * b.rng.random())
            b.disc((x + dx, dy), 0.035, ripe, "right")


def batik(b: Brush) -> None:
    """Hot wax, a canting, and a cloth of scales half finished."""
    p = b.palette
    b.box((0, 0), (WIDTH, HEIGHT), p.sky[0])
    b.dust(geo.box((0, 0), (WIDTH, 800)), mix(p.sky[0], p.second, 0.3), "bottom", 0.7)
    _hung_cloths(b)
    nature.floor(b, 800, mix(p.far, p.mid, 0.45), "bottom")
    nature.shadow(b, (680, 884), 470)
    for x, size in ((120, 84), (200, 60)):
        jar = geo.smooth(geo.mirrored(JAR), closed=True)
        b.at((x, 872), size).poly(jar, mix(p.accent, p.mid, 0.4), "right")
    _cloth(b, (310, 176), (985, 760))
    _gawangan(b, (310, 176), (985, 760))
    _wax_stove(b.at((915 + b.vary(8), 912)))
    _batik_maker(b.at((1110, 758), 4.5))


def _hung_cloths(b: Brush) -> None:
    p = b.palette
    b.hair([(0, 92), (WIDTH, 104)], 5, p.mid)
    fills = (p.accent, p.near, mix(p.second, p.light, 0.2))
    for x, fill in zip((1060, 1222, 1384), fills, strict=True):
        b.box((x, 96), (x + 150, 330 + b.vary(40)), fill, "bottom")
        for y in geo.spread(130, 286, 4):
            for dx in (26, 76, 126):
                built.kawung(b, (x + dx, y), 48, mix(fill, p.light, 0.55), fill)


def _cloth(b: Brush, a: Point, c: Point) -> None:
    p = b.palette
    wax = mix(p.light, p.far, 0.2)
    lower = [(x, c[1] + 10 * math.sin(x / 43)) for x in geo.spread(c[0], a[0], 26)]
    shape = [a, (c[0], a[1]), *lower]
    dyed = a[0] + (c[0] - a[0]) * (0.62 + b.vary(0.06))
    with b.clipped(shape):
        b.box(a, (c[0], c[1] + 20), wax)
        _scales(b, a, c, dyed)
        _glints(b, a, c, dyed)
        b.box((a[0], c[1] - 62), (c[0], c[1] + 20), p.accent)
        for x in geo.spread(a[0], c[0], 14):
            b.poly([(x - 26, c[1] + 12), (x, c[1] - 46), (x + 26, c[1] + 12)], p.second)
        for x in geo.spread(a[0], c[0], 7)[1:-1]:
            b.box((x - 26, a[1]), (x + 4, c[1] + 20), fade(p.dark, 0.10))
            b.box((x + 4, a[1]), (x + 16, c[1] + 20), fade(p.light, 0.22))


def _scales(b: Brush, a: Point, c: Point, dyed: float) -> None:
    """Rows of fish scales, dyed as far as the work has come."""
    size = 34.0
    for row in range(int((c[1] - a[1]) / size) + 1, -1, -1):
        left, seam = a[0] + (row % 2) * size, dyed + math.sin(row * 1.7) * 26
        for x in geo.spread(left, left + 20 * size, 11):
            scale = b.at((x, a[1] + row * size), size)
            _scale(scale, done=x < seam, brown=row // 3 % 2 == 1)


def _scale(b: Brush, *, done: bool, brown: bool) -> None:
    p = b.palette
    dye, line = p.mid if brown else p.near, SILVER if done else p.far
    b.disc((0, 0), 1.12, line)
    b.disc((0, 0), 1.0, dye if done else mix(p.light, p.far, 0.2))
    b.ring((0, 0), 0.66, 0.1, line)
    b.disc((0, 0.36), 0.16, p.second if done else line)


def _glints(b: Brush, a: Point, c: Point, dyed: float) -> None:
    """Parallel lines, slanting right across the scales."""
    p = b.palette
    for side, fill in (((a[0], dyed), p.second), ((dyed, c[0]), p.far)):
        with b.clipped(geo.box((side[0], a[1]), (side[1], c[1] + 20))):
            for start in geo.spread(a[0] - 300, c[0] - 150, 5):
                for shift, width in ((-30, 5), (-18, 5), (0, 18), (18, 5), (30, 5)):
                    slant = [(start + shift + 380, a[1]), (start + shift, c[1])]
                    b.hair(slant, width, mix(fill, p.light, 0.0 if width > 5 else 0.5))


def _gawangan(b: Brush, a: Point, c: Point) -> None:
    """The frame a cloth hangs over."""
    wood = b.palette.mid
    b.line([(a[0] - 40, a[1]), (c[0] + 40, a[1])], 22, wood)
    for x in (a[0] - 22, c[0] + 22):
        b.line([(x, a[1]), (x, c[1] + 90)], 18, wood)
        b.line([(x - 46, c[1] + 94), (x + 46, c[1] + 94)], 20, mix(wood, b.palette.dark, 0.25))
    for x in (a[0] - 46, c[0] + 46):
        b.disc((x, a[1]), 17, mix(wood, b.palette.dark, 0.3))


def _wax_stove(b: Brush) -> None:
    p = b.palette
    b.glow((0, -70), 130, p.second, 0.6)
    b.poly(geo.mirrored([(-52, -70), (-40, 0)]), p.accent, "right")
    b.pill((-22, -46), (22, -18), p.second, 10)
    for x in (-70, 70):
        b.ring((x, -92), 12, 6, p.dark)
    b.poly(geo.bowl((0, -92), (66, 34)), p.dark, "right")
    b.oval((0, -92), (66, 14), mix(p.second, p.dark, 0.25))


def _batik_maker(b: Brush) -> None:
    p = b.palette
    b.box((-11, 8), (13, 13), p.mid)
    for x in (-8, 10):
        b.box((x - 2, 13), (x + 2, 30), mix(p.mid, p.dark, 0.3))
    look = Look(mix(p.accent, p.second, 0.25), p.near, "bun")
    hand, feet = (-32, -26), ((-27, 28), (-20, 29))
    people.figure(b, look, Pose(hand, (-14, -4), feet, -8, -1, (1, -1), 1))
    b.poly(geo.smooth(KAIN, closed=True, steps=3), p.near, "right")
    b.line([(-30, -26), (-39, -29)], 1.7, mix(p.second, p.dark, 0.3))
    b.disc(hand, 3.5, look.skin)
    b.disc((-40, -28.6), 1.9, p.dark)
    b.curve([(-41, -28), (-43.5, -27.5), (-44, -25)], 0.9, p.dark)


def workshop(b: Brush) -> None:
    """A cooling workshop: a green chest on wheels gets its solar panel."""
    p = b.palette
    built.room(b, p.far, mix(p.far, p.near, 0.45), 850)
    built.view(b, (70, 190), (330, 470), mix(p.mid, p.dark, 0.2))
    _pegboard(b, (430, 130), (1230, 350))
    _workbench(b)
    _hanging_lamp(b.at((820 + b.vary(20), 60)))
    _gas_bottle(b.at((1290, 880)))
    nature.shadow(b, (880, 905), 300)
    _cool_chest(b.at((890, 900)))
    nature.shadow(b, (540, 905), 90)
    _technician(b.at((530, 672), 5))
    _toolbox(b.at((350, 910)))


def _pegboard(b: Brush, a: Point, c: Point) -> None:
    p = b.palette
    b.box(a, c, p.near, "bottom")
    for x in geo.spread(a[0] + 20, c[0] - 20, 22):
        for y in geo.spread(a[1] + 20, c[1] - 20, 7):
            b.disc((x, y), 3, mix(p.near, p.dark, 0.3))
    tools = [_hammer, _wrench, _saw, _hammer, _wrench, _saw]
    b.rng.shuffle(tools)
    for tool, x in zip(tools, geo.spread(a[0] + 70, c[0] - 70, 6), strict=True):
        tool(b.at((x, a[1] + 44), 120 + b.vary(14)))


def _hammer(b: Brush) -> None:
    p = b.palette
    b.hair([(0, 0), (0, 1)], 0.1, mix(p.mid, p.second, 0.3))
    b.pill((-0.26, -0.08), (0.24, 0.12), p.dark, 0.04)


def _wrench(b: Brush) -> None:
    p = b.palette
    steel = mix(p.light, p.near, 0.55)
    b.hair([(0, 0), (0, 1)], 0.11, steel)
    for y, jaw in ((0, -0.05), (1, 1.05)):
        b.disc((0, y), 0.14, steel)
        b.disc((0, jaw), 0.07, p.near)


def _saw(b: Brush) -> None:
    p = b.palette
    blade = b.at((0, 0), 1, 78)
    teeth = [(0, -0.1), (0.8, -0.03), (0.8, 0.06), (0, 0.14)]
    blade.poly(teeth, mix(p.light, p.near, 0.35), "bottom")
    blade.pill((-0.26, -0.14), (0.04, 0.17), p.accent, 0.06)


def _hanging_lamp(b: Brush) -> None:
    p = b.palette
    b.hair([(0, -80), (0, 0)], 5, p.dark)
    b.poly([(-60, 62), (60, 62), (420, 780), (-420, 780)], fade(p.second, 0.13))
    b.glow((0, 64), 210, p.second, 0.75)
    b.poly(geo.mirrored([(-20, 0), (-86, 62)]), p.accent, "right")
    b.oval((0, 62), (60, 12), p.light)


def _workbench(b: Brush) -> None:
    p = b.palette
    wood = mix(p.mid, p.second, 0.25)
    for x in (60, 400):
        b.box((x, 640), (x + 44, 860), mix(p.mid, p.dark, 0.25), "right")
    b.box((74, 770), (430, 790), mix(p.mid, p.dark, 0.15))
    for x, wide, tall, fill in ((110, 90, 60, p.second), (220, 130, 44, p.near)):
        b.box((x, 770 - tall), (x + wide, 770), fill, "right")
    b.box((20, 606), (484, 644), wood, "bottom")
    b.box((20, 606), (484, 616), mix(wood, p.light, 0.4))
    b.pill((110, 560), (210, 606), p.dark, 8)
    b.ring((300, 578), 24, 9, p.accent)


def _cool_chest(b: Brush) -> None:
    p = b.palette
    pale = mix(FRIDGE, p.light, 0.3)
    for x in (-150, 150):
        b.hair([(x, -330), (x * 0.9, -470)], 10, p.dark)
    _solar_panel(b.at((0, -500)))
    b.poly(geo.rounded((-220, -340), (220, -50), 26), FRIDGE, "right")
    b.poly(geo.rounded((-232, -366), (232, -318), 18), pale, "right")
    b.poly(geo.rounded((-180, -290), (40, -90), 18), pale)
    for y in (-230, -200, -170, -140):
        b.hair([(80, y), (180, y)], 8, mix(FRIDGE, p.dark, 0.35))
    b.pill((90, -285), (170, -252), p.dark, 6)
    b.pill((98, -279), (98 + 40 + b.vary(12), -258), p.second, 4)
    snow = b.at((-70, -190), 62)
    for turn in (0, 60, 120):
        snow.at((0, 0), 1, turn).line([(-1, 0), (1, 0)], 0.13, p.light)
    for x in (-150, 150):
        b.disc((x, -44), 44, mix(p.dark, "#000000", 0.2))
        b.disc((x, -44), 22, mix(p.light, p.dark, 0.25), "bottom")


def _solar_panel(b: Brush) -> None:
    p = b.palette
    panel = [(-250, -50), (190, -50), (250, 40), (-190, 40)]
    b.poly([(x, y + 10) for x, y in panel], p.dark)
    b.poly(panel, "#27456f", "right")
    for u in geo.spread(0, 1, 8):
        b.hair([geo.within(panel, u, 0), geo.within(panel, u, 1)], 3, mix(p.light, "#27456f", 0.4))
    for v in geo.spread(0, 1, 4):
        b.hair([geo.within(panel, 0, v), geo.within(panel, 1, v)], 3, mix(p.light, "#27456f", 0.4))


def _gas_bottle(b: Brush) -> None:
    p = b.palette
    b.curve([(0, -300), (-60, -360), (-150, -250), (-190, -180)], 9, p.accent)
    b.curve([(10, -300), (-30, -330), (-130, -180), (-190, -150)], 9, p.near)
    b.poly(geo.rounded((-58, -260), (58, 0), 44), mix(p.light, p.near, 0.35), "right")
    b.box((-58, -170), (58, -140), p.accent)
    b.pill((-18, -300), (18, -250), p.dark, 6)
    for x in (-26, 26):
        b.disc((x, -306), 22, p.dark)
        b.disc((x, -306), 16, p.light)
        b.hair([(x, -306), (x + 8, -316)], 3, p.accent)


def _technician(b: Brush) -> None:
    p = b.palette
    look = Look(p.accent, p.dark, "peci", p.dark, people.SKINS[1], bare_arms=True)
    feet = ((-9, 46), (9, 46))
    people.figure(b, look, Pose((30, -20), (32, -14), feet, 14, 1, (1, 1)))
    people.apron(b, 13, p.near)
    wrench = b.at((31, -17), 16, 62)
    wrench.hair([(0, 0.4), (0, -0.75)], 0.16, mix(p.light, p.dark, 0.25))
    wrench.disc((0, -0.8), 0.19, mix(p.light, p.dark, 0.25))
    for hand in ((30, -20), (32, -14)):
        b.disc(hand, 3.5, look.skin)


def _toolbox(b: Brush) -> None:
    p = b.palette
    b.hair(geo.dome((0, -70), (40, 30)), 9, p.dark)
    b.pill((-80, -74), (80, 0), p.accent, 8)
    b.box((-80, -52), (80, -42), mix(p.accent, p.dark, 0.35))
    b.pill((-14, -58), (14, -34), p.second, 4)
