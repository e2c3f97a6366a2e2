"""A member's own pages: home, name and language, address, password, the wait for a mail."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from accounts.models import has_confirmed_address
from tests import make

pytestmark = pytest.mark.django_db

HOME = "/akun/"


@pytest.fixture(autouse=True)
def fresh_throttles():
    cache.clear()


@pytest.fixture
def reader(client):
    person = make.user(email="siti@example.com", name="Siti")
    client.force_login(person)
    return person


@pytest.mark.parametrize("name", ["accounts:home", "accounts:profile", "accounts:confirm"])
def test_a_stranger_is_sent_to_log_in_and_back(client, name):
    answer = client.get(reverse(name))
    assert answer["Location"] == f"{reverse('account_login')}?next={reverse(name)}"


def test_home_says_who_i_am_and_is_kept_by_no_cache(client, reader):
    answer = client.get(HOME)
    assert "Siti" in answer.text
    assert "siti@example.com" in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer.text


@pytest.mark.parametrize(("role", "shown"), [((), False), (("reporter",), True)])
def test_only_staff_are_shown_the_way_to_the_newsroom(client, role, shown):
    client.force_login(make.user(*role))
    assert ('href="/admin/"' in client.get(HOME).text) is shown


def test_home_lists_my_own_comments_and_nobody_elses(client, reader):
    article = make.live_article()
    make.comment(article, by=reader, body="Kata saya sendiri", status="held")
    make.comment(article, body="Kata orang lain")
    page = client.get(HOME).text
    assert "Kata saya sendiri" in page
    assert article.headline in page
    assert "Kata orang lain" not in page


def test_home_does_not_repeat_the_headline_of_a_withdrawn_article(client, reader):
    article = make.withdrawn_article()
    make.comment(article, by=reader, body="Kata saya")
    page = client.get(HOME).text
    assert "Kata saya" in page
    assert article.headline not in page


def test_home_asks_the_database_the_same_number_of_times_for_many_comments(
    client, reader, django_assert_num_queries
):
    article = make.live_article()
    for _ in range(30):
        make.comment(article, by=reader)
    with django_assert_num_queries(4):  # session, person, menu, comments
        client.get(HOME)


def test_a_reader_changes_her_name_and_has_no_desk_whose_language_to_choose(client, reader):
    answer = client.post("/akun/profil/", {"name": "Siti Rahayu", "language": "en"})
    assert answer["Location"] == HOME
    reader.refresh_from_db()
    assert (reader.name, reader.language) == ("Siti Rahayu", "id")


def test_a_bad_name_comes_back_with_its_error(client, reader):
    answer = client.post("/akun/profil/", {"name": "lihat www.example.net"})
    assert "name" in answer.context["form"].errors
    assert "lihat www.example.net" in answer.text
    reader.refresh_from_db()
    assert reader.name == "Siti"


def test_staff_choose_the_language_of_their_pages(client):
    editor = make.user("editor")
    client.force_login(editor)
    assert '<html lang="id"' in client.get(HOME).text
    client.post("/akun/profil/", {"name": editor.name, "language": "en"})
    assert '<html lang="en"' in client.get(HOME).text


def test_a_password_is_changed_by_whoever_knows_the_old_one(client, reader):
    new = "sandi-baru-yang-panjang-8"
    address = reverse("account_change_password")
    wrong = client.post(address, {"oldpassword": "salah", "password1": new, "password2": new})
    assert "oldpassword" in wrong.context["form"].errors
    data = {"oldpassword": make.PASSWORD, "password1": new, "password2": new}
    assert client.post(address, data)["Location"] == HOME
    reader.refresh_from_db()
    assert reader.check_password(new)
    assert 'role="status"' in client.get(HOME).text


def test_a_new_address_holds_once_it_is_confirmed_and_the_password_is_asked_first(client, reader):
    data = {"action_add": "", "email": "Baru@Example.com"}
    answer = client.post(reverse("account_email"), data)
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert mail.outbox == []

    answer = client.post(answer["Location"], {"password": make.PASSWORD})
    assert "baru@example.com" in client.get(reverse("account_email")).text
    reader.refresh_from_db()
    assert reader.email == "siti@example.com"

    link = re.search(rf"{re.escape(settings.SITE_URL)}(/\S+)", mail.outbox[0].body)[1]
    client.post(link)
    reader.refresh_from_db()
    assert reader.email == "baru@example.com"
    assert has_confirmed_address(reader)
    assert reader.emailaddress_set.count() == 1


def test_whoever_waits_for_a_mail_is_told_and_led_on_afterwards(client, reader):
    reader.emailaddress_set.update(verified=False)
    address = f"{reverse('accounts:confirm')}?next=/komentar/tulis/3/"
    page = client.get(address)
    assert page.status_code == 200
    assert mail.outbox[0].to == ["siti@example.com"]
    assert "next=/komentar/tulis/3/" in page.text
    client.get(address)
    assert len(mail.outbox) == 1
    reader.emailaddress_set.update(verified=True)
    assert client.get(address)["Location"] == "/komentar/tulis/3/"


def test_the_wait_for_a_mail_never_turns_in_a_circle(client, reader):
    """Some other address is confirmed, the account's own is not."""
    reader.emailaddress_set.update(email="lain@example.com")
    answer = client.get(f"{reverse('accounts:confirm')}?next=/komentar/tulis/3/")
    assert answer["Location"] == reverse("account_email")


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_email_verification_sent",
        "account_inactive",
    ],
)
def test_each_page_of_a_stranger_is_in_our_own_look(client, name):
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert "<h1>" in answer.text
    assert "masthead" in answer.text
    assert "noindex" in answer.text
    assert "style=" not in answer.text
    assert "<script" not in answer.text


@pytest.mark.parametrize(
    "name", ["account_email", "account_change_password", "account_logout", "account_reauthenticate"]
)
def test_each_page_of_a_member_is_in_our_own_look(client, reader, name):
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert "<h1>" in answer.text
    assert "masthead" in answer.text
    assert "style=" not in answer.text
    assert "<script" not in answer.text
