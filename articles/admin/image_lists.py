"""The library of pictures: the filters that a photo desk asks for, and what it says of licences."""

from datetime import date, timedelta
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Image

# As long as it takes to ask an agency, or to change the picture in every article.
SOON = timedelta(days=14)


def licence_words(image: Image, day: date) -> str:
    """That its licence has ended, or will soon; nothing while there is no hurry."""
    end = image.licence_ends
    if end is None or end > day + SOON:
        return ""
    words = _("Licence ended %(day)s") if end < day else _("Licence ends %(day)s")
    return words % {"day": date_format(end, "j M Y")}


class LicenceFilter(admin.SimpleListFilter):
    """By what is left of the right to show it."""

    title = gettext_lazy("licence")
    parameter_name = "licence"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("ended", gettext_lazy("Ended")),
            ("ending", gettext_lazy("Ends within 14 days")),
            ("shown", gettext_lazy("Ended, and still shown")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        images: Any = queryset
        today = timezone.localdate()
        match self.value():
            case "ended":
                images = images.licence_ended(today)
            case "ending":
                images = images.licence_ending(today, today + SOON)
            case "shown":
                images = images.licence_ended(today).still_shown()
        return images  # type: ignore[no-any-return]


class CreditFilter(admin.SimpleListFilter):
    """Those that can't be printed yet."""

    title = gettext_lazy("credit")
    parameter_name = "credit"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("none", gettext_lazy("Without credit"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(credit="") if self.value() == "none" else queryset


class UploaderFilter(admin.SimpleListFilter):
    """Those that one has uploaded."""

    title = gettext_lazy("uploaded by")
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", gettext_lazy("Me"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(uploaded_by=request.user.pk) if self.value() == "1" else queryset
