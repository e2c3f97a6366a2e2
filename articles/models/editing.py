"""Who has which article open, and what was typed there that is not saved yet."""

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class EditSessionQuerySet(models.QuerySet["EditSession"]):
    """What can be asked about open forms."""

    def open(self) -> Self:
        return self.filter(closed_at=None)

    def awake(self, at: datetime | None = None) -> Self:
        """The tabs that somebody has before her eyes, as far as one knows at `at` (now)."""
        return self.open().filter(seen_at__gt=(at or timezone.now()) - EditSession.SILENCE)

    def unsaved(self) -> Self:
        """What was typed and neither saved nor thrown away."""
        return self.open().filter(data__isnull=False)


class EditSession(models.Model):
    """One tab with one article's form. Written by editing.py alone; all times are UTC."""

    # A tab that has not been heard of for so long is closed, asleep or cut off.
    SILENCE: ClassVar[timedelta] = timedelta(seconds=60)

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="edit_sessions"
    )
    # Missing while the article has never been saved.
    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, null=True, related_name="edit_sessions"
    )
    base_version = models.PositiveIntegerField(default=0)
    # The form's fields as they were typed, each a list of texts; nothing of it is checked.
    data = models.JSONField(null=True)
    # Counts the changes in the tab: what arrives late never covers what is newer.
    serial = models.PositiveIntegerField(default=0)

    opened_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True)

    objects: ClassVar[EditSessionQuerySet] = EditSessionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("open form")
        verbose_name_plural = _("open forms")
        ordering = ["-seen_at"]
        indexes = [
            # Who is in this article; what I left unsaved in it.
            models.Index(
                fields=["article", "-seen_at"],
                condition=models.Q(closed_at=None),
                name="edit_session_open",
            ),
            # What I left unsaved anywhere.
            models.Index(
                fields=["user", "-seen_at"],
                condition=models.Q(closed_at=None),
                name="edit_session_mine",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.article_id}"

    @property
    def is_awake(self) -> bool:
        """Whether its tab is open, as far as one knows."""
        return self.seen_at > timezone.now() - self.SILENCE

    @property
    def headline(self) -> str:
        """What the text is called, as far as it was typed."""
        typed: list[Any] = (self.data or {}).get("headline") or [""]
        return str(typed[0])
