import logging
from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles import jobs
from articles.jobs import loop
from articles.models import Beat, Job, Outbox
from tests import background


def test_a_process_that_answers_is_alive_without_asking_the_database(client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_a_migrated_paper_is_ready(client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_a_paper_that_waits_for_migrations_is_not_ready(client, monkeypatch) -> None:
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *args: [("one", False)])
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"migrations")


@pytest.mark.django_db
def test_a_paper_without_its_database_is_not_ready(client, monkeypatch, caplog) -> None:
    def fail(*args: object) -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(MigrationExecutor, "__init__", fail)
    with caplog.at_level(logging.ERROR, logger="newsroom.logs"):
        answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"database")
    assert "The database does not answer." in caplog.text


def figures(client) -> dict[str, int]:
    answer = client.get("/healthz/background")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/plain")
    assert "no-store" in answer.headers["Cache-Control"]
    return {name: int(number) for name, number in map(str.split, answer.text.splitlines())}


@pytest.mark.django_db
def test_the_figures_of_a_background_at_work_are_quiet(client, settings) -> None:
    settings.TASKS = background.QUEUE
    loop.beat("alive")
    assert figures(client) == {
        "alarm": 0,
        "worker_silent_seconds": 0,
        "oldest_task_seconds": 0,
        "failed_tasks": 0,
        "late_jobs": 0,
        "late_job_seconds": 0,
        "outbox_oldest_seconds": 0,
    }


@pytest.mark.django_db
def test_the_figures_name_each_delay_and_asking_sends_the_mail(client, settings) -> None:
    settings.TASKS, settings.ALARM_EMAILS = background.QUEUE, ["jaga@example.com"]
    ago = [timezone.now() - timedelta(minutes=minutes) for minutes in range(6)]
    Beat.objects.create(worker_id="silent", seen_at=ago[5])
    Job.objects.create(name="search", next_run_at=ago[4])
    background.add.enqueue(1, 2)
    DBTaskResult.objects.update(enqueued_at=ago[3])
    Outbox.objects.create(kind="changed", payload={}, created_at=ago[2])
    background.stumble.enqueue()
    DBTaskResult.objects.latest("enqueued_at").set_failed(ValueError("No."))
    found = figures(client)
    assert (found["alarm"], found["failed_tasks"], found["late_jobs"]) == (1, 1, 1)
    delays = ("worker_silent", "late_job", "oldest_task", "outbox_oldest")
    assert [found[f"{name}_seconds"] // 60 for name in delays] == [5, 4, 3, 2]
    assert [letter.to for letter in mail.outbox] == [["jaga@example.com"]]


@pytest.mark.django_db
def test_without_its_database_the_background_has_no_figures(client, monkeypatch, caplog) -> None:
    def fail() -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(jobs, "watch", fail)
    with caplog.at_level(logging.ERROR, logger="newsroom.logs"):
        assert client.get("/healthz/background").status_code == 503


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_asked_and_not_posted(client, path) -> None:
    assert client.post(path).status_code == 405


@pytest.mark.django_db
def test_robots_are_told_what_is_not_theirs(client, settings) -> None:
    settings.SITE_URL, settings.DEBUG = "https://koran.example", True
    answer = client.get("/robots.txt")
    lines = answer.content.decode().splitlines()
    assert answer.headers["Content-Type"] == "text/plain"
    assert lines[0] == "User-agent: *"
    for path in ("/admin/", "/akun/", "/komentar/", "/cari/"):
        assert f"Disallow: {path}" in lines
    assert "Sitemap: https://koran.example/sitemap.xml" in lines
