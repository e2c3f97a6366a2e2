"""House-style hints in words: for the form while one types, and for the form shown after a save."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from articles import hints, markup
from articles.models import Article

PLACES: dict[str, Promise] = {
    "headline": _("headline"),
    "standfirst": _("standfirst"),
    "body": _("body"),
}
WORDS: dict[str, Promise] = {
    "leftover": _("“%(found)s” looks like a place that was left open."),
    "spelling": _("“%(found)s”: the standard spelling is “%(wanted)s”."),
    "weekday": _("“%(found)s”: that day is a %(wanted)s."),
    "date": _("“%(found)s”: the calendar has no such day."),
    "number": _("“%(found)s” stands in the headline and not in the text."),
}
# Longer than any article; a text beyond it is looked at up to here.
LONGEST = 300_000
LIMITS = {"headline": 1000, "standfirst": 2000}


@require_POST
def look(request: HttpRequest) -> JsonResponse:
    """Hints on what was typed; nothing is stored."""
    if not request.user.has_perm("articles.change_article"):
        raise PermissionDenied
    typed = {name: request.POST.get(name, "")[: LIMITS.get(name, LONGEST)] for name in PLACES}
    text = hints.Text(
        typed["headline"],
        typed["standfirst"],
        markup.plain_text(markup.clean(typed["body"])),
        _day(request.POST.get("day", "")),
    )
    return JsonResponse({"hints": in_words(text)})


def of_article(article: Article) -> list[dict[str, Any]]:
    """Hints on the text as it is stored."""
    day = timezone.localdate(article.published_at) if article.published_at else None
    body = markup.plain_text(article.body)
    text = hints.Text(article.headline, article.standfirst, body, day or timezone.localdate())
    return in_words(text)


def in_words(text: hints.Text) -> list[dict[str, Any]]:
    """Each hint with its field, the name of that, the words found there and what to say of them."""
    return [
        {
            "field": hint.field,
            "place": capfirst(str(PLACES[hint.field])),
            "found": hint.found,
            "words": str(WORDS[hint.rule]) % {"found": hint.found, "wanted": hint.wanted},
        }
        for hint in hints.find(text)
    ]


def _day(text: str) -> date:
    """The day that was sent; today for none, or for a day that there is not."""
    try:
        return parse_date(text) or timezone.localdate()
    except ValueError:
        return timezone.localdate()
