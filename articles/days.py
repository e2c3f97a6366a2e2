"""Days of the site's zone: 00:30 in Jakarta on the 28th is 17:30 UTC on the 27th."""

from datetime import datetime, time, timedelta

from django.utils import timezone


def midnight_after(now: datetime) -> datetime:
    """When the day of `now` ends in the site's zone."""
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, timezone.get_default_timezone())
