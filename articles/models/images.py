"""Photographs and drawings. The original is private; readers get renditions (renditions/)."""

import secrets
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from articles.guard import GuardedQuerySet


def originals() -> Storage:
    """The private store of files as they came."""
    return storages["originals"]


def new_token() -> str:
    """128 bits in lower-case letters and digits: nobody guesses a picture's address."""
    return secrets.token_hex(16)


def random_name(image: "Image", filename: str) -> str:
    """A stored name that tells nothing: a file's own name may carry a person's."""
    return f"{timezone.now():%Y/%m}/{secrets.token_hex(16)}"


class ImageQuerySet(GuardedQuerySet["Image"]):
    """The archive of pictures."""

    def incomplete(self) -> "ImageQuerySet":
        """Those whose copies are still to be made, or are those of an earlier state."""
        return self.filter(revision__lt=models.F("wanted"))

    def licence_ended(self, day: date) -> "ImageQuerySet":
        """Those that may not be shown any more on that day."""
        return self.filter(licence_ends__lt=day)

    def licence_ending(self, first: date, last: date) -> "ImageQuerySet":
        """Those whose last day is one of these."""
        return self.filter(licence_ends__range=(first, last))

    def still_shown(self) -> "ImageQuerySet":
        """Those that a published article shows."""
        shown = {"uses__is_draft": False, "uses__article__status": "published"}
        return self.filter(**shown).distinct()


class Image(models.Model):
    """A picture with what the law and the reader want to know of it."""

    class Nature(models.TextChoices):
        """How it came to be; all but the first must be said beside it (Dewan Pers 1/2025)."""

        PHOTO = "photo", _("Photograph")
        AI_MADE = "ai_made", _("Image made with AI")
        AI_EDITED = "ai_edited", _("Image edited with AI")
        ARCHIVE = "archive", _("Archive picture")
        ILLUSTRATION = "illustration", _("Illustration")

    original = models.FileField(_("file"), storage=originals, upload_to=random_name)
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)

    caption = models.CharField(_("caption"), max_length=400, blank=True)
    # Printed under the picture; built by pictures.py from the two that follow, if one is known.
    credit = models.CharField(_("credit"), max_length=160, blank=True, editable=False)
    photographer = models.CharField(_("photographer"), max_length=70, blank=True)
    source = models.CharField(
        _("source"),
        max_length=70,
        blank=True,
        help_text=_("The agency, paper or archive that it comes from."),
    )
    alt = models.CharField(
        _("description for blind readers"),
        max_length=300,
        blank=True,
        help_text=_("What is to be seen, in a sentence."),
    )
    nature = models.CharField(
        _("kind of picture"), max_length=12, choices=Nature, default=Nature.PHOTO
    )
    taken_on = models.DateField(_("taken on"), null=True, blank=True)
    licence = models.CharField(
        _("licence"),
        max_length=120,
        blank=True,
        help_text=_(
            "On what terms it may be shown: a contract, an open licence, or whose permission."
        ),
    )
    licence_ends = models.DateField(_("licence ends on"), null=True, blank=True)

    focus_x = models.FloatField(_("focus, from the left"), default=0.5)
    focus_y = models.FloatField(_("focus, from the top"), default=0.4)
    # Cuts made by hand: left, top and width as parts of the whole, by recipe (crops.Cut).
    crops = models.JSONField(default=dict, blank=True, editable=False)
    # The state of the copies that are there, and the one of those that there should be.
    revision = models.PositiveIntegerField(default=1, editable=False)
    wanted = models.PositiveIntegerField(default=1, editable=False)
    ready = models.JSONField(default=dict, blank=True, editable=False)

    # The same file, cut and described otherwise for one use; it has an address of its own.
    variant_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="variants",
        verbose_name=_("another cut of"),
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    created_at = models.DateTimeField(_("uploaded at"), default=timezone.now, editable=False)
    # By which a file that is sent again is known (pictures.store); empty where nobody said.
    sent_as = models.CharField(max_length=64, blank=True, default="", editable=False)

    objects: ClassVar[ImageQuerySet] = ImageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(focus_x__gte=0, focus_x__lte=1, focus_y__gte=0, focus_y__lte=1),
                name="image_focus_inside",
                violation_error_message=_("The focus lies between 0 and 1."),
            ),
            models.CheckConstraint(
                condition=models.Q(width__gt=0, height__gt=0), name="image_has_size"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    nature__in=["photo", "ai_made", "ai_edited", "archive", "illustration"]
                ),
                name="image_nature_known",
            ),
            models.UniqueConstraint(
                fields=["sent_as"], condition=~models.Q(sent_as=""), name="image_sent_once"
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="image_newest"),
            # The sweep for copies that nobody made.
            models.Index(
                fields=["id"],
                condition=models.Q(revision__lt=models.F("wanted")),
                name="image_incomplete",
            ),
            # The desk's warning of licences.
            models.Index(
                fields=["licence_ends"],
                condition=models.Q(licence_ends__isnull=False),
                name="image_licence",
            ),
        ]

    def __str__(self) -> str:
        return self.caption or self.alt or str(_("Image %d")) % self.pk

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise models.ProtectedError("Pictures are kept: an old revision may show them.", {self})

    @property
    def nature_label(self) -> str:
        """The words that must stand beside it wherever it is shown; none for a photograph."""
        if self.nature == self.Nature.PHOTO:
            return ""
        return str(self.Nature(self.nature).label)

    @property
    def label(self) -> str:
        """The same under the picture itself: what is from an archive tells its day (KEJ)."""
        if self.nature == self.Nature.ARCHIVE and self.taken_on:
            return f"{self.nature_label}, {date_format(self.taken_on, 'j F Y')}"
        return self.nature_label

    @property
    def digital_source_type(self) -> str:
        """IPTC's word for how it was made; empty where the desk has not said so."""
        return SOURCE_TYPES.get(self.Nature(self.nature), "")

    @property
    def is_complete(self) -> bool:
        """Whether the copies are those that there should be."""
        return self.revision >= self.wanted

    def is_licensed(self, day: date) -> bool:
        """Whether it may be shown on that day."""
        return self.licence_ends is None or self.licence_ends >= day


class ReplacedFile(models.Model):
    """An original that another file has replaced: named, until pictures.py takes it away."""

    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="+")
    file = models.FileField(storage=originals)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("replaced file")
        verbose_name_plural = _("replaced files")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.image_id} {self.at:%Y-%m-%d}"


SOURCE_TYPES = {
    Image.Nature.AI_MADE: "trainedAlgorithmicMedia",
    Image.Nature.AI_EDITED: "compositeWithTrainedAlgorithmicMedia",
    Image.Nature.ILLUSTRATION: "digitalCreation",
}
# What a file says of itself may be more exact than what the desk tells apart.
NATURES = {word: nature for nature, word in SOURCE_TYPES.items()} | {
    "compositeSynthetic": Image.Nature.AI_EDITED,
    "digitalArt": Image.Nature.ILLUSTRATION,
}
