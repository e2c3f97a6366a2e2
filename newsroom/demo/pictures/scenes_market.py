"""Scenes of trade and neighbourhood: market, night market, garden."""

import math

from newsroom.demo.pictures import built, nature, people, plants
from newsroom.demo.pictures import geometry as geo
from newsroom.demo.pictures.brush import WIDTH, Brush
from newsroom.demo.pictures.colour import Colour, fade, mix
from newsroom.demo.pictures.geometry import Point
from newsroom.demo.pictures.people import Look, Pose

AUBERGINE, BANANA, TEAL, VIOLET = "#7a3b63", "#fbd96a", "#35aa9d", "#8a6bb5"


def market(b: Brush) -> None:
    """Morning market: awnings up, baskets full."""
    p = b.palette
    _square(b)
    sellers = (
        Look(p.second, p.dark, "hijab", p.accent),
        Look(p.near, p.dark, "bun"),
        Look(p.accent, p.dark, "caping", p.second),
    )
    awnings = (p.near, p.accent, mix(p.second, p.accent, 0.3))
    for x, seller, awning in zip((230, 750, 1270), sellers, awnings, strict=True):
        _stall(b.at((x, 800)), seller, awning)
    aunt = Look(mix(p.light, p.second, 0.3), p.near, "hijab", p.near, skirt=True)
    _shopper(b.at((505 + b.vary(20), 912), 3.2), aunt)
    uncle = Look(p.accent, p.dark, skin=people.SKINS[2], bare_arms=True)
    _shopper(b.at((1010 + b.vary(20), 915), 3.35, flip=True), uncle)


def _square(b: Brush) -> None:
    p = b.palette
    nature.sky(b, 760)
    nature.sun(b, (1180 + b.vary(40), 190), 85, mix(p.second, p.light, 0.4))
    nature.clouds(b, [(260, 150), (800, 110)], 220, p.light)
    nature.ridge(b, 560, 120, p.far)
    for x in (70, 1430, 1350):
        foot = x + b.vary(20), 720.0
        plants.palm(b, foot, 430 + b.vary(50), b.vary(0.15), mix(p.near, p.mid, 0.3))
    wall, roof = mix(p.far, p.light, 0.3), mix(p.accent, p.far, 0.35)
    built.joglo(b, (740, 640), 720, wall, roof)
    nature.floor(b, 700, mix(p.far, p.light, 0.45), "bottom")
    fills = (p.accent, p.second, p.near, p.light)
    built.bunting(b, (-10, 190), (750, 215), 22, fills)
    built.bunting(b, (750, 215), (1510, 190), 22, fills)


def _stall(b: Brush, seller: Look, awning: Colour) -> None:
    p = b.palette
    for x in (-216, 216):
        b.box((x - 6, -400), (x + 6, 0), mix(p.second, p.dark, 0.6))
    b.box((-216, -330), (216, -90), mix(p.dark, p.far, 0.3))
    for x in (-160, 160):
        _bananas(b.at((x, -300), 70))
    people.person(b, (b.vary(10), -20), 265, seller, Pose((-17, -2), (17, -2)))
    b.box((-235, -120), (235, 0), mix(p.far, p.second, 0.35), "bottom")
    b.box((-235, -124), (235, -108), mix(p.second, p.dark, 0.55))
    orange = mix(p.accent, p.second, 0.5)
    crops = [(p.accent,), (p.mid, p.near), (p.second,), (orange,), (AUBERGINE,)]
    b.rng.shuffle(crops)
    for x, crop in zip((-160, 0, 160), crops, strict=False):
        _heap(b.at((x, -130), 136), crop)
    built.awning(b, (-254, -440), (254, -340), (awning, p.light))


def _bananas(b: Brush) -> None:
    b.hair([(0, -0.7), (0, 0)], 0.04, b.palette.dark)
    for turn in (-40, -20, 0, 20, 40):
        hand = b.at((0, 0), 1, turn)
        hand.curve([(0, 0), (0.12, 0.35), (0.02, 0.75)], 0.2, BANANA, 0.07)


