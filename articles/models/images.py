"""Photographs and drawings. The original is private; readers get renditions (renditions.py)."""

import secrets
from typing import Any, ClassVar

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils import timezone
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


class Image(models.Model):
    """A picture with what the law and the reader want to know of it."""

    original = models.FileField(_("file"), storage=originals, upload_to=random_name)
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)

    caption = models.CharField(_("caption"), max_length=400, blank=True)
    credit = models.CharField(
        _("credit"),
        max_length=160,
        blank=True,
        help_text=_("Photographer and source: “Foto: Nama/Kantor berita”."),
    )
    alt = models.CharField(
        _("description for blind readers"),
        max_length=300,
        blank=True,
        help_text=_("What is to be seen, in a sentence."),
    )

    focus_x = models.FloatField(_("focus, from the left"), default=0.5)
    focus_y = models.FloatField(_("focus, from the top"), default=0.4)
    crops = models.JSONField(default=dict, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    ready = models.JSONField(default=dict, blank=True, editable=False)

    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    created_at = models.DateTimeField(_("uploaded at"), default=timezone.now, editable=False)

    objects: ClassVar[models.Manager["Image"]] = models.Manager.from_queryset(
        GuardedQuerySet["Image"]
    )()

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
        ]
        indexes = [models.Index(fields=["-created_at", "-id"], name="image_newest")]

    def __str__(self) -> str:
        return self.caption or self.alt or str(_("Image %d")) % self.pk

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise models.ProtectedError("Pictures are kept: an old revision may show them.", {self})
