"""Pieces of pages that show plain texts as they are: a card, a comment, a picture.

A template costs more than the row that it shows. So a piece's template is rendered once for each
shape of its values (which of them are empty, and how long its lists are), with a mark in place of
each text; from then on the texts are escaped and put where their marks were. What was made last
is kept by its values, so nothing that is kept can get stale, and nothing is ever purged.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from html import escape
from itertools import count
from typing import Any, NamedTuple

from django.conf import settings
from django.template import Context, Engine, Template
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.translation import get_language

# A card or a comment and its values are 2 to 3 KiB together: some 5 MiB in each process.
MOST = 2048
# A piece of n optional texts has at most 2**n shapes, and few of them come up.
MOST_SHAPES = 1024
_TEXT = "text"
type Value = str | bool | tuple["Value", ...] | None
_MARK = re.compile("\ue000(\\d+)\ue001")
# Most texts have nothing to escape, and looking takes a third of the time of escaping.
_special = re.compile("[&<>\"']").search


class Mould(NamedTuple):
    """A rendered template with gaps: a format for `%`, and which text each of its gaps is for."""

    words: str
    places: tuple[int, ...]


def render(name: str, language: str | None = None, /, **values: Value) -> SafeString:
    """What the template of that name makes of `values`, and of nothing else of the page.

    Whoever makes many of them hands on the `language` that is spoken, for it takes time to ask.

    A value is a text, a truth, None or a tuple of such; a SafeString is HTML, and not escaped. The
    template shows a text as it is, or asks whether it is empty; it has no filter and no comparison
    for it, and what is a number comes as a text. Raises TypeError for another value.
    """
    # A template that was changed while developing is another object, and so another key.
    template = _found(name) if settings.DEBUG else _template(name)
    return _made(template, language or get_language(), tuple(values), *values.values())


def _found(name: str) -> Template:
    return Engine.get_default().get_template(name)


_template = cache(_found)


# Typed: a SafeString and a str of the same letters are equal, but they are not escaped alike.
@lru_cache(maxsize=MOST, typed=True)
def _made(
    template: Template, language: str | None, names: tuple[str, ...], *values: Value
) -> SafeString:
    texts: list[str] = []
    form = tuple([_form(value, texts) for value in values])
    mould = _mould(template, language, names, form)
    return mark_safe(mould.words % tuple([texts[place] for place in mould.places]))  # noqa: S308


def _form(value: Any, texts: list[str]) -> Any:
    """What the shape of a value is; its texts are added to `texts`, escaped."""
    if isinstance(value, str):
        if not value:
            return ""
        is_plain = isinstance(value, SafeData) or not _special(value)
        texts.append(value if is_plain else escape(value))
        return _TEXT
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, tuple):
        return tuple([_form(part, texts) for part in value])
    raise TypeError(f"A piece is made of texts, not of {value!r}.")


@lru_cache(maxsize=MOST_SHAPES)
def _mould(
    template: Template, language: str | None, names: tuple[str, ...], form: tuple[Any, ...]
) -> Mould:
    numbers = count()
    values = dict(zip(names, [_marked(part, numbers) for part in form], strict=True))
    parts = _MARK.split(template.render(Context(values)))
    words = "%s".join([part.replace("%", "%%") for part in parts[::2]])
    return Mould(words, tuple(map(int, parts[1::2])))


def _marked(form: Any, numbers: Iterator[int]) -> Any:
    """Values of that form, with a mark for each text, numbered as `_form` comes by them."""
    if isinstance(form, tuple):
        return tuple([_marked(part, numbers) for part in form])
    return mark_safe(f"\ue000{next(numbers)}\ue001") if form == _TEXT else form  # noqa: S308
