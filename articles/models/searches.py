"""Searches of the desk's list that somebody wants to find again."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.guard import GuardedQuerySet


class SavedSearch(models.Model):
    """A question to the list of articles, under a name. Written by searches.py alone.

    `query` is the part of the list's address behind the question mark, cleaned (searches.py); it
    holds what is asked and no answer, so each person finds what she may see.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="saved_searches",
        verbose_name=_("owner"),
    )
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("search"), max_length=1000)
    is_shared = models.BooleanField(_("shared with the newsroom"), default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[models.Manager["SavedSearch"]] = models.Manager.from_queryset(
        GuardedQuerySet["SavedSearch"]
    )()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                "owner",
                Lower("name"),
                name="saved_search_name_once",
                violation_error_message=_("You have a search of this name already."),
            )
        ]
        indexes = [
            models.Index(
                fields=["name"],
                condition=models.Q(is_shared=True),
                name="saved_search_shared",
            )
        ]

    def __str__(self) -> str:
        return self.name
