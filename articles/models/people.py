"""Who signs."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.guard import GuardedQuerySet


class Author(models.Model):
    """A name above articles; it needs no account, and may be the newsroom itself (“Redaksi”)."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    code = models.CharField(
        _("byline code"),
        max_length=12,
        blank=True,
        help_text=_("The initials under articles, such as Luk in (Luk) or (rfs/jbr)."),
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
        verbose_name=_("account"),
    )
    is_organization = models.BooleanField(_("an organisation, not a person"), default=False)
    bio = models.TextField(_("about"), blank=True)

    objects: ClassVar[models.Manager["Author"]] = models.Manager.from_queryset(
        GuardedQuerySet["Author"]
    )()

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                models.functions.Lower("code"),
                condition=~models.Q(code=""),
                name="author_code_unique",
                violation_error_message=_("Another author has this byline code."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/penulis/{self.slug}/"  # The route "articles:author", as a test holds
