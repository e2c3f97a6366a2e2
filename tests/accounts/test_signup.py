"""Sign-up and the confirmation of the address, through allauth and our own forms."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts import consent
from accounts.models import User, has_confirmed_address
from tests import make

pytestmark = pytest.mark.django_db

SIGNUP = "/akun/signup/"
FILLED = {
    "name": "Siti Rahayu",
    "email": "siti@example.com",
    "password1": make.PASSWORD,
    "comment_rules": "on",
    "privacy": "on",
}


@pytest.fixture(autouse=True)
def fresh_throttles():
    cache.clear()


def link_in(message) -> str:
    return re.search(rf"{re.escape(settings.SITE_URL)}(/\S+)", message.body)[1]


def test_sign_up_makes_a_reader_with_two_agreements_and_sends_a_mail(client):
    answer = client.post(SIGNUP, FILLED)
    assert answer["Location"] == reverse("account_email_verification_sent")
    person = User.objects.get(email="siti@example.com")
    assert (person.name, person.is_staff, person.groups.count()) == ("Siti Rahayu", False, 0)
    assert not has_confirmed_address(person)
    rows = person.consents.order_by("purpose").values_list("purpose", "version", "locale")
    assert list(rows) == [(name, consent.VERSION, "id") for name in ("comment_rules", "privacy")]
    assert [message.to for message in mail.outbox] == [["siti@example.com"]]


def test_nothing_is_ticked_beforehand(client):
    page = client.get(SIGNUP).text
    assert page.count('type="checkbox"') == 2
    assert "checked" not in page


@pytest.mark.parametrize("box", ["comment_rules", "privacy"])
def test_without_each_tick_there_is_an_error_and_no_account(client, box):
    answer = client.post(SIGNUP, {key: value for key, value in FILLED.items() if key != box})
    assert answer.context["form"].errors.keys() == {box}
    assert "Siti Rahayu" in answer.text
    assert not User.objects.exists()
    assert mail.outbox == []


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": " \u202e \x07 "},
        {"name": "Obat murah https://example.net/x"},
        {"name": "gacor88.xyz"},
        {"name": "saya@example.net"},
        {"email": "bukan-alamat"},
        {"email": ""},
        {"password1": "pendek"},
        {"password1": "12345678901"},
        {"password1": "siti@example.com"},
    ],
)
def test_a_bad_value_is_named_beside_its_field(client, change):
    answer = client.post(SIGNUP, FILLED | change)
    assert answer.context["form"].errors.keys() == change.keys()
    assert not User.objects.exists()


@pytest.mark.parametrize("name", ["Dr. H. Ahmad, M.Hum., S.Pd.", "O’Neill", "Nur'aini", "Muḥammad"])
def test_people_have_many_kinds_of_names(client, name):
    client.post(SIGNUP, FILLED | {"name": name})
    assert User.objects.get().name == name


def test_a_name_keeps_no_order_to_the_screen(client):
    client.post(SIGNUP, FILLED | {"name": " Siti \u202e\x00  Rahayu\n"})
    assert User.objects.get().name == "Siti Rahayu"


def test_the_address_is_kept_in_lower_case(client):
    client.post(SIGNUP, FILLED | {"email": "Siti@Example.COM"})
    assert User.objects.get().email == "siti@example.com"


def test_the_link_in_the_mail_confirms_and_logs_in_and_leads_on(client):
    client.post(SIGNUP, FILLED | {"next": "/komentar/tulis/7/"})
    link = link_in(mail.outbox[0])
    assert "Siti Rahayu" in mail.outbox[0].body
    assert 'method="post"' in client.get(link).text
    answer = client.post(link)
    assert answer["Location"] == "/komentar/tulis/7/"
    assert has_confirmed_address(User.objects.get())
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


def test_a_link_opened_in_another_browser_confirms_and_asks_for_log_in(client):
    client.post(SIGNUP, FILLED)
    elsewhere = Client()
    answer = elsewhere.post(link_in(mail.outbox[0]))
    assert answer["Location"].startswith(reverse("account_login"))
    assert has_confirmed_address(User.objects.get())
    assert "_auth_user_id" not in elsewhere.session


def test_a_link_that_is_used_or_spoilt_says_what_to_do(client):
    answer = client.get("/akun/confirm-email/MQ:1abc:def/")
    assert answer.status_code == 200
    assert reverse("account_login") in answer.text
    assert "<form" not in answer.text


def test_a_forged_host_does_not_get_into_the_mail(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    client.post(SIGNUP, FILLED, headers={"host": "evil.example"})
    assert "evil.example" not in mail.outbox[0].body
    assert settings.SITE_URL in mail.outbox[0].body


def test_a_taken_address_is_not_betrayed(client):
    make.user(email="siti@example.com", name="Orang lain")
    answer = client.post(SIGNUP, FILLED | {"email": "SITI@example.com"})
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert User.objects.get().name == "Orang lain"
    assert reverse("account_reset_password") in mail.outbox[0].body


def test_two_clicks_on_sign_up_are_one_account(client, monkeypatch):
    """The second click's form is checked while the first one's password is still being hashed."""
    monkeypatch.setattr(
        "allauth.account.internal.flows.manage_email.assess_unique_email", lambda *a, **k: True
    )
    client.post(SIGNUP, FILLED)
    answer = client.post(SIGNUP, FILLED)
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert User.objects.count() == 1
    assert User.objects.get().consents.count() == 2


def test_the_page_names_the_folder_of_mails_only_without_a_mail_server(client, settings):
    address = reverse("account_email_verification_sent")
    settings.MAIL_STAYS_HERE = True
    assert str(settings.MAIL_FOLDER) in client.get(address).text
    settings.MAIL_STAYS_HERE = False
    assert str(settings.MAIL_FOLDER) not in client.get(address).text


def test_sign_up_is_throttled(client, monkeypatch):
    answers = [client.post(SIGNUP, {}).status_code for _ in range(21)]
    assert answers == [200] * 20 + [429]
