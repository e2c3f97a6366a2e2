"""Scenes in the country: mountain, rice field, kites, bicycle, train."""

import math
from itertools import pairwise

from newsroom.demo.pictures import built, craft, nature, people, plants
from newsroom.demo.pictures import geometry as geo
from newsroom.demo.pictures.brush import WIDTH, Brush
from newsroom.demo.pictures.colour import Colour, fade, mix
from newsroom.demo.pictures.geometry import Outline, Point
from newsroom.demo.pictures.people import Look, Pose

BEBEAN = geo.points("0,-0.5 0.32,-0.36 0.62,-0.4 0.42,-0.06 0.16,0.1 0.42,0.5 0,0.32")
JANGGAN = geo.points("0,-0.22 0.4,-0.3 0.78,-0.12 0.4,0.08 0,0.18 -0.4,0.08 -0.78,-0.12 -0.4,-0.3")
JANGGAN_HEAD = geo.points("-0.1,-0.12 0,-0.46 0.1,-0.12 0.13,0.1 0,0.22 -0.13,0.1")
SADDLE = geo.points("-140,-198 -90,-206 -40,-200 -60,-186 -120,-182")
FRAME_BARS = (
    geo.points("-185,0 -25,10"),
    geo.points("-185,0 -75,-160"),
    geo.points("-25,10 -80,-185"),
    geo.points("-25,10 130,-150"),
    geo.points("-72,-140 125,-165"),
    geo.points("185,0 122,-190 118,-225"),
)


def mountain(b: Brush) -> None:
    """Dawn: a smoking volcano over a sea of mist, a hamlet awake on the near ridge."""
    p = b.palette
    nature.sky(b, 760)
    nature.stars(b, 200, 40)
    nature.sun(b, (330 + b.vary(40), 560), 80, p.second)
    nature.clouds(b, [(230, 330), (1270, 300)], 280, mix(p.sky[1], p.sky[2], 0.6))
    nature.plume(b, (790, 250), 190, mix(p.light, p.sky[2], 0.35))
    nature.volcano(b, (780, 240), 1250, 720, mix(p.far, p.mid, 0.4))
    nature.volcano(b, (1210, 480), 620, 720, mix(p.mid, p.far, 0.25))
    nature.haze(b, 760, 260, p.sky[3], 0.75)
    nature.ridge(b, 740, 95, mix(p.mid, p.sky[2], 0.25))
    nature.haze(b, 830, 170, mix(p.sky[3], p.far, 0.25), 0.7)
    nature.ridge(b, 815, 80, mix(p.mid, p.near, 0.6))
    nature.haze(b, 900, 130, mix(p.far, p.mid, 0.4), 0.5)
    _hamlet(b)


def _hamlet(b: Brush) -> None:
    p = b.palette
    for x in (*geo.spread(20, 360, 6), *geo.spread(1150, 1490, 6)):
        foot = x + b.vary(20), 900 + b.vary(15)
        plants.conifer(b, foot, 190 + b.vary(60), mix(p.near, p.dark, 0.3))
    crest = geo.points("-40,860 200,880 480,850 760,800 1000,830 1260,885 1540,860")
    nature.ground(b, crest, p.dark)
    for x in geo.spread(40, 1460, 26):
        y = 878 - 46 * math.exp(-(((x - 770) / 260) ** 2))
        plants.grass(b, (x + b.vary(24), y + b.vary(8)), 44, mix(p.dark, p.near, 0.35))
    built.joglo(b, (760 + b.vary(20), 830), 210, mix(p.near, p.mid, 0.4), mix(p.near, p.dark, 0.2))
    for x, y, wide in ((570, 862, 130), (940, 850, 140), (1080, 872, 110)):
        house = x + b.vary(12), y
        built.house(b, house, wide, mix(p.near, p.mid, 0.3), mix(p.near, p.dark, 0.35))
        _lit(b, (house[0] - wide * 0.31, y - wide * 0.26), wide * 0.14)
    for x in (720, 760, 800):
        _lit(b, (x - 10, 792), 20)
    plants.palm(b, (660, 850), 190, -0.12, mix(p.near, p.dark, 0.4))
    plants.palm(b, (865, 840), 160, 0.14, mix(p.near, p.dark, 0.4))


def _lit(b: Brush, corner: Point, size: float) -> None:
    x, y = corner
    b.glow((x + size / 2, y + size / 2), size * 3, b.palette.second, 0.6)
    b.box(corner, (x + size, y + size), b.palette.second)


