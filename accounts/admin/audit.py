"""The audit log on the desk: read, filtered, taken home as a spreadsheet, and never changed."""

from collections.abc import Iterable, Iterator
from json import dumps
from typing import Any

from django.contrib import admin
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
from accounts.admin.filters import FormFilter
from accounts.admin.words import GROUPS, KINDS, VERBS, in_words
from accounts.longlists import LongListAdmin
from accounts.models import AuditEntry

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
