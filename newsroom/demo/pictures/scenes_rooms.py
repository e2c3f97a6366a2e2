"""Scenes in public rooms: classroom, council, library."""

import math

from newsroom.demo.pictures import built, nature, people, plants
from newsroom.demo.pictures import geometry as geo
from newsroom.demo.pictures.brush import HEIGHT, WIDTH, Brush
from newsroom.demo.pictures.colour import Colour, fade, mix
from newsroom.demo.pictures.geometry import Outline, Point
from newsroom.demo.pictures.people import Look, Pose

NAVY, LAMPSHADE, GREY = "#2b4672", "#2f7a5c", "#8d8a86"
VEIL_BEHIND = geo.points(
    "0,-0.88 0.27,-0.68 0.28,-0.4 0.36,-0.02 0,0.12 -0.36,-0.02 -0.28,-0.4 -0.27,-0.68"
)
PLAIT = geo.points("0,-0.44 0.1,-0.25 0.06,0.02 -0.08,0 -0.1,-0.25")
CHALK_CONE = geo.points("-120,90 -36,-56 -12,-40 14,-60 110,90")


def classroom(b: Brush) -> None:
    """A lesson under way, one hand already up."""
    p = b.palette
    built.room(b, p.far, mix(p.mid, p.far, 0.25), 690)
    built.view(b, (70, 200), (320, 520), p.light)
    built.flag(b, (1185, 690), 460, 110)
    fills = (p.accent, p.near, p.second, p.mid, p.light)
    built.bookcase(b, (1270, 420), (1480, 690), 3, fills)
    _globe(b.at((1375, 350), 66))
    _clock(b.at((750, 118), 46))
    _blackboard(b, (440, 215), (1060, 520))
    teacher = Look(mix(p.near, p.sky[0], 0.2), p.dark, "hijab", p.second, skirt=True)
    pointing = Pose((-31, -42), (13, -12), face=-1, bends=(-1, -1))
    people.person(b, (1105, 735), 430, teacher, pointing)
    b.hair([(977, 360), (905, 322)], 5, p.mid)
    eager = b.rng.randrange(4)
    _pupils(b, 700, (330, 590, 850, 1110), eager)
    _pupils(b, 850, (190, 560, 940, 1310), (eager + 2) % 4)


def _globe(b: Brush) -> None:
    p = b.palette
    b.hair([(0, 0.9), (0, 1.2)], 0.14, p.dark)
    b.pill((-0.5, 1.0), (0.5, 1.12), p.dark)
    b.disc((0, 0), 1, mix(p.near, p.sky[0], 0.5), "right")
    land = geo.points("-0.53,-0.3 -0.08,-0.6 0.23,-0.15 -0.08,0.45 -0.45,0.23")
    b.blob(land, mix(p.near, p.second, 0.3))


def _clock(b: Brush) -> None:
    p = b.palette
    b.disc((0, 0), 1, p.dark)
    b.disc((0, 0), 0.85, p.light)
    b.line([(0, -0.6), (0, 0), (0.42, 0.18)], 0.1, p.dark)


def _blackboard(b: Brush, a: Point, c: Point) -> None:
    p = b.palette
    b.box((a[0] - 18, a[1] - 18), (c[0] + 18, c[1] + 18), p.mid, "bottom")
    b.box(a, c, p.near, "right")
    b.box((a[0] - 18, c[1] + 18), (c[0] + 18, c[1] + 30), mix(p.mid, p.dark, 0.3))
    white = fade(p.light, 0.9)
    cone = b.at((a[0] + 170, a[1] + 150))
    cone.hair(CHALK_CONE, 6, white)
    cone.hair([(-130, 90), (125, 90)], 6, white)
    cone.curve([(0, -66), (20, -96), (60, -90), (90, -112)], 6, white)
    for x in (-70, -20, 36):
        cone.hair([(x * 0.45, -6), (x, 64)], 4, fade(p.second, 0.9))
    _orbits(b.at((a[0] + 440, a[1] + 150)))


