"""From what somebody pastes into the search to the article that it names."""

import re
from typing import Any
from urllib.parse import unquote, urlsplit

from django.db.models import Q

from articles.models import Article, FormerAddress, Revision

# /kanal/12/judul/, with or without what follows the number.
_ADDRESS = re.compile(r"/[^/]+/(\d{1,18})(?:/|$)")
_NUMBER = re.compile(r"#?(\d{1,18})")
# Whoever types a year looks for a word; #2026 is a number.
_YEAR = re.compile(r"(?:19|20)\d\d")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
# An address of the former system without its path: ?p=123.
_QUERY = re.compile(r"\?[\w-]+=[^\s]+")
# So many articles of one slug are looked at; a list of more helps nobody.
MOST = 50


def named(text: str, user: Any) -> list[int]:
    """The articles whose address, former address, number or slug this is, if `user` may read them.

    The number decides in an address, as it does for readers: slug and section may be old ones. A
    slug that several have had names them all.
    """
    found = _numbers_in(text.replace("\0", "").strip())
    if not found:
        return []
    rows = Article.objects.visible_to(user).filter(pk__in=found).order_by("-pk")
    return list(rows.values_list("pk", flat=True)[:MOST])


def _numbers_in(text: str) -> set[int]:
    if (found := _NUMBER.fullmatch(text)) and not _YEAR.fullmatch(text):
        return {int(found[1])}
    if _QUERY.fullmatch(text):
        text = f"/{text}"
    if "/" in text:
        return _of_address(text)
    return _of_slug(text) if _SLUG.fullmatch(text) else set()


def _of_address(text: str) -> set[int]:
    """The path with or without its last stroke; a former system may have put the number behind."""
    try:
        parts = urlsplit(text)
    except ValueError:  # Something in brackets that is no address of a machine.
        return set()
    path = unquote(parts.path)
    paths = {path, f"{path.rstrip('/')}/"}
    former = FormerAddress.objects.filter(path__in=paths, article__isnull=False)
    former = former.filter(query__in={parts.query, ""}).order_by("-query")
    if moved := former.values_list("article", flat=True).first():
        return {moved}
    found = _ADDRESS.match(path)
    return {int(found[1])} if found else set()


def _of_slug(slug: str) -> set[int]:
    """Whose slug it is or was, here or in the former system."""
    saved = Revision.objects.filter(content__fields__slug=slug, version__isnull=False)
    now = Article.objects.filter(slug=slug).order_by("-pk").values_list("pk", flat=True)
    once = saved.order_by("-pk").values_list("article", flat=True)
    found = {*now[:MOST], *once[:MOST]}
    return found or _of_former_slug(slug)


def _of_former_slug(slug: str) -> set[int]:
    """No index knows the ends of addresses; this is asked where nothing else was found."""
    ends = Q(path__endswith=f"/{slug}") | Q(path__endswith=f"/{slug}/")
    former = FormerAddress.objects.filter(ends, article__isnull=False).order_by()
    return {pk for pk in former.values_list("article", flat=True)[:MOST] if pk}
