"""The only writer of saved searches: what somebody asked the desk's list, under a name.

Kept are the parameters of the list and no address, so that no link can lead elsewhere. Whoever
opens a shared search asks the list herself, and sees what she may see.
"""

from collections.abc import Mapping
from copy import copy
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from articles import trail, words
from articles.errors import NotAllowed, Refused
from articles.guard import writing
from articles.models import SavedSearch

if TYPE_CHECKING:
    from accounts.models import User

# What the list can be asked, in the order in which it is kept. What orders it is none of it.
KNOWN = (
    *("q", "author", "tag", "when", "since", "until"),
    *("state", "section", "kind__exact", "mine", "override"),
)
MOST = 50
LONGEST_VALUE = 200
LONGEST: int = SavedSearch._meta.get_field("query").max_length or 0


def cleaned(params: Mapping[str, str]) -> str:
    """The part of an address behind the question mark that asks the same; empty if it is nothing.

    Unknown parameters, empty values and NUL are left away.
    """
    asked = {name: params.get(name, "").replace("\0", "").strip() for name in KNOWN}
    return urlencode({name: text[:LONGEST_VALUE] for name, text in asked.items() if text})


def seen_by(user: Any) -> QuerySet[SavedSearch]:
    """One's own by name, then those that others share; none of theirs for who sees only her own."""
    seen = Q(owner=user.pk)
    if may_share(user):
        seen |= Q(is_shared=True)
    rows = SavedSearch.objects.filter(seen).annotate(is_others=~Q(owner=user.pk))
    return rows.select_related("owner").order_by("is_others", "name", "pk")


def may_keep(user: Any) -> bool:
    """Whether `user` has a list of articles to ask."""
    return bool(user.has_perm("articles.view_article") or user.has_perm("articles.change_article"))


def may_share(user: Any) -> bool:
    """A contributor, who sees nothing but her own work, shares nothing and is shown nothing."""
    return bool(user.has_perm("articles.view_article"))


def may_change(user: Any, saved: SavedSearch) -> bool:
    """The owner; what is shared may be put in order by whoever works in all sections too."""
    if saved.owner_id == user.pk:
        return may_keep(user)
    return bool(saved.is_shared and user.has_perm("articles.work_in_all_sections"))


def save(name: str, params: Mapping[str, str], by: "User", *, is_shared: bool) -> SavedSearch:
    """Keep what `params`, those of the list's address, ask.

    Raises NotAllowed; Refused for a search that asks nothing, too much, or one too many;
    ValidationError for a name that is missing, too long or taken.
    """
    if not may_keep(by):
        raise NotAllowed(_("Your role does not include this step."))
    query = cleaned(params)
    if not query:
        raise Refused(_("Choose a filter or type words first: this search finds everything."))
    if len(query) > LONGEST:
        # Letters beyond ASCII take up to nine signs of an address each.
        raise Refused(_("This search is too long to be kept. Search with fewer words or filters."))
    if SavedSearch.objects.filter(owner=by).count() >= MOST:
        told = {"most": MOST}
        raise Refused(_("You have %(most)d saved searches. Remove one of them first.") % told)
    return _store(SavedSearch(owner=by, query=query), name, by, is_shared=is_shared)


def change(saved: SavedSearch, name: str, by: "User", *, is_shared: bool) -> SavedSearch:
    """Give it another name, share it or stop sharing it. Raises what `save` raises."""
    if not may_change(by, saved):
        raise NotAllowed(_("This search is somebody else's."))
    return _store(saved, name, by, is_shared=is_shared)


def remove(saved: SavedSearch, by: "User") -> None:
    """Forget it; nothing hangs on it. Raises NotAllowed."""
    if not may_change(by, saved):
        raise NotAllowed(_("This search is somebody else's."))
    with transaction.atomic(), writing():
        if saved.is_shared:
            trail.search("remove", saved, by)
        SavedSearch.objects.filter(pk=saved.pk).delete()


def _store(saved: SavedSearch, name: str, by: "User", *, is_shared: bool) -> SavedSearch:
    was_shared, before = saved.is_shared, copy(saved)
    if is_shared and not was_shared and not may_share(by):
        raise NotAllowed(_("Your role sees its own articles alone, and can't share a search."))
    saved.name, saved.is_shared = " ".join(words.clean(name).split()), is_shared
    saved.full_clean()
    is_new = saved.pk is None
    try:
        with transaction.atomic(), writing():
            saved.save()
            if is_shared or was_shared:
                trail.search("add" if is_new else "change", saved, by, before)
    except IntegrityError:  # The same name, by two clicks on one button.
        message = _("You have a search of this name already.")
        raise ValidationError({"name": message}) from None
    return saved
