"""What all of the desk's lists and forms have in common."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import date
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import capfirst

from accounts.longlists import LongListAdmin
from articles.errors import Conflict, Refused
from articles.models import Article


class DeskAdmin(LongListAdmin):
    """Nothing is deleted at the desk, one by one or in bulk."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def pages(self, views: dict[str, tuple[str, Any]]) -> list[URLPattern]:
        """The addresses of pages beside list and form, by name, behind the admin's own door."""
        return [
            path(
                route,
                self.admin_site.admin_view(view),
                name=f"{self.opts.app_label}_{self.opts.model_name}_{name}",
            )
            for name, (route, view) in views.items()
        ]


class WrittenAdmin(DeskAdmin):
    """A form whose writer may refuse: the refusal is shown in the form, with all that was typed.

    `write` calls the writer. Django's transaction around the form is left away: the writers have
    their own, and what a refused save leaves in the history must stay.
    """

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        page: Any = self  # The method below is known to Django alone.
        response: HttpResponse
        try:
            response = page._changeform_view(request, object_id, form_url, extra_context)
        except (Refused, ValidationError) as refusal:
            if request.method != "POST":
                raise
            request.refusal = refusal  # type: ignore[attr-defined]
            response = page._changeform_view(request, object_id, form_url, extra_context)
            if isinstance(refusal, Conflict):
                response.status_code = HTTPStatus.CONFLICT
        return response

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """A form class of this request's own, which knows the person and the refusal."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.request = request
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The writer does it."""
        self.write(request, obj, form, change)

    def write(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        raise NotImplementedError

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Nothing: what hangs on a thing is its writer's business too."""


def capitalize_labels(form: BaseForm) -> None:
    """Our own fields begin with a capital, as Django lets those of the model do."""
    for field in form.fields.values():
        field.label = field.label and capfirst(field.label)


def show_refusal(form: BaseForm, refusal: Exception | None, at: str | None = None) -> None:
    """Put what a writer said on the fields it is about; else on `at`, or above the form."""
    if isinstance(refusal, ValidationError):
        for name, texts in by_field(refusal):
            form.add_error(name if name in form.fields else at, texts)
    elif refusal is not None:
        form.add_error(None, str(refusal))


def by_field(refusal: ValidationError) -> Iterable[tuple[str | None, list[str]]]:
    """The messages of a ValidationError, field by field if it knows fields."""
    if hasattr(refusal, "error_dict"):
        return list(refusal.message_dict.items())
    return [(None, refusal.messages)]


def words_of(refusal: Exception) -> str:
    """What a writer said, in one line."""
    if isinstance(refusal, ValidationError):
        return " ".join(refusal.messages)
    return str(refusal)


def change_url(article: Article) -> str:
    """The address of the article's form."""
    return reverse("admin:articles_article_change", args=[article.pk])


def number_in(text: str) -> int | None:
    """The number that an address or a hidden field holds; None for anything that is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def clock(moment: Any) -> str:
    """14.30 WIB, with the day before it unless that is today."""
    local = timezone.localtime(moment)
    time = f"{local:%H.%M} {local.tzname()}"
    if local.date() == timezone.localdate():
        return time
    day = "j M" if local.year == timezone.localdate().year else "j M Y"
    return f"{date(local, day)} {time}"


def zone() -> str:
    """The short name of the site's zone: WIB."""
    return timezone.localtime().tzname() or ""
