"""How the links and emphasis of a word changed, in words."""

import re
from collections.abc import Iterator, Mapping
from html import unescape

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

type Marks = tuple[str, ...]
"""Opening tags of the inline elements around a word, outermost first."""

NAMES: Mapping[str, Promise] = {
    "<strong>": gettext_lazy("bold"),
    "<em>": gettext_lazy("italics"),
    "<sub>": gettext_lazy("subscript"),
    "<sup>": gettext_lazy("superscript"),
}
_HREF = re.compile(r'<a\b[^>]*\shref="([^"]*)"')


def told(before: Marks, after: Marks) -> str:
    """What came and what went, with a comma between; nothing if all stayed."""
    return ", ".join(_changes(before, after))


def _changes(before: Marks, after: Marks) -> Iterator[str]:
    for mark, name in NAMES.items():
        if mark in after and mark not in before:
            yield _("%(mark)s added") % {"mark": name}
        elif mark in before and mark not in after:
            yield _("%(mark)s removed") % {"mark": name}
    old, new = _address(before), _address(after)
    if old and new and old != new:
        yield _("link changed: %(old)s → %(new)s") % {"old": old, "new": new}
    elif new and not old:
        yield _("link added: %(address)s") % {"address": new}
    elif old and not new:
        yield _("link removed: %(address)s") % {"address": old}


def _address(marks: Marks) -> str:
    """Where the link leads, if there is one."""
    found = _HREF.match(marks[0]) if marks else None
    return unescape(found[1]) if found else ""
