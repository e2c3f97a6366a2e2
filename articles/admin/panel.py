"""What an article's form shows beside its fields: where it stands, what can be and was done."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles import chains, markup, metadata, rights, scheduled, snapshots, steps, wastebin
from articles.admin import gating, hinting, kept, open_forms
from articles.admin.actions import STEPS
from articles.admin.comparison import differences
from articles.admin.lists import state_of, words_for
from articles.errors import Conflict
from articles.models import Article, Transition

MOST = 30
NAMES: dict[str, Promise] = {
    "create": _("Written"),
    "bin": _("Thrown into the bin"),
    "unbin": _("Brought back from the bin"),
    "ask": _("The other side asked"),
    "unask": _("Struck out: the other side asked"),
    "check": _("Looked through for identities"),
    "wipe": _("Texts wiped after their time in the bin"),
    "link": _("Linked"),
    "unlink": _("Link removed"),
    **{name: step.label for name, step in steps.STEPS.items()},
    "merge": _("The scheduled change came out"),
    "clash": _("The scheduled change did not come out"),
}
# The steps that decide what readers see of a change.
ANSWERS = ("clash", "merge", "publish", "schedule", "unschedule", "update", "withdraw")
# A step that is possible by the workflow's table, and pointless in this state.
POINTLESS = {("live", "publish")}


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
    shown: dict[str, Any] = open_forms.context(request, article)
    shown |= {"shown_to": kept.sign(request.user), "kept": getattr(request, "kept", None)}
    if article is None:
        return shown | {"steps": [Button("submit_articles", STEPS["submit_articles"].one, False)]}
    return shown | {
        "state": state_of(article),
        "state_words": words_for(article),
        "steps": buttons(request.user, article),
        "conflict": conflict(request, article),
        "words": markup.word_count(article.body),
        "may_throw_away": wastebin.why_not(request.user, article) == "",
        "hints": hinting.of_article(article),
        "needs": gating.needs(article) if may_see_history(request.user, article) else None,
        "share": share(article) if state_of(article) == "live" else None,
        **(past := history(request.user, article)),
        "scheduled_change": scheduled_change(article, past.get("lines")),
    }


def share(article: Article) -> dict[str, str]:
    """What is copied after publishing: the address, and the text that WhatsApp shows with it."""
    row = Article.objects.select_related("section").get(pk=article.pk)
    address = metadata.absolute(row.get_absolute_url())
    parts = (f"*{row.headline}*", row.standfirst, address)
    return {"address": address, "text": "\n\n".join(filter(None, parts))}


def scheduled_change(article: Article, lines: list[Line] | None) -> dict[str, Any] | None:
    """The change that waits for its time, or the last one if it did not come out.

    `lines` is what was done, the newest first; None for whoever may not see it.
    """
    if lines is None:
        return None
    if revision := scheduled.waiting(article):
        return {"revision": revision, "at": article.change_at}
    # Whatever was decided since then was a person's answer to that.
    last = next((one.transition for one in lines if one.transition.name in ANSWERS), None)
    if last is None or last.name != "clash":
        return None
    return {"revision": last.revision, "at": last.at, "why": last.note}


def history(user: Any, article: Article) -> dict[str, Any]:
    """What was written and done before: the business of its writers and of editors."""
    if not may_see_history(user, article):
        return {}
    return {
        "may_see_history": True,
        "revisions": article.revisions.select_related("author").defer("content")[:MOST],
        "lines": [line(one) for one in article.transitions.select_related("actor")[:MOST]],
    }


def may_see_history(user: Any, article: Article) -> bool:
    """A public article's drafts are no more public than another's."""
    return rights.may_see_drafts(user, article)


def buttons(user: Any, article: Article) -> list[Button]:
    """The steps that lead somewhere for this person, the main one first."""
    state, possible = state_of(article), set(steps.possible(article, user))
    possible -= {step for where, step in POINTLESS if where == state}
    possible -= set(_closed(user, article))
    main = main_step(possible, own=rights.is_writer(user, article))
    found = [
        Button(action, step.one, step.name == main and action != "schedule_articles")
        for action, step in STEPS.items()
        if step.name in possible
    ]
    return sorted(found, key=lambda button: not button.is_main)


def _closed(user: Any, article: Article) -> Iterator[str]:
    """The steps of a role that would be refused to this person for this article."""
    if not rights.may_edit(user, article):
        yield "submit"
    now = timezone.now()
    has_ended = article.has_ended(now) and not article.is_away(now)
    if not snapshots.is_apart(article) or has_ended:
        yield from ("update", "schedule")
    if state_of(article) != "live" or article.change_at is not None:
        yield "schedule"
    if article.change_at is None:
        yield "unschedule"
    if article.handler_id == user.pk:
        yield "take"
    if article.stage not in steps.WAITING and state_of(article) != "scheduled":
        yield "return"
    if not rights.works_in(user, article.section_id):
        yield from ("take", "approve", "return", "publish", "update", "schedule", "unschedule")
    if rights.is_writer(user, article) and not user.has_perm("articles.override_four_eyes"):
        yield from ("approve", "publish", "update", "schedule")
    if user.has_perm("articles.pass_any_step"):
        return
    left = [chains.holds(user, link) for link in chains.left(article)]
    if not all(left):
        yield from ("publish", "update", "schedule")
    if not all(left[:1]):
        yield "approve"


def main_step(possible: set[str], *, own: bool) -> str:
    """What comes next; nothing once it is out. A writer hands in, others bring it to readers."""
    order = ["update", "publish", "approve", "submit"]
    if own:
        order = ["submit", "update", "publish", "approve"]
    return next((step for step in order if step in possible), "")


def conflict(request: HttpRequest, article: Article) -> dict[str, Any] | None:
    """The two texts of a refused save, and the version that “mine over it” would replace."""
    refusal = getattr(request, "refusal", None)
    if not isinstance(refusal, Conflict):
        return None
    version = Article.objects.values_list("version", flat=True).get(pk=article.pk)
    found: dict[str, Any] = {"theirs": refusal.theirs, "losing": refusal.losing, "version": version}
    if refusal.losing:
        sides = refusal.theirs.content, refusal.losing.content
        found["differences"] = differences(request.user, *sides)
    return found


def line(transition: Transition) -> Line:
    reasons = dict(Article.Reason.choices)
    name = NAMES.get(transition.name, transition.name)
    return Line(transition, name, str(reasons.get(transition.reason, "")))
