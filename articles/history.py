"""What readers saw at a time of the past, and why it was nothing."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from articles.days import clock
from articles.models import Article, Revision, Transition


@dataclass(frozen=True)
class Seen:
    """The text that readers saw; or none, and `why`."""

    revision: Revision | None
    why: str = ""


def live_at(article: Article, at: datetime) -> Seen:
    """What readers saw of `article` at `at`, which has passed."""
    shown = article.revisions.select_related("author").filter(live_from__lte=at)
    found = shown.filter(Q(live_until=None) | Q(live_until__gt=at)).first()
    return Seen(found) if found else Seen(None, _why_nothing(article, at))


def _why_nothing(article: Article, at: datetime) -> str:
    first = article.revisions.filter(live_from__isnull=False).order_by("live_from").first()
    if first is None or first.live_from is None:
        return _("Readers have never seen this article.")
    if at < first.live_from:
        words = _("It was not published yet. Readers see it from %(time)s.")
        return words % {"time": clock(first.live_from)}
    last = article.revisions.filter(live_from__lte=at).order_by("-live_from").first()
    assert last is not None
    assert last.live_until is not None
    ended = _("Readers saw it no longer: it was taken away on %(time)s.")
    return " ".join(filter(None, (ended % {"time": clock(last.live_until)}, _ground(article, at))))


def _ground(article: Article, at: datetime) -> str:
    """What readers were told of the end that the article had come to at `at`."""
    steps = article.transitions.filter(at__lte=at).exclude(reason="")
    step: Transition | None = steps.first()
    if step is None:
        return ""
    ground = dict(Article.Reason.choices).get(step.reason, step.reason)
    return _("Ground: %(ground)s. Readers were told: “%(words)s”") % {
        "ground": ground,
        "words": step.note,
    }
