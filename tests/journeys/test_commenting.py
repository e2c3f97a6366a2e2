"""From a stranger to a comment below an article."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from articles.models import Article
from comments.models import Comment
from tests import make

pytestmark = pytest.mark.django_db

WORDS = "Akhirnya lampu jalan menyala."
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


@pytest.fixture
def article() -> Article:
    cache.clear()
    made = make.live_article(headline="Lampu Jalan Diperbaiki")
    mail.outbox.clear()  # its writer is told that it is out
    return made


def sign_up(client: Client, article: Article) -> None:
    """Through log-in's page to sign-up, the mail and its link."""
    write = client.get(f"/komentar/tulis/{article.pk}/")
    assert write.status_code == 302
    typed = {
        "name": "Siti Pembaca",
        "email": "Siti@Example.com",
        "password1": make.PASSWORD,
        "comment_rules": "on",
        "privacy": "on",
    }
    assert client.post("/akun/signup/", typed).status_code == 302
    [sent] = mail.outbox
    link = re.search(r"http://testserver(/\S+)", str(sent.body))
    assert link
    assert client.get(link.group(1)).status_code == 200
    assert client.post(link.group(1)).status_code == 302


def send(client: Client, article: Article, words: str) -> str:
    """Send the form as it is shown; the page that comes of it."""
    path = f"/komentar/tulis/{article.pk}/"
    fields = dict(HIDDEN.findall(client.get(path).content.decode()))
    return client.post(path, fields | {"body": words}, follow=True).content.decode()


def decide(action: str) -> None:
    """What a moderator's click on the queue sends."""
    client = Client()
    client.force_login(make.user("moderator"))
    queue = "/admin/comments/comment/"
    held = Comment.objects.get()
    assert WORDS in client.get(queue).content.decode()
    data = {"action": action, "index": 0, "_selected_action": held.pk, f"seen-{held.pk}": "held"}
    assert client.post(queue, data).status_code == 302
    assert WORDS not in client.get(queue).content.decode()


def public_page(article: Article) -> str:
    return Client().get(article.get_absolute_url()).content.decode()


def test_a_comment_is_held_until_a_moderator_approves_it(client, article) -> None:
    sign_up(client, article)
    assert User.objects.get(email="siti@example.com").name == "Siti Pembaca"
    assert WORDS in send(client, article, WORDS)
    assert Comment.objects.get().status == Comment.Status.HELD
    assert WORDS not in public_page(article)

    decide("approve")
    page = public_page(article)
    assert WORDS in page
    assert "Siti Pembaca" in page
    assert '<span class="comments__count">(1)</span>' in page
    assert "1 komentar" in Client().get("/").content.decode()
    shown = Client().get(f"/komentar/{Comment.objects.get().pk}/")
    assert shown["Location"].startswith(article.get_absolute_url())


def test_a_rejected_comment_never_shows_and_is_kept(client, article) -> None:
    sign_up(client, article)
    send(client, article, WORDS)
    decide("reject")
    assert WORDS not in public_page(article)
    assert "comments__count" not in public_page(article)
    kept = Comment.objects.get()
    assert (kept.status, kept.body) == (Comment.Status.REJECTED, WORDS)
    assert WORDS in client.get("/akun/").content.decode()
