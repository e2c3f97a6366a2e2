"""From the form to the reader's own page, and every way that can go."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import consent
from accounts.models import Consent
from articles.guard import writing
from articles.models import Article
from comments import forms, moderation
from comments.models import Comment
from tests import make

pytestmark = pytest.mark.django_db
LOGIN = "/akun/login/"


@pytest.fixture
def article():
    return make.live_article()


@pytest.fixture
def reader(client):
    person = make.user(email="siti@example.com", name="Siti")
    client.force_login(person)
    return person


def write(article) -> str:
    return reverse("comments:write", args=[article.pk])


def change(article, **fields):
    with writing():
        Article.objects.filter(pk=article.pk).update(**fields)


def filled(article, body="Saya setuju.", **more):
    return {"body": body, "stamp": forms.stamp(article.pk), "submission": str(uuid4())} | more


# The good road


def test_a_comment_is_held_and_its_writer_is_told_so_kindly(client, reader, article):
    answer = client.post(write(article), filled(article, "Baris satu\r\nBaris dua"))
    comment = Comment.objects.get()
    assert answer["Location"] == reverse("comments:sent", args=[comment.submission])
    assert (comment.status, comment.author, comment.article) == ("held", reader, article)
    assert comment.body == "Baris satu\nBaris dua"
    page = client.get(answer["Location"])
    assert _("Thank you. Your comment is waiting for a moderator.") in page.text
    assert "Baris satu<br>Baris dua" in page.text
    assert "Baris satu" not in client.get(article.get_absolute_url()).text


def test_the_form_is_kept_by_no_cache_and_by_no_search_engine(client, reader, article):
    answer = client.get(write(article))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"


def test_the_form_has_a_trap_that_people_do_not_see_and_hear_explained(client, reader, article):
    page = client.get(write(article)).text
    assert 'class="visually-hidden"' in page
    assert _("Leave this field empty") in page
    assert "style=" not in page
    assert "<script" not in page


def test_an_answer_stands_below_what_it_answers(client, reader, article):
    parent = make.comment(article, body="Kata pertama")
    address = f"{write(article)}?balas={parent.pk}"
    page = client.get(address)
    assert "Kata pertama" in page.text
    assert f'action="{address}"' in page.text
    client.post(address, filled(article))
    assert Comment.objects.by(reader).get().parent == parent


def test_the_same_form_sent_twice_is_one_comment_and_leads_to_one_page(client, reader, article):
    form = filled(article)
    first, second = client.post(write(article), form), client.post(write(article), form)
    assert first["Location"] == second["Location"]
    assert Comment.objects.count() == 1


def test_each_form_shown_has_a_mark_of_its_own(client, reader, article):
    marks = {
        re.search(r'name="submission" value="([^"]+)"', client.get(write(article)).text)[1]
        for _number in range(2)
    }
    assert len(marks) == 2


def test_a_form_whose_mark_belongs_to_somebody_else_is_a_comment_of_its_own(
    client, reader, article
):
    other = make.comment(article, body="Milik orang lain")
    answer = client.post(write(article), filled(article, submission=str(other.submission)))
    own = Comment.objects.by(reader).get()
    assert answer["Location"] == reverse("comments:sent", args=[own.submission])
    assert own.submission != other.submission


def test_a_filled_trap_is_rejected_and_kept(client, reader, article):
    client.post(write(article), filled(article, website="https://judi.example"))
    comment = Comment.objects.get()
    assert comment.status == "rejected"
    assert comment.reasons


def test_tricks_are_judged_before_they_are_dropped(client, reader, article):
    client.post(write(article), filled(article, "ju\u200bdi dan \u202eteks", website="\x00x"))
    comment = Comment.objects.get()
    assert comment.body == "judi dan teks"
    rules_seen = {reason["rule"] for reason in comment.reasons}
    assert {"fancy_or_invisible_script", "filled_honeypot"} <= rules_seen


def test_the_rules_are_told_what_they_judge_by(client, reader, article, monkeypatch):
    seen = []
    judge = moderation_rules().judge
    monkeypatch.setattr("comments.rules.judge", lambda s: seen.append(s) or judge(s))
    make.comment(article, by=reader, body="Milik sendiri, di tempat ini", status="held")
    make.comment(make.live_article(), by=reader, body="Milik sendiri, di tempat lain")
    make.comment(article, body="Milik orang lain, di sini")
    make.comment(make.live_article(), body="Milik orang lain, di sana")
    client.post(write(article), filled(article, "Halo"))
    (submission,) = seen
    assert (submission.body, submission.honeypot, submission.first_comment) == ("Halo", "", False)
    assert submission.age_seconds == pytest.approx(0, abs=5)
    assert set(submission.recent_bodies) == {
        "Milik sendiri, di tempat ini",
        "Milik sendiri, di tempat lain",
        "Milik orang lain, di sini",
    }


def moderation_rules():
    from comments import rules

    return rules


# Bad input: a clear word, and the text stays


@pytest.mark.parametrize("body", ["", " \n ", "x" * 2001])
def test_a_bad_text_comes_back_with_its_error(client, reader, article, body):
    form = filled(article, body)
    answer = client.post(write(article), form)
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"body"}
    assert body.strip() in answer.text
    assert form["submission"] in answer.text
    assert form["stamp"] in answer.text
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"comments_mode": "closed"},
        {"comments_close_at": timezone.now() - timedelta(minutes=1)},
    ],
)
def test_a_closed_article_takes_no_comment_and_gives_the_text_back(client, reader, article, fields):
    change(article, **fields)
    answer = client.post(write(article), filled(article, "Kata-kata saya"))
    assert answer.status_code == 200
    assert "Kata-kata saya" in answer.text
    assert _("Comments are closed") in answer.text
    assert not Comment.objects.exists()


def test_comments_that_close_tomorrow_are_open_today(client, reader, article):
    change(article, comments_close_at=timezone.now() + timedelta(days=1))
    client.post(write(article), filled(article))
    assert Comment.objects.count() == 1


def gone():
    return make.withdrawn_article()


def ahead():
    return make.scheduled_article(timezone.now() + timedelta(hours=1))


@pytest.mark.parametrize("build", [make.draft, gone, ahead])
def test_an_article_that_readers_do_not_see_takes_no_comments(client, reader, build):
    article = build()
    assert client.get(write(article)).status_code == 404
    assert client.post(write(article), filled(article)).status_code == 404
    assert not Comment.objects.exists()


@pytest.mark.parametrize("pk", [0, 999_999, 10**25])
def test_no_article_is_a_404(client, reader, pk):
    assert client.get(f"/komentar/tulis/{pk}/").status_code == 404


@pytest.mark.parametrize("status", ["held", "rejected"])
def test_what_is_not_shown_cannot_be_answered(client, reader, article, status):
    hidden = make.comment(article, body="Rahasia", status=status)
    address = f"{write(article)}?balas={hidden.pk}"
    assert "Rahasia" not in client.get(address).text
    answer = client.post(address, filled(article, "Jawaban saya"))
    assert answer.context["problem"]
    assert "Jawaban saya" in answer.text
    assert "balas=" not in answer.text.split("<form")[1]
    assert Comment.objects.by(reader).count() == 0


@pytest.mark.parametrize("asked", ["abc", "-1", "٣", "9" * 30, "0", "\x00"])
def test_a_spoilt_address_of_an_answer_is_told_and_no_500(client, reader, article, asked):
    answer = client.post(f"{write(article)}?balas={asked}", filled(article))
    assert answer.status_code == 200
    assert answer.context["problem"]
    assert not Comment.objects.exists()


def test_a_comment_of_another_article_cannot_be_answered_here(client, reader, article):
    other = make.comment(make.live_article())
    answer = client.post(f"{write(article)}?balas={other.pk}", filled(article))
    assert answer.context["problem"]
    assert not Comment.objects.by(reader).exists()


# Who may: the doors before the form, text in hand


def test_a_stranger_is_led_to_log_in_and_back(client, article):
    answer = client.get(write(article))
    assert answer["Location"] == f"{LOGIN}?next={write(article)}"


def test_a_strangers_text_makes_no_row_and_waits_until_she_has_logged_in(client, article):
    make.user(email="siti@example.com")
    parent = make.comment(article, body="Kata pertama")
    address = f"{write(article)}?balas={parent.pk}"
    form = filled(article, "Jangan hilangkan kata-kata ini")
    answer = client.post(address, form)
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{LOGIN}?next=")
    assert Comment.objects.count() == 1

    page = client.get(answer["Location"])
    onward = re.search(r'name="next" value="([^"]+)"', page.text)[1]
    login = {"login": "siti@example.com", "password": make.PASSWORD, "next": onward}
    back = client.post(LOGIN, login)
    assert back["Location"] == address
    page = client.get(back["Location"])
    assert "Jangan hilangkan kata-kata ini" in page.text
    assert form["stamp"] in page.text
    assert _("Your text is still here. Read it once more, then send it.") in page.text

    client.post(address, form)
    assert Comment.objects.get(body="Jangan hilangkan kata-kata ini").parent == parent
    assert "Jangan hilangkan kata-kata ini" not in client.get(write(article)).text


def test_a_strangers_text_waits_through_sign_up_and_confirmation(client, article):
    cache.clear()
    form = filled(article, "Kata-kata pertama saya di sini")
    door = client.post(write(article), form)["Location"]
    signup = re.search(r'href="(/akun/signup/[^"]*)"', client.get(door).text)[1]
    onward = re.search(r'name="next" value="([^"]+)"', client.get(signup).text)[1]
    person = {"name": "Budi", "email": "budi@example.com", "password1": make.PASSWORD}
    agreed = {"comment_rules": "on", "privacy": "on", "next": onward}
    client.post(signup, person | agreed)
    link = re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)[1]
    answer = client.post(link)
    assert answer["Location"] == write(article)
    assert "Kata-kata pertama saya di sini" in client.get(answer["Location"]).text


def test_a_session_that_ended_midway_takes_the_same_road(client, reader, article):
    client.get(write(article))
    client.logout()
    answer = client.post(write(article), filled(article, "Masih ada"))
    assert answer["Location"].startswith(LOGIN)
    client.force_login(reader)
    assert "Masih ada" in client.get(write(article)).text


def test_somebody_elses_log_in_does_not_inherit_the_text(client, reader, article):
    reader.emailaddress_set.update(verified=False)
    client.post(write(article), filled(article, "Milik Siti seorang"))
    client.logout()
    client.force_login(make.user())
    assert "Milik Siti seorang" not in client.get(write(article)).text


def test_an_unconfirmed_address_comes_first_and_the_text_waits(client, reader, article):
    reader.emailaddress_set.update(verified=False)
    answer = client.post(write(article), filled(article, "Tunggu sebentar"))
    assert answer["Location"] == f"{reverse('accounts:confirm')}?next={write(article)}"
    assert not Comment.objects.exists()
    reader.emailaddress_set.update(verified=True)
    assert "Tunggu sebentar" in client.get(write(article)).text


def test_agreement_comes_first_and_the_text_waits(client, reader, article):
    Consent.objects.all().delete()
    answer = client.post(write(article), filled(article, "Tunggu sebentar"))
    assert answer["Location"].startswith(reverse("accounts:consent"))
    assert not Comment.objects.exists()
    agreed = {"comment_rules": "on", "privacy": "on", "next": write(article)}
    back = client.post(answer["Location"], agreed)
    assert back["Location"] == write(article)
    assert "Tunggu sebentar" in client.get(write(article)).text


def test_a_new_wording_is_agreed_to_before_the_next_comment(client, reader, article, monkeypatch):
    client.post(write(article), filled(article))
    assert Comment.objects.count() == 1
    monkeypatch.setattr(consent, "VERSION", "2027-01")
    answer = client.post(write(article), filled(article, "Satu lagi"))
    assert answer["Location"].startswith(reverse("accounts:consent"))
    assert Comment.objects.count() == 1


def test_few_texts_wait_and_none_is_endless(client, article):
    for number in range(5):
        client.post(write(make.live_article()), {"body": f"Naskah {number}" + "x" * 50_000})
    kept = client.session["comment_drafts"]
    assert [draft["body"][:8] for draft in kept.values()] == ["Naskah 2", "Naskah 3", "Naskah 4"]
    assert all(len(draft["body"]) == 20_000 for draft in kept.values())


def test_a_void_token_gives_the_text_back(article):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.user())
    form = filled(article, "Setuju!")
    answer = client.post(write(article), form)
    assert answer.status_code == 403
    assert "Setuju!" in answer.text
    assert form["stamp"] not in answer.text
    assert form["submission"] not in answer.text
    assert f'href="{write(article)}"' in answer.text
    assert not Comment.objects.exists()


# What became of it


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("held", "Thank you. Your comment is waiting for a moderator."),
        ("approved", "Your comment is published."),
        ("rejected", "Your comment was not accepted."),
    ],
)
def test_the_writers_page_says_how_it_stands(client, reader, article, status, words):
    comment = make.comment(article, by=reader, body="Kata saya", status=status)
    answer = client.get(reverse("comments:sent", args=[comment.submission]))
    assert _(words) in answer.text
    assert "Kata saya" in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"


def test_nobody_else_sees_the_writers_page(client, reader, article):
    theirs = make.comment(article, body="Rahasia", status="held")
    address = reverse("comments:sent", args=[theirs.submission])
    assert client.get(address).status_code == 404
    client.force_login(make.user("moderator"))
    assert client.get(address).status_code == 404
    client.logout()
    answer = client.get(address)
    assert answer["Location"].startswith(LOGIN)


def test_the_writers_page_names_no_withdrawn_article(client, reader):
    article = make.withdrawn_article()
    comment = make.comment(article, by=reader, body="Kata saya")
    page = client.get(reverse("comments:sent", args=[comment.submission])).text
    assert "Kata saya" in page
    assert article.headline not in page


# The way to a comment


def test_a_shown_comments_address_leads_to_its_place(client, article):
    comment = make.comment(article)
    answer = client.get(comment.get_absolute_url())
    assert answer.status_code == 302
    assert answer["Location"] == f"{article.get_absolute_url()}#komentar-{comment.pk}"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("status", ["held", "rejected"])
def test_what_is_not_shown_has_no_address_but_for_its_writer(client, article, status):
    person = make.user()
    comment = make.comment(article, by=person, status=status)
    assert client.get(comment.get_absolute_url()).status_code == 404
    client.force_login(make.user())
    assert client.get(comment.get_absolute_url()).status_code == 404
    client.force_login(person)
    answer = client.get(comment.get_absolute_url())
    assert answer["Location"] == reverse("comments:sent", args=[comment.submission])


def test_a_comment_on_a_withdrawn_article_betrays_no_address(client):
    comment = make.comment(make.withdrawn_article())
    assert client.get(comment.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("address", ["/komentar/0/", "/komentar/99999999999999999999999/"])
def test_no_comment_is_a_404(client, address):
    assert client.get(address).status_code == 404


def test_an_approved_comment_is_on_the_page_at_once(client, reader, article):
    client.post(write(article), filled(article, "Akhirnya tampil"))
    moderation.approve(Comment.objects.get(), make.user("moderator"))
    assert "Akhirnya tampil" in Client().get(article.get_absolute_url()).text
