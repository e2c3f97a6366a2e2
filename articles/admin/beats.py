"""What an open form tells the server every few seconds, and what it is told."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from articles import editing
from articles.admin import kept, open_forms
from articles.admin.base import clock, number_in
from articles.errors import Refused
from articles.models import Article, EditSession


@never_cache
@require_POST
def beat(request: HttpRequest) -> JsonResponse:
    """Keep what was typed; answer who else is here. Without a session: 401, and nothing is lost.

    A page that asked in the background can't follow a redirect to log-in, so there is none.
    """
    is_others = kept.writer_of(request.POST) not in {None, request.user.pk}
    if is_others or not (request.user.is_active and request.user.is_staff):
        return JsonResponse({"error": _("Your session has ended.")}, status=401)
    user: Any = request.user
    data, key = request.POST, open_forms.key_in(request.POST.get(open_forms.KEY, ""))
    if key is None:
        return JsonResponse({"error": _("This form has no number.")}, status=400)
    typed = open_forms.typed_in(data)
    former = open_forms.key_in(data.get("_former", ""))
    try:
        begun = EditSession.objects.filter(key__in=[key, former or key], user=user)
        known = begun.select_related("article").order_by("-pk").first()
        article = known.article if known else asked_article(request)
        session = editing.beat(
            key,
            user,
            article,
            base_version=number_in(data.get("base_version", "")) or 0,
            typed=typed if "_typed" in data else None,
            serial=number_in(data.get("_serial", "")) or 0,
            is_closing="_closing" in data,
            former=former,
            gone_on=open_forms.shown_in(data.get(open_forms.RESUMED, "")),
        )
    except editing.Closed as refusal:
        # No error: most that comes late from a form that was saved is old, and may be forgotten.
        answer = {"told": str(refusal), "closed": True, "newer": refusal.is_newer}
        return JsonResponse(answer)
    except (Refused, Http404) as refusal:
        return JsonResponse({"error": str(refusal)}, status=HTTPStatus.FORBIDDEN)
    return JsonResponse(told(session, article))


def asked_article(request: HttpRequest) -> Article | None:
    """The article that the form is about; 404 for one that this person can't see."""
    pk = request.POST.get("_article", "")
    if not pk:
        return None
    rows = Article.objects.visible_to(request.user).defer("body")
    return get_object_or_404(rows, pk=int(pk) if pk.isdecimal() and len(pk) < 19 else 0)


def told(session: EditSession, article: Article | None) -> dict[str, Any]:
    """What the form shows: until when all is kept, who else is here, whether it is outdated."""
    answer: dict[str, Any] = {"at": clock(timezone.now()), "others": [], "news": []}
    answer |= {"serial": session.serial, "article": session.article_id}
    if session.taken_by:
        answer["news"].append(
            _("%(name)s has taken this article over at %(time)s. What you typed is kept.")
            % {"name": session.taken_by, "time": clock(session.taken_at)}
        )
    if article is None:
        return answer
    answer["others"] = [
        _("%(name)s has been in this article since %(time)s.")
        % {"name": one.user, "time": clock(one.opened_at)}
        for one in editing.others_in(article, session.user)
    ]
    twins = EditSession.objects.awake().filter(article=article, user=session.user)
    if twins.exclude(pk=session.pk).exists():
        answer["news"].append(_("You have this article open in another tab as well."))
    if article.version > session.base_version:
        answer["news"].append(
            _("It was saved elsewhere meanwhile. Your text will be joined with that when you save.")
        )
    return answer


@never_cache
@require_GET
def token(request: HttpRequest) -> JsonResponse:
    """A new token against forgery, after one has logged in again beside the open form."""
    return JsonResponse({"token": get_token(request)})
