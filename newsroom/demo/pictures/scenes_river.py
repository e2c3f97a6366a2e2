"""Scenes on rivers: boat race, flood, bridge."""

import math

from newsroom.demo.pictures import built, craft, nature, people, plants
from newsroom.demo.pictures import geometry as geo
from newsroom.demo.pictures.brush import WIDTH, Brush
from newsroom.demo.pictures.colour import Colour, fade, mix
from newsroom.demo.pictures.geometry import Point
from newsroom.demo.pictures.people import Look, Pose

VEST, YELLOW_HELMET = "#f26a1b", "#f2c53d"
CANOE_RAIL = geo.points("-640,-74 -560,-26 -400,-4 0,6 400,-6 520,-34 590,-96")
CANOE_KEEL = geo.points("590,-96 540,4 400,34 0,40 -400,34 -560,16 -640,-74")
RAFT = geo.points("-265,-66 -220,-46 0,-34 210,-46 290,-86 300,-50 240,14 0,26 -230,18 -280,-26")
KNEELING: people.Feet = ((-5, 14), (5, 14))


def boat_race(b: Brush) -> None:
    """Pacu jalur: long canoes neck and neck, a boy dancing on the bow."""
    p = b.palette
    _far_bank(b)
    nature.water(b, 372, (mix(p.near, p.light, 0.4), p.near, mix(p.near, p.dark, 0.45)), p.light)
    for x in (210, 620, 1330):
        b.disc((x + b.vary(40), 402), 9, p.accent, "bottom")
    lead = b.vary(25)
    _canoe(b.at((640 - lead, 505), 0.72), p.dark, p.second)
    _canoe(b.at((690 + lead, 676)), p.accent, mix(p.light, p.second, 0.1))
    _bow_dancer(b.at((1112 + lead, 580), 2.15))
    _canoe(b.at((600 - lead, 862), 1.15), mix(p.mid, p.dark, 0.2), mix(p.accent, p.second, 0.45))


def _far_bank(b: Brush) -> None:
    p = b.palette
    nature.sky(b, 340)
    nature.clouds(b, [(330, 110), (1150, 90)], 250, p.light)
    nature.ridge(b, 300, 110, p.far, "bottom")
    for x in geo.spread(40, 1460, 9):
        plants.palm(b, (x + b.vary(40), 330), 190 + b.vary(40), b.vary(0.15), p.mid)
    built.bunting(b, (-20, 190), (750, 190), 26, (p.accent, p.second, p.light))
    built.bunting(b, (750, 190), (1520, 190), 26, (p.second, p.light, p.accent))
    b.box((0, 300), (WIDTH, 380), mix(p.mid, p.dark, 0.3))
    for y in (318, 340):
        fills = (p.accent, p.second, p.light, p.far, people.SKINS[1], p.dark)
        people.onlookers(b, y, 30, fills)


def _canoe(b: Brush, hull: Colour, shirt: Colour) -> None:
    p = b.palette
    reach = b.rng.choice((0.0, 5.0, 9.0))
    for x in geo.spread(-430, 330, 12):
        _paddler(b.at((x, -10)), shirt, reach)
    rail = geo.smooth(CANOE_RAIL)
    b.poly([*rail, *geo.smooth(CANOE_KEEL)], hull, "bottom")
    b.poly(geo.band(rail, 0, 9), p.light)
    for i, x in enumerate(geo.spread(-420, 400, 24)):
        b.poly([(x - 9, 24), (x, 13), (x + 9, 24), (x, 34)], (p.second, p.light)[i % 2])
    for x in geo.spread(-394, 366, 12):
        nature.foam(b, (x, 52), 54, p.light)
    for x, wide in ((440, 110), (500, 130), (570, 90)):
        nature.foam(b, (x, 48), wide, p.light)


def _paddler(b: Brush, shirt: Colour, reach: float) -> None:
    look = Look(shirt, b.palette.dark, skin=people.SKINS[1], bare_arms=True)
    hand, lean = (20 + reach, -8.0), 24 + reach
    feet = ((-5, 10), (5, 10))
    people.figure(b, look, Pose((24 + reach, -20), hand, feet, lean, 1, (1, 1)))
    headband = [geo.turned(end, lean) for end in ((-7, -52), (7.6, -51))]
    b.hair(headband, 3.4, b.palette.light)
    wood = mix(b.palette.second, b.palette.dark, 0.3)
    b.line([(hand[0] + 6, hand[1] - 26), (hand[0] - 4, 54)], 2.6, wood)
    b.oval((hand[0] - 5, 54), (4.6, 13), wood)


def _bow_dancer(b: Brush) -> None:
    p = b.palette
    look = Look(p.dark, p.dark, skin=people.SKINS[1])
    people.figure(b, look, Pose((-26, -44), (30, -26), ((-7, 46), (6, 45)), -4, 1, (-1, 1)))
    upper = b.at((0, 0), 1, -4)
    upper.poly(geo.points("-8,-52 0,-64 8,-52 8,-50 -8,-50"), p.second)
    upper.poly(geo.points("-8.4,-3 8.4,-3 9,4 -9,4"), p.accent)


def river_flood(b: Brush) -> None:
    """Rain: a rubber boat takes people out of a drowned street."""
    p = b.palette
    _drowned_row(b)
    nature.water(b, 548, (mix(p.mid, p.light, 0.35), p.mid, p.near), p.light)
    built.house(b, (290, 745), 420, mix(p.light, p.mid, 0.15), p.second)
    _stranded(b, (300 + b.vary(20), 480))
    built.house(b, (1275, 750), 400, mix(p.light, p.far, 0.25), mix(p.second, p.dark, 0.25))
    built.lamppost(b, (1030, 700), 400, p.dark, None)
    nature.swell(b, 662, mix(p.mid, p.near, 0.35), 9, 120)
    for x in (300, 1270):
        nature.glitter(b, (x, 676), 730, 150, mix(p.mid, p.dark, 0.25))
    raft = b.at((745 + b.vary(30), 812), 1.28)
    _raft(raft)
    raft.blob(geo.points("-290,26 -180,6 20,22 220,6 330,28 20,48"), mix(p.mid, p.light, 0.35))
    nature.swell(b, 862, mix(p.mid, p.near, 0.7), 12, 150)
    nature.rain(b, 240, fade(p.light, 0.42))


