from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import tasks
from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """allauth's hooks: addresses in lower case, links to SITE_URL, messages that say what to do."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The e-mail address or the password is wrong."),
        "enter_current_password": _("This is not your present password."),
        "too_many_login_attempts": _(
            "Too many wrong passwords. Wait five minutes, or choose a new password by mail."
        ),
    }

    def clean_email(self, email: str) -> str:
        return str(super().clean_email(email)).lower()

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Two clicks on “Sign up” are one account: the second gets the first one's answer."""
        try:
            with transaction.atomic():
                saved: User = super().save_user(request, user, form, commit)
        except IntegrityError as error:
            raise ImmediateHttpResponse(
                self.respond_email_verification_sent(request, None)
            ) from error
        return saved

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """The link in the mail: from SITE_URL, never from the request's Host header."""
        return settings.SITE_URL + reverse("account_confirm_email", args=[emailconfirmation.key])

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Likewise: a forged Host must not send the key of an account to somebody else's server."""
        uid, _, token = key.partition("-")
        return settings.SITE_URL + reverse("account_reset_password_from_key", args=[uid, token])

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:home")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Leave the mail to the worker, in the transaction and the language of this request."""
        paper = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL, "email": email}
        language = get_language() or settings.LANGUAGE_CODE
        tasks.send_mail.enqueue(template_prefix, email, plain(context) | paper, language)


def plain(context: dict[str, Any]) -> dict[str, Any]:
    """What the mails' templates read, as JSON can hold it: texts, and the person's name."""
    kept: dict[str, Any] = {name: text for name, text in context.items() if isinstance(text, str)}
    if user := context.get("user"):
        kept["user"] = {"name": user.name}
    return kept
