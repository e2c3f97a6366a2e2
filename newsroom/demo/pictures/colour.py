"""Colours as `#rrggbb` or `#rrggbbaa` text, and the few sums the pictures do with them."""

import colorsys
import random
from dataclasses import dataclass
from functools import cache

type Colour = str
type RGBA = tuple[int, int, int, int]


@cache
def rgba(colour: Colour) -> RGBA:
    """The four channels of a colour; opaque unless it says otherwise."""
    red, green, blue, alpha, *_ = (*bytes.fromhex(colour.removeprefix("#")), 255)
    return red, green, blue, alpha


@cache
def mix(a: Colour, b: Colour, share: float) -> Colour:
    """`a` with a `share` of `b` stirred in."""
    pairs = zip(rgba(a), rgba(b), strict=True)
    return "#" + bytes(round(x + (y - x) * share) for x, y in pairs).hex()


@cache
def fade(colour: Colour, opacity: float) -> Colour:
    """The same colour, seen through."""
    return "#" + bytes((*rgba(colour)[:3], round(opacity * 255))).hex()


@cache
def luminance(colour: Colour) -> float:
    """How bright a colour looks, from 0 to 1."""
    red, green, blue, _ = rgba(colour)
    return (red * 0.3 + green * 0.59 + blue * 0.11) / 255


@dataclass(frozen=True)
class Tint:
    """The slight shift in hue, saturation and lightness that one seed gives a whole picture."""

    hue: float
    saturation: float
    lightness: float

    @classmethod
    def chosen(cls, rng: random.Random) -> "Tint":
        """A shift small enough to leave every palette recognisable."""
        return cls(rng.uniform(-0.012, 0.012), rng.uniform(0.94, 1.06), rng.uniform(-0.012, 0.012))

    def apply(self, colour: Colour) -> RGBA:
        """`colour` as this picture shows it."""
        red, green, blue, alpha = rgba(colour)
        hue, light, saturation = colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)
        light = min(1.0, max(0.0, light + self.lightness))
        saturation = min(1.0, saturation * self.saturation)
        red, green, blue = (
            round(channel * 255)
            for channel in colorsys.hls_to_rgb((hue + self.hue) % 1.0, light, saturation)
        )
        return red, green, blue, alpha


@dataclass(frozen=True)
class Palette:
    """The limited set of colours one scene is printed in."""

    sky: tuple[Colour, ...]
    """From the zenith down."""
    far: Colour
    mid: Colour
    near: Colour
    dark: Colour
    """What shade is mixed from."""
    light: Colour
    accent: Colour
    second: Colour
