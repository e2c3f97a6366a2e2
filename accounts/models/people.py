"""Accounts and what their owners agreed to."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes accounts; an address is kept in lower case, so that one person is one account."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person without a role. Raises ValueError without an address."""
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Somebody with every permission; whoever can run this may vouch for the address."""
        user = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
        confirm_address(user)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account: a reader, or staff through a role (accounts/roles.py)."""

    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("There is an account with this e-mail address already.")},
    )
    name = models.CharField(_("name"), max_length=120)
    initials = models.CharField(
        _("initials"), max_length=8, blank=True, help_text=_("For the code under articles: Luk.")
    )

    language = models.CharField(
        _("language of the desk"),
        max_length=5,
        choices=[("id", "Bahasa Indonesia"), ("en", "English")],
        default="id",
    )
    is_active = models.BooleanField(_("may log in"), default=True)
    is_staff = models.BooleanField(_("staff"), default=False, editable=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="user_email_lower",
                violation_error_message=_("Write the e-mail address in lower case."),
            ),
            models.UniqueConstraint(
                fields=["initials"],
                condition=~models.Q(initials=""),
                name="user_initials_unique",
                violation_error_message=_("Somebody else has these initials."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.partition(" ")[0] or self.email

    def clean(self) -> None:
        super().clean()
        self.email = self.email.lower()


class Consent(models.Model):
    """Proof of one agreement: who, to which words, when (UU PDP 22 and 24; PPMS butir 3c)."""

    class Purpose(models.TextChoices):
        COMMENT_RULES = "comment_rules", _("Rules for comments")
        PRIVACY = "privacy", _("Processing of personal data")

    user = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="consents", verbose_name=_("person")
    )
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    version = models.CharField(_("version"), max_length=20)
    text_hash = models.CharField(
        _("hash of the text"), max_length=64, help_text=_("SHA-256 of the words agreed to.")
    )
    locale = models.CharField(_("language"), max_length=5)

    given_at = models.DateTimeField(_("given at"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "purpose", "version"],
                condition=models.Q(withdrawn_at=None),
                name="consent_once_for_each_version",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.version}"


def confirm_address(user: User) -> None:
    """Record that the account's address is known to be its owner's; a former one opens nothing."""
    from allauth.account.models import EmailAddress

    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )


def has_confirmed_address(user: Any) -> bool:
    """Whether `user` is signed in and has answered a mail to the account's address."""
    from allauth.account.models import EmailAddress

    return bool(
        user.is_authenticated
        and EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists()
    )