def _drowned_row(b: Brush) -> None:
    p = b.palette
    nature.sky(b, 560)
    spots = [(260, 90), (700, 60), (1200, 110), (980, 200)]
    nature.clouds(b, spots, 420, mix(p.sky[0], p.dark, 0.22))
    nature.ridge(b, 540, 110, p.far)
    for x, wide in ((120, 210), (420, 240), (1120, 250), (1390, 220)):
        wall, roof = mix(p.light, p.far, 0.5), mix(p.second, p.far, 0.4)
        built.house(b, (x + b.vary(20), 600), wide, wall, roof)
    plants.palm(b, (560, 600), 360, 0.12, mix(p.far, p.dark, 0.45))
    plants.tree(b, (830, 610), 270, mix(p.far, p.dark, 0.3))


def _stranded(b: Brush, foot: Point) -> None:
    p = b.palette
    waving = Pose((-14, -2), (20, -56), ((12, 22), (20, 20)), 0, 0, (1, 1), -1)
    man = Look(p.light, p.dark, skin=people.SKINS[2], bare_arms=True)
    people.figure(b.at(foot, 1.25), man, waving)
    woman = Look(p.accent, p.near, "hijab", p.light)
    people.figure(b.at((foot[0] - 60, foot[1]), 1.05), woman, waving)


def _raft(b: Brush) -> None:
    p = b.palette
    lap = Pose((-4, -4), (4, -4), KNEELING)
    granny = Look(mix(p.light, p.second, 0.35), p.near, "hijab", mix(p.far, p.light, 0.5))
    people.figure(b.at((-20, -42), 2.1), granny, lap)
    child = Look(p.second, p.near, skin=people.SKINS[1])
    people.figure(b.at((60, -34), 1.5), child, lap)
    _rescuer(b.at((-150, -60), 2.1), p.light, Pose((16, -16), (26, -4), KNEELING, 8, 1, (1, 1)))
    _rescuer(b.at((160, -60), 2.1), YELLOW_HELMET, Pose((-18, -10), (16, -20), KNEELING, 4, -1))
    b.line([(190, -150), (262, 40)], 7, p.dark)
    b.oval((266, 48), (16, 38), p.dark)
    b.blob(RAFT, VEST, "bottom")
    b.curve([(-262, -22), (0, 0), (250, -22)], 7, p.light)
    for x in geo.spread(-190, 190, 5):
        b.disc((x, -8), 7, p.dark)


def _rescuer(b: Brush, helmet: Colour, pose: Pose) -> None:
    people.figure(b, Look(VEST, b.palette.dark, "helmet", helmet), pose)
    upper = b.at((0, 0), 1, pose.lean)
    for x in (-5, 5):
        upper.hair([(x, -34), (x * 0.9, 2)], 2.4, b.palette.light)
    upper.hair([(-9, -14), (9, -14)], 2.2, b.palette.light)


def bridge(b: Brush) -> None:
    """Dusk: twin arches over the river, the sun going down between them."""
    p = b.palette
    nature.sky(b, 660)
    nature.sun(b, (750, 470 + b.vary(20)), 185, p.second)
    spots = [(260, 190), (1240, 160), (1040, 330), (420, 330)]
    nature.clouds(b, spots, 300, mix(p.sky[2], p.light, 0.12))
    nature.ridge(b, 650, 190, mix(p.far, p.sky[2], 0.35))
    nature.ridge(b, 668, 100, p.far)
    built.blocks(b, 676, (10, 40), p.mid)
    nature.water(b, 670, (p.sky[3], p.sky[2], p.sky[1], p.near), p.light)
    nature.glitter(b, (750, 680), 980, 150, p.second)
    for x in (130, 750, 1370):
        _pier(b, x, 600)
    for x in (440, 1060):
        _arch(b, x, 582, 300, 260)
    nature.strip(b, (576, 606), p.near)
    nature.strip(b, (576, 583), mix(p.near, p.light, 0.4))
    craft.sampan(b, (480 + b.vary(60), 850), 240, p.dark)
    craft.sampan(b, (1040 + b.vary(60), 790), 150, p.near, flip=True)
    nature.birds(b, (1010, 270), 7, 14, p.dark)


def _pier(b: Brush, x: float, top: float) -> None:
    p = b.palette
    b.poly([(x - 30, top), (x + 30, top), (x + 24, 735), (x - 24, 735)], p.near, "right")
    b.pill((x - 58, 722), (x + 58, 748), p.near, 8)


def _arch(b: Brush, centre: float, deck: float, half: float, rise: float) -> None:
    """One tied arch: two ribs, one behind the other, and the deck hung from them."""
    p = b.palette
    back = geo.dome((centre + 18, deck), (half, rise - 14))
    b.hair(back, 16, mix(p.accent, p.dark, 0.5))
    for x in geo.spread(-0.86, 0.86, 13):
        top = deck - rise * math.sqrt(1 - x * x)
        b.hair([(centre + x * half, top), (centre + x * half, deck)], 3, fade(p.light, 0.8))
    front = geo.dome((centre, deck), (half, rise))
    b.hair(front, 24, p.accent)
    b.hair(geo.moved(front, 0, -8), 5, mix(p.accent, p.second, 0.6))
