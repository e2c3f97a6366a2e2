"""Sections, tags and authors: what has a name and an address, both written by naming.py."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import audit, roles
from articles import chains, naming
from articles.admin import tagging
from articles.admin.base import DeskAdmin, WrittenAdmin, capitalize_labels, show_refusal
from articles.admin.fields import TREE
from articles.models import Author, Section, SectionRight, Tag

# taggit says these of a tag and knows no Indonesian; named here, they stand in our catalogue.
FOREIGN_WORDS = (pgettext_lazy("A tag name", "name"), pgettext_lazy("A tag slug", "slug"))


class NamedForm(forms.ModelForm):  # type: ignore[type-arg]
    """Name and slug, which may be left empty: then the name makes it."""

    slug = forms.SlugField(
        label=_("slug"),
        required=False,
        help_text=_(
            "Part of the address. Empty: made from the name. The old one goes on leading here."
        ),
    )
    request: ClassVar[HttpRequest]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        capitalize_labels(self)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        values["slug"] = values.get("slug") or naming.slug_for(
            self.instance, values.get("name", "")
        )
        show_refusal(self, getattr(self.request, "refusal", None))
        return values


class NamedAdmin(WrittenAdmin):
    form = NamedForm

    def write(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        naming.save_named(obj, request.user)  # type: ignore[arg-type]


class StepField(forms.ChoiceField):
    """The role that passes one of the steps, or that the section has no such step."""

    def __init__(self, step: str) -> None:
        names = [(code, roles.ROLES[code].label) for code in roles.APPROVERS]
        choices = [("", _("not a step here")), *names]
        label: Any = chains.STEPS[step]
        super().__init__(label=label, choices=choices, required=False)


class SectionForm(NamedForm):
    """A section, with the steps that whatever is handed in to it must pass."""

    step_edit = StepField("edit")
    step_facts = StepField("facts")
    step_photo = StepField("photo")
    step_legal = StepField("legal")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for link in self.instance.chain:
            self.initial[f"step_{link['step']}"] = link["role"]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        asked = [{"step": step, "role": values.get(f"step_{step}", "")} for step in chains.STEPS]
        self.instance.chain = [link for link in asked if link["role"]]
        return values


@admin.register(Section)
class SectionAdmin(NamedAdmin):
    """The paper's tree, in the order of its menu."""

    list_display = ["indented", "slug", "order", "parent"]
    list_select_related = ["parent"]
    form = SectionForm
    search_fields = ["name", "slug"]

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return list(TREE)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        named = (None, {"fields": ["name", "slug", "parent", "order", "intro"]})
        steps = {
            "fields": [f"step_{step}" for step in chains.STEPS],
            "description": _(
                "Who passes a text on. Empty: as in the section above, or editing by an editor. "
                "Articles under way keep their steps."
            ),
        }
        # Fields of the form alone: there is nothing to show to whoever may only look.
        is_form = self.has_change_permission(request, obj) if obj else True
        return [named, (_("Steps between writer and readers"), steps)] if is_form else [named]

    @admin.display(description=_("name"))
    def indented(self, section: Section) -> str:
        return f"— {section.name}" if section.parent_id else section.name

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "parent":
            kwargs["queryset"] = Section.objects.filter(parent=None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Tag)
class TagAdmin(NamedAdmin):
    """Topics. They are made by being used; here they are only renamed."""

    list_display = ["name", "slug", "articles"]
    sortable_by = ["name", "slug"]
    fields = ["name", "slug"]
    search_fields = ["name", "key"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Tag.objects.annotate(uses=tagging.USES)

    @admin.display(description=_("articles"))
    def articles(self, tag: Any) -> int:
        return int(tag.uses)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        return [*self.pages({"names": ("names/", tagging.tag_names)}), *super().get_urls()]


@admin.register(Author)
class AuthorAdmin(NamedAdmin):
    """Who signs, with or without an account."""

    list_display = ["name", "code", "user", "is_organization"]
    sortable_by = ["name", "code"]
    list_select_related = ["user"]
    list_filter = ["is_organization"]
    fields = ["name", "slug", "code", "user", "is_organization", "bio"]
    search_fields = ["name", "code", "slug"]

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "user":
            kwargs["queryset"] = get_user_model()._default_manager.filter(is_staff=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        return [*self.pages({"names": ("names/", tagging.author_names)}), *super().get_urls()]


@admin.register(SectionRight)
class SectionRightAdmin(DeskAdmin):
    """Whose work is limited to which sections. A person without a row here works in all."""

    list_display = ["user", "section"]
    list_select_related = ["user", "section"]
    list_filter = ["section"]
    search_fields = ["user__name", "user__email"]
    fields = ["user", "section"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A limit is taken away again; nothing that was written goes with it."""
        return request.user.has_perm("articles.delete_sectionright")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        self._record("section.limit", request, obj)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self._record("section.unlimit", request, obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for right in queryset.select_related("user", "section"):
            self.delete_model(request, right)

    def _record(self, action: str, request: HttpRequest, right: SectionRight) -> None:
        by: Any = request.user
        told = {"section": right.section.slug}
        audit.record(action, by=by, target=right.user, text=str(right.user), details=told)

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "user":
            kwargs["queryset"] = get_user_model()._default_manager.filter(is_staff=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
