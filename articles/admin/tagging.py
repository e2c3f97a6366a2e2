"""Tags and authors as one types them: which there are, and which tag a spelling means."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from articles.models import Author, Tag, TaggedArticle
from articles.slugs import tag_key

MOST = 8
# How often a tag is used: counted for a few rows alone, out of an index.
_USED = TaggedArticle.objects.filter(tag=OuterRef("pk")).order_by().values("tag")
USES = Coalesce(Subquery(_USED.annotate(number=Count("*")).values("number")), 0)
# So many beginnings are counted: a letter or two may begin thousands of names.
LOOKED_AT = 500


@require_safe
def tag_names(request: HttpRequest) -> JsonResponse:
    """Known tags that begin with what is typed, in whatever spelling: the most used first.

    `known` is the name of the tag that what is typed means already, or null.
    """
    if not request.user.has_perm("articles.view_tag"):
        raise PermissionDenied
    key = tag_key(request.GET.get("q", "").replace("\0", ""))
    alike = Tag.objects.filter(key__startswith=key).order_by("key")[:LOOKED_AT] if key else ()
    ids = [tag.pk for tag in alike]
    rows = Tag.objects.filter(pk__in=ids).annotate(uses=USES).order_by("-uses", "name")[:MOST]
    known = next((tag.name for tag in alike if tag.key == key), None)
    results = [{"name": row.name, "uses": row.uses} for row in rows]
    return JsonResponse({"results": results, "known": known})


@require_safe
def author_names(request: HttpRequest) -> JsonResponse:
    """Authors whose name or code has what is typed; two of one name are told apart by `value`."""
    if not request.user.has_perm("articles.view_author"):
        raise PermissionDenied
    text = request.GET.get("q", "").replace("\0", "").strip()
    alike = Q(name__icontains=text) | Q(code__iexact=text)
    rows = list(Author.objects.filter(alike)[:MOST]) if text else []
    names = [row.name for row in rows]
    results = [
        {"name": row.name, "value": row.slug if names.count(row.name) > 1 else row.name}
        for row in rows
    ]
    return JsonResponse({"results": results})