def _heap(b: Brush, fills: tuple[Colour, ...]) -> None:
    """A basket heaped with one crop."""
    for row in range(4):
        for x in geo.spread(-0.1 * (4 - row), 0.1 * (4 - row), 5 - row):
            spot = x + b.vary(0.015), -0.15 * row
            b.disc(spot, 0.11, b.rng.choice(fills), "bottom")
    wicker, dark = b.palette.second, b.palette.dark
    basket = geo.mirrored([(-0.42, 0.27), (-0.5, -0.03)])
    b.poly(basket, mix(wicker, dark, 0.4), "bottom")
    for y in (0.07, 0.17):
        b.hair([(-0.47, y), (0.47, y)], 0.022, mix(wicker, dark, 0.65))


def _shopper(b: Brush, look: Look) -> None:
    p = b.palette
    nature.shadow(b, (0, 0), 18)
    reaching = Pose((-15, 0), (18, -20), face=1, bends=(1, 1))
    people.person(b, (0, 0), 100, look, reaching)
    for x in (-19, -15, -11):
        b.disc((x, -42.5), 3.2, p.mid)
    b.poly([(-22, -42), (-8, -42), (-6, -22), (-24, -22)], mix(p.near, p.second, 0.35), "bottom")
    b.hair(geo.dome((-15, -43), (5, 6)), 1.4, p.dark)


def night_market(b: Brush) -> None:
    """Pasar malam: the big wheel turns over lamplit stalls by the canal."""
    p = b.palette
    nature.sky(b, 760)
    nature.stars(b, 420, 80)
    nature.moon(b, (260 + b.vary(40), 170), 44)
    built.blocks(b, 730, (60, 190), p.mid)
    _bianglala(b.at((750, 365), 250))
    nature.floor(b, 705, mix(p.far, p.accent, 0.18), "bottom")
    _stalls(b)
    for a, c in (((-20, 350), (420, 400)), ((420, 400), (1080, 400)), ((1080, 400), (1520, 350))):
        built.bulbs(b, a, c, 9, p.second)
    _diners(b.at((470 + b.vary(20), 852)))
    guests = ((900, people.STANDING), (1010, Pose((-12, 1), (9, -20))), (1120, people.STROLLING))
    for x, pose in guests:
        guest = people.anyone(b, (p.second, p.light, p.accent), p.near)
        people.person(b, (x + b.vary(15), 850), 232, guest, pose)
    _canal(b)


def _stalls(b: Brush) -> None:
    p = b.palette
    orange = mix(p.accent, p.second, 0.5)
    fills = (p.accent, TEAL, p.second, orange)
    for x, fill in zip((370, 1130, -20, 1520), fills, strict=True):
        _warung(b.at((x, 765)), fill)
    built.gerobak(b, (750, 785), 230, mix(p.accent, p.far, 0.3), p.second)
    b.glow((750, 610), 190, p.second, 0.55)
    _steam(b, (750, 530), 150)


def _warung(b: Brush, fill: Colour) -> None:
    p = b.palette
    b.box((-175, -250), (175, 0), mix(p.second, p.accent, 0.35))
    b.glow((0, -190), 228, p.second, 0.9)
    cook = people.anyone(b, (p.light, p.mid, fill), p.dark)
    people.person(b, (b.vary(30), 10), 235, cook, Pose((-16, -6), (17, -10)))
    for x in geo.spread(-137, 137, 5):
        jar = fade(b.rng.choice((p.light, p.accent, p.near)), 0.85)
        b.box((x - 12, -150 + b.vary(8)), (x + 12, -90), jar)
    b.box((-190, -96), (190, 0), fill, "bottom")
    b.box((-190, -100), (190, -86), mix(fill, p.light, 0.4))
    built.awning(b, (-205, -330), (205, -250), (fill, p.light), 7)


def _bianglala(b: Brush) -> None:
    """The big wheel of every travelling fair."""
    p = b.palette
    steel = mix(p.far, p.light, 0.2)
    for side in (-1, 1):
        b.line([(0, 0), (side * 0.5, 1.35)], 0.04, steel)
    for radius in (1.0, 0.9):
        b.ring((0, 0), radius, 0.02, steel)
    turn = b.rng.uniform(0, 30)
    for i in range(12):
        spot = geo.polar((0, 0), 1, turn + i * 30)
        b.hair([(0, 0), spot], 0.012, steel)
        cabin, fill = b.at(spot), (p.accent, p.second, TEAL, p.light)[i % 4]
        cabin.poly(geo.mirrored([(-0.1, 0.04), (-0.08, 0.17)]), fill, "bottom")
        cabin.poly([(-0.12, 0), (0, -0.05), (0.12, 0)], fill)
    for i in range(36):
        lamp = geo.polar((0, 0), 0.95, turn + i * 10)
        b.glow(lamp, 0.1, p.second, 0.7)
        b.disc(lamp, 0.018, p.light)
    b.disc((0, 0), 0.08, p.accent)


