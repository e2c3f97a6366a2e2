"""Scenes by the sea: harbour, ship, beach, lighthouse."""

from newsroom.demo.pictures import built, craft, nature, people, plants
from newsroom.demo.pictures import geometry as geo
from newsroom.demo.pictures.brush import WIDTH, Brush
from newsroom.demo.pictures.colour import Colour, fade, mix
from newsroom.demo.pictures.geometry import Outline, Point
from newsroom.demo.pictures.people import Look, Pose

PINISI_RAIL = geo.points("-0.52,-0.16 -0.4,-0.105 0,-0.065 0.34,-0.1 0.56,-0.21")
PINISI_KEEL = geo.points("0.56,-0.21 0.47,-0.06 0.36,0.06 -0.4,0.06 -0.49,-0.05")
JIBS = (
    geo.points("0.8,-0.27 0.26,-0.69 0.56,-0.2"),
    geo.points("0.5,-0.19 0.25,-0.6 0.34,-0.15"),
    geo.points("-0.045,-0.64 -0.03,-0.78 -0.25,-0.73"),
    geo.points("0.215,-0.62 0.23,-0.72 0.09,-0.69"),
)
SAILS = (
    geo.points("0.215,-0.17 0.215,-0.6 0.07,-0.68 0.015,-0.2"),
    geo.points("-0.045,-0.17 -0.045,-0.62 -0.27,-0.71 -0.37,-0.25"),
)


def harbour(b: Brush) -> None:
    """Morning: a pinisi at the quay, cranes beyond, porters at work."""
    p = b.palette
    _roads(b)
    nature.glitter(b, (1010, 585), 840, 95, p.light)
    craft.jukung(b, (290, 690), 210, p.accent, p.light)
    craft.jukung(b.at((1290, 668), flip=True), (0, 0), 170, p.near, p.second)
    pinisi(b, (735 + b.vary(15), 745), 690, p.light)
    nature.swell(b, 800, fade(p.near, 0.85))
    _quay(b, 838)
    carrier = Look(p.accent, p.dark, "caping", p.second, bare_arms=True)
    people.pikulan(b, (500 + b.vary(40), 905), 215, carrier)
    other = Look(p.light, p.near, skin=people.SKINS[2], bare_arms=True)
    people.pikulan(b, (890 + b.vary(40), 902), 205, other, flip=True)
    nature.birds(b, (560, 210), 6, 15, p.dark)


def _roads(b: Brush) -> None:
    """Sky, hills, cranes and the water before them."""
    p = b.palette
    nature.sky(b, 570)
    nature.sun(b, (1010 + b.vary(30), 330), 105, p.light)
    spots = [(330, 170), (1280, 230), (820, 110)]
    nature.clouds(b, spots, 240, mix(p.sky[1], p.light, 0.6))
    nature.ridge(b, 580, 95, p.far)
    for x, height in ((170, 330), (380, 270), (1330, 240)):
        _gantry(b.at((x + b.vary(20), 582), height), mix(p.far, p.dark, 0.35))
    nature.water(b, 575, (mix(p.sky[2], p.mid, 0.45), p.mid, p.near), p.light)


def _gantry(b: Brush, fill: Colour) -> None:
    for x in (-0.16, 0.16):
        b.line([(x, 0), (x * 0.75, -0.62)], 0.03, fill)
    b.line([(-0.14, -0.25), (0.14, -0.25)], 0.025, fill)
    b.line([(-0.5, -0.63), (0.8, -0.63)], 0.035, fill)
    b.line([(0.1, -0.62), (0.02, -1), (-0.12, -0.62)], 0.025, fill)
    for x in (0.78, 0.45, -0.48):
        b.hair([(0.02, -1), (x, -0.63)], 0.01, fill)
    b.hair([(0.55, -0.63), (0.55, -0.38)], 0.008, fill)
    b.box((0.47, -0.38), (0.63, -0.31), fill)


def pinisi(b: Brush, spot: Point, length: float, sail: Colour) -> None:
    """A two-masted Bugis schooner."""
    p = b.palette
    local = b.at(spot, length)
    _rig(local, sail)
    local.box((-0.43, -0.2), (-0.17, -0.08), p.light, "right")
    local.box((-0.46, -0.215), (-0.15, -0.195), p.accent)
    built.windows(local, (-0.42, -0.19), (-0.18, -0.11), (5, 1), (p.dark,))
    rail = geo.smooth(PINISI_RAIL)
    local.poly([*rail, *geo.smooth(PINISI_KEEL)], p.dark, "bottom")
    local.poly(geo.band(rail, 0, 0.035), p.accent)
    local.poly(geo.band(rail, 0.035, 0.047), p.light)


