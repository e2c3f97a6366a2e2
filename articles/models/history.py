"""What happened: every text there was, every step taken, every change to be announced."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.guard import GuardedQuerySet


class Revision(models.Model):
    """All content of an article at one moment, as JSON; never changed, but for when it was live."""

    class Kind(models.TextChoices):
        AUTOSAVE = "autosave", _("saved by itself")
        SAVE = "save", _("saved")
        PUBLISHED = "published", _("published")
        LOSING = "losing", _("refused: somebody else had saved")
        IMPORT = "import", _("imported")
        SCHEDULED = "scheduled", _("approved, for a time ahead")

    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="revisions"
    )
    number = models.PositiveIntegerField()
    # The article's version that this text was; none of a text that was refused. One that is set
    # aside for its time bears the version that begins then: its base is what the desk has again.
    version = models.PositiveIntegerField(null=True)
    base = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.SAVE)
    note = models.TextField(blank=True)
    publish_at = models.DateTimeField(null=True)
    # Whether readers will be told of the change, for one that waits for its time.
    is_substantial = models.BooleanField(null=True)
    live_from = models.DateTimeField(null=True)
    live_until = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Revision"]] = models.Manager.from_queryset(
        GuardedQuerySet["Revision"]
    )()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_unique"),
            models.CheckConstraint(
                condition=models.Q(live_until=None)
                | models.Q(live_until__gte=models.F("live_from")),
                name="revision_live_forward",
            ),
        ]
        indexes = [
            # A slug of former days, pasted into the desk's search.
            models.Index(models.F("content__fields__slug"), name="revision_slug"),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"


class Transition(models.Model):
    """One step of an article's way: who, when, what, why. A missing actor is an import."""

    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="transitions"
    )
    name = models.CharField(max_length=20)
    source = models.CharField(max_length=12, blank=True)
    target = models.CharField(max_length=12)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    note = models.TextField(blank=True)
    reason = models.CharField(max_length=20, blank=True)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="+")
    override = models.BooleanField(
        default=False, help_text=_("Approved by its own writer, by a chief editor's right.")
    )

    objects: ClassVar[models.Manager["Transition"]] = models.Manager.from_queryset(
        GuardedQuerySet["Transition"]
    )()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(override=False) | ~models.Q(note=""),
                name="transition_override_has_reason",
            )
        ]
        indexes = [
            models.Index(fields=["article", "-at"], name="transition_of_article"),
            # The desk's list of articles that went out without a second pair of eyes.
            models.Index(
                fields=["-at"], condition=models.Q(override=True), name="transition_override"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.source} → {self.target}"


class Outbox(models.Model):
    """A change to be announced, written in the change's own transaction, so never lost."""

    kind = models.CharField(max_length=20)
    payload = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("outbox")
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["created_at"], condition=models.Q(done_at=None), name="outbox_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
