"""Lists of the admin over tables that grow for ever: as quick with 500,000 rows as with fifty.

Nothing counts a whole table, and one sorts only by what an index has in order.
"""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin import ActionLocation
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

MOST = 2000


class BoundedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts to MOST and no further; what lies behind is found by filters and search."""

    @cached_property
    def _found(self) -> int:
        """How many rows there are, MOST + 1 at most."""
        rows: Any = self.object_list
        return int(rows.order_by().values("pk")[: MOST + 1].count())

    @cached_property
    def count(self) -> int:
        return min(self._found, MOST)

    @property
    def is_open(self) -> bool:
        """Whether there are more rows than the pages show."""
        return self._found > MOST

    @property
    def words(self) -> str:
        """The number for people: 1.204, or “lebih dari 2.000”."""
        number = number_format(self.count, force_grouping=True)
        return _("more than %(number)s") % {"number": number} if self.is_open else number


class LongListAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A list whose cost doesn't grow with its table.

    A subclass names in `sortable_by` the columns that have an index in their order.
    """

    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    sortable_by: ClassVar[list[str] | tuple[str, ...] | None] = ()

    def response_action(
        self,
        request: HttpRequest,
        queryset: QuerySet[Any],
        action_location: ActionLocation = ActionLocation.CHANGE_LIST,
    ) -> HttpResponse | None:
        """An action for all of a list that no page can show takes the rows that were ticked."""
        key: Any = self.model._meta.pk
        try:
            for number in request.POST.getlist(ACTION_CHECKBOX_NAME):
                key.to_python(number)
        except ValidationError:
            raise SuspiciousOperation("Rows are ticked by their keys.") from None
        everything = request.POST.get("select_across") == "1"
        if everything and BoundedPaginator(queryset, self.list_per_page).is_open:
            data: Any = request.POST.copy()
            data["select_across"] = "0"
            request.POST = data
        return super().response_action(request, queryset, action_location)
