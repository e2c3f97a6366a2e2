"""Days of the site's zone: 00:30 in Jakarta on the 28th is 17:30 UTC on the 27th."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format


def midnight_after(now: datetime) -> datetime:
    """When the day of `now` ends in the site's zone."""
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, timezone.get_default_timezone())


def month_of(at: datetime) -> str:
    """The month of `at` in the site's zone, as 2026-11."""
    return f"{timezone.localtime(at):%Y-%m}"


def months(first: datetime, last: datetime) -> list[str]:
    """Each month from `first` to `last` in the site's zone; none if `last` lies before."""
    day, end = timezone.localdate(first).replace(day=1), timezone.localdate(last)
    found = []
    while day <= end:
        found.append(f"{day:%Y-%m}")
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return found


def clock(at: datetime) -> str:
    """A day and a time in the site's zone, which is named: 3 Maret 2026 14.05 WIB."""
    local = timezone.localtime(at)
    return f"{date_format(local, 'j F Y')} {local:%H.%M %Z}"
