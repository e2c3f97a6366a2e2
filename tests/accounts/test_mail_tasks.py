"""Mails as tasks: what is kept of a request until a worker has time."""

import json

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from accounts.adapter import AccountAdapter, plain
from tests import background, make

# A worker closes its connections: in one transaction there would be nothing left to it.
pytestmark = pytest.mark.django_db(transaction=True)

PREFIX = "account/email/password_reset_key"


@pytest.fixture
def queue(settings):
    settings.TASKS = background.QUEUE


def send(person, **context) -> None:
    context |= {"user": person, "password_reset_url": "https://koran.example/kunci"}
    AccountAdapter().send_mail(PREFIX, person.email, context)


def test_a_mail_keeps_the_language_of_its_request(queue) -> None:
    person = make.user(name="Siti")
    with translation.override("en"):
        send(person)
    with translation.override("id"):
        call_command("worker", once=True)
    [letter] = mail.outbox
    assert letter.subject.endswith("Choose a new password")
    assert letter.body.startswith("Hello Siti,")
    assert "https://koran.example/kunci" in letter.body


def test_a_mail_is_enqueued_with_its_transaction_or_not_at_all(queue) -> None:
    with transaction.atomic():
        send(make.user())
        transaction.set_rollback(True)
    assert not DBTaskResult.objects.exists()


def test_nothing_but_texts_and_the_name_is_kept(rf) -> None:
    person = make.user(name="Siti")
    kept = plain({"user": person, "request": rf.get("/"), "key": "abc", "current_site": None})
    assert json.loads(json.dumps(kept)) == {"user": {"name": "Siti"}, "key": "abc"}


def test_a_mail_server_that_refuses_is_asked_again(queue, monkeypatch) -> None:
    def refuse(*args, **kwargs) -> int:
        raise OSError("refused")

    send(make.user())
    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    call_command("worker", once=True)
    row = DBTaskResult.objects.get()
    assert (row.status, len(row.worker_ids)) == ("READY", 1)
    assert "OSError: refused" in row.traceback
    assert mail.outbox == []
