"""Days and months of the site's zone."""

from datetime import UTC, datetime

import pytest

from articles import days

ALMOST_MARCH = datetime(2026, 2, 28, 16, 59, tzinfo=UTC)  # 23.59 in Jakarta
MARCH = datetime(2026, 2, 28, 17, 0, tzinfo=UTC)


def test_a_day_ends_at_midnight_in_jakarta() -> None:
    assert days.midnight_after(ALMOST_MARCH) == MARCH
    assert days.midnight_after(MARCH) == datetime(2026, 3, 1, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (ALMOST_MARCH, ALMOST_MARCH, ["2026-02"]),
        (ALMOST_MARCH, MARCH, ["2026-02", "2026-03"]),
        (
            datetime(2025, 11, 3, tzinfo=UTC),
            MARCH,
            [f"2025-{n}" for n in (11, 12)] + [f"2026-0{n}" for n in (1, 2, 3)],
        ),
        (datetime(2026, 4, 1, tzinfo=UTC), MARCH, []),
    ],
)
def test_the_months_between_two_times(first, last, months) -> None:
    assert days.months(first, last) == months
