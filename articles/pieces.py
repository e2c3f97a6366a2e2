"""Pieces of pages that are made of plain values alone, kept in process memory by those values.

A card, a comment, a page's head: the same values make the same bytes, in one language and by one
template. So nothing that is kept here can get stale, and nothing is ever purged; what the oldest
pieces made room for is simply made again. The template of a piece sees its values and nothing else
of the page: neither the request nor the reader.
"""

from functools import lru_cache
from typing import Any, NamedTuple

from django.template import Context, Engine, Template
from django.utils.safestring import SafeData, SafeString
from django.utils.translation import get_language

# A card or a comment and its values are 2 to 3 KiB together: some 5 MiB in each process.
MOST = 2048


def render(name: str, values: NamedTuple) -> SafeString:
    """What the template of that name makes of `values`, each under its field's name.

    The fields are plain values or tuples of them. A field is either always safe HTML or never:
    a SafeString and a str of the same letters are one key, but they are not escaped alike.
    """
    # A template that was changed while developing is another object, and so another key.
    return _rendered(Engine.get_default().get_template(name), get_language(), values)


@lru_cache(maxsize=MOST)
def _rendered(template: Template, language: str | None, values: Any) -> SafeString:
    return template.render(Context(values._asdict()))


def is_plain(value: object) -> bool:
    """Whether equal values are the same to the letter, so that they may stand in a key.

    A row is not plain: two states of it are equal, because they have the same id.
    """
    if isinstance(value, tuple):
        return all(map(is_plain, value))
    return value is None or (isinstance(value, str | int) and not isinstance(value, SafeData))
