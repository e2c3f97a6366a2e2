"""Illustrations for the demo edition, drawn with Pillow alone.

Flat shapes in a few colours, shaded with dots, on slightly uneven paper. The name of a scene and
a seed decide a picture to the last pixel; the seed varies places, numbers and the tint.
"""

import random
from collections.abc import Callable

from PIL import Image

from newsroom.demo.pictures import scenes_city as city
from newsroom.demo.pictures import scenes_land as land
from newsroom.demo.pictures import scenes_making as making
from newsroom.demo.pictures import scenes_market as trade
from newsroom.demo.pictures import scenes_public as public
from newsroom.demo.pictures import scenes_river as river
from newsroom.demo.pictures import scenes_rooms as rooms
from newsroom.demo.pictures import scenes_sea as sea
from newsroom.demo.pictures.brush import Brush
from newsroom.demo.pictures.canvas import Canvas
from newsroom.demo.pictures.palettes import PALETTES

PAINTERS: dict[str, Callable[[Brush], None]] = {
    "harbour": sea.harbour,
    "market": trade.market,
    "mountain": land.mountain,
    "rain_street": city.rain_street,
    "stadium": public.stadium,
    "classroom": rooms.classroom,
    "rice_field": land.rice_field,
    "bridge": river.bridge,
    "ship": sea.ship,
    "skyline": city.skyline,
    "beach": sea.beach,
    "stage": public.stage,
    "bus": city.bus,
    "hospital": city.hospital,
    "kitchen": making.kitchen,
    "batik": making.batik,
    "bicycle": land.bicycle,
    "lighthouse": sea.lighthouse,
    "factory": city.factory,
    "council": rooms.council,
    "river_flood": river.river_flood,
    "library": rooms.library,
    "boat_race": river.boat_race,
    "coffee": making.coffee,
    "chart": public.chart,
    "night_market": trade.night_market,
    "garden": trade.garden,
    "workshop": making.workshop,
    "train": land.train,
    "kites": land.kites,
}
SCENES = tuple(PAINTERS)


def draw(scene: str, seed: int, size: tuple[int, int] = (1600, 1067)) -> Image.Image:
    """The picture of a scene, always the same for the same scene, seed and size."""
    if scene not in PAINTERS:
        message = f"There is no scene “{scene}”; there are: {', '.join(SCENES)}."
        raise ValueError(message)
    rng = random.Random(f"{scene}-{seed}")
    canvas = Canvas(size, PALETTES[scene], rng)
    PAINTERS[scene](Brush(canvas, canvas.frame()))
    return canvas.finished()