def _rig(b: Brush, sail: Colour) -> None:
    dark = b.palette.dark
    for x, top in ((-0.03, -0.8), (0.23, -0.74)):
        b.hair([(x, -0.06), (x, top)], 0.013, dark)
    b.hair([(0.44, -0.13), (0.82, -0.28)], 0.012, dark)
    for jib in JIBS:
        _canvas(b, jib, mix(sail, b.palette.accent, 0.1))
    for main in SAILS:
        _canvas(b, main, sail)
    b.hair([(-0.48, -0.14), (-0.03, -0.76)], 0.003, dark)
    b.hair([(0.82, -0.28), (0.23, -0.76)], 0.003, dark)


def _canvas(b: Brush, corners: Outline, fill: Colour) -> None:
    b.poly(corners, fill, "right")
    for t in (0.3, 0.55, 0.8):
        seam = [geo.lerp(corners[0], corners[1], t), geo.lerp(corners[-1], corners[-2], t)]
        b.hair(seam, 0.003, fade(b.palette.dark, 0.18))


def _quay(b: Brush, top: float) -> None:
    p = b.palette
    stone = mix(p.near, p.far, 0.6)
    nature.floor(b, top, stone, "bottom")
    b.box((0, top), (WIDTH, top + 16), mix(stone, p.light, 0.3))
    for x in geo.spread(60, 1440, 6):
        b.hair([(x, top + 16), (x, top + 170)], 2.5, mix(stone, p.dark, 0.4))
    b.curve([(396, 640), (350, 780), (262, 842)], 4, p.dark)
    b.pill((228, 834), (272, 880), p.dark, 8)
    b.pill((218, 822), (282, 842), p.dark, 10)
    fills = (p.second, mix(p.second, p.accent, 0.6), p.mid)
    for corner, fill in zip(((1060, 796), (1144, 796), (1100, 724)), fills, strict=True):
        _crate(b.at(corner, 80), fill)


def _crate(b: Brush, fill: Colour) -> None:
    b.box((0, 0), (1, 0.9), fill, "right")
    slat = mix(fill, b.palette.dark, 0.35)
    for top in (0, 0.8):
        b.box((0, top), (1, top + 0.1), slat)
    b.hair([(0.05, 0.83), (0.95, 0.08)], 0.09, slat)


def ship(b: Brush) -> None:
    """A white passenger ship on a calm sea, with a jukung for scale."""
    p = b.palette
    nature.sky(b, 600)
    nature.sun(b, (870 + b.vary(60), 330), 195, mix(p.second, p.light, 0.55))
    spots = [(230, 200), (1260, 160), (1330, 400)]
    nature.clouds(b, spots, 260, mix(p.sky[1], p.light, 0.8))
    nature.ridge(b, 610, 60, p.far)
    nature.water(b, 600, (p.mid, p.near), p.light)
    _decks(b)
    _hull(b)
    nature.swell(b, 718, mix(p.mid, p.near, 0.35), 18, 120)
    for x, wide in ((1170, 150), (1255, 190), (1350, 110), (340, 130)):
        nature.foam(b, (x, 735), wide, p.light)
    nature.swell(b, 770, mix(p.mid, p.near, 0.75), 20, 150)
    boat = 590 + b.vary(90)
    craft.lateen(b, (boat, 832), 210, (p.light, p.accent))
    craft.jukung(b, (boat, 838), 260, p.second, p.light)
    nature.swell(b, 868, p.near, 24, 190)
    nature.birds(b, (640, 170), 9, 18, p.light)


def _hull(b: Brush) -> None:
    p = b.palette
    rail = [(265, 540), (300, 575), (1120, 575), (1175, 540), (1290, 505)]
    b.poly([*rail, (1222, 640), (1180, 730), (330, 730), (285, 650)], p.light, "bottom")
    b.poly([(280, 622), (1232, 622), (1226, 640), (284, 640)], p.accent)
    b.poly([(299, 680), (1204, 680), (1180, 735), (330, 735)], p.dark)
    for x in geo.spread(360, 1080, 15):
        b.disc((x, 600), 9, p.near)
    b.line([(1178, 570), (1178, 600)], 7, p.dark)
    b.poly(geo.ribbon(geo.bowl((1178, 592), (18, 16)), 7, 7), p.dark)


