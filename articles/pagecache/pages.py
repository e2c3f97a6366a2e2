"""Which pages may be kept, declared beside their routes: `path("tag/…/", page(tag, "before"))`."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, update_wrapper
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.encoding import repercent_broken_unicode

from articles import dependencies


@dataclass(frozen=True)
class Page:
    """A page that is the same bytes for everybody.

    `keys` are the query parameters that it looks at; all others (tracking) make no other page. With
    `seconds` it is kept no longer than that, among few others: there is no end of searches.
    """

    keys: tuple[str, ...] = ()
    seconds: int = 0


def page(view: Callable[..., Any], *keys: str, seconds: int = 0) -> Callable[..., Any]:
    """Mark a view's answers as pages that may be kept."""
    kind = Page(keys, seconds)

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        mark(kind)
        response: HttpResponse = view(request, *args, **kwargs)
        return response

    update_wrapper(answer, view)
    answer.page = kind  # type: ignore[attr-defined]
    return answer


def mark(kind: Page = Page()) -> None:
    """Say that the answer in the making is the same for everybody: an error page, a redirect."""
    made = dependencies.current()
    if made and made.page is None:
        made.page = kind


@lru_cache(maxsize=4096)
def keys_of(path: str) -> tuple[str, ...]:
    """The query parameters that the page at `path` looks at; none where there is no such page."""
    try:
        kind = getattr(resolve(_path_as_django(path)).func, "page", None)
    except Resolver404:
        return ()
    return kind.keys if isinstance(kind, Page) else ()


def canonical_query(path: str, query: str) -> str:
    """The part of `query` that the page looks at, in one spelling; a repeated key's last value."""
    if not query:
        return ""
    keys = keys_of(path)
    if not keys:
        return ""
    given = dict(parse_qsl(_query_as_django(query), keep_blank_values=True))
    return urlencode(sorted((key, given[key]) for key in keys if key in given))


# The characters of a WSGI string stand for bytes (PEP 3333), and those should be UTF-8. Where they
# are not, Django escapes a path's wrong bytes, and takes all of a query for Latin-1.


def _path_as_django(path: str) -> str:
    if path.isascii():
        return path
    return repercent_broken_unicode(path.encode("iso-8859-1", "replace")).decode()


def _query_as_django(query: str) -> str:
    try:
        return query.encode("iso-8859-1").decode()
    except UnicodeError:
        return query
