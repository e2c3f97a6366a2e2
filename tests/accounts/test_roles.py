"""The table of roles, and its shadow in the database."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS

from accounts import roles
from articles.models import Article
from tests import make

pytestmark = pytest.mark.django_db


def sync(*labels: str) -> None:
    for label in labels or ("accounts", "articles", "comments"):
        roles.sync_after_migrate(apps.get_app_config(label), DEFAULT_DB_ALIAS)


def permissions_of(code: str) -> set[str]:
    held = Group.objects.get(name=code).permissions.select_related("content_type")
    return {f"{perm.content_type.app_label}.{perm.codename}" for perm in held}


@pytest.mark.parametrize("code", roles.ROLES)
def test_after_migrate_each_group_holds_what_the_table_says(code):
    assert permissions_of(code) == roles.ROLES[code].permissions


def test_every_permission_in_the_table_exists():
    there = {
        f"{perm.content_type.app_label}.{perm.codename}"
        for perm in Permission.objects.select_related("content_type")
    }
    assert set().union(*(role.permissions for role in roles.ROLES.values())) <= there


def test_a_second_sync_changes_nothing():
    before = {code: permissions_of(code) for code in roles.ROLES}
    sync()
    sync()
    assert {code: permissions_of(code) for code in roles.ROLES} == before
    assert Group.objects.count() == len(roles.ROLES)


def test_a_permission_that_left_the_table_leaves_the_group():
    old = Permission.objects.create(
        codename="print_article",
        name="Old",
        content_type=ContentType.objects.get_for_model(Article),
    )
    Group.objects.get(name="reporter").permissions.add(old)
    sync("articles")
    assert "articles.print_article" not in permissions_of("reporter")
    assert permissions_of("reporter") == roles.ROLES["reporter"].permissions


def test_permissions_of_other_apps_and_other_groups_are_left_alone():
    foreign = Permission.objects.get(codename="view_logentry")
    Group.objects.get(name="reporter").permissions.add(foreign)
    other = Group.objects.create(name="percetakan")
    other.permissions.add(Permission.objects.get(codename="withdraw_article"))
    sync()
    assert "admin.view_logentry" in permissions_of("reporter")
    assert permissions_of("percetakan") == {"articles.withdraw_article"}


def test_sync_of_one_app_leaves_the_others_permissions():
    sync("accounts")
    assert permissions_of("chief_editor") == roles.ROLES["chief_editor"].permissions


def test_whoever_gets_a_role_is_staff_and_whoever_loses_the_last_is_not():
    person = make.user()
    roles.assign(person, ["editor", "moderator"])
    person.refresh_from_db()
    assert person.is_staff
    assert roles.codes_of(person) == ["editor", "moderator"]
    roles.assign(person, [])
    person.refresh_from_db()
    assert not person.is_staff
    assert roles.codes_of(person) == []


def test_a_superuser_without_a_role_stays_staff():
    person = make.user(is_superuser=True)
    roles.assign(person, [])
    assert person.is_staff


def test_an_unknown_role_is_refused_and_nothing_changes():
    person = make.user("reporter")
    with pytest.raises(KeyError):
        roles.assign(person, ["editor", "raja"])
    assert roles.codes_of(person) == ["reporter"]


def test_a_reader_has_no_permission_at_all():
    assert make.user().get_all_permissions() == set()


def test_an_administrator_runs_the_machine_and_not_the_paper():
    assert roles.ROLES["administrator"].permissions.isdisjoint(
        {
            "articles.add_article",
            "articles.change_article",
            "articles.publish_article",
            "articles.withdraw_article",
            "comments.moderate_comment",
        }
    )
