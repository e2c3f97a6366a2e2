"""Two contents, field by field: texts word by word, everything else as values in words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import days, markup
from articles.comparing import runs as words
from articles.comparing.bodies import Part, compare_bodies
from articles.comparing.runs import SAME, Effort, Run, Word

# What a reader meets first; the rest follows as the content has it.
FIRST = ("kicker", "headline", "standfirst", "body")
WORDS, LIST, VALUE, BODY = "words", "list", "value", "body"
# Elements by name, and references by what their data- attribute holds.
ELEMENTS: Mapping[str, Promise] = {
    "p": gettext_lazy("Paragraph"),
    "h2": gettext_lazy("Heading"),
    "h3": gettext_lazy("Smaller heading"),
    "ul": gettext_lazy("List"),
    "ol": gettext_lazy("Numbered list"),
    "blockquote": gettext_lazy("Quotation"),
    "table": gettext_lazy("Table"),
    "hr": gettext_lazy("Dividing line"),
    "figure": gettext_lazy("Picture"),
    "aside": gettext_lazy("Box"),
    "image": gettext_lazy("Picture"),
    "gallery": gettext_lazy("Gallery"),
    "embed": gettext_lazy("Embedded"),
    "articles": gettext_lazy("Related articles"),
}
# Boxes with words of their own, by what data-box says of them.
BOXES: Mapping[str, Promise] = {
    "quote": gettext_lazy("Pulled quotation"),
    "info": gettext_lazy("Information box"),
}
# Under which name the words of what a reference points at stand in Names.values.
REFERRED = {"image": "image", "gallery": "image", "articles": "article"}

_REFERENCE = re.compile(r'\sdata-([\w-]+)="([^"]*)"')

type Content = Mapping[str, Any]
type Words = str | Promise


@dataclass(frozen=True)
class Names:
    """What a page knows and a content does not: names of fields, words for codes and ids.

    `values` holds them by field name; under "image" and "article" stand those of pictures and
    articles that a body refers to.
    """

    labels: Mapping[str, Words] = field(default_factory=dict)
    values: Mapping[str, Mapping[Any, Words]] = field(default_factory=dict)

    def label(self, name: str) -> str:
        return str(self.labels.get(name, name))

    def value(self, name: str, code: Any) -> str:
        """The words for a code; the code itself for one that is no longer known."""
        known = self.values.get(name, {}).get(code)
        return str(known) if known else f"#{code}" if isinstance(code, int) else str(code)

    def element(self, tag: str) -> str:
        """What an element of a body is, by its opening tag."""
        if reference := _REFERENCE.search(tag):
            kind, value = reference.groups()
            if kind == "box":
                return str(BOXES.get(value, value))
            things = [self._thing(kind, each) for each in value.split(",")]
            return f"{ELEMENTS.get(kind, kind)}: {', '.join(things)}"
        found = re.match(r"<([a-z0-9]+)", tag)
        return str(ELEMENTS.get(found[1], found[1])) if found else ""

    def _thing(self, kind: str, value: str) -> str:
        if kind not in REFERRED or not value.isdecimal():
            return value
        words = self.values.get(REFERRED[kind], {}).get(int(value)) or _("(no longer there)")
        return f"#{value} {words}"


@dataclass(frozen=True)
class Difference:
    """One field that differs. `shape` says which of runs, parts or the two values tell how.

    `is_rough` means that the texts were too long to be compared word by word throughout.
    """

    name: str
    label: str
    shape: str
    runs: tuple[Run, ...] = ()
    parts: tuple[Part, ...] = ()
    before: str = ""
    after: str = ""
    is_rough: bool = False


def compare(
    before: Content, after: Content, names: Names | None = None, effort: Effort | None = None
) -> list[Difference]:
    """All that differs between two contents; nothing if they say the same."""
    found = _differences(before, after, names or Names(), effort or Effort())
    return [difference for difference in found if difference is not None]


def _differences(
    before: Content, after: Content, names: Names, effort: Effort
) -> Iterator[Difference | None]:
    old, new = before["fields"], after["fields"]
    for name in FIRST:
        yield _field(name, old.get(name), new.get(name), names, effort)
    yield _list("bylines", _signed(before, names), _signed(after, names), names, effort)
    yield _list("tags", list(before["tags"]), list(after["tags"]), names, effort)
    yield from _lead_image(before, after, names, effort)
    # The picture's number is told with its words, above.
    for name in dict.fromkeys([*old, *new]):
        if name not in {*FIRST, "lead_image_id"}:
            yield _field(name, old.get(name), new.get(name), names, effort)


def mentioned(*contents: Content) -> dict[str, set[int]]:
    """The ids that a page needs names for: of sections, pictures and articles."""
    bodies = [
        markup.references(markup.clean(each["fields"].get("body") or "")) for each in contents
    ]
    sections = {each["fields"].get("section_id") for each in contents} - {None}
    return {
        "section_id": sections,
        "image": {pk for found in bodies for pk in found.images},
        "article": {pk for found in bodies for pk in found.articles},
    }


def _field(name: str, before: Any, after: Any, names: Names, effort: Effort) -> Difference | None:
    # A field that a revision is too old to know was empty.
    if before == after or not (before or after):
        return None
    if name == "body":
        return _body(before or "", after or "", names, effort)
    if _is_text(name, before, names) and _is_text(name, after, names):
        return _text(name, before or "", after or "", names, effort)
    old, new = in_words(name, before, names), in_words(name, after, names)
    return Difference(name, names.label(name), VALUE, before=old, after=new)


def _is_text(name: str, value: Any, names: Names) -> bool:
    is_other = name in names.values or name.endswith("_at")
    return not is_other and (value is None or isinstance(value, str))


def _text(name: str, before: str, after: str, names: Names, effort: Effort) -> Difference:
    runs = words.compare(words.words_of(before), words.words_of(after), effort)
    return Difference(name, names.label(name), WORDS, runs, is_rough=effort.fell_short())


def _list(
    name: str, before: list[str], after: list[str], names: Names, effort: Effort
) -> Difference | None:
    if before == after:
        return None
    old, new = ([Word(text, tag=name) for text in side] for side in (before, after))
    return Difference(name, names.label(name), LIST, words.compare(old, new, effort))


def _signed(content: Content, names: Names) -> list[str]:
    return [f"{line['name']} ({names.value('role', line['role'])})" for line in content["bylines"]]


def _lead_image(
    before: Content, after: Content, names: Names, effort: Effort
) -> Iterator[Difference | None]:
    """The picture, and if it is the same one, what is said of it."""
    old, new = (content["lead_image"] or {} for content in (before, after))
    if old.get("id") != new.get("id"):
        label, sides = names.label("lead_image"), (_picture(old), _picture(new))
        yield Difference("lead_image", label, VALUE, before=sides[0], after=sides[1])
        return
    for name in ("caption", "credit", "alt"):
        yield _field(f"lead_image.{name}", old.get(name), new.get(name), names, effort)


def _picture(image: Mapping[str, Any]) -> str:
    if not image:
        return "—"
    words = " · ".join(filter(None, (image.get("caption"), image.get("credit"))))
    return f"#{image['id']} {words}".strip()


def _body(before: str, after: str, names: Names, effort: Effort) -> Difference | None:
    parts = compare_bodies(before, after, effort, names.element)
    if all(part.what == SAME for part in parts):
        return None
    label = names.label("body")
    return Difference("body", label, BODY, parts=parts, is_rough=effort.fell_short())


def in_words(name: str, value: Any, names: Names) -> str:
    """A value as a person says it."""
    if value is None or value == "" or value == {} or value == []:
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name.endswith("_at") and isinstance(value, str):
        return days.clock(datetime.fromisoformat(value))
    if isinstance(value, Mapping):
        return ", ".join(
            f"{names.label(key)}: {in_words(key, one, names)}" for key, one in value.items()
        )
    if isinstance(value, list):
        return ", ".join(in_words(name, one, names) for one in value)
    return names.value(name, value)
