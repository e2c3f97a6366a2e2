"""What a crop promises, for any picture, ratio and focus."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.crops import crop, fitting, height_for, largest

SIDES = st.integers(1, 20_000)
SIZES = st.tuples(SIDES, SIDES)
RATIOS = st.sampled_from([(16, 9), (3, 2), (1, 1), (1200, 630), (4, 5), (9, 16)])
SHARES = st.floats(0, 1)
POINTS = st.tuples(SHARES, SHARES)


@pytest.mark.parametrize(
    ("size", "ratio", "focus", "box"),
    [
        ((1600, 900), (16, 9), (0.5, 0.4), (0, 0, 1600, 900)),
        ((1500, 1000), (16, 9), (0.5, 0.4), (0, 0, 1500, 843)),
        ((1500, 1000), (16, 9), (0.5, 1), (0, 157, 1500, 1000)),
        ((1500, 1000), (1, 1), (0, 0.5), (0, 0, 1000, 1000)),
        ((1500, 1000), (1, 1), (0.6, 0.5), (400, 0, 1400, 1000)),
        ((1500, 1000), (1, 1), (1, 0.5), (500, 0, 1500, 1000)),
        ((800, 1200), (3, 2), (0.5, 0.25), (0, 34, 800, 567)),
        ((5000, 300), (16, 9), (0.9, 0.4), (4234, 0, 4767, 300)),
        ((1, 1), (16, 9), (0.5, 0.4), (0, 0, 1, 1)),
    ],
)
def test_a_box_keeps_the_focus_near_its_centre(size, ratio, focus, box) -> None:
    assert crop(size, ratio, focus) == box


@given(SIZES, RATIOS, POINTS)
def test_a_box_lies_inside_the_picture(size, ratio, focus) -> None:
    left, top, right, bottom = crop(size, ratio, focus)
    assert 0 <= left < right <= size[0]
    assert 0 <= top < bottom <= size[1]


@given(SIZES, RATIOS, POINTS)
def test_a_box_is_as_large_as_it_can_be(size, ratio, focus) -> None:
    width, height = crop(size, ratio, focus).size
    assert width == size[0] or height == size[1]


@given(st.tuples(st.integers(320, 20_000), st.integers(180, 20_000)), RATIOS, POINTS)
def test_a_box_has_its_ratio_to_the_pixel(size, ratio, focus) -> None:
    width, height = crop(size, ratio, focus).size
    across, down = ratio
    assert width == size[0] or abs(width - height * across / down) < 1
    assert height == size[1] or abs(height - width * down / across) < 1


@given(SIZES, RATIOS, POINTS)
def test_no_box_of_that_size_has_the_focus_nearer_its_centre(size, ratio, focus) -> None:
    box = crop(size, ratio, focus)
    for room, share, start, length in (
        (size[0], focus[0], box.left, box.size[0]),
        (size[1], focus[1], box.top, box.size[1]),
    ):
        distance = abs(start + length / 2 - share * room)
        for other in (start - 1, start + 1):
            if 0 <= other <= room - length:
                assert distance <= abs(other + length / 2 - share * room) + 1e-6


@given(SIZES, RATIOS, POINTS)
def test_the_focus_is_in_the_box(size, ratio, focus) -> None:
    left, top, right, bottom = crop(size, ratio, focus)
    assert left <= focus[0] * size[0] <= right
    assert top <= focus[1] * size[1] <= bottom


@given(SIZES, RATIOS, SHARES, SHARES)
def test_a_focus_further_right_never_moves_the_box_left(size, ratio, one, other) -> None:
    near, far = sorted([one, other])
    assert crop(size, ratio, (near, 0.5)).left <= crop(size, ratio, (far, 0.5)).left


@given(SIZES)
def test_a_picture_s_own_ratio_takes_all_of_it(size) -> None:
    assert largest(size, size) == size


@pytest.mark.parametrize(
    ("width", "ratio", "height"),
    [
        (1280, (16, 9), 720),
        (360, (16, 9), 203),  # 202.5
        (240, (3, 2), 160),
        (1200, (1200, 630), 630),
        (360, (5000, 3), 1),
    ],
)
def test_a_height_goes_with_each_width(width, ratio, height) -> None:
    assert height_for(width, ratio) == height


@pytest.mark.parametrize(
    ("room", "widths"),
    [(2000, [360, 640, 960]), (960, [360, 640, 960]), (959, [360, 640]), (320, [320])],
)
def test_no_width_is_larger_than_there_is_room_for(room, widths) -> None:
    assert fitting((360, 640, 960), room) == widths
