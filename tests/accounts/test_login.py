"""One door for readers and staff: log-in, log-out, the throttle, new passwords."""

import re
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext as _

from tests import make

pytestmark = pytest.mark.django_db

LOGIN = "/akun/login/"
WRONG = _("The e-mail address or the password is wrong.")


@pytest.fixture(autouse=True)
def fresh_throttles():
    cache.clear()


@pytest.fixture
def reader():
    return make.user(email="siti@example.com", name="Siti")


def try_login(client, email="siti@example.com", password=make.PASSWORD, **more):
    return client.post(LOGIN, {"login": email, "password": password, **more})


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("typed", ["siti@example.com", "SITI@Example.COM", "  siti@example.com "])
def test_an_address_is_the_same_in_any_case(client, reader, typed):
    answer = try_login(client, typed)
    assert answer["Location"] == reverse("accounts:home")
    assert is_in(client)


def test_log_in_leads_to_where_the_reader_was_going(client, reader):
    assert try_login(client, next="/komentar/tulis/3/?balas=4")["Location"] == (
        "/komentar/tulis/3/?balas=4"
    )


def test_log_in_leads_to_no_other_site(client, reader):
    assert try_login(client, next="https://evil.example/")["Location"] == reverse("accounts:home")


@pytest.mark.parametrize(
    ("email", "password"), [("siti@example.com", "salah"), ("entah@example.com", make.PASSWORD)]
)
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    client, reader, email, password
):
    answer = try_login(client, email, password)
    assert answer.context["form"].non_field_errors() == [WRONG]
    assert email in answer.text
    assert not is_in(client)


def test_the_sixth_wrong_password_is_refused_and_so_is_the_right_one_then(client, reader):
    for _attempt in range(5):
        assert WRONG in try_login(client, password="salah").text
    # Another process is another client: what they share is the cache.
    elsewhere = Client()
    answer = try_login(elsewhere)
    assert (
        _("Too many wrong passwords. Wait five minutes, or choose a new password by mail.")
        in answer.text
    )
    assert not is_in(elsewhere)


def test_the_throttle_is_for_one_address_and_not_for_its_neighbours(client, reader):
    for _attempt in range(6):
        try_login(client, email="budi@example.com", password="salah")
    assert try_login(client).status_code == 302


def test_an_unconfirmed_address_gets_a_new_mail_instead(client, reader):
    reader.emailaddress_set.update(verified=False)
    answer = try_login(client)
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert mail.outbox[0].to == ["siti@example.com"]
    assert not is_in(client)


def test_a_closed_account_stays_outside(client, reader):
    reader.is_active = False
    reader.save()
    answer = try_login(client)
    assert not is_in(client)
    assert answer.status_code in {200, 302}


def test_staff_come_into_the_admin_through_the_same_door(client):
    make.user("editor", email="redaktur@example.com")
    first = client.get("/admin/")
    second = client.get(first["Location"])
    assert second["Location"].startswith(f"{LOGIN}?next=")
    assert unquote(second["Location"]).endswith("next=/admin/")
    answer = try_login(client, "redaktur@example.com", next="/admin/")
    assert answer["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("address", ["/admin/", "/admin/login/?next=/admin/"])
def test_a_reader_at_the_admins_door_is_told_no_once(client, reader, address):
    client.force_login(reader)
    answer = client.get(address, follow=True)
    assert answer.status_code == 403
    assert len(answer.redirect_chain) <= 1


def test_log_out_needs_a_post_and_then_nothing_is_left(client, reader):
    client.force_login(reader)
    assert client.get("/akun/logout/").status_code == 200
    assert is_in(client)
    assert client.post("/akun/logout/")["Location"] == "/"
    assert not is_in(client)


def test_no_message_waits_in_a_cookie_after_log_in_and_log_out(client, reader):
    try_login(client)
    client.post("/akun/logout/")
    assert not client.cookies.get("messages") or client.cookies["messages"].value == ""


def test_a_forgotten_password_is_replaced_by_a_link(client, reader):
    answer = client.post("/akun/password/reset/", {"email": "SITI@example.com"})
    assert answer["Location"] == reverse("account_reset_password_done")
    link = re.search(rf"{re.escape(settings.SITE_URL)}(/\S+key/\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True)
    new = "sandi-baru-yang-panjang-8"
    address = form.redirect_chain[-1][0]
    done = client.post(address, {"password1": new, "password2": new})
    assert done["Location"] == reverse("account_reset_password_from_key_done")
    assert try_login(Client(), password=new).status_code == 302
    assert reverse("account_reset_password") in Client().get(link, follow=True).text


def test_a_forged_host_gets_no_key_to_an_account(client, reader, settings):
    settings.ALLOWED_HOSTS = ["*"]
    client.post("/akun/password/reset/", {"email": reader.email}, headers={"host": "evil.example"})
    assert "evil.example" not in mail.outbox[0].body
    assert f"{settings.SITE_URL}/akun/password/reset/key/" in mail.outbox[0].body


def test_an_unknown_address_gets_the_same_page_and_a_kind_mail(client):
    answer = client.post("/akun/password/reset/", {"email": "entah@example.com"})
    assert answer["Location"] == reverse("account_reset_password_done")
    assert f"{settings.SITE_URL}/akun/signup/" in mail.outbox[0].body


def test_the_page_after_a_reset_names_the_folder_of_mails_only_here(client, settings):
    address = reverse("account_reset_password_done")
    settings.MAIL_STAYS_HERE = True
    assert str(settings.MAIL_FOLDER) in client.get(address).text
    settings.MAIL_STAYS_HERE = False
    assert str(settings.MAIL_FOLDER) not in client.get(address).text
