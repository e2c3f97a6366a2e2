"""What an article's form holds of what was typed before: refused, kept, gone on with, left."""

import uuid
from typing import Any

from django.contrib import messages
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import editing, rights, snapshots
from articles.admin import kept
from articles.admin.base import change_url, number_in
from articles.admin.comparison import differences
from articles.comparing import Difference
from articles.errors import Refused
from articles.models import Article, EditSession

KEY, FORMER, RESUMED, SERIAL = "edit_key", "edit_former", "edit_resumed", "edit_serial"
MOST_LEFT, MOST_RESUMED = 5, 20
# What steers a form and is no part of its text.
STEERING = (
    "csrfmiddlewaretoken",
    "shown_to",
    KEY,
    FORMER,
    RESUMED,
    SERIAL,
    "_article",
    "_typed",
    "_former",
    "_serial",
    "_closing",
)


def key_in(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def serial_in(data: QueryDict) -> int:
    """The number of the change that the form was sent with, counted by the page's script."""
    return number_in(data.get(SERIAL, "")) or 0


def typed_in(data: QueryDict) -> dict[str, list[str]]:
    """The fields of the form, without what steers it; no database takes a NUL in a text."""
    return {
        name: [text.replace("\0", "") for text in data.getlist(name)]
        for name in data
        if name not in STEERING
    }


def keep_refused(request: HttpRequest, data: QueryDict | None) -> bool:
    """Put what was typed into the history, if whoever typed it may not save it any more.

    Somebody may have handed the article in, or thrown it away, while she was typing. `data` is
    what was sent, or kept while she logged in again. Returns whether it was put there.
    """
    key = key_in(data.get(KEY, "")) if data else None
    if data is None or key is None or not request.user.is_authenticated:
        return False
    user: Any = request.user
    session = EditSession.objects.filter(key=key, user=user, article__isnull=False).first()
    if session is None or session.article is None:
        return False
    if not (reason := rights.why_not_edit(user, session.article)):
        return False
    # A form of its own: what was typed since it was sent may have arrived already.
    sent, article, serial = uuid.uuid4(), session.article, serial_in(data)
    try:
        editing.beat(sent, user, article, typed=typed_in(data), serial=serial, former=key)
    except Refused:
        return False  # More than can be kept: the page of the refusal shows it.
    editing.close(key, user, serial, article=article)
    if put := editing.discard(sent, user):
        words = _("%(reason)s What you typed is in its history, as #%(number)d.")
        messages.warning(request, words % {"reason": reason, "number": put.number})
    return True


@require_POST
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    user: Any = request.user
    try:
        taken = editing.take_over(article, user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        for session in taken:
            words = _("%(name)s is told that you go on. What was typed there is in the history.")
            messages.success(request, words % {"name": session.user})
    return HttpResponseRedirect(change_url(article))


@require_POST
def discard(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Throw away what was left unsaved; of an article that exists the history keeps it."""
    user: Any = request.user
    session = get_object_or_404(EditSession, key=key, user=user)
    try:
        put = editing.discard(key, user, number_in(request.GET.get("serial", "")))
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return HttpResponseRedirect(place_of(session))
    words = _("Thrown away.") if put is None else _("It is out of the way, in the history as #%d.")
    messages.info(request, words if put is None else words % put.number)
    return HttpResponseRedirect(place_of(session))


def resumed(request: HttpRequest) -> QueryDict | None:
    """What this person had typed in the form that the address names, to be gone on with."""
    key = key_in(request.GET.get("typed", ""))
    if request.method != "GET" or key is None:
        return None
    user: Any = request.user
    session = EditSession.objects.unsaved().filter(key=key, user=user).first()
    if session is None or place_of(session) != request.path:
        return None
    data = QueryDict(mutable=True)
    for name, texts in (session.data or {}).items():
        data.setlist(name, texts)
    data["base_version"] = str(session.base_version)
    data[KEY], data[SERIAL] = str(key), str(session.serial)
    return data


def shown_in(text: str) -> list[tuple[uuid.UUID, int]]:
    """The forms that a page had gone on from, each with the change it showed: “key:7,key:2”."""
    pairs = [word.partition(":") for word in text.split(",")[-MOST_RESUMED:]]
    return [(key, number_in(serial) or 0) for name, _c, serial in pairs if (key := key_in(name))]


def close(request: HttpRequest, article: Article, version: int) -> None:
    """The form was saved as `version`, 0 if it was joined, and what it had been gone on from."""
    user: Any = request.user
    gone_on = shown_in(request.POST.get(RESUMED, ""))
    if key := key_in(request.POST.get(KEY, "")):
        serial = serial_in(request.POST)
        editing.close(key, user, serial, article=article, version=version, gone_on=gone_on)


def drop(request: HttpRequest) -> None:
    """What the form held is not wanted; of an article that exists the history keeps it."""
    user: Any = request.user
    if key := key_in(request.POST.get(KEY, "")):
        editing.discard(key, user)


def base_of(request: HttpRequest) -> int:
    """The version that the form's text holds by what was saved from its page before; 0 if none.

    An answer may have got lost, or been stopped, and somebody has typed on in the same page.
    """
    found = _sessions_of(request).aggregate(base=Max("base_version"))
    return found["base"] or 0


def _sessions_of(request: HttpRequest) -> QuerySet[EditSession]:
    """The form that is sent, and the one whose sequel it is."""
    keys = [key for name in (KEY, FORMER) if (key := key_in(request.POST.get(name, "")))]
    user: Any = request.user
    return EditSession.objects.filter(key__in=keys, user=user)


def saved_before(request: HttpRequest) -> HttpResponse | None:
    """Where to go instead, if this form has made its article already and the answer got lost.

    What was typed into it since then is offered there.
    """
    if request.method != "POST" or not request.user.is_authenticated:
        return None
    made = _sessions_of(request).exclude(article=None).select_related("article")
    session = made.order_by("-pk").first()
    if session is None or session.article is None:
        return None
    user: Any = request.user
    address, serial = change_url(session.article), serial_in(request.POST)
    if session.closed_at is None or serial > session.serial:
        key = session.key if session.closed_at is None else uuid.uuid4()
        typed = typed_in(request.POST)
        try:
            editing.beat(key, user, session.article, typed=typed, serial=serial, former=session.key)
        except Refused:
            return None  # Rather twice than not at all.
        address = f"{address}?typed={key}"
    kept.forget(request)
    messages.info(request, _("It had been saved before, though the answer got lost."))
    return HttpResponseRedirect(address)


def context(request: HttpRequest, article: Article | None) -> dict[str, Any]:
    """What the form's page needs: its number, what was left unsaved, who else is here."""
    user: Any = request.user
    # What stands in the fields: sent and refused, or kept, or gone on with. Whoever comes back to
    # an older page of the same form must not cover what she has typed since: each has its own key.
    source: QueryDict = request.POST or getattr(request, "kept", None) or QueryDict()
    resumes = list(filter(None, source.get(RESUMED, "").split(",")))
    if key := key_in(source.get(KEY, "")):
        resumes.append(f"{key}:{serial_in(source)}")
    text = ",".join(dict.fromkeys(resumes[-MOST_RESUMED:]))
    shown = dict(shown_in(text))
    left = [one for one in editing.left_by(user, article) if one.serial > shown.get(one.key, -1)]
    return {
        KEY: uuid.uuid4(),
        RESUMED: text,
        "left": left[:MOST_LEFT],
        "differences": unsaved_changes(user, article, left[0]) if article and left else (),
        "others": editing.others_in(article, user) if article else (),
    }


def unsaved_changes(user: Any, article: Article, session: EditSession) -> list[Difference]:
    """What was typed and never saved, beside what is saved."""
    typed = editing.as_content(article, session.data or {})
    return differences(user, snapshots.working(article), typed)


def place_of(session: EditSession) -> str:
    """The address of the form that the text was typed into."""
    if session.article_id is None:
        return reverse("admin:articles_article_add")
    return reverse("admin:articles_article_change", args=[session.article_id])