def _orbits(b: Brush) -> None:
    p = b.palette
    b.disc((0, 0), 24, fade(p.second, 0.95))
    for radius, angle in ((56, 200), (92, 320), (126, 60)):
        ring = geo.oval((0, 0), (radius, radius * 0.72))
        b.hair(ring, 3.5, fade(p.light, 0.75))
        x, y = geo.polar((0, 0), radius, angle)
        b.disc((x, y * 0.72), 11, p.light)


def _pupils(b: Brush, y: float, xs: tuple[float, ...], eager: int) -> None:
    """A row of desks seen from behind; one child of each row knows the answer."""
    size = (y - 350) * 0.37
    for i, x in enumerate(xs):
        _desk(b.at((x, y), size * 1.55))
        _pupil(b.at((x + b.vary(8), y), size), raised=i == eager)


def _desk(b: Brush) -> None:
    p = b.palette
    b.box((-0.5, 0), (0.5, 0.07), mix(p.mid, p.light, 0.25), "right")
    b.box((-0.46, 0.07), (0.46, 0.26), mix(p.mid, p.dark, 0.2))


def _pupil(b: Brush, *, raised: bool) -> None:
    p = b.palette
    skin = b.rng.choice(people.SKINS)
    if raised:
        b.line([(0.3, -0.1), (0.42, -0.5)], 0.17, p.light)
        b.line([(0.42, -0.5), (0.44, -0.85)], 0.12, skin)
        b.disc((0.44, -0.9), 0.08, skin)
    b.poly(geo.rounded((-0.42, -0.2), (0.42, 0.9), 0.22), p.light, "right")
    b.box((-0.09, -0.32), (0.09, -0.1), mix(skin, p.dark, 0.25))
    if b.chance(0.35):
        b.blob(VEIL_BEHIND, p.light, "right")
    else:
        _pupil_head(b, skin)
    b.box((-0.46, 0.42), (0.46, 0.62), p.mid, "bottom")
    for x in (-0.36, 0.36):
        b.box((x - 0.04, 0.42), (x + 0.04, 1.3), mix(p.mid, p.dark, 0.3))


def _pupil_head(b: Brush, skin: Colour) -> None:
    b.poly(geo.points("-0.26,-0.2 0,-0.08 0.26,-0.2 0.2,-0.24 -0.2,-0.24"), NAVY)
    for x in (-0.25, 0.25):
        b.disc((x, -0.5), 0.06, skin)
    b.oval((0, -0.56), (0.26, 0.3), people.HAIR)
    if b.chance(0.45):
        b.disc((0, -0.42), 0.06, b.palette.accent)
        b.blob(PLAIT, people.HAIR)


def council(b: Brush) -> None:
    """A council in session: the floor listens to the speaker."""
    p = b.palette
    _panelling(b)
    b.box((480, 40), (1020, 620), p.accent, "bottom")
    for x in geo.spread(480, 1020, 10):
        b.hair([(x, 40), (x, 620)], 6, mix(p.accent, p.dark, 0.25))
    built.medallion(b, (750, 205), 108, mix(p.far, p.dark, 0.25))
    for x in (525, 925):
        built.flag(b, (x, 560), 350, 120)
    nature.floor(b, 560, mix(p.near, p.accent, 0.25), "top")
    dais = [(430, 560), (1070, 560), (1130, 640), (370, 640)]
    b.poly(dais, mix(p.far, p.light, 0.3), "bottom")
    _speaker(b.at((750, 590)))
    for base, size, count in ((668, 74, 15), (762, 98, 11), (880, 130, 9)):
        _bench(b, base + size * 0.1, size * 0.5, mix(p.far, p.mid, 0.4))
        _delegates(b, base + size * 0.42, size, count)
        _bench(b, base + size * 0.95, size * 0.7, mix(p.mid, p.near, 0.4))


