"""Who may do what to which article, now. Asked by the writers; the admin only shows the answers."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from articles import snapshots
from articles.errors import NotAllowed
from articles.models import Article, Author, Revision, SectionRight, Transition

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
    if snapshots.is_apart(article):
        lines = snapshots.working(article)["bylines"]
        signed = Author.objects.filter(pk__in=[line["author"] for line in lines])
        ids.update(signed.values_list("user", flat=True))
    ids.update(article.transitions.filter(name="submit").values_list("actor", flat=True))
    return {pk for pk in ids if pk is not None}


def people_of(article: Article) -> list["User"]:
    """The same, as persons who can be told of something."""
    return list(get_user_model().objects.filter(pk__in=writers_of(article)).order_by("pk"))


def _first_hand(article: Article) -> int | None:
    """Who first filled the body: to begin from somebody's empty draft makes that person no writer.

    Whoever hands an imported text over did not write it.
    """
    first = article.revisions.exclude(content__fields__body="").order_by("number").first()
    return None if first is None or first.kind == Revision.Kind.IMPORT else first.author_id


def is_writer(user: Any, article: Article) -> bool:
    """Whether `user` has a hand in the text and so can't be its second pair of eyes."""
    return user.pk in writers_of(article)


def works_in(user: Any, section_id: int | None) -> bool:
    """Whether the section is one of those that `user` works in."""
    sections = SectionRight.limits(user)
    return sections is None or section_id in sections


def require_section(user: "User | None", section_id: int | None) -> None:
    """Raise NotAllowed where `user`'s work is limited to other sections."""
    if user is not None and not works_in(user, section_id):
        raise NotAllowed(_("You work in other sections than this one."))


def require_kind(user: "User | None", article: Article) -> None:
    """Raise NotAllowed for news by the advertising department (“pagar api”, domain rule A-1)."""
    if user is None or article.kind == Article.Kind.ADVERTORIAL:
        return
    if not user.has_perm("articles.write_news"):
        raise NotAllowed(_("Your role writes advertorials only: choose that kind."))


def may_read(user: Any, article: Article) -> bool:
    """Whether `user` may open this article on the desk, drafts and previews included."""
    return Article.objects.visible_to(user).filter(pk=article.pk).exists()


def may_see_drafts(user: Any, article: Article) -> bool:
    """Whether `user` may see of it what readers don't: waiting changes, and every text before.

    Its writers may, and whoever edits the texts of others in its section.
    """
    if user.has_perm("articles.edit_any_article") and works_in(user, article.section_id):
        return True
    return is_writer(user, article)


def may_edit(user: Any, article: Article) -> bool:
    """Whether `user` may save this article's text in its present state."""
    return why_not_edit(user, article) == ""


def why_not_edit(user: Any, article: Article) -> str:
    """The reason why `user` can't save now; empty when nothing stands in the way.

    What is published may be changed by its writers too: readers see a change only when somebody
    else has approved it.
    """
    if not user.has_perm("articles.change_article"):
        return _("Your role can't edit articles.")
    if article.deleted_at:
        return _("The article is in the bin. Bring it back first.")
    if article.kind != Article.Kind.ADVERTORIAL and not user.has_perm("articles.write_news"):
        return _("Your role writes advertorials only.")
    if user.has_perm("articles.edit_any_article") and works_in(user, article.section_id):
        return ""
    if article.created_by_id != user.pk and not is_writer(user, article):
        return _("This is somebody else's article.")
    if article.stage in {Article.Stage.SUBMITTED, Article.Stage.READY}:
        return _("The article has been handed in. Ask an editor to return it.")
    if article.status == Article.Status.WITHDRAWN:
        return _("The article is withdrawn. Ask an editor to change it.")
    return ""


def why_not_change_at_once(user: Any, article: Article) -> str:
    """The reason why `user` can't change what readers see of `article` without a further step.

    What is published is changed by a second person as well: not by its writers, unless they may
    override that.
    """
    reason = why_not_edit(user, article)
    if reason or article.status != Article.Status.PUBLISHED:
        return reason
    if not user.has_perm("articles.publish_article") or not works_in(user, article.section_id):
        return _("It is published. Ask an editor to change it.")
    if is_writer(user, article) and not user.has_perm("articles.override_four_eyes"):
        return _("You wrote this published article. Ask another editor to change it.")
    return ""


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


def stand_in(user: "User", steps: str, reason: str) -> None:
    """Raise NotAllowed unless `user` may take the `steps` of another role, with a reason."""
    if not user.has_perm("articles.pass_any_step"):
        raise NotAllowed(_("Another role takes this step: %(steps)s.") % {"steps": steps})
    if not reason.strip():
        message = _("Another role takes this step: %(steps)s. To take it all the same, say why.")
        raise NotAllowed(message % {"steps": steps})


def overrides() -> Any:
    """Steps that went without a second pair of eyes, newest first, for the desk to see."""
    return Transition.objects.filter(override=True).select_related("article", "actor")