def _deck(b: Brush, a: Point, c: Point) -> None:
    p = b.palette
    b.box(a, c, p.light, "right")
    b.box((a[0] - 10, a[1] - 6), (c[0] + 10, a[1] + 6), mix(p.light, p.near, 0.3))
    columns = int((c[0] - a[0]) / 36)
    built.windows(b, (a[0] + 8, a[1] + 8), (c[0] - 8, c[1] - 4), (columns, 1), (p.near, p.dark))


def _decks(b: Brush) -> None:
    p = b.palette
    b.poly([(508, 380), (530, 235), (640, 235), (628, 380)], p.accent, "right")
    b.poly([(525, 265), (521, 292), (635, 292), (637, 265)], p.light)
    b.poly([(528, 248), (530, 228), (641, 228), (640, 248)], p.dark)
    b.hair([(905, 215), (905, 400)], 7, p.dark)
    for stay in (800, 985):
        b.hair([(905, 222), (stay, 372)], 2, p.dark)
    b.pill((870, 206), (940, 222), p.dark, 5)
    b.disc((905, 202), 8, p.accent)
    _deck(b, (330, 505), (1110, 580))
    _deck(b, (400, 438), (1050, 508))
    _deck(b, (470, 372), (1000, 440))
    b.poly([(790, 374), (790, 312), (950, 312), (978, 374)], p.light, "right")
    b.poly([(812, 326), (942, 326), (956, 354), (812, 354)], p.dark)
    b.box((780, 303), (962, 314), p.accent)
    for x in geo.spread(450, 900, 4):
        b.pill((x, 452), (x + 84, 478), p.accent, 12)
        b.box((x + 6, 456), (x + 78, 462), p.light)


def beach(b: Brush) -> None:
    """Noon at high tide: fishers bring their catch up between the palms."""
    p = b.palette
    _bay(b)
    _shore(b)
    nature.shadow(b, (715, 808), 290)
    craft.lateen(b, (720, 762), 470, (p.accent, p.second))
    craft.jukung(b, (720, 770), 540, p.accent, p.light)
    plants.palm(b, (1240, 900), 640, -0.28 + b.vary(0.04), p.near)
    plants.palm(b, (1330, 930), 500, 0.1 + b.vary(0.04), mix(p.near, p.mid, 0.3))
    plants.palm(b, (110, 880), 540, 0.16 + b.vary(0.04), mix(p.near, p.mid, 0.15))
    nature.shadow(b, (965, 900), 130)
    carrier = Look(p.light, p.near, "caping", p.second, people.SKINS[1], bare_arms=True)
    people.pikulan(b, (965 + b.vary(20), 900), 270, carrier)
    hauling = Pose((26, -16), (30, -13), ((-16, 44), (6, 45)), -16, 1, (1, 1), 1)
    hauler = Look(p.second, p.dark, skin=people.SKINS[2], shorts=True, bare_arms=True)
    nature.shadow(b, (318, 858), 70)
    people.person(b, (320, 858), 255, hauler, hauling)
    b.hair([(396, 700), (446, 700)], 4, p.dark)
    for x in (40, 190, 1180, 1420):
        plants.grass(b, (x + b.vary(20), 985), 120, p.near)


def _bay(b: Brush) -> None:
    p = b.palette
    nature.sky(b, 430)
    nature.sun(b, (460 + b.vary(60), 180), 62, p.light)
    nature.billow(b, (1110 + b.vary(60), 425), 460, p.light)
    nature.billow(b, (640 + b.vary(60), 425), 240, mix(p.light, p.sky[1], 0.3))
    nature.volcano(b, (270, 320), 560, 430, p.far)
    deep, shallow = mix(p.mid, p.dark, 0.35), mix(p.mid, p.light, 0.5)
    nature.water(b, 425, (deep, p.mid, shallow), p.light)
    craft.lateen(b, (1020, 478), 70, (p.accent, p.light))
    craft.jukung(b, (1020, 480), 70, p.accent, p.light)


