"""Who may do what: the one table of roles and permissions. A reader has no role."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import audit

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Role:
    """A group of the newsroom; its code is the group's name."""

    label: Promise
    permissions: frozenset[str]


READ_NAMES = frozenset(
    {"articles.view_author", "articles.view_image", "articles.view_section", "articles.view_tag"}
)
READ_DESK = READ_NAMES | {"articles.view_article"}
FILE = {
    "articles.add_article",
    "articles.change_article",
    "articles.submit_article",
    "articles.add_image",
    "articles.change_image",
}
WRITE = READ_DESK | FILE | {"articles.write_news"}
APPROVE = {"articles.edit_any_article", "articles.approve_article", "articles.return_article"}
EDIT = (
    WRITE
    | APPROVE
    | {
        "articles.publish_article",
        "articles.add_author",
        "articles.change_author",
        "articles.change_tag",
        "comments.view_comment",
        "comments.moderate_comment",
    }
)
READ_AUDIT = frozenset({"accounts.view_auditentry", "accounts.export_audit"})
MANAGE = EDIT | {
    "articles.override_four_eyes",
    "articles.pass_any_step",
    "articles.work_in_all_sections",
    "accounts.view_user",
}
LEAD = MANAGE | {
    "articles.withdraw_article",
    "articles.add_section",
    "articles.change_section",
    "articles.add_sectionright",
    "articles.change_sectionright",
    "articles.delete_sectionright",
    "articles.view_sectionright",
    *READ_AUDIT,
    "articles.read_confidential",
}
MODERATE = READ_DESK | {"comments.view_comment", "comments.moderate_comment"}
# An administrator runs the machine, not the paper: no right to write, publish or withdraw.
ADMINISTER = READ_DESK | {
    "articles.add_section",
    "articles.change_section",
    "articles.add_sectionright",
    "articles.change_sectionright",
    "articles.delete_sectionright",
    "articles.view_sectionright",
    "articles.add_author",
    "articles.change_author",
    "articles.change_tag",
    "comments.view_comment",
    "accounts.add_user",
    "accounts.change_user",
    "accounts.view_user",
    "accounts.view_consent",
    "articles.view_job",
    "articles.rerun_task",
    *READ_AUDIT,
}

ROLES = {
    # A contributor sees nothing of the desk but what is her own (domain rule W-2).
    "contributor": Role(_("Contributor"), READ_NAMES | FILE | {"articles.write_news"}),
    "reporter": Role(_("Reporter"), WRITE),
    "photo_desk": Role(_("Photo desk"), WRITE | APPROVE),
    # A byline says “Editor”; in the newsroom’s own words the role has another name.
    "editor": Role(pgettext_lazy("role", "Editor"), EDIT),
    "managing_editor": Role(_("Managing editor"), MANAGE),
    "chief_editor": Role(_("Chief editor"), LEAD),
    # Whoever sells the paper's space writes what is paid for, and nothing else (“pagar api”).
    "advertising": Role(_("Advertising"), READ_DESK | FILE),
    "moderator": Role(_("Moderator"), MODERATE),
    "administrator": Role(_("Administrator"), ADMINISTER),
}
# Who can be asked to pass a text on, the lesser first: each editor can do what lesser ones do.
APPROVERS = [code for code, role in ROLES.items() if "articles.approve_article" in role.permissions]
RANKS = ("editor", "managing_editor", "chief_editor")


@transaction.atomic
def assign(user: "User", codes: Iterable[str], by: "User | None" = None) -> None:
    """Give `user` exactly these roles. Whoever has one is staff and may open the admin.

    `by` None is the server itself. Raises KeyError for a role that is not in the table.
    """
    wanted = sorted({code for code in codes if ROLES[code]})
    if hasattr(user, "_role_codes"):
        del user._role_codes
    before = sorted(codes_of(user))
    user.groups.set([Group.objects.get_or_create(name=code)[0] for code in wanted])
    user.is_staff = bool(wanted) or user.is_superuser
    user.save(update_fields=["is_staff"])
    if wanted != before:
        told = {"roles": [before, wanted]}
        audit.record("user.roles", by=by, target=user, text=str(user), details=told)


def has_by_role(user: Any, permission: str) -> bool:
    """Whether one of the person's roles includes `permission`.

    Unlike `has_perm` this is no for a superuser without the role: who runs the machine does not
    read the newsroom's secrets by that.
    """
    app, _, codename = permission.partition(".")
    held = user.groups.filter(permissions__content_type__app_label=app)
    return bool(user.is_active and held.filter(permissions__codename=codename).exists())


def codes_of(user: "User") -> list[str]:
    """The roles of `user`, in the table's order."""
    names = set(user.groups.values_list("name", flat=True))
    return [code for code in ROLES if code in names]


def holds(user: "User", code: str) -> bool:
    """Whether `user` has that role, or one that stands above it on the same desk."""
    # Looked up once for each person in hand; request.user is a wrapper, so the person is asked.
    if not hasattr(user, "_role_codes"):
        user._role_codes = set(codes_of(user))  # type: ignore[attr-defined]
    own: set[str] = user._role_codes  # type: ignore[attr-defined]
    above = set(RANKS[RANKS.index(code) :]) if code in RANKS else {code}
    return user.is_superuser or not own.isdisjoint(above)


def sync_after_migrate(app_config: AppConfig, using: str, **kwargs: Any) -> None:
    """Bring the groups in line with the table for the app that was just migrated.

    Not a data migration: on a fresh database permissions do not exist until post_migrate, and
    whose receiver runs first there is an accident of INSTALLED_APPS, so they are made here too.
    """
    create_permissions(app_config, verbosity=0, using=using)
    own = Permission.objects.using(using).filter(content_type__app_label=app_config.label)
    for code, role in ROLES.items():
        wanted = {name for name in role.permissions if name.startswith(f"{app_config.label}.")}
        held = Group.permissions.through.objects.using(using)
        if not wanted and not held.filter(group__name=code, permission__in=own).exists():
            continue
        group = Group.objects.using(using).get_or_create(name=code)[0]
        group.permissions.remove(*own.exclude(_named(wanted)))
        group.permissions.add(*own.filter(_named(wanted)))


def _named(names: Iterable[str]) -> Q:
    codenames = [name.partition(".")[2] for name in names]
    return Q(codename__in=codenames)
