"""What a source said in confidence (hak tolak): locked, and for those named on it alone."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import roles
from articles.guard import GuardedQuerySet

# Asked of the person's roles; a superuser does not hold it by being one.
READ_ALL = "articles.read_confidential"


class ConfidentialNoteQuerySet(GuardedQuerySet["ConfidentialNote"]):
    def readable_by(self, user: Any) -> Self:
        """The notes on which `user` is named; for the chief editor all of them."""
        if not user.is_active:
            return self.none()
        if roles.has_by_role(user, READ_ALL):
            return self
        return self.filter(Q(pk__in=NoteReader.objects.filter(reader=user).values("note")))


class ConfidentialNote(models.Model):
    """A text that stands in no revision, search row or export. Written by confidential.py alone.

    Only the bytes of the locked text are here; `key_id` names the key that locked it.
    """

    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="confidential_notes"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    readers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        through="NoteReader",
        through_fields=("note", "reader"),
        related_name="+",
    )

    locked = models.BinaryField()
    key_id = models.CharField(max_length=16)
    version = models.PositiveIntegerField(default=1)

    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[ConfidentialNoteQuerySet] = ConfidentialNoteQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("confidential note")
        verbose_name_plural = _("confidential notes")
        ordering = ["created_at", "id"]
        default_permissions = ()
        permissions = [("read_confidential", "Can read every confidential note")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class NoteReader(models.Model):
    """One name on a note: who may read it, by whose word, since when."""

    note = models.ForeignKey(ConfidentialNote, on_delete=models.PROTECT, related_name="names")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    granted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reader of a confidential note")
        verbose_name_plural = _("readers of confidential notes")
        ordering = ["granted_at", "id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["note", "reader"], name="note_reader_unique")
        ]

    def __str__(self) -> str:
        return f"{self.note} {self.reader_id}"