def rice_field(b: Brush) -> None:
    """Morning in the terraces: a farmer in a caping carries seedlings along the bank."""
    p = b.palette
    nature.sky(b, 520)
    nature.sun(b, (470 + b.vary(60), 230), 95, p.light)
    nature.clouds(b, [(1180, 150), (180, 150)], 240, p.light)
    nature.volcano(b, (900, 200), 1000, 500, p.far)
    nature.haze(b, 520, 160, p.light, 0.6)
    nature.ridge(b, 500, 90, mix(p.far, p.near, 0.35), "bottom")
    for x in (60, 150, 300, 1190, 1330, 1420):
        foot = x + b.vary(20), 490.0
        plants.palm(b, foot, 190 + b.vary(30), b.vary(0.15), mix(p.near, p.far, 0.2))
    _terraces(b)
    _dangau(b.at((1120, 655), 190))
    planter = Look(p.light, p.near, "caping", p.second)
    people.person(b, (360, 690), 150, planter, people.STOOPING)
    people.person(b.at((955, 628), flip=True), (0, 0), 112, planter, people.STOOPING)
    farmer = Look(p.accent, p.dark, "caping", p.second, people.SKINS[1], bare_arms=True)
    people.pikulan(b, (690 + b.vary(50), 815), 330, farmer)


def _terraces(b: Brush) -> None:
    p = b.palette
    y = 500.0
    for i in range(9):
        bow, step = 60 + i * 10, 20 + i * 7.5
        _terrace(b, y, bow, mix(p.near, p.dark, 0.25))
        crop = mix(p.mid, p.second if i % 2 else p.near, b.rng.uniform(0.15, 0.35))
        flooded = i % 3 == 1
        fill = mix(p.sky[0], p.light, 0.45) if flooded else crop
        edge = _terrace(b, y + 6 + i * 1.4, bow, fill)
        for row in range(5 if i == 8 else 2):
            drop = step * (0.45 + row * 0.45)
            _shoots(b, geo.moved(edge, 0, drop), 9 + i * 2.6, mix(p.near, p.mid, 0.25))
        y += step


def _terrace(b: Brush, y: float, bow: float, fill: Colour) -> Outline:
    phase = 1.2 + y / 170 + b.vary(0.35)
    edge: list[Point] = []
    for x in geo.spread(-40, 1540, 24):
        t = (x - 750) / 750
        edge.append((x, y - bow * t * t + math.sin(t * 4 + phase) * bow * 0.22))
    nature.ground(b, edge, fill)
    return edge


def _shoots(b: Brush, edge: Outline, size: float, fill: Colour) -> None:
    for x, y in geo.smooth(edge, steps=4)[:: max(1, int(size / 8))]:
        spot = x + b.vary(size * 0.2), y
        for angle in (-120, -90, -60):
            tip = geo.polar(spot, size * b.rng.uniform(0.8, 1.1), angle)
            b.hair([spot, tip], size * 0.13, fill)


def _dangau(b: Brush) -> None:
    """The open hut where the field is watched."""
    p = b.palette
    for x in (-0.36, 0.36):
        b.box((x - 0.025, -0.7), (x + 0.025, 0), mix(p.second, p.dark, 0.6))
    b.box((-0.44, -0.3), (0.44, -0.24), mix(p.second, p.dark, 0.45))
    b.poly(geo.mirrored([(-0.6, -0.62), (-0.2, -1.0)]), mix(p.second, p.accent, 0.3), "right")


def kites(b: Brush) -> None:
    """Windy season: children fly Balinese kites from a beach."""
    p = b.palette
    _windy_beach(b)
    shift = b.vary(40)
    red = Look(p.accent, p.dark, bare_arms=True)
    _flyer(b, (560, 872), 215, (690 + shift, 350), red)
    white = Look(p.light, p.accent, "long", bare_arms=True)
    _flyer(b, (705, 884), 190, (1080, 290 + shift / 2), white)
    yellow = Look(p.second, p.near, skin=people.SKINS[2], shorts=True, bare_arms=True)
    _flyer(b, (855, 872), 172, (1000, 560), yellow)
    _janggan(b.at((690 + shift, 330), 210, -14))
    _bebean(b.at((1080, 270 + shift / 2), 190, 16))
    _diamond(b.at((1000, 560), 70, b.rng.uniform(10, 30)), (p.second, p.light))
    _diamond(b.at((400, 250), 46, b.rng.uniform(10, 30)), (p.accent, p.second))
    plants.verge(b, 995, 18, 46, p.near)


