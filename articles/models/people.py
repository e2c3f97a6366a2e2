"""Who signs."""

from typing import Any, ClassVar

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


class SectionRight(models.Model):
    """Somebody's work is limited to the sections that are named here; without any, it is not.

    Sections of the second level belong to the one above them.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="section_rights",
        verbose_name=_("person"),
    )
    section = models.ForeignKey(
        "articles.Section",
        on_delete=models.PROTECT,
        related_name="rights",
        verbose_name=_("section"),
    )

    class Meta:
        verbose_name = _("right in a section")
        verbose_name_plural = _("rights in sections")
        ordering = ["user__name", "section__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "section"],
                name="section_right_once",
                violation_error_message=_("This person works in this section already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.section}"

    @classmethod
    def limits(cls, user: Any) -> set[int] | None:
        """The sections, with those below them, that `user`'s work is limited to; None is all.

        Looked up once for each person in hand, which is once a request.
        """
        # request.user is a wrapper around the person, so the person is asked.
        if not hasattr(user, "_sections"):
            user._sections = cls._look_up(user)
        found: set[int] | None = user._sections
        return found

    @classmethod
    def _look_up(cls, user: Any) -> set[int] | None:
        if user.has_perm("articles.work_in_all_sections"):
            return None
        own = cls.objects.filter(user=user.pk)
        pairs = own.values_list("section", "section__children")
        return {pk for pair in pairs for pk in pair if pk is not None} or None
