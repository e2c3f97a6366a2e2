"""The only writer of what the newsroom did before it published: whom it asked, who looked it over.

Readers never see any of it (domain rules V-1 and E-1).
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import chains, content, gate, moves, rights, trail, words
from articles.errors import NotAllowed, Refused
from articles.guard import writing
from articles.models import Article, ConfirmationAttempt, IdentityCheck

if TYPE_CHECKING:
    from accounts.models import User

# A phone's clock may be ahead of the server's.
AHEAD = timedelta(minutes=5)
# All that lets others trace a person, whom readers must not recognize (KEJ 5, rule E-1).
CHECKLIST: dict[str, Promise] = {
    "name": gettext_lazy("No name, nickname or initials, in the address and the tags neither"),
    "face": gettext_lazy("No face, voice, clothes or home to be recognized in a picture"),
    "family": gettext_lazy("No names of parents, siblings or other relatives"),
    "relation": gettext_lazy("No relation to the offender that tells who it is"),
    "school": gettext_lazy("No school, class or place of work"),
    "place": gettext_lazy("No village, street or other place as small as that"),
    "traces": gettext_lazy("No number plate, social media name or link to one"),
    "captions": gettext_lazy("None of that in captions, picture descriptions or linked pages"),
}


def why_not_record(user: "User", article: Article) -> str:
    """Why `user` can't record an attempt; empty for its writers and the editors of its section."""
    if article.deleted_at:
        return _("The article is in the bin. Bring it back first.")
    if not user.has_perm("articles.change_article") or not rights.may_see_drafts(user, article):
        return _("This is somebody else's article.")
    return ""


def record(
    article: Article, by: "User", *, asked: str, at: datetime, outcome: str, note: str = ""
) -> ConfirmationAttempt:
    """Note that `asked` was asked for his side `at` that time (aware), and what came of it.

    Raises NotAllowed, and ValidationError by field.
    """
    made = ConfirmationAttempt(
        article=article,
        asked=words.clean(asked).strip(),
        at=at,
        outcome=outcome,
        note=words.clean(note).strip(),
        recorded_by=by,
    )
    made.clean_fields(exclude=["article", "recorded_by", "struck_by", "struck_at"])
    if at > timezone.now() + AHEAD:
        raise ValidationError({"at": _("This time lies ahead. When was it?")})
    with transaction.atomic(), writing():
        held = content.lock(article.pk)
        if reason := why_not_record(by, held):
            raise NotAllowed(reason)
        made.save()
        _tell("ask", held, by, f"{made.asked}: {made.get_outcome_display()}")
    return made


def may_strike(user: "User", attempt: ConfirmationAttempt, why_not_record: str) -> bool:
    """Whether `user`, who may record attempts or may not and why, may strike this one out."""
    return not why_not_record and not _why_not_strike(user, attempt)


def _why_not_strike(user: "User", attempt: ConfirmationAttempt) -> str:
    """What readers have seen rests on it, or it is another's."""
    if attempt.article.first_published_at is not None:
        return _("The article has been published: what was recorded before stays.")
    if attempt.recorded_by_id != user.pk and not user.has_perm("articles.edit_any_article"):
        return _("Somebody else has recorded this.")
    return ""


def strike(attempt: ConfirmationAttempt, by: "User") -> None:
    """Strike out what was recorded by mistake: it stays to be read and counts no more.

    Raises NotAllowed; does nothing if it is struck out already.
    """
    with transaction.atomic(), writing():
        attempt.article = content.lock(attempt.article_id)
        if reason := why_not_record(by, attempt.article) or _why_not_strike(by, attempt):
            raise NotAllowed(reason)
        rows = ConfirmationAttempt.objects.filter(pk=attempt.pk, struck_at=None)
        if rows.update(struck_at=timezone.now(), struck_by=by):
            _tell("unask", attempt.article, by, f"{attempt.asked}")


def why_not_check(user: "User", article: Article) -> str:
    """Why `user` can't be the second editor of this text; whatever the role, not its writer."""
    if article.deleted_at:
        return _("The article is in the bin. Bring it back first.")
    if not user.has_perm("articles.publish_article"):
        return _("An editor of its section looks it through.")
    sections = (article.section_id, chains.section_of(article).pk)
    if not all(rights.works_in(user, pk) for pk in sections):
        return _("You work in other sections than this one.")
    if rights.is_writer(user, article):
        return _("You wrote this article, so somebody else must look it through.")
    return ""


def check(article: Article, by: "User", *, items: Collection[str], seen: str) -> IdentityCheck:
    """Note that `by` has looked through the text that was `seen` for all of CHECKLIST.

    `seen` is what gate.betrayals said of it. Raises NotAllowed, Conflict if the text or the words
    of a picture have changed since, and Refused while an item is open.
    """
    with transaction.atomic(), writing():
        held = content.lock(article.pk)
        if reason := why_not_check(by, held):
            raise NotAllowed(reason)
        text = gate.betrayals(held)
        if text != seen:
            raise moves.changed_since(held)
        if not set(CHECKLIST) <= set(items):
            raise Refused(_("Tick each item once you have looked for it."))
        assert held.draft_revision is not None
        made = IdentityCheck.objects.create(
            article=held,
            text_hash=text,
            revision=held.draft_revision,
            items=list(CHECKLIST),
            checked_by=by,
        )
        _tell("check", held, by, "")
    return made


def _tell(name: str, article: Article, by: "User", note: str) -> None:
    """Note it in the article's history, and in the log without its words."""
    trail.note(article, name, by, note=note, revision=article.draft_revision)
