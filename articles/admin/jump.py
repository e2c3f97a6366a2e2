"""From what somebody pastes into the search to the article that it names."""

import re
from typing import Any
from urllib.parse import unquote, urlsplit

from articles.models import Article, FormerAddress

# /kanal/12/judul/, with or without what follows the number.
_ADDRESS = re.compile(r"/[^/]+/(\d{1,18})(?:/|$)")
_NUMBER = re.compile(r"#?(\d{1,18})")
# Whoever types a year looks for a word; #2026 is a number.
_YEAR = re.compile(r"(?:19|20)\d\d")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


def named(text: str, user: Any) -> Article | None:
    """The article whose address, former address, number or slug this is, if `user` may read it.

    The number decides in an address, as it does for readers: slug and section may be old ones.
    """
    pk = _number_in(text.strip())
    if pk is None:
        return None
    return Article.objects.visible_to(user).filter(pk=pk).first()


def _number_in(text: str) -> int | None:
    if (found := _NUMBER.fullmatch(text)) and not _YEAR.fullmatch(text):
        return int(found[1])
    if "/" in text:
        return _of_address(unquote(urlsplit(text).path))
    if _SLUG.fullmatch(text):
        rows = Article.objects.filter(slug=text).order_by("-pk")
        return rows.values_list("pk", flat=True).first()
    return None


def _of_address(path: str) -> int | None:
    former = FormerAddress.objects.filter(path=path, article__isnull=False)
    if moved := former.values_list("article", flat=True).first():
        return moved
    found = _ADDRESS.match(path)
    return int(found[1]) if found else None
