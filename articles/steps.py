"""The table of steps: from where each leads on, and the right it asks for. workflow.py takes them.

`status` says what readers see; `stage`, where the text stands that they don't see yet: a draft, or
a change to what is published, which passes the same steps (chains.py).
"""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from articles.models import Article

DRAFT = Article.Status.DRAFT
PUBLISHED, WITHDRAWN = Article.Status.PUBLISHED, Article.Status.WITHDRAWN
NONE, WRITING, SUBMITTED = Article.Stage.NONE, Article.Stage.WRITING, Article.Stage.SUBMITTED
RETURNED, READY = Article.Stage.RETURNED, Article.Stage.READY
WAITING = frozenset({SUBMITTED, READY})
UNDER_WAY = frozenset({WRITING, SUBMITTED, RETURNED, READY})
ANY_STAGE = UNDER_WAY | {NONE}


@dataclass(frozen=True)
class Step:
    """From where a step leads on, and the right it asks for."""

    label: Promise
    statuses: frozenset[str]
    stages: frozenset[str]
    permission: str
    needs_note: bool = False


STEPS = {
    "submit": Step(
        gettext_lazy("Hand in to the editors"),
        frozenset({DRAFT, PUBLISHED}),
        frozenset({WRITING, RETURNED}),
        "articles.submit_article",
    ),
    "take": Step(
        gettext_lazy("Take up"),
        frozenset({DRAFT, PUBLISHED}),
        WAITING,
        "articles.approve_article",
    ),
    "approve": Step(
        gettext_lazy("Approve"),
        frozenset({DRAFT, PUBLISHED}),
        frozenset({SUBMITTED}),
        "articles.approve_article",
    ),
    "return": Step(
        gettext_lazy("Return to the writer"),
        frozenset({DRAFT, PUBLISHED}),
        ANY_STAGE,
        "articles.return_article",
        needs_note=True,
    ),
    "publish": Step(
        gettext_lazy("Publish"),
        frozenset({DRAFT, PUBLISHED, WITHDRAWN}),
        ANY_STAGE,
        "articles.publish_article",
    ),
    "update": Step(
        gettext_lazy("Publish the changes"),
        frozenset({PUBLISHED}),
        UNDER_WAY,
        "articles.publish_article",
    ),
    "schedule": Step(
        gettext_lazy("Publish the changes later"),
        frozenset({PUBLISHED}),
        UNDER_WAY,
        "articles.publish_article",
    ),
    "unschedule": Step(
        gettext_lazy("Cancel the scheduled change"),
        frozenset({PUBLISHED}),
        ANY_STAGE,
        "articles.publish_article",
    ),
    "unpublish": Step(
        gettext_lazy("Set an end"),
        frozenset({PUBLISHED}),
        ANY_STAGE,
        "articles.publish_article",
    ),
    "withdraw": Step(
        gettext_lazy("Withdraw"),
        frozenset({PUBLISHED}),
        ANY_STAGE,
        "articles.withdraw_article",
    ),
}


def possible(article: Article, user: Any) -> list[str]:
    """The steps that `user`'s role may take from the article's present state."""
    return [
        name
        for name, step in STEPS.items()
        if leads_on(step, article) and user.has_perm(step.permission)
    ]


def leads_on(step: Step, article: Article) -> bool:
    """Whether the article is where the step begins; nothing leads out of the bin."""
    is_there = article.status in step.statuses and article.stage in step.stages
    return is_there and article.deleted_at is None
