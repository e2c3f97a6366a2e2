"""The only writer of pictures: what comes in is looked at, and every change is announced.

A file is decoded before anything of it is stored. ValidationError says what is wrong with a file
or a field and what to do; NotAllowed, what this person may not do.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import audit
from articles import outbox, renditions, rights
from articles.errors import NotAllowed
from articles.guard import writing
from articles.models import Article, Image, ImageUse
from articles.renditions import Notes, Original, tidy

if TYPE_CHECKING:
    from accounts.models import User

LIMITS = {"caption": 400, "credit": 160, "alt": 300}
FOCUS = ("focus_x", "focus_y")
FILE = ("original", "width", "height", "revision", "ready")


def store(
    file: "File[bytes]",
    *,
    by: "User | None",
    caption: str = "",
    credit: str = "",
    alt: str = "",
    focus: tuple[float, float] = (0.5, 0.4),
) -> Image:
    """Keep a new picture and make its copies; `by` None is an import on the server itself.

    A caption or credit that is left empty is taken from what the file says of itself.
    """
    rights.require(by, "articles.add_image")
    image = Image(uploaded_by=by)
    given = {"caption": caption, "credit": credit, "alt": alt}
    _assign(image, given | dict(zip(FOCUS, focus, strict=True)))
    data, original = _decoded(file)
    _fill(image, original.notes)
    with _kept(image, data, original), transaction.atomic():
        image.save()
        # A text may have named it before it was there.
        outbox.announce({f"image:{image.pk}"})
        audit.record("image.add", by=by, target=image, details={"credit": image.credit})
    return image


def update(
    image: Image,
    *,
    by: "User | None",
    caption: str | None = None,
    credit: str | None = None,
    alt: str | None = None,
    focus_x: float | None = None,
    focus_y: float | None = None,
) -> Image:
    """Change what is said of a picture, or where its focus lies; None leaves a thing as it is.

    Returns the picture as saved. Another focus cuts all copies anew, under new addresses.
    """
    rights.require(by, "articles.change_image")
    values: dict[str, Any] = {"caption": caption, "credit": credit, "alt": alt}
    values |= {"focus_x": focus_x, "focus_y": focus_y}
    with transaction.atomic(), writing():
        fresh = _locked(image)
        before = copy(fresh)
        changed = _assign(fresh, {name: v for name, v in values.items() if v is not None})
        if changed:
            _check_articles(fresh, by)
            _check_credit(fresh)
            _write(fresh, changed)
            told = audit.changes(before, fresh, ["credit", *FOCUS], ["caption", "alt"])
            audit.record("image.change", by=by, target=fresh, details=told)
    return fresh


def replace(image: Image, file: "File[bytes]", *, by: "User | None") -> Image:
    """Another file under the same caption, in every article that shows the picture.

    Returns the picture as saved. The copies of the file before are gone from the public store
    when this is committed: a wrong photograph must not stay where somebody has its address.
    """
    rights.require(by, "articles.change_image")
    data, original = _decoded(file)
    with transaction.atomic(), writing():
        fresh = _locked(image)
        _check_articles(fresh, by)
        before = copy(fresh)
        fresh.revision += 1
        with _kept(fresh, data, original):
            _save(fresh, set(FILE))
            told = {"revision": [before.revision, fresh.revision]}
            audit.record("image.replace", by=by, target=fresh, details=told)
        transaction.on_commit(partial(renditions.discard, before), robust=True)
    return fresh


def _decoded(file: "File[bytes]") -> tuple[bytes, Original]:
    """The bytes are read once, so that what was looked at is what is kept."""
    renditions.check_weight(file.size)
    file.seek(0)
    data = file.read()
    return data, renditions.decode(data)


def _fill(image: Image, notes: Notes) -> None:
    """Take over what a photographer or an agency wrote into the file, as far as it fits."""
    with translation.override(settings.LANGUAGE_CODE):
        credit = _("Photo: %(names)s") % {"names": "/".join(notes.names)} if notes.names else ""
    found = {"caption": notes.caption, "credit": credit}
    for name, text in found.items():
        if not getattr(image, name):
            setattr(image, name, text[: LIMITS[name]].strip())


def _assign(image: Image, values: Mapping[str, Any]) -> set[str]:
    """Put checked values on the row in memory. Returns the names of those that are new."""
    before = {name: getattr(image, name) for name in values}
    for name, value in values.items():
        setattr(image, name, tidy(value) if name in LIMITS else value)
    changed = {name for name in values if getattr(image, name) != before[name]}
    others = {field.name for field in Image._meta.concrete_fields} - changed
    image.clean_fields(exclude=others)
    for name in changed.intersection(FOCUS):
        if not 0 <= getattr(image, name) <= 1:
            raise ValidationError({name: _("The focus lies between 0 and 1.")})
    return changed


def _locked(image: Image) -> Image:
    """The row as it is now, held until the transaction ends.

    It is held while copies are made as well: two who cut the same picture at once would write
    files of the same names. On SQLite that keeps other writers waiting for about a second.
    """
    return Image.objects.select_for_update().get(pk=image.pk)


def _check_articles(image: Image, by: "User | None") -> None:
    """What readers see of a published article is changed by those who may change the article."""
    if by is None:
        return
    shown_in = Article.objects.filter(image_uses__image=image, status=Article.Status.PUBLISHED)
    for article in shown_in.distinct():
        if reason := rights.why_not_change_at_once(by, article):
            message = _("“%(headline)s” shows this picture. %(reason)s")
            raise NotAllowed(message % {"headline": article.headline, "reason": reason})


def _check_credit(image: Image) -> None:
    """The same rule as when an article takes its lead image, so that nobody gets round it later."""
    if not image.credit and image.uses.filter(role=ImageUse.Role.LEAD).exists():
        message = _("An article leads with this picture, so its credit must be named.")
        raise ValidationError({"credit": message})


def _write(image: Image, changed: set[str]) -> None:
    if changed.isdisjoint(FOCUS):
        _save(image, changed)
        return
    image.revision += 1
    with _copies(image, renditions.reread(image)):
        _save(image, changed | {"revision", "ready"})


def _save(image: Image, changed: set[str]) -> None:
    """Write the named fields and announce the picture: every page that shows it knows its tag."""
    image.save(update_fields=sorted(changed))
    outbox.announce({f"image:{image.pk}"})


@contextmanager
def _kept(image: Image, data: bytes, original: Original) -> Iterator[None]:
    """Store the file and its copies; take them away again if the block can't save the row."""
    image.width, image.height = original.size
    image.original.save("", ContentFile(data), save=False)
    try:
        with _copies(image, original):
            yield
    except BaseException:
        image.original.delete(save=False)
        raise


@contextmanager
def _copies(image: Image, original: Original) -> Iterator[None]:
    image.ready = renditions.plan(original.size)
    try:
        renditions.write(image, original)
        yield
    except BaseException:
        renditions.discard(image)
        raise
