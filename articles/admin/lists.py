"""The list of articles: states in words, and whose an article is."""

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import chains, embargoes
from articles.admin.base import clock
from articles.models import Article, Byline

STATES = {
    "writing": gettext_lazy("Draft"),
    "submitted": gettext_lazy("Submitted"),
    "editing": gettext_lazy("Being edited"),
    "returned": gettext_lazy("Returned"),
    "ready": gettext_lazy("Ready to publish"),
    "scheduled": gettext_lazy("Scheduled"),
    "live": gettext_lazy("Published"),
    "ended": gettext_lazy("Ended"),
    "withdrawn": gettext_lazy("Withdrawn"),
}


def state_of(article: Article) -> str:
    """One of STATES: what readers see of it, or else how far the draft has come."""
    now = timezone.now()
    if article.status == Article.Status.DRAFT:
        return stage_of(article)
    if article.status == Article.Status.WITHDRAWN:
        return "withdrawn"
    if article.has_ended(now) and not article.is_away(now):
        return "ended"
    return "live" if article.is_live(now) else "scheduled"


def stage_of(article: Article) -> str:
    """How far the text has come that readers don't see yet; empty where there is none."""
    is_taken = article.stage == Article.Stage.SUBMITTED and article.handler_id is not None
    return "editing" if is_taken else str(article.stage)


def words_for(article: Article) -> str:
    """The state as a person says it: “Terjadwal 14.30 WIB · embargo sampai 14.00 WIB”."""
    words = _seen_words(article)
    if article.status != Article.Status.DRAFT and article.stage:
        told = {"state": words, "stage": stage_words(article)}
        words = _("%(state)s · change: %(stage)s") % told
    if article.change_at:
        told = {"state": words, "time": clock(article.change_at)}
        words = _("%(state)s · change at %(time)s") % told
    if not embargoes.is_under(article, timezone.now()):
        return words
    time = clock(article.embargo_until)
    return _("%(state)s · embargo until %(time)s") % {"state": words, "time": time}


def _seen_words(article: Article) -> str:
    state = state_of(article)
    if state == "scheduled":
        return _("Scheduled for %(time)s") % {"time": clock(article.published_at)}
    if state == "live" and article.unpublish_at:
        return _("Published until %(time)s") % {"time": clock(article.unpublish_at)}
    return stage_words(article) if article.status == Article.Status.DRAFT else str(STATES[state])


def stage_words(article: Article) -> str:
    """How far the text has come, with the step that it waits for and who has it in hand."""
    words = str(STATES[stage_of(article)])
    if article.stage == Article.Stage.SUBMITTED and article.passed:
        for link in chains.left(article)[:1]:
            words = _("Waits for: %(step)s") % {"step": chains.STEPS[link["step"]]}
    if article.handler_id is None:
        return words
    since = {"state": words, "name": article.handler, "time": clock(article.handled_at)}
    return _("%(state)s, in the hands of %(name)s since %(time)s") % since


def of_person(user: Any) -> Q:
    """What `user` wrote or signs."""
    own = Article.objects.filter(created_by=user.pk).values("pk")
    signed = Byline.objects.filter(author__user=user.pk).values("article")
    # Two short lists joined, and not an OR, for which every article would be looked at.
    return Q(pk__in=own.union(signed))
