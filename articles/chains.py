"""The steps that a text passes between its writer and its readers, chosen for each section.

A chain is a list of `{"step": one of STEPS, "role": a role's code}` in the order of STEPS. An
article takes its section's chain along when it is handed in, and keeps it; `passed` counts.
"""

from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import roles
from articles import snapshots
from articles.models import Article, Section

if TYPE_CHECKING:
    from accounts.models import User

STEPS: dict[str, Promise] = {
    "edit": _("Editing"),
    "facts": _("Fact check"),
    "photo": _("Photo"),
    "legal": _("Legal check"),
}
# What a section does that has chosen nothing: a second pair of eyes (domain rule W-1).
USUAL = [{"step": "edit", "role": "editor"}]

type Link = dict[str, str]


def chosen(section: Section) -> list[Link]:
    """The chain of what is handed in to this section now; without its own, that of its parent."""
    if section.chain:
        return list(section.chain)
    return chosen(section.parent) if section.parent else list(USUAL)


def of(article: Article) -> list[Link]:
    """The chain that the article is in, or would be if it were handed in now."""
    return list(article.chain) or chosen(section_of(article))


def section_of(article: Article) -> Section:
    """Where the text is to stand: a change may bring a published article into another section."""
    if snapshots.is_apart(article):
        pk = snapshots.working(article)["fields"]["section_id"]
        if pk != article.section_id:
            return Section.objects.select_related("parent").get(pk=pk)
    return article.section


def left(article: Article) -> list[Link]:
    """The steps that the text has yet to pass; none for one that readers have seen or will see."""
    stages = Article.Stage
    if article.stage == stages.NONE and _was_approved(article):
        return []
    is_begun = article.stage in {stages.SUBMITTED, stages.READY}
    return of(article)[article.passed if is_begun else 0 :]


def _was_approved(article: Article) -> bool:
    revision = article.draft_revision
    return revision is not None and revision.live_from is not None


def holds(user: "User", link: Link) -> bool:
    """Whether a step is `user`'s to take, by role."""
    return roles.holds(user, link["role"])


def is_next(user: "User", article: Article) -> bool:
    """Whether the article waits for `user`'s role."""
    return all(holds(user, link) for link in left(article)[:1])


def stage_after_save(article: Article, by: "User | None", *, is_own: bool) -> str:
    """Where the text stands when `by` has changed it; sets `passed` to match.

    What was approved was another text: unless whoever changes it may approve it too, and has no
    hand in it (`is_own`), it passes its steps again. A first change to what is out begins as a
    draft; one that takes back all changes leaves none.
    """
    stages = Article.Stage
    is_public = article.status == Article.Status.PUBLISHED
    if is_public and article.draft_revision_id == article.live_revision_id:
        article.passed = 0
        return stages.NONE
    if article.stage == stages.NONE:
        article.passed = 0
        return stages.WRITING if article.status != Article.Status.WITHDRAWN else stages.NONE
    if article.stage in {stages.SUBMITTED, stages.READY}:
        done = of(article)[: article.passed]
        if by is not None and (is_own or not all(holds(by, link) for link in done)):
            article.passed = 0
            return stages.SUBMITTED
    return str(article.stage)
