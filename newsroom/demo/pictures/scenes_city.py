"""Scenes in town: rainy street, skyline, bus, hospital, factory."""

from itertools import pairwise

from newsroom.demo.pictures import built, craft, nature, people, plants
from newsroom.demo.pictures import geometry as geo
from newsroom.demo.pictures.brush import WIDTH, Brush
from newsroom.demo.pictures.colour import Colour, fade, mix
from newsroom.demo.pictures.geometry import Outline, Point
from newsroom.demo.pictures.people import Look, Pose

OJEK_GREEN, LAWN = "#2f9e53", "#1f5a4a"


def rain_street(b: Brush) -> None:
    """Evening rain: a red umbrella on a shining street."""
    p = b.palette
    nature.sky(b, 560)
    built.blocks(b, 540, (60, 230), mix(p.far, p.sky[2], 0.45))
    _wet_road(b)
    _street_side(b, -60, 590)
    _street_side(b, 1560, 910)
    for x, y, high in ((465, 640, 330), (1040, 640, 330), (590, 560, 170), (915, 560, 170)):
        lamp = b.at((x, y), flip=x > WIDTH / 2)
        built.lamppost(lamp, (0, 0), high, p.dark, p.second)
    _oncoming(b.at((880 + b.vary(15), 690), 150), mix(p.accent, p.near, 0.35))
    other = Look(p.near, p.dark, "behind")
    people.person(b, (560, 690), 170, other, Pose((-13, 0), (6, -30)))
    _umbrella(b.at((572, 474), 136), p.second)
    _walker(b)
    nature.rain(b, 210, fade(p.light, 0.4))


def _walker(b: Brush) -> None:
    p = b.palette
    nature.shadow(b, (735, 912), 120)
    look = Look(mix(p.second, p.light, 0.25), p.dark, "behind")
    feet = ((-7, 46), (7, 42))
    people.person(b, (730, 912), 420, look, Pose((-15, 2), (9, -26), feet))
    _umbrella(b.at((766, 368), 350), p.accent)
    b.oval((752, 955), (120, 22), fade(p.accent, 0.35))


def _umbrella(b: Brush, fill: Colour) -> None:
    b.hair([(0, 0.05), (0, 0.7)], 0.02, b.palette.dark)
    hems: list[Point] = []
    for x in (0.375, 0.125, -0.125, -0.375):
        hems += geo.arc((x, 0.36), (0.125, -0.05), 0, 180)
    b.poly([*geo.dome((0, 0.36), (0.5, 0.36)), *hems], fill, "right")
    for x in (-0.25, 0.25):
        out = geo.smooth([(x * 0.1, 0), (x * 0.8, 0.14), (x, 0.33)])
        back = geo.smooth([(x * 1.08, 0.33), (x * 0.95, 0.14), (x * 0.1, 0)])
        b.poly([*out, *back], mix(fill, b.palette.dark, 0.25))
    b.hair([(0, 0.02), (0, -0.06)], 0.02, b.palette.dark)


def _street_side(b: Brush, near: float, far: float) -> None:
    """Four shophouses running away from the viewer."""
    p = b.palette
    trims = [p.accent, p.near, mix(p.accent, p.second, 0.5)]
    b.rng.shuffle(trims)
    whole = [(near, -260.0), (far, 290.0), (far, 536.0), (near, 900.0)]
    cuts = (0.0, 0.42, 0.68, 0.86, 1.0)
    for i, (u0, u1) in enumerate(pairwise(cuts)):
        wall = geo.part(whole, (u0, 0.1 * b.rng.random()), (u1, 1))
        fill = mix((p.mid, p.near, p.far, p.mid)[i], p.sky[1], i * 0.16)
        _shophouse(b, wall, fill, trims[i % 3])


def _shophouse(b: Brush, wall: Outline, fill: Colour, trim: Colour) -> None:
    p = b.palette
    b.poly(wall, fill)
    b.poly(geo.part(wall, (0, 0), (1, 0.04)), mix(fill, p.light, 0.25))
    for v in (0.12, 0.36):
        for u in (0.12, 0.42, 0.72):
            pane = p.second if b.chance(0.5) else mix(fill, p.dark, 0.55)
            b.poly(geo.part(wall, (u, v), (u + 0.18, v + 0.15)), pane)
    b.poly(geo.part(wall, (0.06, 0.68), (0.94, 1)), mix(p.second, p.light, 0.2))
    for u in (0.3, 0.62):
        b.poly(geo.part(wall, (u, 0.68), (u + 0.025, 1)), mix(fill, p.dark, 0.6))
    b.poly(geo.part(wall, (0.06, 0.9), (0.94, 1)), mix(fill, p.dark, 0.5))
    for i in range(6):
        stripe = geo.part(wall, (i / 6, 0.6), ((i + 1) / 6, 0.7))
        b.poly(stripe, trim if i % 2 else mix(trim, p.light, 0.75))


