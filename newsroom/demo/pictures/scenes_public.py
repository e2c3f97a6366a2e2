"""Scenes of public life: stadium, stage, chart."""

import math

from newsroom.demo.pictures import built, nature, people, plants
from newsroom.demo.pictures import geometry as geo
from newsroom.demo.pictures.brush import HEIGHT, WIDTH, Brush
from newsroom.demo.pictures.colour import fade, mix
from newsroom.demo.pictures.geometry import Outline, Point
from newsroom.demo.pictures.people import Look, Pose

GUNUNGAN = geo.points("0,-1 0.09,-0.82 0.3,-0.55 0.4,-0.32 0.3,-0.1 0.22,0")
GATE = geo.points("-0.13,0 -0.13,-0.14 -0.17,-0.15 0,-0.26 0.17,-0.15 0.13,-0.14 0.13,0")


def stadium(b: Brush) -> None:
    """Night match: the striker shoots under the floodlights."""
    p = b.palette
    nature.sky(b, 420)
    for x, side in ((420, 1), (1080, -1)):
        _floodlight(b.at((x, 330), 0.6), side)
    _stand(b, 250, 400, 110)
    nature.strip(b, (396, 420), mix(p.mid, p.dark, 0.5))
    _stand(b, 420, 545, 40)
    nature.strip(b, (545, 585), p.dark)
    for i, left in enumerate(geo.spread(-40, 1400, 9)):
        b.box((left, 550), (left + 150, 580), (p.accent, p.light, p.second, p.far)[i % 4])
    _pitch(b, 585)
    for x, side in ((150, 1), (1350, -1)):
        _floodlight(b.at((x, 440)), side)
    _goal(b, (960 + b.vary(20), 622), (420, 140))
    _players(b)
    _ball(b, (930 + b.vary(20), 752))


def _stand(b: Brush, top: float, bottom: float, bow: float) -> None:
    p = b.palette

    def lift(x: float) -> float:
        return bow * ((x - 750) / 800) ** 2

    rim = [(x, top - lift(x)) for x in geo.spread(-20, 1520, 16)]
    b.poly([*rim, (1520, bottom), (-20, bottom)], p.mid)
    shirts = (p.accent, p.accent, p.light, p.second, mix(p.far, p.light, 0.3))
    for y in geo.spread(top + 12, bottom - 14, int((bottom - top) / 19)):
        for x in geo.spread(-10, 1510, 62):
            if b.chance(0.82):
                spot = x + b.vary(6), y - lift(x) + b.vary(3)
                b.disc(spot, 7, mix(b.rng.choice(shirts), p.dark, b.rng.uniform(0.1, 0.5)))


def _floodlight(b: Brush, side: int) -> None:
    p = b.palette
    head = side * 26, -330
    b.poly(geo.ribbon([(0, 0), head], 14, 9), mix(p.mid, p.dark, 0.4))
    b.dust([head, (side * 720, 300), (side * 250, 380)], p.light, "top", 0.16)
    b.glow(head, 190, p.light, 0.7)
    rack = b.at(head, 1, side * 12)
    rack.pill((-62, -34), (62, 34), p.dark, 6)
    for y in (-17, 17):
        for x in geo.spread(-46, 46, 5):
            rack.disc((x, y), 11, p.light)


def _pitch(b: Brush, top: float) -> None:
    p = b.palette
    nature.floor(b, top, p.near)
    edges = geo.spread(-1600, 3100, 17)
    for i in range(0, 16, 2):
        far = [(750 + (x - 750) * 0.42, top) for x in edges[i : i + 2]]
        b.poly([*far, (edges[i + 1], 1010), (edges[i], 1010)], mix(p.near, p.light, 0.1))
    chalk = fade(p.light, 0.85)
    b.hair([(0, top + 34), (WIDTH, top + 34)], 4, chalk)
    area = [(330, top + 34), (230, top + 130), (1270, top + 130), (1170, top + 34)]
    b.hair(area, 5, chalk)
    b.dust(geo.box((0, top), (WIDTH, HEIGHT)), mix(p.near, p.dark, 0.45), "bottom", 0.6)