def _shore(b: Brush) -> None:
    p = b.palette
    line = geo.points("-40,690 260,700 520,740 800,770 1080,735 1290,650 1540,600")
    wet, dry = mix(p.light, p.second, 0.3), mix(p.light, p.second, 0.45)
    for rise, fill in ((34, mix(p.mid, p.light, 0.45)), (14, p.light), (0, wet)):
        nature.ground(b, [(x, y - rise + b.vary(5)) for x, y in line], fill)
    nature.ground(b, [(x, y + 90 + b.vary(6)) for x, y in line], dry, "bottom")


def lighthouse(b: Brush) -> None:
    """Dusk: the lamp is lit over a rising sea."""
    p = b.palette
    nature.sky(b, 690)
    nature.stars(b, 380, 90)
    nature.clouds(b, [(220, 480), (1300, 540), (1180, 400)], 300, mix(p.sky[2], p.sky[1], 0.75))
    nature.ridge(b, 700, 50, p.far)
    nature.water(b, 690, (mix(p.far, p.sky[3], 0.45), p.mid, p.near), p.sky[3])
    _beams(b, (750, 236), b.vary(60))
    _rocks(b, 690)
    built.house(b, (905, 738), 170, mix(p.light, p.far, 0.45), p.accent)
    b.box((922, 695), (946, 717), p.second)
    b.glow((934, 706), 60, p.second, 0.6)
    _tower(b.at((750, 700), 530))
    nature.glitter(b, (750, 830), 960, 120, p.second)
    for y, fill in ((800, mix(p.mid, p.far, 0.3)), (850, p.mid), (905, p.near)):
        nature.swell(b, y, fill, 20, 130)
    for x in (380, 1130, 610):
        nature.foam(b, (x, 806), 170, mix(p.light, p.far, 0.2))


def _beams(b: Brush, lamp: Point, tilt: float) -> None:
    x, y = lamp
    for side in (-1, 1):
        far = x + side * 950
        cone = [lamp, (far, y - 170 + side * tilt), (far, y + 70 + side * tilt)]
        b.poly(cone, fade(b.palette.second, 0.16))
        b.dust(cone, b.palette.second, "left" if side > 0 else "right", 0.42)
    b.glow(lamp, 190, b.palette.second, 0.9)


def _rocks(b: Brush, y: float) -> None:
    p = b.palette
    mass = geo.points("300,140 390,84 470,74 540,32 650,4 860,0 950,46 1060,60 1130,100 1230,140")
    facets = (
        geo.points("470,74 540,32 590,80 520,140 390,140"),
        geo.points("650,4 740,30 700,140 600,140"),
        geo.points("950,46 1060,60 1010,140 880,140"),
    )
    local = b.at((0, y))
    local.poly(mass, mix(p.mid, p.far, 0.55), "right")
    for facet in facets:
        local.poly(facet, mix(p.mid, p.far, 0.2), "right")
    for x, wide in ((430, 120), (1090, 130), (800, 110)):
        rock = local.at((x, 150), wide)
        rock.poly([(-1, 0), (-0.55, -0.4), (0.1, -0.5), (1, 0)], p.near, "right")


def _tower(b: Brush) -> None:
    p = b.palette
    b.poly(geo.mirrored([(-0.12, 0.0), (-0.072, -0.8)]), p.light, "right")
    for low, high in ((-0.02, -0.18), (-0.36, -0.52), (-0.68, -0.8)):
        sides = [(-0.12 - low * 0.06, low), (-0.12 - high * 0.06, high)]
        b.poly(geo.mirrored(sides), p.accent, "right")
    for y in (-0.28, -0.6):
        b.pill((-0.014, y - 0.045), (0.014, y), p.dark)
    _lantern(b)


def _lantern(b: Brush) -> None:
    p = b.palette
    b.box((-0.1, -0.82), (0.1, -0.79), p.dark)
    b.box((-0.055, -0.93), (0.055, -0.82), p.second)
    for x in geo.spread(-0.055, 0.055, 4):
        b.hair([(x, -0.93), (x, -0.82)], 0.008, p.dark)
    for x in geo.spread(-0.095, 0.095, 7):
        b.hair([(x, -0.87), (x, -0.82)], 0.005, p.dark)
    b.hair([(-0.098, -0.87), (0.098, -0.87)], 0.007, p.dark)
    b.poly(geo.dome((0, -0.93), (0.075, 0.07)), p.accent, "right")
    b.hair([(0, -0.99), (0, -1.06)], 0.008, p.dark)
