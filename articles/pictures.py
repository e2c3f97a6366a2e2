"""The only writer of pictures: what comes in is looked at, and every change is announced.

A file is decoded before anything of it is stored. ValidationError says what is wrong with a file
or a field and what to do; NotAllowed, what this person may not do.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from copy import copy
from datetime import date, datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.base import ModelState
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import audit
from articles import (
    copies,
    creditline,
    outbox,
    questions,
    relations,
    renditions,
    rights,
    snapshots,
    verification,
)
from articles.crops import Cut
from articles.errors import NotAllowed
from articles.guard import writing
from articles.models import Article, Image, ImageUse, ReplacedFile
from articles.models.images import NATURES, new_token
from articles.renditions import Notes, Original, tidy

if TYPE_CHECKING:
    from accounts.models import User

LIMITS = {
    "caption": 400,
    "credit": 160,
    "photographer": 70,
    "source": 70,
    "alt": 300,
    "licence": 120,
}
FOCUS = ("focus_x", "focus_y")
CREDITED = {"photographer", "source", "nature"}
# A change of these is a change of the public files themselves.
IN_THE_FILES = {*FOCUS, "crops", "credit", *CREDITED}
# What is so of the file itself, and not of one use of it.
OF_THE_FILE = {"credit", *CREDITED, "taken_on", "licence", "licence_ends"}
# What an article before its readers needs of its pictures (gate.py), and where that is mended.
OF_A_LEAD = {"caption": "caption", "alt": "alt", "credit": "photographer"}
OF_ANY_USE = {"credit": "photographer"}
FILE = ("original", "width", "height", "crops", "revision", "wanted", "ready")
# A picture that is narrower looks soft on large screens, and Google Discover leaves it out.
WIDE_ENOUGH = 1200
# Time enough to see that it was the wrong picture that was replaced.
REPLACED_STAYS = timedelta(days=30)


# What the audit log is told with its values.
TOLD = ["credit", "nature", "licence", "licence_ends", *FOCUS]


class Facts(TypedDict, total=False):
    """What may be said of a picture. `credit` is a whole line, as old texts and imports have it;
    else the line is built from photographer and source."""

    caption: str
    credit: str
    photographer: str
    source: str
    alt: str
    nature: str
    taken_on: date | None
    licence: str
    licence_ends: date | None
    focus_x: float
    focus_y: float
    crops: dict[str, list[float]]


def store(
    file: "File[bytes]",
    *,
    by: "User | None",
    focus: tuple[float, float] = (0.5, 0.4),
    sending: str = "",
    **facts: Unpack[Facts],
) -> Image:
    """Keep a new picture and make its first copy; `by` None is an import on the server itself.

    What is left empty is taken from what the file says of itself. `sending` is a browser's own
    word for this one file: what the same person sends again under it, because the answer was lost,
    is the picture that is there already.
    """
    rights.require(by, "articles.add_image")
    sent_as = _sent_as(sending, by)
    if known := _sent(sent_as):
        return known
    image = Image(uploaded_by=by, wanted=2, sent_as=sent_as)
    _assign(image, Facts(focus_x=focus[0], focus_y=focus[1]) | facts)
    data, original = _decoded(file)
    _fill(image, original.notes)
    try:
        with _kept(image, data, original), transaction.atomic():
            image.save()
            # A text may have named it before it was there.
            outbox.announce({f"image:{image.pk}"})
            audit.record("image.add", by=by, target=image, details={"credit": image.credit})
            copies.order(image)
    except IntegrityError:
        # The same file was sent twice at a time, and the other was first.
        if known := _sent(sent_as):
            return known
        raise
    return image


def _sent_as(sending: str, by: "User | None") -> str:
    """Each person has words of her own: nobody is answered with the picture of somebody else."""
    return sha256(f"{by.pk if by else ''}:{sending}".encode()).hexdigest() if sending else ""


def _sent(sent_as: str) -> Image | None:
    return Image.objects.filter(sent_as=sent_as).first() if sent_as else None


def update(image: Image, *, by: "User | None", **facts: Unpack[Facts]) -> Image:
    """Change what is said of a picture, its focus or its cuts; what is not named stays.

    Returns the picture as saved. Readers get the copies that there are until the worker has made
    those of another cut or credit, under new addresses.
    """
    rights.require(by, "articles.change_image")
    of_the_file = {name: fact for name, fact in facts.items() if name in OF_THE_FILE}
    with transaction.atomic(), writing():
        fresh, *others = _family(image)
        _change(fresh, facts, by)
        for other in others:
            _change(other, of_the_file, by)
    return fresh


def vary(image: Image, *, by: "User | None") -> Image:
    """The same file once more, to be cut and described otherwise for one use.

    Credit and rights stay those of the file: a change of them, or of the file, is one of all.
    Raises ValidationError if the original is not there any more.
    """
    rights.require(by, "articles.add_image")
    with transaction.atomic(), writing():
        # Held, so that a file which is replaced meanwhile does not live on in this cut.
        fresh = _family(image)[0]
        variant = copy(fresh)
        variant._state = ModelState()
        variant.pk, variant.token = None, new_token()
        variant.variant_of_id = fresh.variant_of_id or fresh.pk
        variant.uploaded_by, variant.created_at = by, timezone.now()
        variant.revision, variant.wanted, variant.sent_as = 1, 2, ""
        with copies.first(variant, renditions.reread(fresh)):
            variant.save()
            outbox.announce({f"image:{variant.pk}"})
            audit.record("image.vary", by=by, target=variant, details={"of": fresh.pk})
            copies.order(variant)
    return variant


def replace(image: Image, file: "File[bytes]", *, by: "User | None") -> Image:
    """Another file under the same caption, in every article that shows the picture.

    Returns the picture as saved. The copies of the file before are gone from the public store
    when this is committed: a wrong photograph must not stay where somebody has its address. Cuts
    made by hand went with it. The original of before stays in the private store for REPLACED_STAYS.
    """
    rights.require(by, "articles.change_image")
    data, original = _decoded(file)
    before: set[str] = set()
    with transaction.atomic(), writing(), ExitStack() as kept:
        family = _family(image)
        for one in family:
            _check_articles(one, by)
            if (name := str(one.original.name)) not in before:
                before.add(name)
                ReplacedFile.objects.create(image=one, file=name)
            one.revision = one.wanted + 1
            one.wanted, one.crops = one.revision + 1, {}
            kept.enter_context(_kept(one, data, original))
            _save(one, set(FILE))
            copies.order(one)
            discard = partial(renditions.discard_before, one, one.revision)
            transaction.on_commit(discard, robust=True)
        audit.record("image.replace", by=by, target=family[0])
    return family[0]


def forget_replaced(now: datetime, most: int) -> int:
    """Take away originals that were replaced long enough before `now` (aware); how many files.

    No text or revision shows one: they name a picture, and that has another file since.
    """
    due = ReplacedFile.objects.filter(at__lte=now - REPLACED_STAYS).order_by("pk")[:most]
    for row in due:
        # First the file: whoever is killed in between does it again.
        if not Image.objects.filter(original=row.file.name).exists():
            row.file.delete(save=False)
        row.delete()
    return len(due)


def is_narrow(image: Image) -> bool:
    """Whether whoever uploads it should look for a larger file."""
    return image.width < WIDE_ENOUGH


def _decoded(file: "File[bytes]") -> tuple[bytes, Original]:
    """The bytes are read once, so that what was looked at is what is kept."""
    renditions.check_weight(file.size)
    file.seek(0)
    data = file.read()
    return data, renditions.decode(data, file.name or "", surplus=renditions.surplus_of_first)


def _fill(image: Image, notes: Notes) -> None:
    """Take over what a photographer or an agency wrote into the file, as far as it fits."""
    found = {name: getattr(notes, name) for name in ("caption", "licence", "taken_on")}
    if not image.credit:
        found |= {"photographer": notes.photographer, "source": notes.source}
    if image.nature == Image.Nature.PHOTO:
        found["nature"] = NATURES.get(notes.source_type, Image.Nature.PHOTO)
    for name, value in found.items():
        if name == "nature" or not getattr(image, name):
            fits = renditions.shortened(value, LIMITS[name]) if name in LIMITS else value
            setattr(image, name, fits)
    if not image.credit:
        image.credit = credit_line(image)


def credit_line(image: Image) -> str:
    """The credit that its fields make, in the paper's language."""
    names = creditline.both(image.photographer, image.source)
    if not names:
        return ""
    with translation.override(settings.LANGUAGE_CODE):
        line = {
            Image.Nature.ILLUSTRATION: _("Illustration: %(names)s"),
            Image.Nature.AI_MADE: _("Image: %(names)s"),
        }.get(Image.Nature(image.nature), _("Photo: %(names)s"))
    return line % {"names": names}


