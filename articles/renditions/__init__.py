"""The public copies of a picture: what sizes there are, where they lie, and how they are made.

Templates need `sources`, `size` and `url`, which ask the row and nothing else. `decode` is the
gate that every file passes on its way in, and `write` and `make` put the copies into the store.
"""

from articles.renditions.gate import Original, check_weight, decode
from articles.renditions.notes import Notes, tidy
from articles.renditions.recipes import RECIPES, Recipe, name, plan, size, sources, url
from articles.renditions.render import discard, make, reread, write

__all__ = [
    "RECIPES",
    "Notes",
    "Original",
    "Recipe",
    "check_weight",
    "decode",
    "discard",
    "make",
    "name",
    "plan",
    "reread",
    "size",
    "sources",
    "tidy",
    "url",
    "write",
]
