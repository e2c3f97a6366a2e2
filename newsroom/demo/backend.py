"""Log-in for the demo's people, while DEBUG is on and at no other time.

Their accounts hold no usable password. The one that opens them is derived from this
installation's SECRET_KEY, so that it can be printed at each start and is stored nowhere.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import User
from newsroom.demo import edition


def demo_password() -> str:
    """This installation's password of every demo account."""
    return (
        f"tirtanala-{salted_hmac('newsroom.demo', 'password', algorithm='sha256').hexdigest()[:8]}"
    )


def addresses() -> set[str]:
    """The e-mail addresses of the demo's staff and readers."""
    paper = edition.paper()
    return {person["email"] for person in (*paper["staff"], *paper["readers"])}


class DemoBackend(ModelBackend):
    """Opens demo accounts that have no password of their own."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **credentials: Any,
    ) -> User | None:
        email = str(credentials.get("email") or username or "").lower()
        if not settings.DEBUG or not constant_time_compare(password or "", demo_password()):
            return None
        if email not in addresses():
            return None
        user = User.objects.filter(email=email, is_active=True).first()
        return user if user and not user.has_usable_password() else None