def _assign(image: Image, facts: Mapping[str, Any]) -> set[str]:
    """Put checked values on the row in memory. Returns the names of those that are new."""
    values = dict(facts)
    if line := tidy(values.get("credit") or ""):
        parts = zip(("photographer", "source"), creditline.parts(line), strict=True)
        values = dict(parts) | values
    elif "credit" in values:
        # Whoever takes the whole line away names nobody.
        values = {"photographer": "", "source": ""} | values
    before = {name: getattr(image, name) for name in (*values, "credit")}
    for name, value in values.items():
        setattr(image, name, tidy(value) if name in LIMITS else value)
    if CREDITED.intersection(_new(image, before)) and not line:
        _build_credit(image, before)
    changed = _new(image, before)
    others = {field.name for field in Image._meta.concrete_fields} - changed
    image.clean_fields(exclude=others)
    for name in changed.intersection(FOCUS):
        if not 0 <= getattr(image, name) <= 1:
            raise ValidationError({name: _("The focus lies between 0 and 1.")})
    if "crops" in changed:
        _check_crops(image)
    return changed


def _build_credit(image: Image, before: Mapping[str, Any]) -> None:
    """Build the line anew, but leave one alone that was typed whole and can't be told apart."""
    names = (image.photographer, image.source, before.get("photographer"), before.get("source"))
    if any(names):
        image.credit = credit_line(image)


