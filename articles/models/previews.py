"""Links by which somebody without an account reads what is not published yet."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.guard import GuardedQuerySet

if TYPE_CHECKING:
    from datetime import datetime


class PreviewLink(models.Model):
    """One shared preview. Its token is told once, when it is made; stored is only its hash.

    Written by previews.py alone. What was given out is never deleted, only revoked.
    """

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="preview_links"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    hits = models.PositiveIntegerField(default=0)
    last_seen_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["PreviewLink"]] = models.Manager.from_queryset(
        GuardedQuerySet["PreviewLink"]
    )()

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="previewlink_expires_later"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article_id} → {self.expires_at:%Y-%m-%d %H:%M}"

    def is_open(self, at: "datetime") -> bool:
        """Whether it still leads to the article at that time."""
        return self.revoked_at is None and self.expires_at > at
