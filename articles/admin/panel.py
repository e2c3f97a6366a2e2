"""What an article's form shows beside its fields: where it stands, what can be and was done."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles import markup, rights, workflow
from articles.admin import hinting, kept
from articles.admin.actions import STEPS
from articles.admin.lists import state_of, words_for
from articles.errors import Conflict
from articles.models import Article, Transition

MOST = 30
NAMES: dict[str, Promise] = {
    "create": _("Written"),
    "update": _("Changed while published"),
    **{name: step.label for name, step in workflow.STEPS.items()},
}
# A step that is possible by the workflow's table, and pointless in this state.
POINTLESS = {("live", "publish"), ("live", "return"), ("ended", "return")}


@dataclass(frozen=True)
class Button:
    """A step that this person can take now; the main one says what comes next."""

    action: str
    text: Promise
    is_main: bool


@dataclass(frozen=True)
class Line:
    """A transition in words."""

    transition: Transition
    name: Promise | str
    reason: str


def context(request: HttpRequest, article: Article | None) -> dict[str, Any]:
    """The panel of `article`, or of one that is to be written."""
    shown = {"shown_to": kept.sign(request.user), "kept": getattr(request, "kept", None)}
    if article is None:
        return shown | {"steps": [Button("submit_articles", STEPS["submit_articles"].one, False)]}
    return shown | {
        "state": state_of(article),
        "state_words": words_for(article),
        "steps": buttons(request.user, article),
        "conflict": conflict(request, article),
        "words": markup.word_count(article.body),
        "hints": hinting.of_article(article),
        **history(request.user, article),
    }


def history(user: Any, article: Article) -> dict[str, Any]:
    """What was written and done before: the business of its writers and of editors."""
    if not may_see_history(user, article):
        return {}
    return {
        "revisions": article.revisions.select_related("author").defer("content")[:MOST],
        "lines": [line(one) for one in article.transitions.select_related("actor")[:MOST]],
    }


def may_see_history(user: Any, article: Article) -> bool:
    """A public article's drafts are no more public than another's."""
    return user.has_perm("articles.edit_any_article") or rights.is_writer(user, article)


def buttons(user: Any, article: Article) -> list[Button]:
    """The steps that lead somewhere, the main one first."""
    state, possible = state_of(article), set(workflow.possible(article, user))
    possible -= {step for where, step in POINTLESS if where == state}
    own = rights.is_writer(user, article)
    if own and not user.has_perm("articles.override_four_eyes"):
        possible.discard("publish")
    if not rights.may_edit(user, article):
        possible.discard("submit")
    main = main_step(state, possible, own)
    found = [
        Button(action, step.one, step.name == main and action != "schedule_articles")
        for action, step in STEPS.items()
        if step.name in possible
    ]
    return sorted(found, key=lambda button: not button.is_main)


def main_step(state: str, possible: set[str], own: bool) -> str:
    """What comes next for an article in `state`; nothing once it is out."""
    order = {"draft": ["submit", "publish"], "in_review": ["publish"]}.get(state, [])
    if not own:
        order = order[::-1]
    return next((step for step in order if step in possible), "")


def conflict(request: HttpRequest, article: Article) -> dict[str, Any] | None:
    """The two texts of a refused save, and the version that “mine over it” would replace."""
    refusal = getattr(request, "refusal", None)
    if not isinstance(refusal, Conflict):
        return None
    version = Article.objects.values_list("version", flat=True).get(pk=article.pk)
    return {"theirs": refusal.theirs, "losing": refusal.losing, "version": version}


def line(transition: Transition) -> Line:
    reasons = dict(Article.Reason.choices)
    name = NAMES.get(transition.name, transition.name)
    return Line(transition, name, str(reasons.get(transition.reason, "")))