def _goal(b: Brush, foot: Point, size: tuple[float, float]) -> None:
    local = b.at(foot)
    half, height = size[0] / 2, size[1]
    net = fade(b.palette.light, 0.32)
    for x in geo.spread(-half, half, 23):
        local.hair([(x, -height), (x * 0.94, 0)], 1.6, net)
    for y in geo.spread(0, -height, 9):
        local.hair([(-half, y), (half, y)], 1.6, net)
    posts = [(-half, 0), (-half, -height), (half, -height), (half, 0)]
    local.line(posts, 8, b.palette.light)


def _players(b: Brush) -> None:
    p = b.palette
    dive = Pose((-34, -38), (16, -44), ((8, 40), (26, 40)), -32, -1, (-1, 1))
    people.person(b, (960 + b.vary(60), 632), 150, Look(p.second, p.dark), dive)
    runner = Look(p.light, mix(p.far, p.light, 0.3), shorts=True, bare_arms=True)
    run = Pose((-20, -14), (18, -18), ((-16, 44), (14, 42)), 10, 1, (1, 1), 1)
    people.person(b, (420, 760), 250, runner, run)
    nature.shadow(b, (640, 912), 170)
    striker = Look(p.accent, p.light, skin=people.SKINS[1], shorts=True, bare_arms=True)
    kick = Pose((-30, -34), (26, -22), ((-8, 46), (37, 27)), -14, 1, (-1, 1), -1)
    people.person(b, (650, 910), 470, striker, kick)


def _ball(b: Brush, centre: Point) -> None:
    p = b.palette
    for i in range(3):
        streak = [(-52 - i * 6, 22 - i * 20), (-96 - i * 12, 38 - i * 16)]
        b.at(centre).hair(streak, 5, fade(p.light, 0.6))
    local = b.at(centre, 40, b.rng.uniform(0, 70))
    local.disc((0, 0), 1, p.light, "bottom")
    patches = [geo.polar((0, 0), 0.86, 36 + 72 * i) for i in range(5)]
    with local.clipped(geo.oval((0, 0), (1, 1))):
        for spot in [(0.0, 0.0), *patches]:
            local.poly([geo.polar(spot, 0.3, -90 + 72 * i) for i in range(5)], p.dark)


def stage(b: Brush) -> None:
    """Three players before a gilded gunungan, the audience dark in front."""
    p = b.palette
    nature.sky(b, 740)
    b.glow((750, 430), 620, p.far, 0.9)
    _gunungan(b.at((750, 738), 640))
    nature.floor(b, 730, mix(p.far, p.accent, 0.3), "bottom")
    b.oval((750, 786), (430, 46), mix(p.far, p.light, 0.35))
    _curtains(b)
    for lamp, target in ((380, 700 + b.vary(30)), (1120, 800 + b.vary(30))):
        _spotlight(b, (lamp, 150), target)
    offering = Pose((-22, -34), (28, -36), ((-6, 46), (6, 46)), -4, 0.7, (-1, 1))
    for x, flip in ((500, False), (1000, True)):
        kain = mix(p.far, p.second, 0.35)
        player = Look(mix(p.accent, p.far, 0.25), kain, "bun", skin=people.SKINS[1], skirt=True)
        place = b.at((x + b.vary(15), 786), 3.1, flip=flip)
        people.person(place, (0, 0), 100, player, offering)
    _dancer(b.at((750 + b.vary(12), 788), 4))
    for y, size, fill in ((850, 96, p.mid), (905, 120, p.near), (970, 150, p.dark)):
        people.onlookers(b, y, size, (fill, mix(fill, p.far, 0.12)))


