"""Finding one thing by what stands in an address; asked in vain is asked as well."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from articles import dependencies
from articles.models import Author, Section, Tag


def named[M: (Section, Tag, Author)](rows: QuerySet[M], slug: str) -> M:
    """The section, tag or author of that slug. Raises Http404, which depends on the slug too."""
    kind = rows.model.__name__.lower()
    # Sections are few, and every change of one is told as a change of the menu.
    dependencies.saw("list:menu" if rows.model is Section else f"slug:{kind}:{slug}")
    found = get_object_or_404(rows, slug=slug)
    dependencies.saw(f"{kind}:{found.pk}")
    return found
