"""Crop geometry: which part of a picture a ratio shows, and how large it may become. Pure."""

from collections.abc import Iterable
from typing import NamedTuple

type Size = tuple[int, int]
type Ratio = tuple[int, int]
type Point = tuple[float, float]
"""From the left and from the top, each from 0 to 1."""

# A cut that shows less of a picture's width than this is a slip of the hand.
LEAST_CUT = 0.05


class Box(NamedTuple):
    """A part of a picture, in its pixels."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def size(self) -> Size:
        return self.right - self.left, self.bottom - self.top


class Cut(NamedTuple):
    """A part chosen by hand: its corner and its width, as parts of the picture's width and height.

    The height follows from the ratio that the cut is for.
    """

    left: float
    top: float
    width: float

    def box(self, size: Size, ratio: Ratio) -> Box:
        """In the pixels of a picture of that size, and never outside of it."""
        room = largest(size, ratio)
        width = min(max(1, round(self.width * size[0])), room[0])
        height = min(height_for(width, ratio), room[1])
        left = min(max(0, round(self.left * size[0])), size[0] - width)
        top = min(max(0, round(self.top * size[1])), size[1] - height)
        return Box(left, top, left + width, top + height)

    def fits(self, size: Size, ratio: Ratio) -> bool:
        """Whether it lies inside a picture of that size; a pixel of rounding is no matter."""
        height = self.width * size[0] * ratio[1] / ratio[0]
        right, bottom = (self.left + self.width) * size[0], self.top * size[1] + height
        return (
            self.left >= 0
            and self.top >= 0
            and self.width >= LEAST_CUT
            and right <= size[0] + 1
            and bottom <= size[1] + 1
        )


def crop(size: Size, ratio: Ratio, focus: Point) -> Box:
    """The largest box of `ratio` inside `size` that keeps `focus` nearest its centre."""
    width, height = largest(size, ratio)
    left = _start(size[0], width, focus[0])
    top = _start(size[1], height, focus[1])
    return Box(left, top, left + width, top + height)


def largest(size: Size, ratio: Ratio) -> Size:
    """How large a box of `ratio` can be inside `size`, in whole pixels."""
    width, height = size
    across, down = ratio
    if width * down > height * across:
        return max(1, height * across // down), height
    return width, max(1, width * down // across)


def _start(room: int, length: int, focus: float) -> int:
    return min(max(round(focus * room - length / 2), 0), room - length)


def height_for(width: int, ratio: Ratio) -> int:
    """The height that goes with `width`; a half is rounded up, as browsers do."""
    across, down = ratio
    return max(1, (2 * width * down + across) // (2 * across))


def fitting(widths: Iterable[int], room: int) -> list[int]:
    """The widths that need no pixels made up; the whole room when even the smallest would."""
    return [width for width in widths if width <= room] or [room]
