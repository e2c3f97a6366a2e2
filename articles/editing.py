"""The only writer of open forms: what is typed is safe before it is saved.

A form tells every few seconds that it is open, and what was typed in it. The text stays as it was
typed, unchecked, until it is saved, or kept in the history: nothing is refused here for a missing
headline.
"""

import logging
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import InterfaceError, OperationalError, transaction
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import content, notices, questions, rights, snapshots
from articles.errors import NotAllowed, Refused
from articles.guard import writing
from articles.models import Article, Author, Byline, EditSession, Image, Revision, Section
from articles.questions import QUESTIONS
from articles.slugs import split_names
from articles.snapshots import MOMENTS, Content, Signature, Values

if TYPE_CHECKING:
    from accounts.models import User

type Typed = Mapping[str, list[str]]
# Keys of forms, each with the change up to which its text was shown.
type GoneOn = Iterable[tuple[uuid.UUID, int]]

# So long an open form waits for its writer before its text goes into the history.
PATIENCE = timedelta(days=1)
FORGOTTEN = timedelta(days=30)
LARGEST = 2 * 1024 * 1024
TEXTS = (
    *("kind", "label", "kicker", "headline", "slug", "standfirst", "body", "dateline_source"),
    *("dateline_city", "seo_title", "seo_description", "canonical_url", "comments_mode"),
)


# What is typed beside the article's own fields; in the history it stands in the note.
BESIDE = ("note", "upload_caption", "upload_credit", "upload_alt")

logger = logging.getLogger(__name__)


class Closed(Refused):
    """The form was saved or thrown away; `is_newer` if the text is newer than what was saved."""

    def __init__(self, message: str, *, is_newer: bool) -> None:
        super().__init__(message)
        self.is_newer = is_newer


def beat(
    key: uuid.UUID,
    by: "User",
    article: Article | None,
    *,
    base_version: int = 0,
    typed: Typed | None = None,
    serial: int = 0,
    is_closing: bool = False,
    former: uuid.UUID | None = None,
    gone_on: GoneOn = (),
) -> EditSession:
    """Note that the form is open, and keep what was `typed` in it since the last time.

    `serial` counts the changes: a text that arrives after a newer one is not kept, and the answer
    names the newer one's. A form that is about to be left counts as asleep at once; what was typed
    there into an article that `by` may not edit any more goes straight into the history.

    `former` is a form that was closed while somebody typed on, with this one as its sequel. The
    forms of `gone_on` are closed: what was shown of them is in the text.

    Raises NotAllowed for a form of somebody else's or an article that `by` may not edit, Closed
    for one that was saved meanwhile, Refused for more text than an article can hold.
    """
    if typed and sum(len(text) for texts in typed.values() for text in texts) > LARGEST:
        raise Refused(_("This is more text than can be kept. Shorten it, or save parts of it."))
    begun = EditSession.objects.filter(key__in=[key, former or key], user=by, article=article)
    earlier = {session.key: session for session in begun}
    if not earlier:
        # Who has begun to type goes on: what she may save is asked when she saves.
        _check_begin(by, article)
    if former in earlier and earlier[former].closed_at:
        base_version = max(base_version, earlier[former].base_version)
    now = timezone.now()
    fresh = {"user": by, "article": article, "base_version": base_version}
    session, _is_new = EditSession.objects.get_or_create(key=key, defaults=fresh)
    if session.user_id != by.pk or (session.article_id and session.article_id != pk_of(article)):
        raise NotAllowed(_("This form is somebody else's."))
    row = EditSession.objects.open().filter(pk=session.pk)
    row.update(seen_at=now - EditSession.SILENCE if is_closing else now)
    if typed is not None:
        base = Greatest("base_version", base_version)
        text = {"data": typed, "saved_at": now, "base_version": base, "serial": serial}
        if row.filter(serial__lte=serial).update(**text):
            _close_shown(gone_on, by)
    session.refresh_from_db()
    if session.closed_at:
        is_newer = typed is not None and serial > session.serial
        raise Closed(_("This form was saved already."), is_newer=is_newer)
    if is_closing and article and session.data is not None and rights.why_not_edit(by, article):
        discard(key, by)
    return session


