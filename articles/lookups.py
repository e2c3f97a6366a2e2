"""Finding one thing by what stands in an address; asked in vain is asked as well."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from articles import dependencies
from articles.models import Author, Section, Tag
from articles.prepared import Prepared


@Prepared
def _named(slug: str, *, model: type[Section | Tag | Author]) -> QuerySet[Any]:
    manager: Any = model._default_manager
    rows: QuerySet[Any] = manager.filter(slug=slug)
    return rows.select_related("parent") if model is Section else rows


def named[M: (Section, Tag, Author)](model: type[M], slug: str) -> M:
    """The section, tag or author of that slug. Raises Http404, which depends on the slug too."""
    kind = model.__name__.lower()
    # Sections are few, and every change of one is told as a change of the menu.
    dependencies.saw("list:menu" if model is Section else f"slug:{kind}:{slug}")
    for found in _named(slug, model=model):
        dependencies.saw(f"{kind}:{found.pk}")
        return found  # type: ignore[no-any-return]
    raise Http404