def _gunungan(b: Brush) -> None:
    """The tree of life that opens and closes every wayang."""
    p = b.palette
    whole = geo.mirrored(geo.smooth(GUNUNGAN))
    b.poly(whole, mix(p.second, p.accent, 0.2))
    inner = [(x * 0.92, y * 0.95 - 0.015) for x, y in whole]
    b.poly(inner, mix(p.far, p.accent, 0.35), "bottom")
    gold = mix(p.second, p.accent, 0.25)
    b.poly(geo.ribbon([(0, -0.2), (0, -0.85)], 0.035, 0.01), gold)
    boughs = ((-0.36, 0.27), (-0.46, 0.23), (-0.56, 0.17), (-0.66, 0.11), (-0.75, 0.06))
    for y, reach in boughs:
        for x in (-reach, reach):
            b.curve([(0, y), (x * 0.6, y - 0.02), (x, y - 0.09)], 0.016, gold, 0.006)
            b.disc((x, y - 0.1), 0.022, mix(p.second, p.light, 0.3))
            b.disc((x * 0.5, y - 0.05), 0.014, gold)
    b.poly(GATE, gold)
    b.box((-0.05, -0.12), (0.05, 0), p.far)


def _curtains(b: Brush) -> None:
    p = b.palette
    cloth = mix(p.accent, p.dark, 0.28)
    for left in (-40, 1250):
        built.drape(b, (left, -10), (left + 290, 740), 6, cloth)
    for i, x in enumerate(geo.spread(-40, 1400, 7)):
        hem = geo.bowl((x + 120, 46), (130, 62 + (i % 2) * 10))
        b.poly([(x - 10, -10), (x + 250, -10), *hem], mix(p.accent, p.dark, 0.35), "bottom")


def _spotlight(b: Brush, lamp: Point, target: float) -> None:
    p = b.palette
    x, y = lamp
    cone = [(x - 12, y), (x + 12, y), (target + 190, 770), (target - 190, 770)]
    b.poly(cone, fade(p.light, 0.07))
    b.dust(cone, p.light, "top", 0.2)
    b.pill((x - 26, y - 46), (x + 26, y + 6), p.dark, 8)
    b.oval((x, y + 6), (24, 8), p.light)


def _dancer(b: Brush) -> None:
    p = b.palette
    kain, bodice = mix(p.light, p.second, 0.25), mix(p.dark, p.mid, 0.4)
    hips = b.at((0, -people.LEG))
    look = Look(bodice, kain, "bun", skirt=True, bare_arms=True)
    pose = Pose((-30, -46), (29, -40), ((-6, 46), (6, 46)), 4, 0.4, (-1, 1))
    for (x, y), side in ((pose.left, -1), (pose.right, 1)):
        scarf = [(x, y), (x + side * 5, y + 16), (x - side, y + 32), (x + side * 7, y + 48)]
        hips.poly(geo.ribbon(geo.smooth(scarf), 3, 9), p.accent, "bottom")
    people.figure(hips, look, pose)
    upper = hips.at((0, 0), 1, 3)
    _regalia(upper)
    for y in (12, 26, 38):
        upper.hair([(-9, y), (9, y + 2)], 1.8, p.accent)


def _regalia(b: Brush) -> None:
    p = b.palette
    for i in range(-3, 4):
        angle = -90 + i * 17
        tip = geo.polar((0, -49), 19 - abs(i) * 1.6, angle)
        foot = [geo.polar((0, -49), 8, angle + side) for side in (-9, 9)]
        b.poly([*foot, tip], p.second)
        b.disc(tip, 1.3, p.light)
    b.hair(geo.arc((0, -48), (8.2, 8.2), 190, 350), 2.6, mix(p.second, p.light, 0.3))
    b.box((-9, -5), (9, 1), p.second)
    b.poly(geo.points("-10,-31 0,-25 10,-31 9,-35 -9,-35"), p.second)


