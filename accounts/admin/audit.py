"""The audit log on the desk: read, filtered, taken home as a spreadsheet, and never changed."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from json import dumps
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.defaultfilters import date as written
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import audit, spreadsheet
from accounts.longlists import LongListAdmin
from accounts.models import AuditEntry, User

# The parts of an action's code in words; what is not here is shown as its code.
GROUPS = {
    "article": _("Articles"),
    "image": _("Pictures"),
    "note": _("Confidential notes"),
    "comment": _("Comments"),
    "section": _("Sections"),
    "tag": _("Tags"),
    "author": _("Authors"),
    "user": _("People"),
    "login": _("Log-ins"),
    "audit": _("Audit log"),
}
VERBS = {
    "add": pgettext_lazy("audit", "added"),
    "approve": pgettext_lazy("audit", "approved"),
    "change": pgettext_lazy("audit", "changed"),
    "consent": pgettext_lazy("audit", "agreed"),
    "create": pgettext_lazy("audit", "begun"),
    "export": pgettext_lazy("audit", "exported"),
    "failed": pgettext_lazy("audit", "refused"),
    "hold": pgettext_lazy("audit", "held"),
    "in": pgettext_lazy("audit", "logged in"),
    "open": pgettext_lazy("audit", "opened"),
    "out": pgettext_lazy("audit", "logged out"),
    "password": pgettext_lazy("audit", "new password"),
    "publish": pgettext_lazy("audit", "published"),
    "readers": pgettext_lazy("audit", "readers named"),
    "reject": pgettext_lazy("audit", "rejected"),
    "rekey": pgettext_lazy("audit", "encrypted anew"),
    "replace": pgettext_lazy("audit", "file replaced"),
    "restore": pgettext_lazy("audit", "restored"),
    "return": pgettext_lazy("audit", "returned"),
    "roles": pgettext_lazy("audit", "roles given"),
    "save": pgettext_lazy("audit", "saved"),
    "submit": pgettext_lazy("audit", "handed in"),
    "unpublish": pgettext_lazy("audit", "end set"),
    "update": pgettext_lazy("audit", "changed for readers"),
    "withdraw": pgettext_lazy("audit", "withdrawn"),
}
KINDS = {
    "article": _("article"),
    "image": _("picture"),
    "confidentialnote": _("confidential note"),
    "comment": _("comment"),
    "section": _("section"),
    "tag": _("tag"),
    "author": _("author"),
    "user": _("person"),
}
COLUMNS = (
    "at",
    "action",
    "actor",
    "actor_name",
    "network",
    "target_type",
    "target_id",
    "target_text",
    "details",
)


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


@admin.register(AuditEntry)
class AuditEntryAdmin(LongListAdmin):
    """Nothing here writes, but for the entry that says who took the log home."""

    list_display = ["moment", "who", "act", "thing", "told", "network"]
    list_display_links = None
    list_filter = [FormFilter]
    search_fields = ["target_text", "actor_name"]
    search_help_text = _("Words of what it was done to, or of the name of whoever did it.")
    actions = None
    fields = ["moment", "who", "act", "thing", "told", "network"]
    readonly_fields = ["moment", "who", "act", "thing", "told", "network"]

    class Media:
        css = {"all": ["css/admin-audit.css"]}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request) and request.user.has_perm("accounts.export_audit")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.export)
        return [path("export/", view, name="accounts_auditentry_export"), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        extra = {"may_export": self.has_export_permission(request)} | (extra_context or {})
        return super().changelist_view(request, extra)

    def export(self, request: HttpRequest) -> HttpResponseBase:
        """The filtered rows, all of them, as CSV. POST only: taking them home is an act itself."""
        if request.method != "POST" or not self.has_export_permission(request):
            raise PermissionDenied
        entries = self.get_changelist_instance(request).get_queryset(request)
        by: Any = request.user
        filters = {name: value for name, value in request.GET.items() if value}
        audit.record("audit.export", by=by, details=filters, request=request)
        response = StreamingHttpResponse(
            spreadsheet.lines(rows_of(entries)), content_type="text/csv; charset=utf-8"
        )
        name = f"audit-{timezone.localtime():%Y%m%d-%H%M}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    @admin.display(description=pgettext_lazy("audit", "when"))
    def moment(self, entry: AuditEntry) -> str:
        local = timezone.localtime(entry.at)
        return f"{written(local, 'j M Y')} {local:%H.%M.%S} {local.tzname()}"

    @admin.display(description=pgettext_lazy("audit", "who"))
    def who(self, entry: AuditEntry) -> SafeString | str:
        if entry.actor_id is None:
            return entry.actor_name or str(_("nobody logged in, or the server"))
        name = entry.actor_name or f"#{entry.actor_id}"
        return format_html('<a href="?person={}">{}</a>', entry.actor_id, name)

    @admin.display(description=pgettext_lazy("audit", "act"))
    def act(self, entry: AuditEntry) -> str:
        group, verb = GROUPS.get(entry.group, entry.group), VERBS.get(entry.verb, entry.verb)
        return f"{group}: {verb}"

    @admin.display(description=pgettext_lazy("audit", "what"))
    def thing(self, entry: AuditEntry) -> SafeString | str:
        if not entry.target_type:
            return entry.target_text or "–"
        kind, number = entry.target_type, entry.target_id
        words = f"{KINDS.get(kind, kind)} {number}"
        link = '<a href="?kind={}&amp;number={}">{}</a> {}'
        return format_html(link, kind, number, words, entry.target_text)

    @admin.display(description=pgettext_lazy("audit", "details"))
    def told(self, entry: AuditEntry) -> str:
        return "; ".join(in_words(name, value) for name, value in entry.details.items()) or "–"


def in_words(name: str, value: Any) -> str:
    """`slug: kota → metro`; of a text that is not in the log only that it has changed."""
    match value:
        case []:
            return f"{name}: {VERBS['change']}"
        case [old, new]:
            return f"{name}: {_plain(old)} → {_plain(new)}"
    return f"{name}: {_plain(value)}"


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    return "–" if value in (None, "") else str(value)


def rows_of(entries: QuerySet[AuditEntry]) -> Iterator[Iterable[object]]:
    """The head, then each entry with its codes as they are stored, its time in UTC."""
    yield COLUMNS
    for entry in entries.iterator(chunk_size=2000):
        yield (
            entry.at.isoformat(),
            entry.action,
            entry.actor_id or "",
            entry.actor_name,
            entry.network,
            entry.target_type,
            entry.target_id,
            entry.target_text,
            dumps(entry.details, ensure_ascii=False) if entry.details else "",
        )
