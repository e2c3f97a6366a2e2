"""People on the desk: who manages whom."""

import pytest
from django.urls import reverse

from accounts import roles
from accounts.models import Consent, User, has_confirmed_address
from tests import make

pytestmark = pytest.mark.django_db

LIST = "/admin/accounts/user/"


def change(person) -> str:
    return reverse("admin:accounts_user_change", args=[person.pk])


def form_of(person, **more):
    values = {"email": person.email, "name": person.name, "initials": "", "language": "id"}
    return values | {"is_active": "on"} | more


@pytest.fixture
def administrator(client):
    person = make.user("administrator")
    client.force_login(person)
    return person


def test_an_administrator_adds_a_person_with_roles_who_can_log_in_at_once(client, administrator):
    data = {
        "email": "Redaktur@Example.com",
        "name": "Bu Redaktur",
        "initials": "Brd",
        "language": "id",
        "roles": ["editor", "moderator"],
        "usable_password": "true",
        "password1": make.PASSWORD,
        "password2": make.PASSWORD,
    }
    assert client.post(f"{LIST}add/", data).status_code == 302
    person = User.objects.get(email="redaktur@example.com")
    assert roles.codes_of(person) == ["editor", "moderator"]
    assert person.is_staff
    assert person.check_password(make.PASSWORD)
    assert has_confirmed_address(person)


def test_an_administrator_changes_roles(client, administrator):
    person = make.user("reporter")
    page = client.get(change(person))
    assert page.context["adminform"].form.initial["roles"] == ["reporter"]
    assert client.post(change(person), form_of(person, roles=["editor"])).status_code == 302
    person.refresh_from_db()
    assert roles.codes_of(person) == ["editor"]


def test_taking_the_last_role_away_makes_a_reader(client, administrator):
    person = make.user("reporter")
    client.post(change(person), form_of(person))
    person.refresh_from_db()
    assert not person.is_staff


def test_a_new_address_takes_the_place_of_the_old_one(client, administrator):
    person = make.user(email="lama@example.com")
    answer = client.post(change(person), form_of(person, email="BARU@example.com"))
    assert answer.status_code == 302
    person.refresh_from_db()
    assert person.email == "baru@example.com"
    assert list(person.emailaddress_set.values_list("email", "verified", "primary")) == [
        ("baru@example.com", True, True)
    ]


def test_an_address_that_is_taken_in_other_letters_is_refused(client, administrator):
    make.user(email="ada@example.com")
    person = make.user()
    answer = client.post(change(person), form_of(person, email="ADA@example.com"))
    assert "email" in answer.context["adminform"].form.errors


def test_nobody_becomes_superuser_through_the_form(client, administrator):
    data = form_of(administrator, roles=["administrator"], is_superuser="on", is_staff="on")
    assert client.post(change(administrator), data).status_code == 302
    administrator.refresh_from_db()
    assert not administrator.is_superuser


@pytest.mark.parametrize("page", ["", "password/"])
def test_an_administrator_does_not_touch_a_superuser(client, administrator, page):
    boss = make.user(is_superuser=True, is_staff=True)
    address = change(boss).replace("change/", f"{page or 'change/'}")
    data = form_of(boss, is_active="", password1=make.PASSWORD + "x", password2=make.PASSWORD + "x")
    assert client.post(address, data).status_code == 403
    boss.refresh_from_db()
    assert boss.is_active
    assert boss.check_password(make.PASSWORD)


def test_a_chief_editor_looks_at_people_and_their_roles_and_changes_nothing(client):
    client.force_login(make.user("chief_editor"))
    person = make.user("reporter")
    page = client.get(change(person))
    assert page.status_code == 200
    assert 'name="_save"' not in page.text
    assert str(roles.ROLES["reporter"].label) in page.text
    assert client.post(change(person), form_of(person, roles=["editor"])).status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403


@pytest.mark.parametrize("role", ["reporter", "editor", "moderator"])
def test_others_do_not_see_people_at_all(client, role):
    client.force_login(make.user(role))
    assert client.get(LIST).status_code == 403


def test_nobody_is_deleted_not_even_by_a_superuser(client):
    client.force_login(make.user(is_superuser=True, is_staff=True))
    person = make.user()
    address = reverse("admin:accounts_user_delete", args=[person.pk])
    assert client.post(address, {"post": "yes"}).status_code == 403
    data = {"action": "delete_selected", "_selected_action": [person.pk], "post": "yes"}
    client.post(LIST, data)
    assert User.objects.filter(pk=person.pk).exists()


def test_the_list_asks_the_database_the_same_number_of_times_for_many(
    client, administrator, django_assert_max_num_queries
):
    for _ in range(20):
        make.user("reporter")
    client.get(LIST)
    with django_assert_max_num_queries(12):
        assert client.get(LIST).status_code == 200


def test_the_ledger_of_consent_is_only_read(client, administrator):
    row = Consent.objects.first()
    assert client.get("/admin/accounts/consent/").status_code == 200
    assert client.get("/admin/accounts/consent/add/").status_code == 403
    address = reverse("admin:accounts_consent_change", args=[row.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"version": "x"}).status_code == 403
    assert client.get(reverse("admin:accounts_consent_delete", args=[row.pk])).status_code == 403
