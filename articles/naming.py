"""The only writer of sections, tags and authors: a renamed one is found at its old address too."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles import addresses, outbox, rights, words
from articles.addresses import Named
from articles.models import Tag
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
    with transaction.atomic():
        old_path = _stored_path(thing)
        thing.save()
        if old_path and old_path != thing.get_absolute_url():
            addresses.remember(thing, old_path)
        outbox.announce({f"{kind}:{thing.pk}", f"list:{kind}:{thing.pk}", "list:front"})


def _stored_path(thing: Named) -> str:
    """Where it is now; nothing for what is not stored yet."""
    rows: Any = type(thing)._default_manager
    stored = rows.filter(pk=thing.pk).first()
    return stored.get_absolute_url() if stored else ""


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
