from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings


class AccountAdapter(DefaultAccountAdapter):
    """allauth's hooks: addresses in lower case, links to SITE_URL, no flash messages."""

    def clean_email(self, email: str) -> str:
        return str(super().clean_email(email)).lower()

    def get_email_confirmation_url(self, request: Any, emailconfirmation: Any) -> str:
        """The link in the mail: from SITE_URL, never from the request's Host header."""
        from django.urls import reverse

        return settings.SITE_URL + reverse("account_confirm_email", args=[emailconfirmation.key])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        super().send_mail(template_prefix, email, context | {"site_name": settings.SITE_NAME})
