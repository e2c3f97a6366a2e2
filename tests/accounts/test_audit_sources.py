"""What people's accounts leave in the audit log: each act once, by whom, and no secret in it."""

import json
import re

import pytest
from django.core import mail
from django.urls import reverse

from accounts import consent, roles
from accounts.models import AuditEntry, User
from tests import make

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "sandi-baru-yang-panjang-8"


def acts(group: str = "") -> list[AuditEntry]:
    rows = AuditEntry.objects.order_by("id")
    return list(rows.filter(group=group) if group else rows)


def since(number: int) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(pk__gt=number).order_by("id"))


def last() -> int:
    return AuditEntry.objects.order_by("-id").values_list("pk", flat=True).first() or 0


def log_in(client, person, password=make.PASSWORD, **extra):
    data = {"login": person.email, "password": password}
    return client.post("/akun/login/", data, **extra)


@pytest.fixture
def administrator(client):
    person = make.user("administrator", name="Pak Admin")
    client.force_login(person)
    return person


# Log-ins


def test_staff_who_log_in_and_out_are_written_down(client):
    person = make.user("reporter")
    log_in(client, person, REMOTE_ADDR="203.0.113.57")
    client.post("/akun/logout/", REMOTE_ADDR="203.0.113.57")
    told = [(row.action, row.actor_id, row.target_id, row.network) for row in acts("login")]
    assert told == [
        ("login.in", person.pk, str(person.pk), "203.0.113.0/24"),
        ("login.out", person.pk, str(person.pk), "203.0.113.0/24"),
    ]


def test_readers_who_log_in_are_not(client):
    log_in(client, make.user())
    assert client.session.get("_auth_user_id")
    assert acts("login") == []


def test_a_wrong_password_is_written_down_and_the_password_is_not(client):
    person = make.user("editor", email="redaktur@example.com")
    log_in(client, person, "sandi-yang-salah-9")
    (row,) = acts("login")
    assert (row.action, row.actor, row.target_id) == ("login.failed", None, str(person.pk))
    assert row.details == {"email": "r…@example.com"}
    assert "salah" not in json.dumps(row.details) + row.target_text


def test_a_try_at_an_account_that_does_not_exist_is_written_down(client):
    log_in(client, User(email="siapa@example.com"))
    (row,) = acts("login")
    assert (row.action, row.target_type, row.details) == (
        "login.failed",
        "",
        {"email": "s…@example.com"},
    )


# Accounts


def test_an_account_made_on_the_desk_is_written_down_with_its_roles(client, administrator):
    before = last()
    data = {
        "email": "baru@example.com",
        "name": "Orang Baru",
        "initials": "",
        "language": "id",
        "roles": ["editor"],
        "usable_password": "true",
        "password1": NEW_PASSWORD,
        "password2": NEW_PASSWORD,
    }
    assert client.post(reverse("admin:accounts_user_add"), data).status_code == 302
    person = User.objects.get(email="baru@example.com")
    told = [(row.action, row.actor_name, row.target_id, row.details) for row in since(before)]
    assert told == [
        ("user.add", "Pak Admin", str(person.pk), {}),
        ("user.roles", "Pak Admin", str(person.pk), {"roles": [[], ["editor"]]}),
    ]


def change(client, person, **changes):
    data = {"email": person.email, "name": person.name, "initials": "", "language": "id"}
    data |= {"is_active": "on", "roles": roles.codes_of(person)} | changes
    data = {name: value for name, value in data.items() if value is not None}
    address = reverse("admin:accounts_user_change", args=[person.pk])
    assert client.post(address, data).status_code == 302


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, []),
        ({"is_active": None}, [("user.change", {"is_active": [True, False]})]),
        ({"initials": "Bud"}, [("user.change", {"initials": ["", "Bud"]})]),
        ({"name": "Nama Lain"}, [("user.change", {"name": []})]),
        (
            {"email": "lain@example.org"},
            [("user.change", {"email": ["b…@example.com", "l…@example.org"]})],
        ),
        (
            {"roles": ["editor", "moderator"]},
            [("user.roles", {"roles": [["reporter"], ["editor", "moderator"]]})],
        ),
    ],
)
def test_what_is_changed_of_an_account_is_written_down(client, administrator, changes, told):
    person = make.user("reporter", email="budi@example.com")
    before = last()
    change(client, person, **changes)
    assert [(row.action, row.details) for row in since(before)] == told
    assert {row.actor_id for row in since(before)} <= {administrator.pk}


def test_roles_that_stay_as_they_were_are_no_act():
    person, before = make.user("editor"), last()
    roles.assign(person, ["editor"])
    assert since(before) == []


def test_somebody_elses_password_is_an_act_of_the_administrator(client, administrator):
    person, before = make.user("reporter"), last()
    address = reverse("admin:auth_user_password_change", args=[person.pk])
    wrong = {"password1": "a", "password2": "b", "usable_password": "true"}
    assert client.post(address, wrong).status_code == 200
    assert since(before) == []
    right = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD, "usable_password": "true"}
    assert client.post(address, right).status_code == 302
    (row,) = since(before)
    assert (row.action, row.actor, row.target_id) == (
        "user.password",
        administrator,
        str(person.pk),
    )


def test_ones_own_password_is_an_act_of_ones_own(client):
    person = make.user()
    log_in(client, person)
    before = last()
    data = {"oldpassword": make.PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    client.post(reverse("account_change_password"), data)
    (row,) = since(before)
    assert (row.action, row.actor) == ("user.password", person)


def test_a_password_set_by_mail_is_written_down(client):
    person = make.user()
    client.post(reverse("account_reset_password"), {"email": person.email})
    address = re.search(r"http://testserver(/\S+)", str(mail.outbox[-1].body))
    page = client.get(address[1], follow=True)
    before = last()
    data = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    client.post(page.redirect_chain[-1][0], data)
    assert [row.action for row in since(before) if row.group == "user"] == ["user.password"]


def test_a_reader_who_signs_up_and_agrees_is_written_down(client):
    data = {"email": "pembaca@example.com", "name": "Pembaca", "password1": NEW_PASSWORD}
    client.post(reverse("account_signup"), data | dict.fromkeys(consent.TEXTS, "on"))
    person = User.objects.get(email="pembaca@example.com")
    told = {row.action: row for row in acts("user")}
    assert set(told) == {"user.add", "user.consent"}
    assert told["user.consent"].details == {
        "purposes": " ".join(consent.TEXTS),
        "version": consent.VERSION,
    }
    assert {row.actor for row in told.values()} == {person}


def test_no_password_and_no_address_in_full_is_anywhere_in_the_log(client, administrator):
    person = make.user("reporter", email="panjang.sekali@example.com")
    change(client, person, email="lain.sekali@example.com")
    log_in(client, person, "sandi-yang-salah-9")
    everything = json.dumps(list(AuditEntry.objects.values()), default=str)
    for secret in (make.PASSWORD, "sandi-yang-salah-9", "panjang.sekali", "lain.sekali", "$"):
        assert secret not in everything