def _check_begin(by: "User", article: Article | None) -> None:
    if article is None:
        rights.require(by, "articles.add_article")
    elif reason := rights.why_not_edit(by, article):
        raise NotAllowed(reason)


def pk_of(article: Article | None) -> int | None:
    return article.pk if article else None


def close(
    key: uuid.UUID,
    by: "User",
    serial: int = 0,
    *,
    article: Article | None = None,
    version: int = 0,
    gone_on: GoneOn = (),
) -> None:
    """The text was saved as it was at its change `serial`: what was kept of it is needed no more.

    What was typed since is newer, and stays to be gone on with. `article` is where it was saved,
    `version` the one that it became, unless it was joined with what others had saved.
    """
    rows, now = EditSession.objects.filter(key=key, user=by), timezone.now()
    known: dict[str, Any] = {"base_version": Greatest("base_version", version)}
    known |= {"article": article} if article else {}
    done = {"closed_at": now, "data": None, "serial": serial} | known
    is_closed = rows.filter(serial__lte=serial).update(**done)
    if not is_closed and not rows.open().update(seen_at=now - EditSession.SILENCE, **known):
        # Nobody had heard of it before; now its journal will be told that it is old.
        mark = {"article": article, "closed_at": now, "serial": serial, "base_version": version}
        EditSession.objects.get_or_create(key=key, defaults={"user": by} | mark)
    _close_shown(gone_on, by)


def _close_shown(gone_on: GoneOn, by: "User") -> None:
    """Close forms whose text another one has taken over, as far as it had been shown there."""
    for key, serial in gone_on:
        shown = EditSession.objects.open().filter(key=key, user=by, serial__lte=serial)
        shown.update(closed_at=timezone.now(), data=None)


def discard(key: uuid.UUID, by: "User", serial: int | None = None) -> Revision | None:
    """Throw away what was left unsaved; of an article that exists it stays in the history.

    Raises Refused if more was typed there since the change `serial`, which was shown.
    """
    with transaction.atomic(), writing():
        session = _locked(EditSession.objects.unsaved().filter(key=key, user=by))
        if session is None:
            return None
        if serial is not None and session.serial > serial:
            raise Refused(_("More was typed there meanwhile. Look at it first."))
        kept = _keep(session)
        EditSession.objects.filter(pk=session.pk).update(closed_at=timezone.now(), data=None)
        return kept


def take_over(article: Article, by: "User") -> list[EditSession]:
    """Tell everybody else who has the article open that `by` goes on; their text is kept.

    Returns the forms that were taken over. Raises NotAllowed.
    """
    if reason := rights.why_not_edit(by, article):
        raise NotAllowed(reason)
    with transaction.atomic(), writing():
        others = EditSession.objects.awake().filter(article=article, taken_at=None)
        taken = list(others.exclude(user=by).select_for_update().order_by("pk"))
        for session in taken:
            _keep(session)
            EditSession.objects.filter(pk=session.pk).update(taken_by=by, taken_at=timezone.now())
            notices.taken_over(article, session.user, by)
    return taken


def others_in(article: Article, user: "User") -> Iterable[EditSession]:
    """Who else has the article open now, the first one first."""
    awake = EditSession.objects.awake().filter(article=article, taken_at=None)
    return awake.exclude(user=user).select_related("user").order_by("opened_at")


def left_by(user: "User", article: Article | None) -> Iterable[EditSession]:
    """What `user` typed in this form's place and never saved, the newest first."""
    return EditSession.objects.unsaved().filter(user=user, article=article).order_by("-saved_at")


