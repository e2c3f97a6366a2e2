"""Where an article stands in the paper: its section and its tags."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from articles.guard import GuardedQuerySet
from articles.routes import collides_with_route
from articles.slugs import make_slug, tag_key


class Section(models.Model):
    """A desk's part of the paper (“kanal”), with at most one level below it."""

    name = models.CharField(_("name"), max_length=60)
    slug = models.SlugField(
        _("slug"), max_length=60, unique=True, help_text=_("The address: /slug/.")
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("belongs to"),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    intro = models.TextField(_("introduction"), blank=True)
    # What is handed in here must pass these steps (chains.py); empty: as above it, or the usual.
    chain = models.JSONField(default=list, blank=True, editable=False)

    objects: ClassVar[models.Manager["Section"]] = models.Manager.from_queryset(
        GuardedQuerySet["Section"]
    )()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["order", "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(parent=None) | ~models.Q(parent=models.F("id")),
                name="section_not_its_own_parent",
                violation_error_message=_("A section can't belong to itself."),
            )
        ]
        indexes = [models.Index(fields=["order", "name"], name="section_menu")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/{self.slug}/"  # The route "articles:section", as a test holds

    def clean(self) -> None:
        super().clean()
        if self.parent and self.parent.parent_id:
            raise ValidationError({"parent": _("Sections have two levels at most.")})
        if self.parent_id and self.pk and self.children.exists():
            raise ValidationError({"parent": _("This section has sections of its own.")})
        if collides_with_route(self.slug):
            raise ValidationError({"slug": _("This address is already in use by the site.")})


class Tag(TagBase):
    """A topic. `key` folds spelling, so that “Pilkada DKI” and “pilkada-dki” are one tag."""

    key = models.CharField(max_length=100, unique=True, editable=False)

    objects: ClassVar[models.Manager["Tag"]] = models.Manager.from_queryset(
        GuardedQuerySet["Tag"]
    )()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = tag_key(self.name)
        super().save(*args, **kwargs)

    def slugify(self, tag: str, i: int | None = None) -> str:
        slug = make_slug(tag, fallback="tag")
        return slug if i is None else f"{slug}-{i}"

    def get_absolute_url(self) -> str:
        return f"/tag/{self.slug}/"  # The route "articles:tag", as a test holds


class TaggedArticle(ItemBase):
    """One tag on one article."""

    content_object = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="tagged_items"
    )
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="tagged_items")
    # When the topic's page shows the article, while it is published; kept by listing.py.
    shown_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[models.Manager["TaggedArticle"]] = models.Manager.from_queryset(
        GuardedQuerySet["TaggedArticle"]
    )()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tag", "content_object"], name="tag_once_an_article")
        ]
        indexes = [
            # The topic's page and feed, newest first.
            models.Index(
                models.F("tag"),
                models.F("shown_at").desc(),
                models.F("content_object").desc(),
                condition=models.Q(shown_at__isnull=False),
                name="tagged_newest",
            )
        ]
