"""Who may do what to which article, now. Asked by the writers; the admin only shows the answers."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from articles.errors import NotAllowed
from articles.models import Article, Revision, Transition

if TYPE_CHECKING:
    from accounts.models import User


def require(user: "User | None", permission: str) -> None:
    """Raise NotAllowed unless `user` holds `permission`; None is an import on the server itself."""
    if user is not None and not (user.is_active and user.has_perm(permission)):
        raise NotAllowed(_("Your role does not include this step."))


def writers_of(article: Article) -> set[int]:
    """The accounts whose text this is: who began, signs, filed it, or first gave it a body.

    An editor who works on a reporter's text is its editor and not its writer.
    """
    ids: set[int | None] = {article.created_by_id, _first_hand(article)}
    ids.update(article.bylines.values_list("author__user", flat=True))
    ids.update(article.transitions.filter(name="submit").values_list("actor", flat=True))
    return {pk for pk in ids if pk is not None}


def _first_hand(article: Article) -> int | None:
    """Who first filled the body: to begin from somebody's empty draft makes that person no writer.

    Whoever hands an imported text over did not write it.
    """
    first = article.revisions.exclude(content__fields__body="").order_by("number").first()
    return None if first is None or first.kind == Revision.Kind.IMPORT else first.author_id


def is_writer(user: Any, article: Article) -> bool:
    """Whether `user` has a hand in the text and so can't be its second pair of eyes."""
    return user.pk in writers_of(article)


def may_read(user: Any, article: Article) -> bool:
    """Whether `user` may open this article on the desk, drafts and previews included."""
    return Article.objects.visible_to(user).filter(pk=article.pk).exists()


def may_edit(user: Any, article: Article) -> bool:
    """Whether `user` may save this article's text in its present state."""
    return why_not_edit(user, article) == ""


def why_not_edit(user: Any, article: Article) -> str:
    """The reason why `user` can't save now; empty when nothing stands in the way."""
    if not user.has_perm("articles.change_article"):
        return _("Your role can't edit articles.")
    if user.has_perm("articles.edit_any_article"):
        return _why_not_edit_public(user, article)
    if article.status == Article.Status.IN_REVIEW:
        return _("The article has been handed in. Ask an editor to return it.")
    if article.status != Article.Status.DRAFT:
        return _("The article is out of the writer's hands. Ask an editor to change it.")
    if article.created_by_id == user.pk or is_writer(user, article):
        return ""
    return _("This is somebody else's draft.")


def _why_not_edit_public(user: Any, article: Article) -> str:
    """What is public, or approved for later, is changed by a second person as well."""
    if article.status != Article.Status.PUBLISHED:
        return ""
    if not is_writer(user, article) or user.has_perm("articles.override_four_eyes"):
        return ""
    return _("You wrote this published article. Ask another editor to change it.")


def approve(user: "User | None", article: Article, reason: str) -> bool:
    """Four eyes: nobody approves a text of one's own. Returns whether this was an override.

    The chief editor alone may, with a reason that is logged and shown. None is an import.
    """
    if user is None or not is_writer(user, article):
        return False
    if not user.has_perm("articles.override_four_eyes"):
        raise NotAllowed(
            _("You wrote this article, so somebody else must approve it. Hand it in instead.")
        )
    if not reason.strip():
        raise NotAllowed(
            _("You wrote this article. To approve it all the same, write the reason in the note.")
        )
    return True


def overrides() -> Any:
    """Steps that went without a second pair of eyes, newest first, for the desk to see."""
    return Transition.objects.filter(override=True).select_related("article", "actor")
