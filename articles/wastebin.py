"""The bin, and the only writer of `Article.deleted_at`: for what no reader has ever seen.

Whatever lies in it comes back as it was, for nothing that hangs on the article is touched. After
thirty days its texts are wiped. The row and the names of what was done stay: its number is never
given to another article, and whoever asks is told what became of it.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import content, rights, search, trail
from articles.errors import NotAllowed, Refused
from articles.guard import writing
from articles.keyset import Key
from articles.models import (
    Article,
    ArticleLink,
    ConfidentialNote,
    ConfirmationAttempt,
    EditSession,
    FormerAddress,
    IdentityCheck,
    NoteReader,
    PreviewLink,
)
from articles.querysets import ArticleQuerySet

if TYPE_CHECKING:
    from accounts.models import User

KEPT = timedelta(days=30)
# What a wiped article still says: where it stood, and whether it was paid for.
STAYS = frozenset({"section_id", "kind", "label"})
# What a wiped revision holds: the shape of a content, and nothing in it.
WIPED = {"schema": 0, "fields": {}, "tags": [], "bylines": [], "lead_image": None}

# What hangs on an article and goes with its texts.
HANGING: tuple[Any, ...] = (
    *(FormerAddress, EditSession, ConfidentialNote, PreviewLink),
    *(ConfirmationAttempt, IdentityCheck),
)


def throw_away(article: Article, by: "User | None", note: str = "") -> Article:
    """Put an article that was never published into the bin.

    Raises Refused for one that readers have seen or are about to see; NotAllowed.
    """
    with transaction.atomic(), writing():
        fresh = content.lock(article.pk)
        if fresh.deleted_at:
            raise Refused(_("The article is in the bin already."))
        _check(by, fresh)
        _move(fresh, timezone.now())
        _record("bin", fresh, by, note)
    return fresh


def bring_back(article: Article, by: "User | None") -> Article:
    """Take an article out of the bin, with all that hung on it.

    Raises Refused for one that is not there, or whose texts are wiped; NotAllowed.
    """
    with transaction.atomic(), writing():
        fresh = content.lock(article.pk)
        if fresh.deleted_at is None:
            raise Refused(_("The article is not in the bin."))
        if not fresh.headline:
            raise Refused(_("Its time in the bin is over, and its texts are wiped."))
        # Whoever may work on it once it is back, may bring it back.
        fresh.deleted_at = None
        _check(by, fresh)
        _move(fresh, None)
        _record("unbin", fresh, by, "")
    return fresh


def why_not(user: Any, article: Article) -> str:
    """The reason why `user` can't throw the article away; empty when nothing stands in the way."""
    return _why_not_any(article) or rights.why_not_edit(user, article)


def in_bin(user: Any) -> ArticleQuerySet:
    """What lies in the bin and `user` may read, the newest first."""
    return _rows().visible_to(user, in_bin=True).order_by("-deleted_at", "-pk")


def older(rows: ArticleQuerySet, key: Key | None) -> ArticleQuerySet:
    """What was thrown away before the row with that key; all of them without one."""
    if key is None:
        return rows
    return rows.filter(Q(deleted_at__lt=key.at) | Q(deleted_at=key.at, pk__lt=key.id))


def wiped_at(article: Article) -> datetime | None:
    """When the texts of an article in the bin are wiped."""
    return article.deleted_at + KEPT if article.deleted_at else None


def overdue(now: datetime) -> ArticleQuerySet:
    """What has lain in the bin for longer than it is kept."""
    return _rows().filter(deleted_at__lt=now - KEPT).order_by("deleted_at")


def wipe(pk: int, now: datetime) -> bool:
    """Wipe the texts of an overdue article for good; False if somebody brought it back in time."""
    with transaction.atomic(), writing():
        article = content.lock(pk)
        if not article.headline or not article.deleted_at or article.deleted_at >= now - KEPT:
            return False
        _wipe_history(article)
        for rows in (article.tagged_items, article.bylines, article.image_uses):
            rows.all().delete()
        ArticleLink.objects.filter(Q(from_article=article) | Q(to_article=article)).delete()
        NoteReader.objects.filter(note__article=article).delete()
        for hanging in HANGING:
            hanging.objects.filter(article=article).delete()
        _wipe_row(article)
        search.write(article)
        _record("wipe", article, None, "")
    return True


def _rows() -> ArticleQuerySet:
    """What lies in the bin with its texts; among the unpublished, which an index holds apart."""
    unpublished = Article.objects.exclude(status=Article.Status.PUBLISHED)
    return unpublished.filter(deleted_at__isnull=False).exclude(headline="")


def _check(by: "User | None", article: Article) -> None:
    if reason := _why_not_any(article):
        raise Refused(reason)
    if by and (reason := rights.why_not_edit(by, article)):
        raise NotAllowed(reason)


def _why_not_any(article: Article) -> str:
    """Why nobody may throw the article away. The database refuses the same."""
    if article.status == Article.Status.WITHDRAWN:
        return _("A withdrawn article stays: its address tells readers when and why it went.")
    if article.first_published_at is None:
        return ""
    if article.first_published_at > timezone.now():
        return _("The article waits for its time. Return it to the writer first.")
    return _("Readers have seen this article: it can't go into the bin, but it can be withdrawn.")


def _move(article: Article, deleted_at: datetime | None) -> None:
    """Change the row if nobody else has moved it meanwhile."""
    rows = Article.objects.filter(pk=article.pk, token=article.token)
    if rows.update(deleted_at=deleted_at, token=F("token") + 1) != 1:
        raise Refused(_("Somebody else has just changed this article. Try again."))
    article.deleted_at = deleted_at
    article.token += 1


def _wipe_history(article: Article) -> None:
    """Who did what and when stays; what was written goes, notes included."""
    article.revisions.update(content=WIPED, content_hash="", note="")
    article.transitions.filter(override=False).update(note="")
    # The database asks for a reason here.
    article.transitions.filter(override=True).update(note="—")


def _wipe_row(article: Article) -> None:
    empty, names = Article(), {*content.FIELDS, "import_hash"} - STAYS
    for name in names:
        setattr(article, name, getattr(empty, name))
    article.version += 1
    article.token += 1
    article.save(update_fields=[*names, "version", "token"])


def _record(name: str, article: Article, by: "User | None", note: str) -> None:
    stage, kept = article.stage, article.draft_revision
    trail.note(article, name, by, source=stage, target=stage, note=note, revision=kept)
