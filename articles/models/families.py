"""Which articles belong together, and how: a follow-up, a correction, a reply, a series."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from articles.guard import GuardedQuerySet


class ArticleLink(models.Model):
    """`from_article` is a follow-up to, a correction of, a reply to `to_article`.

    A pair is linked once, in whichever direction. Written by families.py alone.
    """

    class Kind(models.TextChoices):
        FOLLOW_UP = "follow_up", _("Follow-up")
        CORRECTION = "correction", _("Correction")
        REPLY = "reply", _("Right of reply")
        SERIES = "series", _("Series")
        RELATED = "related", _("Related")

    from_article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="links_out"
    )
    to_article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="links_in"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    # The place among those of the same kind; equal ones stand by their times.
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects: ClassVar[models.Manager["ArticleLink"]] = models.Manager.from_queryset(
        GuardedQuerySet["ArticleLink"]
    )()

    class Meta:
        verbose_name = _("link between articles")
        verbose_name_plural = _("links between articles")
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                Least("from_article", "to_article"),
                Greatest("from_article", "to_article"),
                name="articlelink_pair_once",
            ),
            models.CheckConstraint(
                condition=~Q(from_article=F("to_article")), name="articlelink_not_to_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_article_id} {self.kind} {self.to_article_id}"