def _panelling(b: Brush) -> None:
    p = b.palette
    b.box((0, 0), (WIDTH, HEIGHT), mix(p.far, p.light, 0.12))
    for x in geo.spread(0, 1450, 20):
        b.box((x, 0), (x + 36, 640), mix(p.far, p.mid, b.rng.uniform(0.35, 0.5)))
    b.dust(geo.box((0, 0), (WIDTH, 640)), mix(p.mid, p.dark, 0.35), "top", 0.6)
    bar = mix(p.mid, p.dark, 0.2)
    for x in (130, 1130):
        b.box((x, 90), (x + 240, 560), mix(p.sky[0], p.light, 0.3), "bottom")
        for step in geo.spread(x, x + 240, 5):
            b.box((step - 5, 90), (step + 5, 560), bar)
        b.box((x - 14, 320), (x + 254, 332), bar)


def _speaker(b: Brush) -> None:
    p = b.palette
    suit = Look(p.dark, p.dark, "peci", people.PECI)
    people.person(b, (0, 10), 300, suit, Pose((-23, -22), (25, -42), bends=(-1, 1)))
    b.poly(geo.points("-6,-234 6,-234 10,-196 -10,-196"), p.light)
    b.poly(geo.points("-3,-226 3,-226 4,-200 0,-190 -4,-200"), p.accent)
    b.poly(geo.mirrored([(-92, -150), (-70, 20)]), p.far, "right")
    b.box((-104, -164), (104, -146), mix(p.far, p.light, 0.35))
    built.medallion(b, (0, -70), 40, mix(p.far, p.dark, 0.25))
    b.curve([(-44, -162), (-40, -190), (-22, -206)], 5, p.dark)


def _row(base: float, x: float) -> float:
    """How high the curved rows stand at `x`."""
    return base - 60 * ((x - 750) / 750) ** 2


def _bench(b: Brush, base: float, depth: float, fill: Colour) -> None:
    edge: Outline = [(x, _row(base, x)) for x in geo.spread(-40, 1540, 24)]
    b.poly(geo.band(edge, 0, depth), fill, "bottom")
    b.poly(geo.band(edge, 0, depth * 0.16), mix(fill, b.palette.light, 0.3))


def _delegates(b: Brush, base: float, size: float, count: int) -> None:
    p = b.palette
    suits = (p.dark, mix(p.dark, p.near, 0.5), NAVY, p.near, mix(p.far, p.dark, 0.55))
    for x in geo.spread(-20, 1520, count):
        local = b.at((x + b.vary(size * 0.05), _row(base, x)), size)
        shoulders = geo.rounded((-0.44, -0.16), (0.44, 1), 0.2)
        local.poly(shoulders, b.rng.choice(suits), "right")
        _delegate_head(local)


def _delegate_head(b: Brush) -> None:
    p = b.palette
    style = b.rng.choice(("veil", "peci", "hair", "hair", "grey", "veil", "peci", "hair"))
    if style == "veil":
        veil = mix(b.rng.choice((p.accent, p.second, p.light)), p.far, 0.25)
        b.blob([(x, y * 0.86) for x, y in VEIL_BEHIND], veil, "right")
        return
    b.box((-0.08, -0.24), (0.08, -0.1), people.SKINS[2])
    b.oval((0, -0.44), (0.22, 0.27), GREY if style == "grey" else people.HAIR)
    if style == "peci":
        b.poly(geo.points("-0.24,-0.46 -0.2,-0.76 0.2,-0.76 0.24,-0.46"), people.PECI)


def library(b: Brush) -> None:
    """A quiet afternoon among tall shelves."""
    p = b.palette
    fills = (p.accent, p.near, p.second, mix(p.near, p.light, 0.4), mix(p.second, p.light, 0.5))
    built.room(b, mix(p.far, p.light, 0.45), mix(p.far, p.mid, 0.4), 770)
    _arched_window(b, 750, 190, (110, 640))
    for left in (-30, 230, 1000, 1260):
        built.bookcase(b, (left, 60), (left + 270, 770), 6, fills)
    built.bookcase(b, (500, 650), (1000, 770), 1, fills)
    b.poly([(560, 650), (940, 650), (1130, 1000), (370, 1000)], fade(p.light, 0.16))
    _ladder(b, (1090 + b.vary(25), 790), (1160, 120))
    climber = Look(p.near, p.dark, skin=people.SKINS[1])
    feet = ((4, 34), (10, 46))
    climbing = Pose((2, -40), (26, -50), feet, 4, 1, (1, 1), 1)
    people.figure(b.at((1096, 440), 2.4), climber, climbing)
    _reader(b.at((750, 770)))
    _desk_lamp(b.at((540, 812)))
    _reading_table(b)
    for i in range(4):
        x, fill = 910 + b.vary(12), b.rng.choice(fills)
        b.pill((x, 782 - i * 25), (x + 160, 806 - i * 25), fill, 4)


