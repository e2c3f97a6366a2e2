"""The public copies of a picture: what sizes there are, where they lie, and how they are made.

Templates need `offer`, `smallest` and `widest`, which ask the row and nothing else. `decode` is
the gate that every file passes on its way in, and `write` puts the copies into the store.
"""

from articles.renditions.gate import Original, check_weight, decode
from articles.renditions.notes import Notes, shortened, tidy
from articles.renditions.recipes import (
    CUTS,
    RECIPES,
    Offer,
    Recipe,
    first,
    name,
    offer,
    plan,
    shown_as,
    size,
    smallest,
    surplus_of_first,
    url,
    widest,
)
from articles.renditions.render import discard, discard_before, reread, write

__all__ = [
    "CUTS",
    "RECIPES",
    "Notes",
    "Offer",
    "Original",
    "Recipe",
    "check_weight",
    "decode",
    "discard",
    "discard_before",
    "first",
    "name",
    "offer",
    "plan",
    "reread",
    "shortened",
    "shown_as",
    "size",
    "smallest",
    "surplus_of_first",
    "tidy",
    "url",
    "widest",
    "write",
]
