"""What is typed to narrow the list of articles: an author, a tag, days. It stays in the address."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.fields import LineField
from articles.admin.filters import Problem
from articles.admin.widgets import DayInput, SuggestInput
from articles.models import Author, Tag
from articles.querysets import ArticleQuerySet, day_bounds
from articles.slugs import tag_key

# As many are offered where what was typed is nobody's name, or several people's.
OFFERED = 8
FIRST_YEAR, LAST_YEAR = 1900, 2100

# Periods of the site's days, seen from today: the first day and the last.
PERIODS: dict[str, tuple[Promise, Callable[[date], tuple[date, date]]]] = {
    "today": (gettext_lazy("Today"), lambda day: (day, day)),
    "yesterday": (gettext_lazy("Yesterday"), lambda day: (before(day, 1), before(day, 1))),
    "week": (
        gettext_lazy("This week"),
        lambda day: (before(day, day.weekday()), before(day, day.weekday() - 6)),
    ),
}


def before(day: date, days: int) -> date:
    return day - timedelta(days=days)


class AskForm(forms.Form):
    """What is typed: an author, a tag, days. It is sent by GET, to be kept and passed on."""

    author = LineField(
        label=gettext_lazy("author"),
        max_length=120,
        required=False,
        widget=SuggestInput("admin:articles_author_names"),
    )
    tag = LineField(
        label=gettext_lazy("tag"),
        max_length=100,
        required=False,
        widget=SuggestInput("admin:articles_tag_names"),
    )
    when = forms.ChoiceField(
        label=gettext_lazy("time"),
        required=False,
        choices=[
            ("", gettext_lazy("Any time")),
            *((name, words) for name, (words, _days) in PERIODS.items()),
        ],
    )
    since = forms.DateField(label=gettext_lazy("from day"), required=False, widget=DayInput)
    until = forms.DateField(label=gettext_lazy("to day"), required=False, widget=DayInput)

    def __init__(self, data: dict[str, str]) -> None:
        super().__init__(data, label_suffix="", auto_id="filter-%s")
        self.meant: dict[str, list[tuple[str, str]]] = {}

    def clean_author(self) -> Author | None:
        """The one of that address, name or code; several of one name are told apart."""
        text = self.cleaned_data["author"]
        if not text:
            return None
        named = Q(name__iexact=text) | Q(code__iexact=text) | Q(slug=text.lower())
        found = list(Author.objects.filter(named)[: OFFERED + 1])
        exact = [one for one in found if one.slug == text.lower()] or found
        if len(exact) == 1:
            return exact[0]
        alike = found or Author.objects.filter(name__icontains=text)[:OFFERED]
        words = _("Several authors are called “%s”.") if found else _("There is no author “%s”.")
        self._refuse("author", words % text, [(str(one), one.slug) for one in alike[:OFFERED]])
        return None

    def clean_tag(self) -> Tag | None:
        """The tag of that name in whatever spelling."""
        text = self.cleaned_data["tag"]
        key = tag_key(text)
        if not key:
            return None
        if tag := Tag.objects.filter(key=key).first():
            return tag
        alike = Tag.objects.filter(key__startswith=key).order_by("key")[:OFFERED]
        words = _("There is no tag “%s” (any more).") % text
        self._refuse("tag", words, [(tag.name, tag.name) for tag in alike])
        return None

    def _refuse(self, name: str, words: str, meant: list[tuple[str, str]]) -> None:
        self.meant[name] = meant
        raise forms.ValidationError(words)

    def clean_since(self) -> date | None:
        return _sensible(self.cleaned_data["since"])

    def clean_until(self) -> date | None:
        return _sensible(self.cleaned_data["until"])

    def clean(self) -> dict[str, Any]:
        first, last = self.days()
        if first and last and first > last:
            is_typed = not self.cleaned_data.get("when")
            words = _("The last day lies before the first.")
            if not is_typed:
                words = _("The period and the days that are written have no day in common.")
            self.add_error("until", words)
        return self.cleaned_data

    def days(self) -> tuple[date | None, date | None]:
        """The first day and the last that are asked for, in the site's zone; none is no bound."""
        values = self.cleaned_data
        first, last = values.get("since"), values.get("until")
        if name := values.get("when"):
            start, end = PERIODS[name][1](timezone.localdate())
            first, last = max(first or start, start), min(last or end, end)
        return first, last

    def narrow(self, articles: ArticleQuerySet) -> ArticleQuerySet:
        """The articles that were asked for; none if the question makes no sense."""
        if not self.is_valid():
            return articles.none()
        wanted = self.cleaned_data
        articles = articles.of_author(wanted["author"]) if wanted["author"] else articles
        articles = articles.of_tag(wanted["tag"]) if wanted["tag"] else articles
        start, end = self.bounds()
        return articles.dated(start, end) if start or end else articles

    def bounds(self) -> tuple[datetime | None, datetime | None]:
        """The same as moments: from the first one's midnight to that after the last one."""
        first, last = self.days()
        start = day_bounds(first)[0] if first else None
        return start, day_bounds(last)[1] if last else None


def asks_for_days(params: Any) -> bool:
    """Whether an address of the list asks for some days alone."""
    return any(params.get(name) for name in ("when", "since", "until"))


def _sensible(day: date | None) -> date | None:
    """Raises ValidationError for a year that a slip of the finger made."""
    if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise forms.ValidationError(_("Look at the year again."))
    return day


class AskFilter(admin.ListFilter):
    """The form as one filter of Django's list."""

    title = gettext_lazy("author, tag and time")
    template = "admin/articles/article/ask.html"

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        names = self.expected_parameters()
        self.form = AskForm({name: params.pop(name)[-1] for name in names if name in params})

    def expected_parameters(self) -> list[str]:  # type: ignore[override]
        return list(AskForm.base_fields)

    def has_output(self) -> bool:
        return True

    def choices(self, changelist: Any) -> Iterator[Any]:
        """What else is asked, which goes along with the form."""
        own = self.expected_parameters()
        return ((name, text) for name, text in changelist.params.items() if name not in own)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return self.form.narrow(queryset)

    @property
    def problems(self) -> list[Problem]:
        form = self.form
        return [
            Problem(f"{capfirst(form.fields[name].label)}: {text}", name, form.meant.get(name, []))
            for name, texts in form.errors.items()
            for text in texts
        ]

    @property
    def asked(self) -> list[tuple[str, str, str]]:
        """What was typed, by its proper name where it has one."""
        form = self.form
        valid = form.cleaned_data if hasattr(form, "cleaned_data") else {}
        return [
            (name, str(form.fields[name].label), _in_words(valid.get(name)) or text)
            for name, text in form.data.items()
            if text
        ]


def _in_words(value: Any) -> str:
    if isinstance(value, date):
        return date_format(value, "j M Y")
    return str(PERIODS[value][0]) if value in PERIODS else str(value or "")