def sweep(now: datetime | None = None) -> int:
    """Put what waits for longer than a day into the history; say how many texts that were.

    A text without an article stays for thirty days, for it has no history yet.
    """
    now = now or timezone.now()
    waiting = EditSession.objects.unsaved().filter(seen_at__lt=now - PATIENCE)
    kept = 0
    for pk in list(waiting.filter(article__isnull=False).values_list("pk", flat=True)):
        try:
            with transaction.atomic(), writing():
                if session := _locked(waiting.filter(pk=pk)):
                    kept += _keep(session) is not None
                    EditSession.objects.filter(pk=pk).update(closed_at=now, data=None)
        except (InterfaceError, OperationalError):
            raise
        except Exception:
            # One text that can't be read must not keep the others out of the history.
            logger.exception("The open form %s could not be kept.", pk)
    EditSession.objects.filter(closed_at__lt=now - FORGOTTEN).delete()
    old = EditSession.objects.filter(seen_at__lt=now - FORGOTTEN)
    old.exclude(closed_at=None, data__isnull=False, article__isnull=False).delete()
    return kept


def _locked(sessions: Any) -> EditSession | None:
    found: EditSession | None = sessions.select_for_update().first()
    return found


def _keep(session: EditSession) -> Revision | None:
    """Put the form's text into the article's history, unless it is there already."""
    if session.article_id is None or session.data is None:
        return None
    article = content.lock(session.article_id)
    text = as_content(article, session.data)
    newest = article.revisions.filter(content_hash=snapshots.fingerprint(text)).first()
    typed = session.data
    beside = " / ".join(typed[name][-1] for name in BESIDE if any(typed.get(name, ())))
    if not beside and (newest or text == snapshots.working(article)):
        return newest
    note = _("Left unsaved.")
    if beside:
        note = _("%(note)s Also typed: %(words)s") % {"note": note, "words": beside}
    return content.add_revision(article, session.user, Revision.Kind.AUTOSAVE, note, text)


def as_content(article: Article, typed: Typed) -> Content:
    """The typed text as a revision keeps it; what can't be read is as it is in the article."""
    return snapshots.with_values(snapshots.working(article), read(typed))


def read(typed: Typed) -> Values:
    """What can be understood of a form's fields; of the rest nothing is named."""
    fields: dict[str, Any] = {
        name: typed[name][-1].replace("\r\n", "\n") for name in TEXTS if typed.get(name)
    }
    if pk := _known(Section, typed.get("section")):
        fields["section_id"] = pk
    for name in ("lead_image", "share_image"):
        if name in typed:
            fields[f"{name}_id"] = _known(Image, typed[name])
    for name in sorted(MOMENTS):
        if name in typed:
            fields[name] = _moment(typed[name])
    if answers := {name: typed[name][-1] for name in QUESTIONS if typed.get(name)}:
        fields["sensitivity"] = questions.clean(answers)
    tags = split_names(typed["tag_names"][-1]) if typed.get("tag_names") else None
    return Values(fields=fields, tags=tags, bylines=_signatures(typed))


def _moment(texts: list[str]) -> datetime | None:
    """A time of the site's zone, as the form sends it; None for what is none."""
    try:
        moment = datetime.fromisoformat(texts[-1])
        aware = timezone.make_aware(moment) if timezone.is_naive(moment) else moment
        return aware.astimezone(UTC)
    except (IndexError, ValueError, OverflowError):
        return None


def _known(model: Any, texts: list[str] | None) -> int | None:
    text = texts[-1] if texts else ""
    is_number = text.isdecimal() and len(text) < 19
    return int(text) if is_number and model.objects.filter(pk=int(text)).exists() else None


def _signatures(typed: Typed) -> list[Signature] | None:
    if "signatures-author" not in typed:
        return None
    pairs = zip(typed["signatures-author"], typed.get("signatures-role", []), strict=False)
    asked = [(int(pk), role) for pk, role in pairs if pk.isdecimal() and len(pk) < 19]
    authors = Author.objects.in_bulk([pk for pk, _role in asked])
    return [
        Signature(authors[pk], role)
        for pk, role in asked
        if pk in authors and role in Byline.Role.values
    ]