def _wet_road(b: Brush) -> None:
    p = b.palette
    nature.floor(b, 530, mix(p.near, p.dark, 0.35))
    road = [(585, 530), (915, 530), (1560, 1010), (-60, 1010)]
    b.poly(road, mix(p.near, p.mid, 0.5), "bottom")
    for edge, inner, outer in ((-20, 600, 585), (1520, 900, 915)):
        kerb = [(edge, 880), (inner, 530), (outer, 530), (edge, 860)]
        b.poly(kerb, mix(p.far, p.light, 0.2))
    for _ in range(46):
        _reflection(b, b.rng.random() ** 1.3)
    for _ in range(22):
        spot = b.rng.uniform(60, 1440), b.rng.uniform(720, 970)
        b.oval(spot, (26, 6), fade(p.light, 0.3))


def _reflection(b: Brush, depth: float) -> None:
    p = b.palette
    x, y = 750 + b.vary(230 + 560 * depth), 560 + 420 * depth
    half, tall = 3 + 4 * depth, 40 + 110 * depth
    fill = b.rng.choice((p.second, p.second, p.light, p.accent, p.far))
    b.pill((x - half, y), (x + half, y + tall), fade(fill, 0.24))


def _oncoming(b: Brush, fill: Colour) -> None:
    """A minibus seen from in front, lamps lit."""
    p = b.palette
    b.poly(geo.rounded((-0.5, -0.98), (0.5, -0.12), 0.12), fill, "bottom")
    b.poly(geo.rounded((-0.42, -0.9), (0.42, -0.5), 0.06), mix(p.dark, p.far, 0.45))
    b.box((-0.5, -0.4), (0.5, -0.34), p.light)
    for x in (-0.36, 0.36):
        b.box((x - 0.09, -0.14), (x + 0.09, 0), p.dark)
        b.glow((x, -0.28), 0.55, p.second, 0.85)
        b.disc((x, -0.28), 0.08, p.light)
        b.pill((x - 0.05, 0.06), (x + 0.05, 0.7), fade(p.second, 0.4))


def skyline(b: Brush) -> None:
    """Blue hour on the waterfront: lights come on around the mosque."""
    p = b.palette
    nature.sky(b, 830)
    nature.stars(b, 330, 60)
    nature.moon(b, (1080 + b.vary(60), 190), 46)
    nature.clouds(b, [(330, 250), (1240, 400)], 300, mix(p.sky[1], p.sky[2], 0.5))
    built.blocks(b, 800, (60, 220), mix(p.far, p.sky[2], 0.35))
    far = geo.points("20,300 150,380 290,270 420,330 975,320 1090,270 1210,370 1350,300")
    _towers(b, far, p.mid)
    near = geo.points("-30,330 90,210 225,270 340,170 1065,180 1170,250 1290,200 1400,330")
    _towers(b, near, p.near)
    _water_tower(b.at((455, 800), 250))
    _mosque(b.at((750, 800), 430))
    _waterfront(b)


def _towers(b: Brush, spots: Outline, fill: Colour) -> None:
    for x, tall in spots:
        size = b.rng.uniform(84, 118), tall * b.rng.uniform(0.88, 1.1)
        _tower(b, (x + b.vary(14), 800 - size[1]), size[0], fill)


def _tower(b: Brush, corner: Point, wide: float, fill: Colour) -> None:
    p = b.palette
    (x, top), dark = corner, mix(fill, p.dark, 0.3)
    b.box(corner, (x + wide, 800), fill, "right")
    grid = max(2, int(wide / 20)), max(3, int((800 - top) / 26))
    lit = (p.second, mix(p.second, p.light, 0.5), dark, dark, dark)
    built.windows(b, (x + 4, top + 6), (x + wide - 4, 800), grid, lit)
    match b.rng.randrange(4):
        case 0:
            b.poly([(x, top), (x + wide, top - wide * 0.5), (x + wide, top)], fill)
        case 1:
            b.box((x + wide * 0.2, top - 24), (x + wide * 0.8, top), fill)
            b.hair([(x + wide * 0.5, top - 80), (x + wide * 0.5, top)], 4, fill)
            b.disc((x + wide * 0.5, top - 80), 4, p.accent)
        case 2:
            b.poly(geo.dome((x + wide / 2, top), (wide / 2, wide * 0.3)), fill, "right")
        case _:
            b.box((x + wide * 0.1, top - 14), (x + wide * 0.5, top), fill)