def _arched_window(b: Brush, centre: float, half: float, span: tuple[float, float]) -> None:
    p = b.palette
    top, bottom = span
    spring, foot = top + half, [(centre + half, bottom), (centre - half, bottom)]
    outer = geo.dome((centre, spring), (half + 26, half + 26))
    stone = [*outer, (centre + half + 26, bottom), (centre - half - 26, bottom)]
    b.poly(stone, mix(p.far, p.light, 0.25), "right")
    vault = geo.dome((centre, spring), (half, half))
    with b.clipped([*vault, *foot]):
        b.gradient(top, bottom, p.sky)
        b.disc((centre + 60, top + 170), 58, p.light)
        nature.ridge(b, bottom - 20, 130, mix(p.near, p.sky[0], 0.45))
        plants.palm(b, (centre - 90, bottom + 20), 250, 0.12, mix(p.near, p.sky[0], 0.2))
        plants.tree(b, (centre + 110, bottom + 10), 190, mix(p.near, p.sky[0], 0.15))
    frame = mix(p.mid, p.dark, 0.3)
    for x in geo.spread(-half, half, 5):
        rise = math.sqrt(max(0.0, half * half - x * x))
        b.hair([(centre + x, spring - rise), (centre + x, bottom)], 9, frame)
    for y in (spring, (spring + bottom) / 2):
        b.hair([(centre - half, y), (centre + half, y)], 9, frame)
    b.hair(vault, 12, frame)


def _ladder(b: Brush, foot: Point, top: Point) -> None:
    wood = mix(b.palette.second, b.palette.mid, 0.45)
    for shift in (-26, 26):
        b.line(geo.moved([foot, top], shift, 0), 10, wood)
    for t in geo.spread(0.06, 0.94, 9):
        x, y = geo.lerp(foot, top, t)
        b.hair([(x - 26, y), (x + 26, y)], 8, wood)


def _reader(b: Brush) -> None:
    p = b.palette
    look = Look(p.accent, p.dark, "hijab", p.light)
    holding = Pose((-9, -14), (9, -14), ((-5, 30), (5, 30)))
    people.figure(b.at((0, 16), 3.6), look, holding)
    for side in (-1, 1):
        page = [(0, -34), (side * 62, -62), (side * 66, -12), (0, 12)]
        b.poly(page, p.light, "bottom")
        cover = [(0, 12), (side * 66, -12), (side * 66, -4), (0, 20)]
        b.poly(cover, mix(p.near, p.dark, 0.2))


def _desk_lamp(b: Brush) -> None:
    p = b.palette
    b.glow((0, -90), 230, p.second, 0.55)
    b.pill((-40, -12), (40, 0), p.dark, 6)
    b.hair([(0, 0), (0, -120)], 8, mix(p.second, p.dark, 0.3))
    b.poly(geo.mirrored([(-70, -96), (-48, -148)]), LAMPSHADE, "right")
    b.pill((-66, -100), (66, -90), p.light, 5)


def _reading_table(b: Brush) -> None:
    p = b.palette
    b.box((330, 808), (1170, 838), p.mid, "right")
    b.box((330, 808), (1170, 816), mix(p.mid, p.light, 0.35))
    b.box((392, 838), (1108, 940), mix(p.mid, p.dark, 0.15), "top")
    for x in (360, 1110):
        b.box((x, 838), (x + 32, HEIGHT), mix(p.mid, p.dark, 0.3))
