"""The only writer of confidential notes, and the only one who opens them (hak tolak).

The text leaves this module to the person who asked and to nobody else: not to search, revisions,
logs or mails. That somebody opened a note is an entry of the audit log; what it says is not.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from accounts import audit, roles
from articles import rights, words
from articles.errors import NotAllowed, Refused
from articles.guard import writing
from articles.models import Article, ConfidentialNote, NoteReader
from articles.models.confidential import READ_ALL
from articles.seal import NoKey, Seal

if TYPE_CHECKING:
    from accounts.models import User

MOST_CHARACTERS = 20_000


class CannotOpen(Refused):
    """The key of this note is not among the keys of this installation."""


def may_add(user: "User", article: Article) -> bool:
    """Whether `user` works on articles and may read this one."""
    return user.has_perm("articles.change_article") and rights.may_read(user, article)


def may_change(user: "User", note: ConfidentialNote) -> bool:
    """Whether `user`, who may read the note, may also rewrite it and name its readers."""
    return note.author_id == user.pk or roles.has_by_role(user, READ_ALL)


@sensitive_variables("text")
def add(article: Article, text: str, by: "User", *, request: HttpRequest) -> ConfidentialNote:
    """A new note with its author's name on it. Raises NotAllowed, Refused and ValidationError."""
    if not may_add(by, article):
        raise NotAllowed(_("Your role does not include this step."))
    with transaction.atomic(), writing():
        note = ConfidentialNote(article=article, author=by, **_locked(text))
        note.save()
        NoteReader.objects.create(note=note, reader=by, granted_by=by)
        _tell("add", note, by, request)
    return note


@sensitive_variables("text")
def read(note: ConfidentialNote, by: "User", *, request: HttpRequest) -> str:
    """The text; that it was opened is written down first. Raises NotAllowed and CannotOpen."""
    _require_reader(note, by)
    _tell("open", note, by, request)
    try:
        return Seal(settings.CONFIDENTIAL_KEYS).open(bytes(note.locked))
    except NoKey as error:
        message = _("The key of this note is missing on the server. Ask whoever runs it.")
        raise CannotOpen(message) from error


@sensitive_variables("text")
def save(
    note: ConfidentialNote, text: str, base_version: int, by: "User", *, request: HttpRequest
) -> None:
    """Put `text` in the place of version `base_version`, of which nothing is kept.

    Raises NotAllowed, ValidationError, and Refused when somebody else was quicker.
    """
    _require_author(note, by)
    with transaction.atomic(), writing():
        rows = ConfidentialNote.objects.filter(pk=note.pk, version=base_version).update(
            **_locked(text), version=F("version") + 1, changed_at=timezone.now()
        )
        if rows != 1:
            raise Refused(
                _("Somebody else has changed this note meanwhile. Read it in another window first.")
            )
        _tell("change", note, by, request)


def name_readers(
    note: ConfidentialNote, people: Iterable["User"], by: "User", *, request: HttpRequest
) -> None:
    """Let exactly `people` read the note, beside the chief editor. Raises NotAllowed."""
    _require_author(note, by)
    wanted = {person.pk for person in people if person.is_active and person.is_staff}
    with transaction.atomic(), writing():
        ConfidentialNote.objects.select_for_update().get(pk=note.pk)
        held = set(note.names.values_list("reader", flat=True))
        note.names.exclude(reader__in=wanted).delete()
        NoteReader.objects.bulk_create(
            NoteReader(note=note, reader_id=pk, granted_by=by) for pk in sorted(wanted - held)
        )
        if wanted != held:
            told = {"added": wanted - held, "removed": held - wanted}
            numbers = {what: " ".join(map(str, sorted(ids))) for what, ids in told.items() if ids}
            _tell("readers", note, by, request, **numbers)


def rekey() -> tuple[int, list[int]]:
    """Lock every note with the first key: how many there were, and which no key opens.

    Raises NoKey if there is none to lock with.
    """
    seal = Seal(settings.CONFIDENTIAL_KEYS)
    done, lost = 0, []
    for note in ConfidentialNote.objects.exclude(key_id=seal.key_id).order_by("pk").iterator():
        try:
            fresh = seal.renew(bytes(note.locked))
        except NoKey:
            lost.append(note.pk)
            continue
        with writing():
            # Whoever saves it in between locks it with the first key as well.
            same = ConfidentialNote.objects.filter(pk=note.pk, version=note.version)
            done += same.update(locked=fresh, key_id=seal.key_id)
    if done:
        audit.record("note.rekey", details={"notes": done})
    return done, lost


@sensitive_variables("text")
def _locked(text: str) -> dict[str, Any]:
    """The fields of a locked text. Raises ValidationError and Refused."""
    text = words.clean(text).strip()
    if not text:
        raise ValidationError({"text": _("Write something, or leave the page.")})
    if len(text) > MOST_CHARACTERS:
        raise ValidationError({"text": _("A note has at most 20,000 characters.")})
    seal = Seal(settings.CONFIDENTIAL_KEYS)
    try:
        return {"locked": seal.lock(text), "key_id": seal.key_id}
    except NoKey as error:
        raise Refused(
            _("This server has no key for confidential notes (CONFIDENTIAL_KEYS).")
        ) from error


def _require_reader(note: ConfidentialNote, by: "User") -> None:
    if not ConfidentialNote.objects.readable_by(by).filter(pk=note.pk).exists():
        raise NotAllowed(_("Your name is not on this note."))


def _require_author(note: ConfidentialNote, by: "User") -> None:
    _require_reader(note, by)
    if not may_change(by, note):
        raise NotAllowed(_("Only its author and the chief editor change this note."))


def _tell(
    verb: str, note: ConfidentialNote, by: "User", request: HttpRequest, **details: Any
) -> None:
    told = {"article": note.article_id} | details
    audit.record(f"note.{verb}", by=by, target=note, details=told, request=request)