def _steam(b: Brush, foot: Point, height: float) -> None:
    wisp = b.at(foot, height)
    for i, x in enumerate((-0.12, 0.0, 0.12)):
        path = [(x + math.sin(t * 7 + i) * 0.08, -t) for t in (0, 0.3, 0.6, 0.9)]
        wisp.poly(geo.ribbon(geo.smooth(path), 0.05, 0.01), fade(b.palette.light, 0.3))


def _diners(b: Brush) -> None:
    p = b.palette
    shirts: tuple[tuple[int, Look], ...] = (
        (-1, Look(p.accent, p.dark, skin=people.SKINS[0])),
        (1, Look(TEAL, p.dark, "bun", skin=people.SKINS[2])),
    )
    for side, look in shirts:
        seat = b.at((side * 120, -60), 2.15, flip=side > 0)
        seat.box((-9, 4), (9, 28), mix(p.accent, p.dark, 0.3))
        people.figure(seat, look, people.SEATED)
    b.box((-78, -92), (78, -80), p.light)
    for x in (-1, 1):
        b.hair([(x * 60, -82), (x * 70, 0)], 6, p.light)
    for x in (-36, 30):
        b.poly(geo.bowl((x, -108), (24, 18)), p.second, "right")
        _steam(b, (x, -112), 80)


def _canal(b: Brush) -> None:
    p = b.palette
    nature.water(b, 872, (mix(p.sky[2], p.near, 0.4), p.near, p.dark), p.far)
    for x, fill in (
        (370, p.accent),
        (1130, TEAL),
        (750, p.second),
        (0, p.second),
        (1500, p.accent),
    ):
        nature.glitter(b, (x, 890), 985, 120, mix(fill, p.second, 0.4))
    nature.strip(b, (864, 880), mix(p.far, p.light, 0.2))
    nature.strip(b, (880, 890), mix(p.near, p.dark, 0.4))


def garden(b: Brush) -> None:
    """An alley garden: vegetables in tiers of old gutters."""
    p = b.palette
    _alley(b)
    _rack(b.at((905, 770)))
    nature.shadow(b, (560, 862), 90)
    _gardener(b.at((560 + b.vary(25), 860), 4.35))
    for x, y in ((735, 880), (850, 905), (965, 882), (1080, 905), (1180, 880), (330, 880)):
        _pot(b.at((x + b.vary(10), y)))
    for x, angle in ((-20, -50), (-10, -20), (60, -82), (1510, -135), (1500, -165), (1430, -98)):
        frond = mix(p.near, p.dark, 0.25)
        plants.leaf(b, (x, 930), 370 + b.vary(40), angle + b.vary(5), frond)
    plants.verge(b, 1002, 16, 90, mix(p.near, p.dark, 0.1))


def _alley(b: Brush) -> None:
    p = b.palette
    nature.sky(b, 560)
    nature.sun(b, (1090 + b.vary(50), 140), 80, p.light)
    nature.ridge(b, 560, 240, p.far, "bottom")
    for x, high in ((190, 340), (1350, 310)):
        plants.tree(b, (x, 440), high, mix(p.mid, p.far, 0.3))
    for x0, x1, fill in ((-40, 150, p.sky[0]), (1350, 1540, mix(p.accent, p.light, 0.6))):
        b.box((x0, 420), (x1, 780), mix(fill, p.mid, 0.15), "bottom")
        b.box((x0, 400), (x1, 424), mix(p.second, p.dark, 0.3))
    wall = mix(p.second, p.light, 0.62)
    b.box((100, 300), (1400, 780), wall, "bottom")
    b.box((100, 700), (1400, 780), mix(wall, p.accent, 0.35), "bottom")
    _eaves(b)
    _shutters(b.at((385, 480)))
    nature.floor(b, 770, mix(p.far, p.light, 0.35), "bottom")
    for out in geo.spread(-1050, 1050, 12):
        seam = [(750 + out * 0.7, 770), (750 + out * 1.3, 1010)]
        b.hair(seam, 3, mix(p.far, p.mid, 0.3))