def _new(image: Image, before: Mapping[str, Any]) -> set[str]:
    return {name for name, value in before.items() if getattr(image, name) != value}


def _check_crops(image: Image) -> None:
    size = (image.width, image.height)
    for code, cut in image.crops.items():
        ratio = renditions.RECIPES[code].ratio if code in renditions.CUTS else None
        if ratio is None or not Cut(*cut).fits(size, ratio):
            raise ValidationError({f"crop_{code}": _("This cut does not lie inside the picture.")})


def _family(image: Image) -> list[Image]:
    """The rows as they are now, held until the transaction ends: this one, then all of its file."""
    root = image.variant_of_id or image.pk
    # First this one alone: what somebody adds to the family meanwhile is seen by the next question.
    Image.objects.select_for_update().get(pk=root)
    rows = Image.objects.select_for_update().filter(Q(pk=root) | Q(variant_of=root))
    # Locked in one order by all, or two who change a file at once would wait for each other.
    return sorted(rows.order_by("pk"), key=lambda row: row.pk != image.pk)


def _change(image: Image, facts: Mapping[str, Any], by: "User | None") -> None:
    before = copy(image)
    if changed := _assign(image, facts):
        emptied = {name for name in OF_A_LEAD if getattr(before, name) and not getattr(image, name)}
        _check_articles(image, by, emptied)
        _check_credit(image)
        _write(image, changed)
        told = audit.changes(before, image, TOLD, ["caption", "alt"])
        audit.record("image.change", by=by, target=image, details=told)


def _check_articles(image: Image, by: "User | None", emptied: Collection[str] = ()) -> None:
    """What readers see of a published article is changed by those who may change the article.

    Where identities are guarded (KEJ 5, domain rule E-1), by who could look it through: nobody
    looks again at what goes out at once. What the gate asked for stays.
    """
    if by is None:
        return
    for article, roles in _shown_in(image):
        told = {"headline": article.headline}
        reason = rights.why_not_change_at_once(by, article)
        if not reason and _guards_identity(article):
            reason = verification.why_not_check(by, article)
        if reason:
            message = _("“%(headline)s” shows this picture. %(reason)s")
            raise NotAllowed(message % (told | {"reason": reason}))
        needed = OF_A_LEAD if ImageUse.Role.LEAD in roles else OF_ANY_USE
        if lost := [needed[name] for name in needed if name in emptied]:
            words = (
                _("“%(headline)s” shows this picture to readers, so this can't be empty.") % told
            )
            raise ValidationError(dict.fromkeys(lost, words))


def _shown_in(image: Image) -> Collection[tuple[Article, set[str]]]:
    """The published articles that show it, now or when their scheduled change is out, and as what.

    What the desk only works on is none of it: it is looked at once more before it goes out.
    """
    uses = image.uses.filter(article__status=Article.Status.PUBLISHED)
    waits = Q(is_draft=False) | Q(article__scheduled_revision__isnull=False)
    found: dict[int, tuple[Article, set[str]]] = {}
    for use in uses.filter(waits).select_related("article__scheduled_revision").order_by("article"):
        article = use.article
        if not use.is_draft or (image.pk, use.role) in relations.scheduled_uses(article):
            found.setdefault(article.pk, (article, set()))[1].add(use.role)
    return found.values()


def _guards_identity(article: Article) -> bool:
    """Whether the text that readers see does so, or the one that waits for its time."""
    waiting = article.scheduled_revision
    fields = snapshots.complete(waiting)["fields"] if waiting else {}
    answers = (article.sensitivity, fields.get("sensitivity", {}))
    return any(questions.guards_identity(one) for one in answers)


def _check_credit(image: Image) -> None:
    """The same rule as when an article takes its lead image, so that nobody gets round it later."""
    if not image.credit and image.uses.filter(role=ImageUse.Role.LEAD).exists():
        message = _("An article leads with this picture, so its credit must be named.")
        raise ValidationError({"photographer": message})


def _write(image: Image, changed: set[str]) -> None:
    if changed.isdisjoint(IN_THE_FILES):
        _save(image, changed)
        return
    image.wanted += 1
    _save(image, changed | {"wanted"})
    copies.order(image)


def _save(image: Image, changed: set[str]) -> None:
    """Write the named fields and announce the picture: every page that shows it knows its tag."""
    image.save(update_fields=sorted(changed))
    outbox.announce({f"image:{image.pk}"})


@contextmanager
def _kept(image: Image, data: bytes, original: Original) -> Iterator[None]:
    """Store the file and its first copy; take them away if the block can't save the row."""
    image.width, image.height = original.size
    image.original.save("", ContentFile(data), save=False)
    try:
        with copies.first(image, original):
            yield
    except BaseException:
        image.original.delete(save=False)
        raise
