"""The words of a comparison, each change marked for the eye and for the ear."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.comparing import Run

register = template.Library()

# Which words do not stand on that side.
HIDDEN = {"old": "added", "new": "removed"}


@register.simple_tag
def told(runs: Iterable[Run], side: str, separator: str = "") -> SafeString:
    """What stands on one side, `old` or `new`, of a comparison."""
    shown = [(_run(run, side),) for run in runs if run.what != HIDDEN[side]]
    return format_html_join(separator, "{}", shown)


def _run(run: Run, side: str) -> str | SafeString:
    if run.what == "same" or (run.what == "marked" and side == "old"):
        return run.shown
    tag, word = {
        "added": ("ins", _("added")),
        "removed": ("del", _("removed")),
        "marked": ("mark", _("changed")),
    }[run.what]
    note = format_html(' <small class="compare__note">({})</small>', run.note) if run.note else ""
    # A screen reader says none of these elements by itself; the words around it do.
    ear = '<span class="visually-hidden">[{}: </span>', '<span class="visually-hidden">]</span>'
    html = f"<{tag}>{ear[0]}{{}}{{}}{ear[1]}</{tag}>"
    return format_html(html, word, run.shown, note)
