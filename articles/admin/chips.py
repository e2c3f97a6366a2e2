"""What the list of articles is asked, above it: in words, each with a way to ask all but it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.filters import SectionFilter

LIST = "admin:articles_article_changelist"


@dataclass(frozen=True)
class Chip:
    """One thing that is asked now: in words, and the address that asks all but it."""

    name: str
    value: str
    without: str


class Asked:
    """All that a change list is asked: for the chips and the messages above it."""

    def __init__(self, changelist: Any) -> None:
        self.changelist = changelist

    @cached_property
    def problems(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Each in words, with what may have been meant and the address that asks it."""
        found = [each for spec in self._specs for each in spec.problems]
        return [
            (each.text, [(text, self._with(each.parameter, value)) for text, value in each.meant])
            for each in found
        ]

    @cached_property
    def chips(self) -> list[Chip]:
        asked = [each for spec in self._specs for each in spec.asked]
        if words := self.changelist.query:
            asked.insert(0, ("q", _("Search"), words))
        return [Chip(name, value, self._with(parameter, "")) for parameter, name, value in asked]

    @property
    def _specs(self) -> list[Any]:
        return [spec for spec in self.changelist.filter_specs if hasattr(spec, "asked")]

    def _with(self, parameter: str, value: str) -> str:
        """The list's address with another value of one parameter, or without it."""
        params: dict[str, str] = dict(self.changelist.params)
        if parameter == SectionFilter.parameter_name:
            params.pop(SectionFilter.FORMER, None)
        params[parameter] = value
        kept = {name: text for name, text in params.items() if text}
        return f"?{urlencode(kept)}" if kept else reverse(LIST)


def without_empty(params: QueryDict) -> str | None:
    """The address of a form whose fields were left empty, without them; None where none was."""
    if all(params.values()):
        return None
    kept = params.copy()
    for name in [name for name, text in params.items() if not text]:
        del kept[name]
    return f"?{kept.urlencode()}" if kept else reverse(LIST)