def _water_tower(b: Brush) -> None:
    steel = mix(b.palette.far, b.palette.light, 0.2)
    for x in (-0.18, 0.0, 0.18):
        b.hair([(x * 1.3, 0), (x, -0.7)], 0.035, steel)
    for y in (-0.22, -0.46):
        b.hair([(-0.22, y), (0.22, y)], 0.025, steel)
    b.poly([*geo.dome((0, -0.95), (0.27, 0.1)), *geo.bowl((0, -0.7), (0.27, 0.08))], steel, "right")
    b.hair([(-0.27, -0.83), (0.27, -0.83)], 0.03, b.palette.accent)


def _mosque(b: Brush) -> None:
    p = b.palette
    stone = mix(p.light, p.sky[2], 0.35)
    b.glow((0, -0.4), 1.0, p.second, 0.45)
    for x in (-0.52, 0.52):
        _minaret(b.at((x, 0)), stone)
    b.box((-0.42, -0.42), (0.42, 0), stone, "right")
    b.box((-0.45, -0.45), (0.45, -0.41), mix(stone, p.dark, 0.25))
    for x in geo.spread(-0.33, 0.33, 5):
        b.poly([*geo.dome((x, -0.24), (0.055, 0.07)), (x + 0.055, 0), (x - 0.055, 0)], p.second)
    b.box((-0.24, -0.54), (0.24, -0.44), mix(stone, p.dark, 0.12), "right")
    built.windows(b, (-0.23, -0.54), (0.23, -0.44), (9, 1), (p.second,))
    tiles = mix(p.far, p.light, 0.12)
    half = geo.smooth(geo.points("-0.2,-0.53 -0.27,-0.66 -0.2,-0.8 -0.06,-0.9 0,-1"))
    b.poly(geo.mirrored(half), tiles, "right")
    b.hair([(0, -0.98), (0, -1.08)], 0.012, p.second)
    b.disc((0, -1.1), 0.026, p.second)


def _minaret(b: Brush, stone: Colour) -> None:
    p = b.palette
    b.box((-0.045, -1.02), (0.045, 0), stone, "right")
    b.box((-0.07, -0.86), (0.07, -0.83), mix(stone, p.dark, 0.25))
    b.box((-0.025, -0.98), (0.025, -0.88), p.second)
    half = geo.smooth(geo.points("-0.05,-1.02 -0.062,-1.08 -0.03,-1.14 0,-1.2"))
    b.poly(geo.mirrored(half), mix(p.far, p.light, 0.12), "right")
    b.hair([(0, -1.19), (0, -1.26)], 0.01, p.second)


def _waterfront(b: Brush) -> None:
    p = b.palette
    for x in geo.spread(-10, 1510, 30):
        if not 540 < x < 960:
            tree = x + b.vary(16), 806 + b.vary(8)
            b.disc(tree, 30 + b.vary(8), mix(p.near, LAWN, 0.45), "bottom")
    nature.water(b, 826, (mix(p.sky[2], p.near, 0.55), p.near, p.dark), p.far)
    nature.glitter(b, (750, 846), 985, 130, p.second)
    for x in (130, 300, 470, 1030, 1200, 1370):
        nature.glitter(b, (x + b.vary(20), 846), 950, 34, mix(p.second, p.accent, 0.3))
    nature.strip(b, (806, 834), mix(p.near, p.dark, 0.5))
    for x in geo.spread(100, 1400, 8):
        built.lamppost(b, (x, 812), 90, mix(p.near, p.far, 0.3), p.second)
    craft.jukung(b, (1010 + b.vary(60), 895), 190, p.dark, p.far)
    craft.sampan(b, (440 + b.vary(60), 880), 140, p.dark)


