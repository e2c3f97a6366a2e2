"""Text that was typed while the session ran out: kept through log-in, and given back to its writer.

The form carries a signed note of whom it was shown to. Only what comes back under that name is
kept, so that no stranger can fill the session store, and only that person gets it back, so that
nobody else at the same machine reads it.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils.translation import gettext as _

KEY = "desk_kept"
SALT = "articles.admin.kept"
FIELD = "shown_to"
BEAT = "_serial"
LARGEST = 2 * 1024 * 1024
LONGEST = timedelta(days=30)
# What a step's own page asks for; it is told and not put back into a form.
WORDS = ("note", "public_reason", "add_tags", "remove_tags")

type View = Callable[..., HttpResponseBase]


def sign(user: Any) -> str:
    """The note that a form carries."""
    return signing.dumps(user.pk, salt=SALT)


def keeping(view: View) -> View:
    """Keep what an expired session posts to `view`, before it is sent to log in."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not request.user.is_authenticated:
            keep(request)
        return view(request, *args, **kwargs)

    return inner


def keep(request: HttpRequest) -> bool:
    """Put the typed text into the session; files can't be kept. Returns whether it was."""
    writer = writer_of(request.POST)
    # What an open form tells every few seconds is told again; it must not push out what was saved.
    if writer is None or BEAT in request.POST:
        return False
    data = request.POST.copy()
    data.pop("csrfmiddlewaretoken", None)
    text = data.urlencode()
    if len(text) > LARGEST:
        return False
    request.session[KEY] = {"path": request.path, "writer": writer, "data": text}
    return True


def writer_of(data: QueryDict) -> int | None:
    """To whom the form was shown that is sent; None for one that does not say so."""
    try:
        found: int = signing.loads(data.get(FIELD, ""), salt=SALT, max_age=LONGEST)
    except signing.BadSignature:
        return None
    return found


def check_writer(request: HttpRequest) -> None:
    """Raises PermissionDenied for a form of somebody who has logged out at this machine since."""
    if request.user.is_authenticated and writer_of(request.POST) not in {None, request.user.pk}:
        words = _("Somebody else had this form open at this machine. Nothing was saved.")
        raise PermissionDenied(words)


def offer(request: HttpRequest, marker: str = "") -> QueryDict | None:
    """What this person had typed into the form at this address, if anything.

    Words typed on a step's own page, which `marker` betrays, are told in a message instead.
    """
    found = request.session.get(KEY)
    if request.method != "GET" or not found or found["path"] != request.path:
        return None
    if found["writer"] != request.user.pk:
        forget(request)
        return None
    data = QueryDict(found["data"])
    if not marker or marker not in data:
        return data
    forget(request)
    if words := " / ".join(filter(None, (data.get(name) for name in WORDS))):
        messages.warning(request, _("Your session had ended. You had written: %s") % words)
    return None


def forget(request: HttpRequest) -> None:
    """It was saved, or isn't wanted any more."""
    request.session.pop(KEY, None)
