"""What the terminal gets, line by line, when strangers knock and when the database is away."""

import logging
import re
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, ProgrammingError
from django.test import Client

from articles import views
from newsroom import logs

TIME = re.compile(r"^\S+ \S+,\d{3} ")


@pytest.fixture
def terminal(monkeypatch):
    """The lines on the terminal, made by the handler that the settings describe."""
    monkeypatch.setattr(logs, "_told", {})
    handler = logging.getHandlerByName("terminal")
    written = StringIO()
    monkeypatch.setattr(handler, "stream", written)
    return lambda: [TIME.sub("", line) for line in written.getvalue().splitlines()]


def front_page_raises(monkeypatch, error: Exception) -> Client:
    def fail(*args: object) -> None:
        raise error

    monkeypatch.setattr(views.frontpage, "compose", fail)
    return Client(raise_request_exception=False)


@pytest.mark.django_db
def test_a_wrong_host_is_a_line(client, terminal, settings) -> None:
    settings.DEBUG = False
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    [line] = terminal()
    assert line.startswith("WARNING django.security.DisallowedHost: Invalid HTTP_HOST header")


@pytest.mark.django_db
def test_a_refusal_is_a_line(terminal, monkeypatch) -> None:
    client = front_page_raises(monkeypatch, PermissionDenied("no"))
    assert client.get("/").status_code == 403
    assert terminal() == ["WARNING django.request: Forbidden (Permission denied): /"]


@pytest.mark.django_db
def test_a_database_that_is_away_is_a_line_a_minute(terminal, monkeypatch) -> None:
    client = front_page_raises(monkeypatch, OperationalError("no route\n\tto host"))
    assert [client.get("/").status_code for _ in range(3)] == [503] * 3
    said = ["ERROR newsroom.logs: The database does not answer. no route to host"]
    assert terminal() == said
    logs._told["The database does not answer."] -= 61
    client.get("/")
    assert terminal() == said * 2


@pytest.mark.django_db
@pytest.mark.parametrize("error", [ProgrammingError("no such column"), RuntimeError("oops")])
def test_an_error_of_our_own_has_its_traceback(terminal, monkeypatch, error) -> None:
    client = front_page_raises(monkeypatch, error)
    assert client.get("/").status_code == 500
    assert "Traceback (most recent call last):" in terminal()


def test_an_error_of_our_own_under_a_form_has_its_traceback_each_time(terminal) -> None:
    for _ in range(2):
        logs.database_failed("The database failed under a form.", ProgrammingError("no column"))
    assert terminal().count("django.db.utils.ProgrammingError: no column") == 2
