"""One mail when the background stops, falls behind or fails, and a line in the log at the end."""

import logging
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from articles.jobs.health import Health, expected
from articles.models import Alarm

log = logging.getLogger(__name__)

# Whoever tries to send has so long; afterwards another process may.
LEASE = timedelta(minutes=1)
# A failed task must not hide for a day that the worker has stopped: what is newer than the last
# mail gets one of its own, so long after it.
CALM = timedelta(hours=1)


def watch() -> Health | None:
    """Look once, and raise or end the alarm. Any process may call this, as often as it likes.

    The desk's pages call it, so that with the worker dead somebody sends the mail. None where no
    worker is expected.
    """
    if not expected():
        return None
    health = Health.look()
    if not health.complaints():
        if health.alarm.since:
            _end()
    elif is_untold(health):
        _raise(health)
    return health


def is_untold(health: Health) -> bool:
    """Whether no mail has told of this alarm, or of something that has gone wrong since."""
    told = health.alarm.mailed_at
    return not told or (health.now - told >= CALM and health.has_begun_since(told))


def _raise(health: Health) -> None:
    """Send the mail if nobody else is about to; a mail that fails is tried again a lease later."""
    now = timezone.now()
    free = Q(tried_at=None) | Q(tried_at__lt=now - LEASE)
    unsent = Alarm.objects.filter(free, pk=1, mailed_at=health.alarm.mailed_at)
    if not unsent.update(since=Coalesce(F("since"), now), tried_at=now):
        return
    try:
        _send(health)
    except Exception:
        log.exception("The alarm could not be mailed.")
    else:
        Alarm.objects.filter(pk=1, tried_at=now).update(mailed_at=timezone.now())


def _end() -> None:
    quiet = {"since": None, "tried_at": None, "mailed_at": None}
    if Alarm.objects.filter(pk=1, since__isnull=False).update(**quiet):
        log.warning("The alarm is over: the background is at work again.")


def _send(health: Health) -> None:
    """Not through the queue: that is what may have stopped."""
    with translation.override(settings.LANGUAGE_CODE):
        lines = health.complaints()
        address = settings.SITE_URL + reverse("admin:articles_job_changelist")
        subject = _("Alarm at %(paper)s: %(what)s") % {
            "paper": settings.SITE_NAME,
            "what": lines[0],
        }
        body = "\n\n".join([*lines, health.consequence(), address])
    log.error("Alarm: %s", " ".join(lines))
    if people := recipients():
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, people)


def recipients() -> list[str]:
    """ALARM_EMAILS, or everybody who may do everything."""
    if settings.ALARM_EMAILS:
        return list(settings.ALARM_EMAILS)
    superusers = get_user_model()._default_manager.filter(is_superuser=True, is_active=True)
    return list(superusers.values_list("email", flat=True))
