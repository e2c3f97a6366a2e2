"""Addresses that once led to something of ours."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.guard import GuardedQuerySet


class FormerAddress(models.Model):
    """A path that moved; read only on the way to a 404, answered in one hop."""

    class Origin(models.TextChoices):
        RENAMED = "renamed", _("renamed here")
        IMPORTED = "imported", _("from the former system")
        MANUAL = "manual", _("written by hand")

    path = models.CharField(_("path"), max_length=500)
    query = models.CharField(_("query"), max_length=200, blank=True)

    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    section = models.ForeignKey(
        "articles.Section", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    tag = models.ForeignKey(
        "articles.Tag", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    author = models.ForeignKey(
        "articles.Author", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    target_path = models.CharField(_("new path"), max_length=500, blank=True)

    origin = models.CharField(max_length=10, choices=Origin, default=Origin.RENAMED)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    ends_at = models.DateTimeField(null=True, blank=True)
    hits = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[models.Manager["FormerAddress"]] = models.Manager.from_queryset(
        GuardedQuerySet["FormerAddress"]
    )()

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        ordering = ["path", "query"]
        constraints = [
            models.UniqueConstraint(fields=["path", "query"], name="former_address_unique"),
            models.CheckConstraint(
                condition=(
                    models.Q(article__isnull=False)
                    | models.Q(section__isnull=False)
                    | models.Q(tag__isnull=False)
                    | models.Q(author__isnull=False)
                    | ~models.Q(target_path="")
                ),
                name="former_address_leads_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path
