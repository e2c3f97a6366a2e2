"""The only writer of preview links: an unpublished page for somebody without an account.

A link is a random token; stored is its hash, so that neither the database nor a copy of it opens a
page. It expires, can be revoked, and is silent while the article is under embargo.
"""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import reading, rights, routes, snapshots, trail
from articles.errors import NotAllowed
from articles.guard import writing
from articles.models import Article, PreviewLink

if TYPE_CHECKING:
    from accounts.models import User

# 160 bits, in letters that no messenger, mail program or lower-casing redirect changes.
BYTES = 20
LIFETIMES = {
    "hour": (gettext_lazy("1 hour"), timedelta(hours=1)),
    "day": (gettext_lazy("1 day"), timedelta(days=1)),
    "three_days": (gettext_lazy("3 days"), timedelta(days=3)),
    "week": (gettext_lazy("7 days"), timedelta(days=7)),
}
DEFAULT = "three_days"


def make(
    article: Article, by: "User", lifetime: timedelta = LIFETIMES[DEFAULT][1]
) -> tuple[PreviewLink, str]:
    """A new link and its token, which nobody can look up later.

    Whoever may edit the article may show it to others. Raises NotAllowed.
    """
    if reason := rights.why_not_edit(by, article):
        raise NotAllowed(reason)
    token, now = secrets.token_hex(BYTES), timezone.now()
    with transaction.atomic(), writing():
        link = PreviewLink.objects.create(
            token_hash=_hash(token),
            article=article,
            created_by=by,
            created_at=now,
            expires_at=now + lifetime,
        )
        trail.shared(link, by, is_open=True)
    return link, token


def revoke(link: PreviewLink, by: "User") -> None:
    """Close a link at once: one's own, or any of an article that one may edit."""
    if not may_revoke(by, link):
        raise NotAllowed(_("Somebody else has made this link."))
    with transaction.atomic(), writing():
        rows = PreviewLink.objects.filter(pk=link.pk, revoked_at=None)
        if rows.update(revoked_at=timezone.now()):
            trail.shared(link, by, is_open=False)


def may_revoke(user: "User", link: PreviewLink) -> bool:
    return link.created_by_id == user.pk or rights.may_edit(user, link.article)


def address(token: str) -> str:
    """The path that opens the link; a slash that a messenger drops at its end is not missed."""
    return f"/{routes.PREVIEWS}/{token}/"


def find(token: str) -> PreviewLink | None:
    """The link of that token with its article, open or not."""
    rows = PreviewLink.objects.select_related("article", "created_by")
    return rows.filter(token_hash=_hash(token)).first()


def is_open(link: PreviewLink, at: datetime) -> bool:
    """Whether it still leads somewhere.

    What was taken from the readers, for whatever ground, is not shown by a side door either.
    """
    article = link.article
    return link.is_open(at) and article.deleted_at is None and not article.has_ended(at)


def is_vouched_for(link: PreviewLink) -> bool:
    """Whether whoever made the link may still read the article herself."""
    maker = link.created_by
    return maker is not None and maker.is_active and rights.may_read(maker, link.article)


def note_seen(link: PreviewLink, at: datetime) -> None:
    """Count one look through the link; readers' figures know nothing of it."""
    with writing():
        rows = PreviewLink.objects.filter(pk=link.pk)
        rows.update(hits=F("hits") + 1, last_seen_at=at)


def working_copy(pk: int, now: datetime, *, with_changes: bool = True) -> Article:
    """The article as it would be published now, with all that its page shows.

    The one place where previews say what they show: the desk's own and the shared ones.
    """
    article = reading.article(pk)
    if with_changes and snapshots.is_apart(article):
        snapshots.show(article, snapshots.working(article))
    article.published_at = article.published_at or now
    return article


def _hash(token: str) -> str:
    # A random token of this length needs no salt and no slow hash: there is nothing to guess.
    return sha256(token.encode()).hexdigest()
