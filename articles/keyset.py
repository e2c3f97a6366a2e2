"""Keys of list pages: a page is found by the last row before it, as quick at page 900 as at two."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
LONGEST = 40


@dataclass(frozen=True)
class Key:
    """Where a page ends: the publication time and id of its last article."""

    at: datetime
    id: int

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // MICROSECOND}-{self.id}"


def read(text: str | None) -> Key | None:
    """The key in an address; None, which is page one, for anything that isn't one."""
    if not text or len(text) > LONGEST or not text.isascii():
        return None
    moment, _, number = text.partition("-")
    if not (moment.isdigit() and number.isdigit() and len(number) <= 18):
        return None
    try:
        return Key(EPOCH + int(moment) * MICROSECOND, int(number))
    except OverflowError:
        return None