def _windy_beach(b: Brush) -> None:
    p = b.palette
    nature.sky(b, 760)
    nature.sun(b, (310 + b.vary(40), 590), 110, p.light)
    spots = [(230, 200), (1230, 520), (620, 640), (1330, 130)]
    nature.clouds(b, spots, 300, mix(p.sky[1], p.light, 0.65))
    nature.ridge(b, 745, 70, mix(p.far, p.sky[2], 0.3))
    sea = mix(p.sky[0], p.near, 0.3), p.sky[0], mix(p.sky[1], p.light, 0.4)
    nature.water(b, 735, sea, p.light)
    sand = mix(p.second, p.light, 0.6)
    tideline = geo.points("-40,850 360,830 750,812 1120,838 1540,872")
    nature.ground(b, geo.moved(tideline, 0, -14), p.light)
    nature.ground(b, tideline, mix(sand, p.second, 0.2))
    nature.ground(b, geo.moved(tideline, 0, 34), sand, "bottom")
    for x, lean in ((60, 0.2), (150, 0.05), (1430, -0.2)):
        plants.palm(b, (x, 900), 330 + b.vary(40), lean + b.vary(0.06), p.near)


def _flyer(b: Brush, foot: Point, height: float, kite: Point, look: Look) -> None:
    scale = height / 100
    hands = foot[0] + 19 * scale, foot[1] - 72 * scale
    sag = (hands[0] + kite[0]) / 2 + 20, (hands[1] + kite[1]) / 2 + 46
    b.hair(geo.smooth([hands, sag, kite]), 1.8, fade(b.palette.light, 0.9))
    pull = Pose((17, -20), (19, -27), ((-12, 44), (10, 46)), -12, 1, (1, 1), 1)
    nature.shadow(b, foot, height * 0.3)
    people.person(b, foot, height, look, pull)


def _janggan(b: Brush) -> None:
    p = b.palette
    _tail(b, 2.9, (p.second, p.accent))
    b.poly(geo.smooth(JANGGAN, closed=True), p.dark, "right")
    inner = [(x * 0.74, y * 0.66 - 0.02) for x, y in JANGGAN]
    b.poly(geo.smooth(inner, closed=True), p.second)
    b.blob(JANGGAN_HEAD, p.accent, "right")
    for x in (-0.05, 0.05):
        b.disc((x, -0.16), 0.03, p.light)