def chart(b: Brush) -> None:
    """The economy in one picture: the catch shrinks, its price climbs."""
    p = b.palette
    nature.sky(b)
    for y in geo.spread(180, 800, 7):
        b.hair([(0, y), (WIDTH, y)], 2.5, mix(p.far, p.light, 0.3))
    built.blocks(b, 850, (60, 220), mix(p.far, p.sky[1], 0.55))
    nature.clouds(b, [(620, 130), (1330, 430)], 190, p.light)
    _pie(b, (1020, 250), 104)
    nature.floor(b, 850, mix(p.far, p.mid, 0.35), "bottom")
    tops = _bars(b, 862)
    fisher = Look(p.second, p.dark, "caping", mix(p.second, p.light, 0.4), people.SKINS[1])
    people.pikulan(b, (tops[0][0] + 10, tops[0][1]), 150, fisher)
    trader = Look(p.accent, p.dark, "hijab", p.second)
    down = Pose((-14, -4), (16, -14), ((-12, 40), (12, 46)), 4, 1, (1, 1), 1)
    people.person(b, tops[4], 150, trader, down)
    _trend(b)
    for x, count in ((190, 2), (1310, 5), (1405, 7)):
        _coins(b.at((x, 905), 96), count + b.rng.randrange(2))
    b.hair([(190, 860), (190, 800)], 7, p.near)
    for angle in (-128, -52):
        plants.leaf(b, (190, 812), 96, angle, p.mid)


def _bars(b: Brush, floor: float) -> Outline:
    """Six columns, each shorter than the last; returns the middles of their tops."""
    p = b.palette
    fills = (p.near, mix(p.mid, p.near, 0.5), p.mid, mix(p.far, p.mid, 0.6), p.far)
    tops: list[Point] = []
    for i, x in enumerate(geo.spread(330, 1090, 6)):
        tall = 470 - i * 74 + b.vary(18)
        fill = mix(fills[min(i, 4)], p.dark, 0.3 if i == 0 else 0.0)
        bar = b.at((x, floor))
        bar.box((0, -tall), (122, 0), fill, "bottom")
        side = [(122, -tall), (148, -tall - 20), (148, 0), (122, 0)]
        bar.poly(side, mix(fill, p.dark, 0.3))
        lid = [(0, -tall), (26, -tall - 20), (148, -tall - 20), (122, -tall)]
        bar.poly(lid, mix(fill, p.light, 0.45))
        tops.append((x + 74, floor - tall - 8))
    return tops


def _trend(b: Brush) -> None:
    p = b.palette
    heights = (770, 740, 690, 610, 560, 430, 330)
    path = [(x, y + b.vary(12)) for x, y in zip(geo.spread(250, 1180, 7), heights, strict=True)]
    b.line(path, 13, p.light)
    b.line(path, 9, p.accent)
    for spot in path[:-1]:
        b.disc(spot, 15, p.light)
        b.disc(spot, 9, p.accent)
    (ax, ay), tip = path[-2], path[-1]
    turn = math.degrees(math.atan2(tip[1] - ay, tip[0] - ax))
    b.at(tip, 1, turn).poly(geo.points("52,0 -14,-36 -4,0 -14,36"), p.accent)


def _pie(b: Brush, centre: Point, radius: float) -> None:
    p = b.palette
    start = b.rng.uniform(0, 90)
    b.disc(centre, radius + 14, p.light)
    for share, fill in ((0.42, p.mid), (0.27, p.second), (0.19, p.near), (0.12, p.accent)):
        stop = start + share * 360
        b.poly([centre, *geo.arc(centre, (radius, radius), start, stop)], fill)
        start = stop
    b.dust(geo.oval(centre, (radius, radius)), p.dark, "right", 0.25)
    b.disc(centre, radius * 0.48, p.light)


def _coins(b: Brush, count: int) -> None:
    p = b.palette
    rim = mix(p.second, p.accent, 0.3)
    for i in range(count):
        coin = b.at((b.vary(0.05), -i * 0.2))
        coin.oval((0, 0), (0.5, 0.16), rim)
        coin.box((-0.5, -0.16), (0.5, 0), rim)
        coin.oval((0, -0.16), (0.5, 0.16), p.second)
        coin.oval((0, -0.16), (0.34, 0.1), mix(p.second, p.light, 0.35))
