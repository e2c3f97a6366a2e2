"""Embargoes: a time before which an article is nobody's to publish, whatever the role.

What readers may see depends on `published_at` alone, and the database keeps that from lying before
`embargo_until`; so no page, list or cache has to know of embargoes.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.errors import NotAllowed, Refused
from articles.models import Article

if TYPE_CHECKING:
    from accounts.models import User


def is_under(article: Article, at: datetime) -> bool:
    """Whether the embargo still holds at that time; at its very second it is over."""
    return article.embargo_until is not None and article.embargo_until > at


def require_over(article: Article, at: datetime) -> None:
    """Raise Refused if readers would see the article, from `at` on, before its embargo ends."""
    if is_under(article, at):
        assert article.embargo_until is not None
        message = _("It is under embargo until %(time)s. Schedule it for then or later.")
        raise Refused(message % {"time": spoken(article.embargo_until)})


def check_end(old: datetime | None, new: datetime | None, by: "User | None") -> None:
    """Raise NotAllowed if a save ends the embargo early and `by` may not publish.

    Whoever may edit the text may set an embargo, or a longer one. None is the server itself.
    """
    if old is None or old <= timezone.now() or (new is not None and new >= old):
        return
    if by is not None and not by.has_perm("articles.publish_article"):
        message = _("Only those who may publish can end the embargo before %(time)s.")
        raise NotAllowed(message % {"time": spoken(old)})


def spoken(at: datetime) -> str:
    """A time as a person says it, with its zone: 1 Desember 2026, 09.00 WIB."""
    local = timezone.localtime(at)
    return f"{date_format(local, 'j F Y, H.i')} {local.tzname()}"