def _eaves(b: Brush) -> None:
    p = b.palette
    roof = mix(p.accent, p.second, 0.25)
    b.poly([(60, 312), (200, 190), (1300, 190), (1440, 312)], roof, "right")
    for y in (220, 250, 280):
        reach = 60 + (312 - y) * 1.15
        b.hair([(reach, y), (WIDTH - reach, y)], 3, mix(roof, p.dark, 0.25))
    b.box((60, 306), (1440, 322), mix(roof, p.dark, 0.35))


def _shutters(b: Brush) -> None:
    p = b.palette
    b.box((-100, -110), (100, 110), mix(p.near, p.dark, 0.35))
    for left in (-100, 4):
        b.box((left, -110), (left + 96, 110), mix(p.near, p.mid, 0.35), "right")
        for y in geo.spread(-92, 92, 8):
            b.hair([(left + 12, y), (left + 84, y)], 5, mix(p.near, p.dark, 0.2))
    b.box((-118, 110), (118, 126), p.light)


def _rack(b: Brush) -> None:
    """Four gutters on a frame, each with its own crop."""
    p = b.palette
    for x in (-270, 270):
        b.box((x - 9, -400), (x + 9, 0), mix(p.near, p.dark, 0.4))
    crops = [p.mid, mix(p.mid, p.second, 0.35), p.near, mix(p.mid, p.light, 0.3)]
    b.rng.shuffle(crops)
    for y, crop in zip((-350, -250, -150, -50), crops, strict=True):
        for place in geo.spread(-255, 255, 12):
            _lettuce(b.at((place + b.vary(5), y), 62 + b.vary(6)), crop)
        b.pill((-300, y - 6), (300, y + 26), mix(p.light, p.dark, 0.16), 13)
        b.dust(geo.box((-300, y + 4), (300, y + 26)), mix(p.light, p.dark, 0.5), "bottom", 0.5)


def _lettuce(b: Brush, fill: Colour) -> None:
    for turn, tone in ((-155, 0.3), (-25, 0.3), (-122, 0.14), (-58, 0.14), (-90, 0.0)):
        local = b.at((0, 0), 1 + b.vary(0.12), turn)
        local.poly(geo.smooth(plants.LEAF, closed=True, steps=3), mix(fill, b.palette.dark, tone))
    if b.chance(0.3):
        b.disc((b.vary(0.3), -0.5), 0.15, b.palette.accent)


def _gardener(b: Brush) -> None:
    p = b.palette
    look = Look(p.accent, mix(p.near, p.dark, 0.5), "hijab", p.second, skirt=True)
    people.person(b, (0, 0), 100, look, Pose((16, -22), (25, -16), face=1, bends=(1, 1)))
    can, tin = b.at((27, -56)), mix(p.sky[0], p.near, 0.45)
    for i in range(5):
        reach = 8 + i * 5
        fall = [(32, -7 + i), (32 + reach * 0.6, -3 + i), (32 + reach, 12), (32 + reach * 1.2, 34)]
        jet = geo.smooth(fall)
        for drop in zip(jet[::2], jet[1::2], strict=False):
            can.hair(drop, 0.9, p.light)
    can.poly([(-3, -2), (14, -4), (16, 14), (-2, 16)], tin, "bottom")
    can.line([(14, 8), (28, -6)], 2.6, tin)
    can.poly([(25, -9), (31, -12), (34, -5), (29, -2)], tin)
    can.hair(geo.dome((6, -2), (7, 8)), 2, tin)


def _pot(b: Brush) -> None:
    p = b.palette
    petals = b.rng.choice((VIOLET, VIOLET, mix(p.accent, p.light, 0.35)))
    for x in (-20, 0, 20):
        plants.flower(b, (x, -58), 84 + b.vary(16), petals)
    clay = mix(p.accent, p.second, 0.35)
    b.poly(geo.mirrored([(-30, 0), (-42, -60)]), clay, "right")
    b.pill((-48, -72), (48, -54), mix(clay, p.light, 0.15), 5)