def _tail(b: Brush, length: float, fills: tuple[Colour, Colour]) -> None:
    ends = geo.spread(0, 1, 10)
    path = geo.smooth(
        [(-length * t, 0.12 + length * (0.34 * t + math.sin(t * 9) * 0.055)) for t in ends]
    )
    for i in range(0, len(path) - 4, 4):
        wide = length * (0.012 + 0.06 * (1 - i / len(path)))
        b.hair(path[i : i + 5], wide, fills[i // 4 % 2])


def _bebean(b: Brush) -> None:
    p = b.palette
    whole = [*BEBEAN, *((-x, y) for x, y in reversed(BEBEAN[1:-1]))]
    for size, drop, fill in ((1.0, 0.0, p.accent), (0.66, -0.04, p.light), (0.4, -0.06, p.dark)):
        layer = [(x * size, y * size + drop) for x, y in whole]
        b.poly(geo.smooth(layer, closed=True), fill, "right")
    b.hair([(0, -0.5), (0, 0.32)], 0.015, p.dark)


def _diamond(b: Brush, fills: tuple[Colour, Colour]) -> None:
    b.curve(geo.points("0,0.7 -0.2,1.1 0.15,1.5 -0.1,1.95"), 0.03, b.palette.light)
    for y in (1.05, 1.4, 1.75):
        bow = [(-0.14, y - 0.08), (0.14, y + 0.08), (0.14, y - 0.08), (-0.14, y + 0.08)]
        b.poly(bow, fills[0])
    corners = geo.points("0,-0.6 0.45,0 0,0.75 -0.45,0 0,-0.6")
    for i in range(4):
        b.poly([(0, 0), *corners[i : i + 2]], fills[i % 2])


def bicycle(b: Brush) -> None:
    """Early light on the river dike: to market by onthel, with flowers in the basket."""
    p = b.palette
    nature.sky(b, 800)
    nature.sun(b, (750 + b.vary(30), 400), 285, mix(p.second, p.sky[0], 0.35))
    nature.clouds(b, [(230, 220), (1270, 300), (1180, 140)], 250, p.light)
    nature.volcano(b, (1150, 500), 800, 720, mix(p.far, p.sky[0], 0.25))
    nature.ridge(b, 720, 130, p.far)
    nature.ridge(b, 740, 80, p.mid, "bottom")
    built.joglo(b, (330 + b.vary(20), 746), 220, p.light, mix(p.accent, p.dark, 0.2))
    for x, high in ((80, 330), (240, 250), (1330, 280), (1450, 350)):
        plants.palm(b, (x + b.vary(20), 760), high, b.vary(0.16), p.near)
    nature.water(b, 748, (p.sky[0], mix(p.sky[0], p.near, 0.5), p.near), p.light)
    nature.glitter(b, (750, 756), 835, 150, mix(p.second, p.light, 0.4))
    nature.floor(b, 838, mix(p.near, p.mid, 0.4))
    nature.floor(b, 862, mix(p.far, p.light, 0.3), "bottom")
    plants.verge(b, 864, 24, 48, p.near)
    nature.shadow(b, (740, 926), 330)
    _cyclist(b.at((745 + b.vary(20), 802)))
    nature.birds(b, (1000, 190), 6, 15, p.dark)


def _cyclist(b: Brush) -> None:
    p = b.palette
    b.line([(-25, 10), (-2, 50)], 7, p.dark)
    _onthel(b, mix(p.near, p.dark, 0.2))
    look = Look(p.accent, mix(p.near, p.dark, 0.45), "hijab", p.light)
    feet = ((18, 26), (8, 51))
    rider = Pose((37, -7), (38.5, -6), feet, 15, 1, (1, 1), -1)
    people.figure(b.at((-88, -205), 4.7), look, rider)
    _basket(b)


def _onthel(b: Brush, frame: Colour) -> None:
    p = b.palette
    for hub in ((-185.0, 0.0), (185.0, 0.0)):
        built.spoked_wheel(b, hub, 118, 14)
        b.hair(geo.arc(hub, (130, 130), 195, 345), 9, frame)
    for bar in FRAME_BARS:
        b.line(bar, 10, frame)
    b.curve([(70, -222), (95, -238), (135, -232)], 9, p.dark)
    b.blob(SADDLE, p.dark)
    b.line([(-205, -140), (-120, -140)], 8, p.dark)
    b.disc((-25, 10), 30, mix(p.dark, p.light, 0.25))


def _basket(b: Brush) -> None:
    p = b.palette
    for i in range(9):
        spot = 150 + i * 11, -222 - (i % 3) * 15
        plants.leaf(b, spot, 46, -90 + b.vary(50), mix(p.near, p.mid, 0.4))
        b.disc(spot, 15, b.rng.choice((p.accent, p.light, p.second)))
        b.disc(spot, 6, mix(p.accent, p.second, 0.5))
    wicker = mix(p.second, p.dark, 0.25)
    b.poly([(130, -212), (262, -212), (244, -130), (148, -130)], wicker, "right")
    for y in (-190, -165, -148):
        b.hair([(136, y), (256, y)], 4, mix(p.second, p.dark, 0.5))


def train(b: Brush) -> None:
    """Noon: a two-car local train crosses a valley on its viaduct."""
    p = b.palette
    nature.sky(b, 620)
    nature.sun(b, (480 + b.vary(60), 200), 80, p.light)
    nature.clouds(b, [(1120, 150), (230, 260)], 270, p.light)
    nature.volcano(b, (990, 230), 1250, 640, mix(p.far, p.sky[0], 0.35))
    nature.ridge(b, 620, 200, p.far, "bottom")
    nature.ridge(b, 700, 130, mix(p.far, p.mid, 0.6), "bottom")
    middle = 750 + b.vary(50)
    craft.railcar(b, (middle + 222, 522), 440)
    craft.railcar(b, (middle - 222, 522), 440, flip=True)
    b.box((middle - 6, 406), (middle + 6, 500), p.dark)
    _viaduct(b, 520, mix(p.light, p.dark, 0.28))
    _valley(b)


def _viaduct(b: Brush, deck: float, fill: Colour) -> None:
    spans = geo.spread(-150, 1650, 10)
    for x0, x1 in pairwise(spans):
        half = (x1 - x0) / 2 - 24
        arch = geo.dome(((x0 + x1) / 2, deck + 130), (half, 96))
        b.poly([(x0, deck), (x0, deck + 130), *arch, (x1, deck + 130), (x1, deck)], fill)
    for x in spans:
        pier = [(x - 24, deck + 120), (x + 24, deck + 120), (x + 36, 900), (x - 36, 900)]
        b.poly(pier, fill, "right")
    nature.strip(b, (deck, deck + 24), mix(fill, b.palette.light, 0.35))
    nature.strip(b, (deck + 24, deck + 32), mix(fill, b.palette.dark, 0.4))


def _valley(b: Brush) -> None:
    p = b.palette
    nature.ridge(b, 850, 90, p.mid, "bottom")
    stream = geo.points("700,1010 790,930 720,880 810,838 840,838 780,880 900,930 960,1010")
    b.poly(geo.smooth(stream), mix(p.sky[0], p.light, 0.3))
    built.house(b, (480 + b.vary(30), 880), 150, p.light, p.accent)
    built.house(b, (1080 + b.vary(30), 890), 130, p.light, mix(p.accent, p.dark, 0.2))
    for x, high in ((90, 300), (220, 240), (610, 200), (1230, 260), (1400, 330)):
        plants.palm(b, (x + b.vary(20), 930), high, b.vary(0.16), p.near)
    for place in geo.spread(20, WIDTH - 20, 18):
        if not 640 < place < 1000:
            plants.grass(b, (place + b.vary(20), 985), 70, p.near)