def bus(b: Brush) -> None:
    """Noon: the city bus pulls in, an angkot ahead, an ojek rider alongside."""
    p = b.palette
    nature.sky(b, 760)
    nature.sun(b, (1130 + b.vary(50), 200), 78, p.light)
    nature.clouds(b, [(300, 170), (830, 120), (1330, 330)], 250, p.light)
    built.blocks(b, 720, (150, 360), mix(p.far, p.sky[1], 0.35))
    built.blocks(b, 720, (60, 240), mix(p.far, p.mid, 0.15))
    for x in geo.spread(60, 1450, 7):
        plants.tree(b, (x + b.vary(30), 730), 260 + b.vary(40), mix(p.mid, p.near, 0.3))
    nature.strip(b, (720, 790), mix(p.far, p.light, 0.5))
    _shelter(b.at((235, 768)))
    for x in (175, 275):
        waiting = people.anyone(b, (p.accent, p.second, p.near, p.light), p.dark)
        people.person(b, (x + b.vary(20), 776), 172, waiting)
    nature.floor(b, 785, mix(p.dark, p.far, 0.42), "bottom")
    nature.strip(b, (785, 797), p.light)
    craft.angkot(b, (1345 + b.vary(20), 815), 270, p.second, p.light)
    nature.shadow(b, (790, 845), 440)
    craft.bus(b, (790 + b.vary(15), 842), 860, p.accent, p.light)
    for x in geo.spread(40, 1460, 8):
        b.poly([(x - 50, 878), (x + 50, 878), (x + 44, 888), (x - 56, 888)], p.light)
    _ojek(b.at((730 + b.vary(40), 908)))


def _shelter(b: Brush) -> None:
    p = b.palette
    b.box((-150, -205), (150, -20), fade(mix(p.sky[0], p.light, 0.4), 0.7))
    for x in (-146, 0, 146):
        b.box((x - 5, -215), (x + 5, 0), p.dark)
    b.poly(geo.mirrored([(-180, -212), (-165, -244)]), p.second, "right")
    b.box((-110, -62), (60, -50), mix(p.dark, p.light, 0.2))


def _ojek(b: Brush) -> None:
    craft.motorbike(b, (0, 0), 270, b.palette.dark)
    rider = Look(OJEK_GREEN, b.palette.dark, "helmet", OJEK_GREEN, people.SKINS[1])
    riding = Pose((26, -14), (28, -12), ((10, 24), (16, 27)), 8, 1, (1, 1), -1)
    people.figure(b.at((-48, -148), 2.1), rider, riding)


def hospital(b: Brush) -> None:
    """A bright morning at the district hospital."""
    p = b.palette
    nature.sky(b, 780)
    nature.sun(b, (380 + b.vary(40), 190), 70, mix(p.second, p.light, 0.5))
    nature.clouds(b, [(1180, 160), (160, 260)], 260, p.light)
    nature.ridge(b, 640, 120, p.far, "bottom")
    for x in (120, 1390):
        plants.palm(b, (x, 780), 420, b.vary(0.12), p.near)
    _wing(b, (210, 400), (535, 770), (5, 4))
    _wing(b, (965, 400), (1290, 770), (5, 4))
    _wing(b, (535, 250), (965, 770), (6, 5))
    b.poly(geo.rounded((660, 130), (840, 290), 26), p.accent, "right")
    craft.cross(b, (750, 210), 108, p.light)
    _portico(b)
    nature.strip(b, (765, 812), mix(p.mid, p.light, 0.35))
    for place in geo.spread(20, 1480, 20):
        if not 550 < place < 950:
            b.disc((place + b.vary(20), 778), 34 + b.vary(8), p.near, "bottom")
    nature.floor(b, 795, mix(p.far, p.light, 0.45), "bottom")
    craft.ambulance(b, (1000 + b.vary(30), 890), 400)
    _wheelchair(b.at((540 + b.vary(30), 892), 1.9))


def _wing(b: Brush, a: Point, c: Point, grid: tuple[int, int]) -> None:
    p = b.palette
    b.box(a, c, p.light, "right")
    b.box((a[0] - 8, a[1] - 14), (c[0] + 8, a[1] + 4), p.mid)
    panes = (p.mid, p.mid, mix(p.mid, p.sky[0], 0.5), p.near)
    built.windows(b, (a[0] + 16, a[1] + 20), (c[0] - 16, c[1] - 20), grid, panes)


def _portico(b: Brush) -> None:
    p = b.palette
    b.box((610, 600), (890, 770), mix(p.near, p.dark, 0.3))
    for x in geo.spread(610, 890, 5):
        b.box((x - 4, 600), (x + 4, 770), p.light)
    b.box((560, 582), (940, 612), p.mid, "bottom")
    for x in (580, 920):
        b.box((x - 9, 610), (x + 9, 775), p.light, "right")


