"""The desk's page of the background, and the strip that says that it is late."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.tasks import TaskResultStatus as Status
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult
from selectolax.lexbor import LexborHTMLParser

from articles.jobs import janitor, loop, ticker
from articles.models import Beat, Job
from tests import background, make

pytestmark = pytest.mark.django_db

PAGE = "/admin/articles/job/"
STRIP = "desk-alarm"


@pytest.fixture(autouse=True)
def queue(settings):
    """A queue, a worker that lives, and no job that is due."""
    settings.TASKS = background.QUEUE
    loop.beat("alive")
    ticker.enrol()
    Job.objects.update(next_run_at=timezone.now() + timedelta(hours=1))


@pytest.fixture
def administrator(client):
    person = make.user("administrator", language="en")
    client.force_login(person)
    return person


@pytest.fixture
def failed() -> DBTaskResult:
    background.stumble.enqueue()
    row = DBTaskResult.objects.get()
    row.worker_ids = ["one", "two", "three"]
    row.save()
    row.set_failed(ValueError("No such luck."))
    return row


def fall_silent(delay: timedelta = timedelta(minutes=3)) -> None:
    Beat.objects.update(seen_at=timezone.now() - delay)


def test_the_page_shows_the_queue_the_jobs_and_what_failed(client, administrator, failed) -> None:
    background.add.enqueue(1, 2)
    DBTaskResult.objects.filter(status=Status.READY).update(
        enqueued_at=timezone.now() - timedelta(minutes=7)
    )
    page = client.get(PAGE)
    with translation.override("en"):
        counts = {str(label): number for label, number in page.context["counts"]}
    assert counts == {"Waiting": 1, "Running": 0, "Failed": 1, "Done": 0}
    for words in ("7 minutes", "Search index", "At work since", "No such luck.", "3 attempts"):
        assert words in page.text


def test_the_page_shows_a_job_that_failed(client, administrator) -> None:
    Job.objects.filter(pk="search").update(error="OSError: The disk is full.")
    [error] = LexborHTMLParser(client.get(PAGE).text).css(".desk-table__error")
    assert error.text() == "Error: OSError: The disk is full."
    assert error.parent.parent.css_first("th").text() == "Search index"


def test_the_page_shows_what_failed_and_is_to_be_tried_again(client, administrator) -> None:
    background.stumble.enqueue()
    row = DBTaskResult.objects.get()
    row.worker_ids, row.started_at = ["one"], timezone.now()
    row.save()
    row.set_failed(ValueError("No such luck."))
    assert janitor.try_later(row)
    row.refresh_from_db()
    page = client.get(PAGE).text
    waits = page.split("Waiting for another attempt")[1].split("Failed tasks")[0]
    next_try = timezone.localtime(row.run_after).strftime("%H.%M.%S")
    for words in ("stumble", "No such luck.", "1 attempt,", next_try):
        assert words in waits


def test_no_argument_of_a_task_is_shown(client, administrator) -> None:
    background.wait_for.enqueue("KUNCI-RAHASIA")
    row = DBTaskResult.objects.get()
    row.set_failed(ValueError("No."))
    assert "KUNCI-RAHASIA" not in client.get(PAGE).text
    assert DBTaskResult not in admin.site._registry


@pytest.mark.django_db(transaction=True)
def test_a_failed_task_runs_again(client, administrator, failed) -> None:
    answer = client.post(f"{PAGE}{failed.pk}/again/")
    assert answer["Location"] == PAGE
    failed.refresh_from_db()
    assert (failed.status, failed.worker_ids) == (Status.READY, [])
    call_command("worker", once=True)
    failed.refresh_from_db()
    assert len(failed.worker_ids) == 1


def test_a_second_click_changes_nothing(client, administrator, failed) -> None:
    for _ in range(2):
        answer = client.post(f"{PAGE}{failed.pk}/again/", follow=True)
    assert "somebody was faster" in answer.text
    failed.refresh_from_db()
    assert failed.status == Status.READY


def test_a_link_runs_nothing(client, administrator, failed) -> None:
    assert client.get(f"{PAGE}{failed.pk}/again/").status_code == 405


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_asks_the_same_few_questions_however_long_the_queue(
    client, administrator, failed, rows, django_assert_num_queries
) -> None:
    for number in range(rows):
        background.add.enqueue(number, 2)
    failed.pk = None
    for _ in range(rows):
        failed._state.adding, failed.pk = True, None
        failed.id = DBTaskResult._meta.pk.get_default()
        failed.save()
    client.get(PAGE)
    with django_assert_num_queries(12):
        client.get(PAGE)


def test_the_strip_is_on_every_page_of_the_desk_and_names_the_delay(client) -> None:
    client.force_login(make.user("reporter", language="en"))
    assert STRIP not in client.get("/admin/").text
    fall_silent()
    for path in ("/admin/", "/admin/articles/article/", "/admin/articles/article/add/"):
        page = client.get(path).text
        assert STRIP in page
        assert "no sign of life for 3 minutes" in page
        assert PAGE not in page  # A reporter may not open it.


def test_the_strip_leads_to_the_page_and_sends_the_one_mail(client, administrator) -> None:
    boss = make.user(is_superuser=True)
    fall_silent()
    assert f'href="{PAGE}"' in client.get("/admin/").text.split(STRIP)[1]
    client.get("/admin/")
    assert [letter.to for letter in mail.outbox] == [[boss.email]]


def test_no_reader_sees_the_strip(client) -> None:
    fall_silent()
    client.force_login(make.user())
    for path in ("/", "/akun/", reverse("admin:index")):
        assert STRIP not in client.get(path, follow=True).text


@pytest.mark.parametrize("open_desk", [True, False])
def test_the_strip_is_for_those_who_may_open_the_desk(open_desk) -> None:
    fall_silent()
    context = {"has_permission": open_desk, "user": make.user()}
    assert (STRIP in render_to_string("admin/base_site.html", context)) == open_desk


def test_the_strip_is_one_query(client, settings) -> None:
    client.force_login(make.user("reporter"))
    client.get("/admin/")
    with CaptureQueriesContext(connection) as with_strip:
        client.get("/admin/")
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
    with CaptureQueriesContext(connection) as without:
        client.get("/admin/")
    assert len(with_strip) == len(without) + 1
