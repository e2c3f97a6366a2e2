"""What the audit log is told of articles and of names: steps, saves and settings, never a text."""

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from accounts import audit
from articles.models import (
    Article,
    Author,
    PreviewLink,
    Revision,
    SavedSearch,
    Section,
    Tag,
    Transition,
)

if TYPE_CHECKING:
    from accounts.models import User

# What of a section, tag or author is told with its values; of long texts only that they changed.
SHOWN = {
    "section": ("name", "slug", "parent_id", "order", "chain"),
    "tag": ("name", "slug"),
    "author": ("name", "slug", "code", "user_id", "is_organization"),
}
HIDDEN = {"section": ("intro",), "tag": (), "author": ("bio",)}


def note(article: Article, name: str, by: "User | None", **facts: Any) -> None:
    """Write what was done to an article into its history, and tell the log.

    `facts` are a Transition's other fields; a step changes nothing of where the article stands
    unless they say so.
    """
    stands = article.stage or article.status
    facts = {"source": stands, "target": stands} | facts
    step(Transition.objects.create(article=article, name=name, actor=by, **facts))


def step(transition: Transition) -> None:
    """One step of an article's way, as it stands in the workflow's own history."""
    told = {"status": [transition.source, transition.target], "step": transition.pk}
    if transition.revision:
        told["revision"] = transition.revision.number
    if transition.reason:
        told["reason"] = transition.reason
    if transition.override:
        told["override"] = True
    article = transition.article
    audit.record(
        f"article.{transition.name}",
        by=transition.actor,
        target=article,
        text=public_headline(article),
        details=told,
    )


def saved(revision: Revision) -> None:
    """A text that somebody saved, or that was put back; what saves itself is no act."""
    if revision.kind == Revision.Kind.AUTOSAVE:
        return
    article = revision.article
    audit.record(
        "article.save",
        by=revision.author,
        target=article,
        text=public_headline(article),
        details={"revision": revision.number, "kind": revision.kind},
    )


def shared(link: PreviewLink, by: "User", *, is_open: bool) -> None:
    """A preview link that somebody made, with the time until which it holds, or closed."""
    until = {"until": link.expires_at} if is_open else {}
    audit.record(
        "article.share" if is_open else "article.unshare",
        by=by,
        target=link.article,
        text=public_headline(link.article),
        details={"link": link.pk, **until},
    )


def public_headline(article: Article) -> str:
    """The headline if readers have seen the article; else who runs the machine may not either."""
    first = article.first_published_at
    return article.headline if first and first <= timezone.now() else ""


def named(
    kind: str,
    before: Section | Tag | Author | None,
    after: Section | Tag | Author,
    by: "User | None",
) -> None:
    """A section, tag or author that was added, or whose settings changed."""
    if before is None:
        audit.record(f"{kind}.add", by=by, target=after, text=after.name)
        return
    if told := audit.changes(before, after, SHOWN[kind], HIDDEN[kind]):
        audit.record(f"{kind}.change", by=by, target=after, text=after.name, details=told)


def search(verb: str, saved: SavedSearch, by: "User", before: SavedSearch | None = None) -> None:
    """What is done to a search that the newsroom shares; one's own are nobody's business.

    What it asks is not told: it may be words of a text that nobody outside has read.
    """
    told: dict[str, Any] = {"owner": saved.owner_id}
    if before and before.pk:
        told |= audit.changes(before, saved, ["name", "is_shared"])
    audit.record(f"search.{verb}", by=by, target=saved, text=saved.name, details=told)
