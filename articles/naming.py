"""The only writer of sections, tags and authors: a renamed one is found at its old address too."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles import addresses, listing, outbox, rights, trail, words
from articles.addresses import Named
from articles.guard import writing
from articles.models import Section, Tag
from articles.pagecache import moments
from articles.slugs import make_slug, tag_key

if TYPE_CHECKING:
    from accounts.models import User


def save_named(thing: Named, by: "User | None") -> None:
    """Store a section, tag or author as it is in memory, and announce it.

    An empty slug is made from the name. If the address changed, the old one leads to the new.
    Raises NotAllowed, and ValidationError for a name or slug that is taken.
    """
    kind = type(thing).__name__.lower()
    for field in ("name", "intro", "bio"):
        if hasattr(thing, field):
            setattr(thing, field, words.clean(getattr(thing, field)))
    rights.require(by, f"articles.{'change' if thing.pk else 'add'}_{kind}")
    thing.slug = slug_for(thing, thing.slug or thing.name)
    _check_tag(thing)
    thing.full_clean()
    with transaction.atomic(), writing():
        stored = _stored(thing)
        _place_below(thing, stored)
        thing.save()
        tags = _tags(kind, thing, stored)
        if stored and stored.get_absolute_url() != thing.get_absolute_url():
            tags |= addresses.remember(thing, stored.get_absolute_url())
        outbox.announce(tags)
        trail.named(kind, stored, thing, by)


def _stored(thing: Named) -> Named | None:
    """The row as it is now, held until the transaction ends; none for what is not stored yet.

    Others may still point to it: who holds an article of a section may be about to commit it.
    """
    rows: Any = type(thing)._default_manager
    found: Named | None = rows.select_for_update(no_key=True).filter(pk=thing.pk).first()
    return found


def _place_below(thing: Named, stored: Named | None) -> None:
    """A section that belongs to another one now takes its articles with it.

    This comes first: with a new slug the row is held against those who point to it as well, and no
    article of it must be waited for any more.
    """
    if not (isinstance(thing, Section) and isinstance(stored, Section)):
        return
    if thing.parent_id != stored.parent_id:
        thing.save(update_fields=["parent"])
        listing.move_section(thing)


def _tags(kind: str, thing: Named, stored: Named | None) -> set[str]:
    """The thing, and its slugs: a page may have said that there is nothing of that name."""
    if isinstance(thing, Section):
        # What waits for its time in a section comes out above it too, wherever that is now.
        return {f"section:{thing.pk}", "list:menu", moments.TAG}
    slugs = {f"slug:{kind}:{named.slug}" for named in (thing, stored) if named}
    return {f"{kind}:{thing.pk}"} | slugs


def slug_for(thing: Named, text: str) -> str:
    """The slug that `text` gives; where it gives none, the kind of the thing."""
    return make_slug(text, fallback=type(thing).__name__.lower())


def _check_tag(thing: Named) -> None:
    """Two spellings of one name are one tag; `key`, which says so, is not in any form."""
    if not isinstance(thing, Tag):
        return
    if not any(map(str.isalnum, thing.name)):
        raise ValidationError({"name": _("A tag needs letters or digits.")})
    if Tag.objects.filter(key=tag_key(thing.name)).exclude(pk=thing.pk).exists():
        raise ValidationError({"name": _("There is a tag of this name already.")})