def _wheelchair(b: Brush) -> None:
    p = b.palette
    nurse = Look(p.mid, p.mid, "hijab", p.light)
    pushing = Pose((18, -16), (20, -14), ((-12, 45), (8, 46)), 6, 1, (1, 1), 1)
    people.person(b, (-34, 0), 100, nurse, pushing)
    patient = Look(p.second, p.dark, skin=people.SKINS[2])
    seated = Pose((12, -6), (15, -4), ((25, 22), (28, 22)), -6, 1, (1, 1), -1)
    people.figure(b.at((6, -31), 0.88), patient, seated)
    b.line(geo.points("-14,-50 -8,-46 -8,-26 20,-26 26,-8"), 2.6, p.dark)
    b.ring((-2, -15), 13.8, 2.4, p.dark)
    b.disc((24, -5), 5, p.dark)


def factory(b: Brush) -> None:
    """Early shift: workers walk in beneath sawtooth roofs."""
    p = b.palette
    nature.sky(b, 780)
    nature.sun(b, (520 + b.vary(40), 340), 150, mix(p.second, p.light, 0.35))
    nature.ridge(b, 720, 110, p.far)
    for x, high in ((950, 480), (1120, 540)):
        _chimney(b, (x + b.vary(10), 720), high)
    for x, high in ((170, 330), (310, 270)):
        _silo(b, (x, 760), 130, high)
    b.line([(170, 470), (310, 470), (420, 520)], 14, mix(p.near, p.light, 0.2))
    b.box((1240, 600), (WIDTH + 10, 780), mix(p.mid, p.near, 0.5), "right")
    built.windows(b, (1270, 620), (1500, 700), (6, 2), (p.second, p.light, p.near))
    _hall(b)
    nature.floor(b, 772, mix(p.far, p.near, 0.4), "bottom")
    nature.shadow(b, (1010, 852), 230)
    craft.truck(b, (1010 + b.vary(30), 850), 430)
    _early_shift(b)


def _hall(b: Brush) -> None:
    p = b.palette
    for left in geo.spread(400, 1080, 5):
        bay = b.at((left, 470))
        bay.poly([(0, 310), (0, 0), (170, 76), (170, 310)], p.mid)
        bay.poly([(0, 0), (170, 76), (170, 90), (0, 14)], mix(p.mid, p.dark, 0.35))
        pane = [(12, 42), (105, 82), (105, 120), (12, 120)]
        bay.poly(pane, mix(p.second, p.light, 0.35), "bottom")
    b.dust(geo.box((400, 560), (1250, 780)), p.dark, "bottom", 0.4)
    b.box((480, 650), (640, 780), mix(p.dark, p.near, 0.35))
    for y in geo.spread(660, 770, 8):
        b.hair([(480, y), (640, y)], 3, mix(p.near, p.dark, 0.2))


def _chimney(b: Brush, foot: Point, height: float) -> None:
    p = b.palette
    x, y = foot
    nature.plume(b, (x, y - height - 6), height * 0.5, mix(p.light, p.far, 0.3))
    stack = b.at(foot, height)
    stack.poly(geo.mirrored([(-0.06, 0), (-0.04, -1)]), p.near, "right")
    for level in (0.97, 0.84):
        half = 0.043 + (1 - level) * 0.02
        stack.box((-half, -level), (half, 0.06 - level), p.accent)


def _silo(b: Brush, foot: Point, width: float, height: float) -> None:
    p = b.palette
    x, y = foot
    steel = mix(p.light, p.near, 0.3)
    cap = geo.dome((x, y - height), (width / 2, width * 0.3))
    b.poly([*cap, (x + width / 2, y), (x - width / 2, y)], steel, "right")
    for level in (0.3, 0.6, 0.9):
        seam = y - height * level
        b.hair([(x - width / 2, seam), (x + width / 2, seam)], 3, mix(steel, p.dark, 0.25))


def _early_shift(b: Brush) -> None:
    p = b.palette
    drill = mix(p.near, p.light, 0.15)
    looks = (
        Look(drill, p.dark, "helmet", p.second, people.SKINS[0]),
        Look(p.accent, p.dark, "hijab", p.light, people.SKINS[1]),
        Look(drill, p.dark, "helmet", p.second, people.SKINS[2]),
    )
    for x, y, look in zip((370, 510, 660), (900, 886, 900), looks, strict=True):
        foot = x + b.vary(15), y
        nature.shadow(b, foot, 50)
        people.person(b, foot, 225, look, people.STROLLING)
