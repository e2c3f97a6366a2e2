"""Former addresses: written when something moves, read only on the way to a 404."""

from django.db.models import F, Q, QuerySet

from articles import dependencies
from articles.guard import writing
from articles.models import Article, Author, FormerAddress, Section, Tag

LONGEST = 500
FEED = "feed/"
type Named = Section | Tag | Author


def find(path: str, query: str = "") -> str | None:
    """The path where the thing at a former address is now; None if there was none.

    An article that readers may not see is never betrayed: its Location would name the headline.
    The feed of a list moves with it.
    """
    if len(path) > LONGEST or len(query) > 200 or "\0" in path + query:
        return None
    rows = FormerAddress.objects.all()
    # Asked in vain is asked as well: the page that says “nothing here” depends on it.
    dependencies.saw(f"address:{path}", f"address:{path.removesuffix(FEED)}")
    if found := _find(rows, path, query):
        return found
    if path.endswith(f"/{FEED}"):
        lists = rows.filter(article=None, target_path="")
        found = _find(lists, path.removesuffix(FEED), query)
    return f"{found}{FEED}" if found else None


def _find(rows: QuerySet[FormerAddress], path: str, query: str) -> str | None:
    now = dependencies.now()
    rows = rows.filter(Q(ends_at=None) | Q(ends_at__gt=now), path=path)
    row = (
        rows.filter(query__in={query, ""})
        .select_related("article__section", "section", "tag", "author")
        .order_by("-query")
        .first()
    )
    if row is None:
        return None
    dependencies.saw(*_things_of(row))
    if row.article and not row.article.is_live(now):
        return None
    with writing():
        FormerAddress.objects.filter(pk=row.pk).update(hits=F("hits") + 1)
    return target(row)


def _things_of(row: FormerAddress) -> set[str]:
    """What decides where a former address leads: the thing, and for an article its section."""
    names = ("article", "section", "tag", "author")
    things = {f"{name}:{pk}" for name in names if (pk := getattr(row, f"{name}_id"))}
    return things | ({f"section:{row.article.section_id}"} if row.article else set())


def target(row: FormerAddress) -> str:
    """Where a former address leads now."""
    thing: Article | Named | None = row.article or row.section or row.tag or row.author
    return thing.get_absolute_url() if thing else row.target_path


def remember(thing: Named, old_path: str) -> set[str]:
    """Note that `thing` has left `old_path`; folded, so that each old path is one hop away.

    Returns the tag of the address that leads elsewhere now, for the caller to announce; who asked
    for the new one in vain has asked for its name.
    """
    field = type(thing).__name__.lower()
    with writing():
        FormerAddress.objects.filter(path=thing.get_absolute_url(), query="").delete()
        FormerAddress.objects.update_or_create(
            path=old_path,
            query="",
            defaults=dict.fromkeys(("article", "section", "tag", "author"))
            | {field: thing, "target_path": "", "origin": FormerAddress.Origin.RENAMED},
        )
    return {f"address:{old_path}"}
