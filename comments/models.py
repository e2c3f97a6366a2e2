"""A reader's word under an article."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.querysets import CommentQuerySet

MOST_CHARACTERS = 2000
DEEPEST = 3


class Comment(models.Model):
    """Plain text. Its status is written by moderation.py alone, and no comment is ever deleted."""

    class Status(models.TextChoices):
        HELD = "held", _("Held")
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Rejected")

    article = models.ForeignKey(
        "articles.Article",
        on_delete=models.PROTECT,
        related_name="comments",
        verbose_name=_("article"),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="comments",
        verbose_name=_("written by"),
    )
    author_name = models.CharField(_("name"), max_length=120)
    body = models.TextField(_("comment"), max_length=MOST_CHARACTERS)

    parent = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        related_name="replies",
        verbose_name=_("in reply to"),
    )
    thread = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    depth = models.PositiveSmallIntegerField(default=0)

    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.HELD)
    reasons = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    edited_at = models.DateTimeField(null=True)
    hide_at = models.DateTimeField(null=True)

    reply_count = models.PositiveIntegerField(default=0)
    like_count = models.PositiveIntegerField(default=0)
    submission = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects: ClassVar[CommentQuerySet] = CommentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["-created_at", "-id"]
        permissions = [("moderate_comment", "Can approve and reject comments")]
        constraints = [
            models.CheckConstraint(condition=~Q(body=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(status__in=["held", "approved", "rejected"]),
                name="comment_status_known",
            ),
            models.CheckConstraint(condition=Q(depth__lte=DEEPEST), name="comment_depth_bounded"),
            models.CheckConstraint(
                condition=Q(status="held") | Q(decided_at__isnull=False),
                name="comment_decision_has_time",
            ),
        ]
        indexes = [
            # Under an article: approved ones, thread by thread.
            models.Index(
                fields=["article", "thread", "created_at", "id"],
                condition=Q(status="approved"),
                name="comment_shown",
            ),
            # The moderators' queue: oldest first.
            models.Index(
                fields=["created_at", "id"], condition=Q(status="held"), name="comment_waiting"
            ),
            # The moderators' archive, whatever became of the comments; the newest first.
            models.Index(F("created_at").desc(), F("id").desc(), name="comment_newest"),
            # How a writer's comments have fared, beside each one in the queue.
            models.Index(fields=["author", "status"], name="comment_fared"),
            # A reader's own page, and the rules that look at somebody's last comments.
            models.Index(F("author"), F("created_at").desc(), name="comment_of_author"),
        ]

    def __str__(self) -> str:
        return f"{self.author_name}: {self.body[:40]}"

    def get_absolute_url(self) -> str:
        """Leads to the page that shows the comment."""
        return f"/komentar/{self.pk}/"  # The route "comments:show", as a test holds
