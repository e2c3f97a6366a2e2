"""Former addresses: written when something moves, read only on the way to a 404."""

from django.db.models import F, Q
from django.utils import timezone

from articles.guard import writing
from articles.models import Article, Author, FormerAddress, Section, Tag

LONGEST = 500
type Named = Section | Tag | Author


def find(path: str, query: str = "") -> str | None:
    """The path where the thing at a former address is now; None if there was none.

    An article that readers may not see is never betrayed: its Location would name the headline.
    """
    if len(path) > LONGEST or len(query) > 200 or "\0" in path + query:
        return None
    now = timezone.now()
    rows = FormerAddress.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), path=path)
    row = (
        rows.filter(query__in={query, ""})
        .select_related("article__section", "section", "tag", "author")
        .order_by("-query")
        .first()
    )
    if row is None or (row.article and not row.article.is_live(now)):
        return None
    with writing():
        FormerAddress.objects.filter(pk=row.pk).update(hits=F("hits") + 1)
    return target(row)


def target(row: FormerAddress) -> str:
    """Where a former address leads now."""
    thing: Article | Named | None = row.article or row.section or row.tag or row.author
    return thing.get_absolute_url() if thing else row.target_path


def remember(thing: Named, old_path: str) -> None:
    """Note that `thing` has left `old_path`; folded, so that each old path is one hop away."""
    field = type(thing).__name__.lower()
    with writing():
        FormerAddress.objects.filter(path=thing.get_absolute_url(), query="").delete()
        FormerAddress.objects.update_or_create(
            path=old_path,
            query="",
            defaults=dict.fromkeys(("article", "section", "tag", "author"))
            | {field: thing, "target_path": "", "origin": FormerAddress.Origin.RENAMED},
        )
