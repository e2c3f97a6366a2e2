"""The questions that the audit log can be asked: one form, which stands in the address."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.admin.words import GROUPS, KINDS
from accounts.models import AuditEntry, User


class FilterForm(forms.Form):
    """What the list can be narrowed by; it stands in the address, to be kept and passed on."""

    group = forms.ChoiceField(label=pgettext_lazy("audit", "about"), required=False)
    person = forms.CharField(
        label=pgettext_lazy("audit", "who"),
        required=False,
        help_text=_("E-mail address or number of the account."),
    )
    since = forms.DateField(label=pgettext_lazy("audit", "from"), required=False)
    until = forms.DateField(label=pgettext_lazy("audit", "until"), required=False)
    kind = forms.ChoiceField(label=pgettext_lazy("audit", "what"), required=False)
    number = forms.CharField(label=_("number"), required=False, max_length=40)

    def __init__(self, data: dict[str, str]) -> None:
        super().__init__(data, label_suffix="", auto_id="filter-%s")
        for name, words in (("group", GROUPS), ("kind", KINDS)):
            self.fields[name].choices = [("", _("All")), *words.items()]  # type: ignore[attr-defined]
        for name in ("since", "until"):
            self.fields[name].widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")

    def clean_person(self) -> int | None:
        """The number of the account that was meant; an erased one has no other name."""
        text = self.cleaned_data["person"].strip()
        if not text:
            return None
        if text.isdecimal() and len(text) < 19:
            return int(text)
        found = User.objects.filter(email=text.lower()).values_list("pk", flat=True).first()
        if found is None:
            raise forms.ValidationError(_("There is no account with this address."))
        return found

    def narrow(self, entries: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        """The entries that were asked for; none if the question makes no sense."""
        if not self.is_valid():
            return entries.none()
        wanted = self.cleaned_data
        asked = {
            "group": wanted["group"],
            "actor": wanted["person"],
            "at__gte": _midnight(wanted["since"]),
            "at__lt": _midnight(wanted["until"], timedelta(days=1)),
            "target_type": wanted["kind"],
            "target_id": wanted["number"].strip(),
        }
        return entries.filter(**{name: value for name, value in asked.items() if value})


def _midnight(day: date | None, later: timedelta = timedelta()) -> datetime | None:
    """The beginning of `day` in the site's zone, or of the day that is `later`."""
    return timezone.make_aware(datetime.combine(day + later, time())) if day else None


class FormFilter(admin.ListFilter):
    """The form as one filter of Django's list."""

    title = _("entries")
    template = "admin/accounts/auditentry/filter.html"

    def __init__(
        self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: Any
    ) -> None:
        super().__init__(request, params, model, model_admin)
        names = self.expected_parameters()
        self.form = FilterForm({name: params.pop(name)[-1] for name in names if name in params})
        self.search = request.GET.get("q", "")

    def expected_parameters(self) -> list[str]:  # type: ignore[override]
        return list(FilterForm.base_fields)

    def has_output(self) -> bool:
        return True

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """None: the template shows the form."""
        return iter(())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return self.form.narrow(queryset)
