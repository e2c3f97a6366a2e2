"""Mails to the people of the newsroom about their articles: returned, approved, taken over.

Each is a task of the change's own transaction: no change without its mail, no mail without it.
"""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse

from accounts.tasks import send_mail
from articles import rights
from articles.models import Article

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User


def returned(article: Article, to: "Iterable[User]", by: "User | None", note: str) -> None:
    """It came back with a note."""
    _tell("returned", article, to, by, note)


def approved(article: Article, to: "Iterable[User]", by: "User | None", note: str) -> None:
    """It has passed a step, or is out."""
    _tell("approved", article, to, by, note)


def not_published(article: Article, to: "Iterable[User]", at: str, why: str) -> None:
    """A change that waited for the time `at` (in words, with its zone) did not come out."""
    _tell("not_published", article, to, None, why, at=at)


def taken_over(article: Article, to: "User", by: "User") -> None:
    """Somebody else goes on with it; what was typed is kept."""
    _tell("taken_over", article, [to], by, "")


def _may_know(person: "User", article: Article) -> bool:
    """Whoever has left the newsroom, or works elsewhere in it now, is told nothing."""
    return person.is_active and person.is_staff and rights.may_read(person, article)


def _tell(
    kind: str,
    article: Article,
    to: "Iterable[User]",
    by: "User | None",
    note: str,
    **more: str,
) -> None:
    for person in to:
        if (by and person.pk == by.pk) or not _may_know(person, article):
            continue
        context: dict[str, Any] = {
            "site_name": settings.SITE_NAME,
            "site_url": settings.SITE_URL,
            "email": person.email,
            "headline": article.headline,
            "name": person.get_short_name(),
            "by": str(by or settings.SITE_NAME),
            "note": note,
            **more,
            "link": settings.SITE_URL + reverse("admin:articles_article_change", args=[article.pk]),
        }
        send_mail.enqueue(f"articles/email/{kind}", person.email, context, person.language)
