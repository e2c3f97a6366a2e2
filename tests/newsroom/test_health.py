import logging

import pytest
from django.db import DatabaseError
from django.db.migrations.executor import MigrationExecutor


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
    with caplog.at_level(logging.ERROR, logger="newsroom.views"):
        answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"database")
    assert "The database does not answer." in caplog.text


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
