from http import HTTPStatus
from typing import Any

from allauth.account.decorators import secure_admin_login
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import audit, roles
from accounts.longlists import LongListAdmin
from accounts.models import Consent, User, confirm_address

# One door: allauth's log-in, with its throttle, for staff and readers alike.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
# Roles come from one table in code; groups are its shadow and not edited by hand.
admin.site.unregister(Group)


class RolesMixin(forms.ModelForm):  # type: ignore[type-arg]
    """Roles as boxes to tick."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=[(code, role.label) for code, role in roles.ROLES.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("A person without a role is a reader."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["roles"] = roles.codes_of(self.instance)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class UserChangeForm(RolesMixin):
    class Meta:
        model = User
        fields = ["email", "name", "initials", "language", "is_active"]


class UserAddForm(RolesMixin, AdminUserCreationForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ["email", "name", "initials", "language"]


class RoleFilter(admin.SimpleListFilter):
    """By role, in the words of the newsroom and not in the names of groups."""

    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(code, role.label) for code, role in roles.ROLES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        code = self.value()
        return queryset.filter(groups__name=code) if code else queryset


@admin.register(User)
class UserAdmin(LongListAdmin, DjangoUserAdmin):  # type: ignore[type-arg]
    """People and their roles. Nobody is deleted: an account is closed."""

    form = UserChangeForm
    add_form = UserAddForm
    list_display = ["name", "email", "initials", "role_names", "is_active", "last_login"]
    list_filter = ["is_active", "is_staff", RoleFilter]
    sortable_by = ["name", "email"]
    search_fields = ["name", "email", "initials"]
    ordering = ["name", "id"]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ["email", "name", "initials", "language"]}),
        (_("Access"), {"fields": ["roles", "is_active", "last_login", "date_joined"]}),
    )
    add_fieldsets = (
        (
            None,
            {
                "fields": [
                    "email",
                    "name",
                    "initials",
                    "language",
                    "roles",
                    "usable_password",
                    "password1",
                    "password2",
                ]
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Whoever may only look reads the roles' names; the boxes are no field of the person's."""
        if obj is None or self.has_change_permission(request, obj):
            return super().get_fieldsets(request, obj)
        access = {"fields": ["role_names", "is_active", "last_login", "date_joined"]}
        return (self.fieldsets[0], (_("Access"), access))

    @admin.display(description=_("roles"))
    def role_names(self, user: User) -> str:
        held = {group.name for group in user.groups.all()}
        return ", ".join(str(role.label) for code, role in roles.ROLES.items() if code in held)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        before = User.objects.filter(pk=obj.pk).first()
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data:
            # Whoever manages accounts vouches for the address: staff have no mail to answer first.
            confirm_address(obj)
        tell(request, before, obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        by: Any = request.user
        roles.assign(form.instance, form.cleaned_data["roles"], by=by)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:  # noqa: A002  Django's name
        """Somebody else's password: an act of its own, which no signal of allauth's tells of."""
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == HTTPStatus.FOUND:
            person = User.objects.get(pk=id)
            by: Any = request.user
            audit.record("user.password", by=by, target=person, text=str(person), request=request)
        return response

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        # Who manages accounts may not take over one that stands above every role.
        return allowed and (obj is None or not obj.is_superuser or request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False


def tell(request: HttpRequest, before: User | None, after: User) -> None:
    """Enter in the audit log what the form has made, or changed, of a person."""
    by: Any = request.user
    told: dict[str, Any] = {}
    if before:
        told = audit.changes(before, after, ["initials", "language", "is_active"], ["name"])
    if before and before.email != after.email:
        told["email"] = [audit.masked(before.email), audit.masked(after.email)]
    if told or not before:
        action = "user.change" if before else "user.add"
        audit.record(action, by=by, target=after, text=str(after), details=told, request=request)


@admin.register(Consent)
class ConsentAdmin(LongListAdmin):
    """The ledger of consent, to be shown and never changed (UU PDP 24)."""

    list_display = ["user", "purpose", "version", "locale", "given_at", "withdrawn_at"]
    list_filter = ["purpose", "version"]
    list_select_related = ["user"]
    sortable_by = ["given_at"]
    search_fields = ["user__email", "user__name"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
