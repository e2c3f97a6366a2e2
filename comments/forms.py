"""The form below an article."""

import time
import unicodedata
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core import signing
from django.utils.text import normalize_newlines
from django.utils.translation import gettext_lazy as _

from comments.models import MOST_CHARACTERS

SALT = "comments.form"
# Not a character of a text but an order to whoever shows it: a bidi override turns words around,
# a zero-width one hides in a word that the rules look for. Joiners stay: emoji are made of them.
ORDERS = frozenset(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0xFEFF]))
LINE_ENDS = str.maketrans({"\u2028": "\n", "\u2029": "\n", "\x85": "\n", "\t": " "})


def clean_text(text: str) -> str:
    """Plain text as it is kept: no control characters, at most one empty line between two lines."""
    text = unicodedata.normalize("NFC", normalize_newlines(text)).translate(LINE_ENDS)
    kept = "".join(char for char in text if char == "\n" or _is_text(char))
    lines = [line.rstrip() for line in kept.split("\n")]
    paragraphs = [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]
    return "\n".join(paragraphs).strip()


def _is_text(char: str) -> bool:
    return char not in ORDERS and unicodedata.category(char) not in {"Cc", "Cs"}


def stamp(article_pk: int) -> str:
    """A signed note of when the form of this article was first shown."""
    return signing.dumps([article_pk, time.time()], salt=SALT)


def age(stamp: str, article_pk: int) -> float | None:
    """How many seconds ago `stamp` was made; None if it isn't one of ours for this article."""
    try:
        pk, shown_at = signing.loads(stamp, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return time.time() - shown_at if pk == article_pk else None


def mark(text: str) -> UUID:
    """The form's own number; a new one if what came back is none."""
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


class CommentForm(forms.Form):
    """A comment or an answer; whatever was typed comes back with the errors."""

    # No maxlength: a browser would cut a pasted text without a word.
    body = forms.CharField(
        label=_("Your comment"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Plain text, at most 2,000 characters. Links to web pages become links."),
        error_messages={"required": _("Write something first.")},
    )
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)
    submission = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # NUL is dropped with its like in clean_body; refusing it would puzzle whoever pasted it.
        for field in self.fields.values():
            field.validators = []

    def clean_body(self) -> str:
        text = clean_text(self.cleaned_data["body"])
        if not text:
            raise forms.ValidationError(_("Write something first."))
        if len(text) > MOST_CHARACTERS:
            raise forms.ValidationError(
                _("%(length)s characters are too many: at most %(most)s fit. Shorten it a little."),
                params={"length": len(text), "most": MOST_CHARACTERS},
            )
        return text
