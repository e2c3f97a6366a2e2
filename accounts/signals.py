"""Log-ins, log-outs and passwords, as Django and allauth tell of them, into the audit log.

Readers' log-ins are not kept: their sessions and comments say enough, and a log that is never
shortened should know no more of them. A refused one is, whoever it was meant for.
"""

from typing import TYPE_CHECKING, Any

from allauth.account import signals as allauth
from django.contrib.auth import signals as django
from django.http import HttpRequest

from accounts import audit
from accounts.models import User as Person

if TYPE_CHECKING:
    from accounts.models import User


def connect() -> None:
    """Begin to listen; called once, when the app is ready."""
    django.user_logged_in.connect(logged_in, dispatch_uid="audit.in")
    django.user_logged_out.connect(logged_out, dispatch_uid="audit.out")
    django.user_login_failed.connect(login_failed, dispatch_uid="audit.failed")
    allauth.user_signed_up.connect(signed_up, dispatch_uid="audit.signup")
    allauth.email_changed.connect(address_changed, dispatch_uid="audit.email")
    for name in ("password_changed", "password_set", "password_reset"):
        getattr(allauth, name).connect(password_changed, dispatch_uid=f"audit.{name}")


def logged_in(request: HttpRequest, user: "User", **kwargs: Any) -> None:
    if user.is_staff:
        audit.record("login.in", by=user, target=user, text=str(user), request=request)


def logged_out(request: HttpRequest, user: "User | None", **kwargs: Any) -> None:
    if user and user.is_staff:
        audit.record("login.out", by=user, target=user, text=str(user), request=request)


def login_failed(
    credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    """Who it was meant for, if there is such an account; never what was typed as a password."""
    address = str(credentials.get("email") or credentials.get("username") or "").lower()
    person = Person.objects.filter(email=address).first()
    audit.record(
        "login.failed",
        target=person,
        text=str(person or ""),
        details={"email": audit.masked(address)},
        request=request,
    )


def signed_up(request: HttpRequest, user: "User", **kwargs: Any) -> None:
    audit.record("user.add", by=user, target=user, text=str(user), request=request)


def address_changed(
    request: HttpRequest, user: "User", from_email_address: Any, to_email_address: Any, **kw: Any
) -> None:
    old = audit.masked(from_email_address.email) if from_email_address else ""
    email = [old, audit.masked(to_email_address.email)]
    audit.record(
        "user.change",
        by=user,
        target=user,
        text=str(user),
        details={"email": email},
        request=request,
    )


def password_changed(request: HttpRequest, user: "User", **kwargs: Any) -> None:
    """By the person: from the account's pages, or by the link in a mail."""
    audit.record("user.password", by=user, target=user, text=str(user), request=request)
