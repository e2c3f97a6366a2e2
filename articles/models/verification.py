"""What the newsroom has done before it published: whom it asked, and who looked for identities.

None of it is ever shown to readers (domain rules V-1 and E-1). Written by verification.py alone.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.guard import GuardedQuerySet


class ConfirmationAttempt(models.Model):
    """Somebody whom a text may harm was asked for his side. Struck out, it counts no more."""

    class Outcome(models.TextChoices):
        ANSWERED = "answered", _("Answered")
        REFUSED = "refused", _("Refused to answer")
        UNREACHABLE = "unreachable", _("Could not be reached")

    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="confirmation_attempts"
    )
    asked = models.CharField(_("who was asked"), max_length=160)
    at = models.DateTimeField(_("when"))
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome)
    note = models.CharField(_("note"), max_length=500, blank=True)

    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)
    struck_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    struck_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["ConfirmationAttempt"]] = models.Manager.from_queryset(
        GuardedQuerySet["ConfirmationAttempt"]
    )()

    class Meta:
        verbose_name = _("confirmation attempt")
        verbose_name_plural = _("confirmation attempts")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.outcome}"


class IdentityCheck(models.Model):
    """A second editor has looked for everything that lets others trace a person (KEJ 5).

    It is about one text: `text_hash` says which (gate.betrayals).
    """

    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="identity_checks"
    )
    text_hash = models.CharField(max_length=64)
    revision = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, related_name="+")
    items = models.JSONField()
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    checked_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["IdentityCheck"]] = models.Manager.from_queryset(
        GuardedQuerySet["IdentityCheck"]
    )()

    class Meta:
        verbose_name = _("check of identities")
        verbose_name_plural = _("checks of identities")
        ordering = ["-checked_at", "-id"]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.checked_at:%Y-%m-%d}"
