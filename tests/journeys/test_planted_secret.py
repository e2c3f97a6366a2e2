"""A planted string in a confidential note: looked for wherever a text of this paper can go.

The same looks find a word of the article's own text, so that none of them is blind.
"""

import json
import logging
from io import StringIO
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.log import AdminEmailHandler
from selectolax.lexbor import LexborHTMLParser

from accounts import roles
from articles import confidential, words, workflow
from articles.models import Article, ConfidentialNote, Outbox, Revision, SearchDocument
from tests import desk, make

SECRET = "NARASUMBERKITABUANI"
# What stands in the article itself, for everybody at the desk to read.
OPEN = "HALAMANPASARLAMA"
PAGES = "/admin/articles/confidentialnote/"
MOST_PAGES = 120
# Whoever runs the machine, and everybody with a role but the chief editor.
NOT_NAMED = ["anonymous", "reader", *(code for code in roles.ROLES if code != "chief_editor")]
NOT_NAMED += ["superuser"]


def client_of(role: str) -> Client:
    client = Client()
    if role != "anonymous":
        is_super = role == "superuser"
        held = {role} & set(roles.ROLES)
        client.force_login(make.user(*held, is_superuser=is_super, is_staff=is_super))
    return client


def work_with_it() -> ConfidentialNote:
    """A reporter's day with a note: written, refused, read, changed, shared; then published."""
    reporter = make.user("reporter")
    client = Client()
    client.force_login(reporter)
    article = make.complete(reporter, headline=f"Banjir {OPEN}", body=f"<p>{OPEN}</p>")
    of_article = f"{PAGES}article/{article.pk}/"
    client.post(f"{of_article}add/", {"text": f"{SECRET} " * 2000})  # Too long: given back.
    client.post(f"{of_article}add/", {"text": f"Dari {SECRET} kemarin."})
    note = ConfidentialNote.objects.get()
    colleague = make.user("editor")
    client.post(f"{PAGES}{note.pk}/readers/", {"readers": [reporter.pk, colleague.pk]})
    client.get(f"{PAGES}{note.pk}/")
    client.post(f"{PAGES}{note.pk}/edit/", {"text": f"{SECRET} lagi.", "base_version": 1})
    client.post(f"{PAGES}{note.pk}/edit/", {"text": f"{SECRET} terlambat.", "base_version": 1})
    outside = Client(enforce_csrf_checks=True)
    outside.force_login(reporter)
    outside.post(f"{of_article}add/", {"text": f"{SECRET} token lama."})
    Client().post(f"{of_article}add/", {"text": f"{SECRET} sesi habis.", "shown_to": "x"})
    desk.save(client, article, headline=f"Banjir besar {OPEN}")
    article.refresh_from_db()
    workflow.publish(workflow.submit(article, reporter), colleague)
    note.refresh_from_db()
    return note


def crawl(client: Client) -> dict[str, str]:
    """All that this person reads at the desk by following links from its first page."""
    seen: dict[str, str] = {}
    waiting = ["/admin/", "/", "/cari/?q=banjir", "/feed/", "/sitemap.xml"]
    while waiting and len(seen) < MOST_PAGES:
        # Another order or filter of a list comes after all that is not.
        address = min(waiting, key=lambda href: bool(urlsplit(href).query))
        waiting.remove(address)
        if address in seen:
            continue
        answer = client.get(address)
        seen[address] = answer.getvalue().decode(errors="replace")
        if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
            waiting += links(address, seen[address])
    return seen


def links(base: str, page: str) -> list[str]:
    found = [node.attributes["href"] or "" for node in LexborHTMLParser(page).css("a[href]")]
    absolute = [urljoin(base, href).partition("#")[0] for href in found]
    return [href for href in absolute if href.startswith("/") and "/logout" not in href]


# Pages


@pytest.mark.django_db
@pytest.mark.parametrize("role", NOT_NAMED)
def test_nobody_else_finds_it_on_any_page(role):
    note = work_with_it()
    client = client_of(role)
    guessed = [f"{PAGES}{note.pk}/{page}" for page in ("", "edit/", "readers/")]
    guessed += [f"{PAGES}article/{note.article_id}/", f"{PAGES}article/{note.article_id}/add/"]
    guessed += [f"/admin/articles/article/?q={SECRET}", f"/cari/?q={SECRET}"]
    guessed += [f"/admin/accounts/auditentry/?q={SECRET}"]
    pages = crawl(client)
    pages |= {address: client.get(address).getvalue().decode() for address in guessed}
    # The question is echoed in the field of a search: that is the asker's own word.
    told = {
        a: p.replace(f'value="{SECRET}"', "").replace(f"q={SECRET}", "") for a, p in pages.items()
    }
    leaks = [address for address, page in told.items() if SECRET in page and SECRET not in address]
    assert leaks == []
    assert any(OPEN in page for page in pages.values())
    if role not in {"anonymous", "reader", "contributor"}:
        assert len(pages) > 20
        assert f"/admin/articles/article/{note.article_id}/change/" in pages


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["administrator", "chief_editor", "superuser"])
def test_it_is_in_no_export_of_the_audit_log(role):
    work_with_it()
    answer = client_of(role).post("/admin/accounts/auditentry/export/")
    taken = b"".join(answer.streaming_content).decode()
    assert "note.open" in taken
    assert SECRET not in taken


@pytest.mark.django_db
def test_the_chief_editor_finds_it_where_it_is():
    note = work_with_it()
    client = client_of("chief_editor")
    assert SECRET in client.get(f"{PAGES}{note.pk}/").content.decode()
    assert f"{PAGES}{note.pk}/" in crawl(client)


# What is stored


@pytest.mark.django_db
def test_it_is_in_no_revision_search_row_or_announcement():
    work_with_it()
    for rows in (Revision, SearchDocument, Outbox, Article):
        assert rows.objects.exists()
        assert SECRET not in str(list(rows.objects.values()))
    assert OPEN in json.dumps(list(Revision.objects.values_list("content", flat=True)))


@pytest.mark.django_db
def test_it_is_in_no_column_of_any_table():
    work_with_it()
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = {}
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found[table] = " ".join(map(legible, cursor.fetchall()))
    assert [table for table, text in found.items() if SECRET in text] == []
    assert OPEN in found["articles_article"]


def legible(row: tuple) -> str:
    """A row as text, bytes and PostgreSQL's views of bytes read letter by letter."""
    cells = [bytes(cell) if isinstance(cell, memoryview) else cell for cell in row]
    return " ".join(
        cell.decode("latin-1") if isinstance(cell, bytes) else str(cell) for cell in cells
    )


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_it_is_in_no_byte_of_sqlites_files():
    work_with_it()
    path = Path(connection.settings_dict["NAME"])
    files = [path, *path.parent.glob(f"{path.name}-*")]
    stored = b"".join(file.read_bytes() for file in files)
    assert OPEN.encode() in stored
    assert SECRET.encode() not in stored


@pytest.mark.django_db
def test_a_dump_of_all_data_holds_bytes_alone():
    note = work_with_it()
    out = StringIO()
    call_command("dumpdata", stdout=out)
    dumped = json.loads(out.getvalue())
    assert SECRET not in out.getvalue()
    assert OPEN in out.getvalue()
    (row,) = [row for row in dumped if row["model"] == "articles.confidentialnote"]
    assert row["pk"] == note.pk


# What is told


@pytest.mark.django_db
def test_it_is_in_no_mail_and_no_line_of_any_log(caplog):
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection):
        logging.getLogger("django.db.backends").setLevel(logging.DEBUG)
        work_with_it()
    lines = "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert "articles_confidentialnote" in lines
    assert OPEN in lines
    assert SECRET not in lines
    assert SECRET not in "".join(str(message.message()) for message in mail.outbox)


FAILURES = {
    "in the form's own view": (confidential, "add"),
    "deep below it": (words, "clean"),
    "while it is stored": (confidential, "_tell"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("where", FAILURES)
@pytest.mark.parametrize("debug", [False, True])
def test_it_is_in_no_report_of_an_error(where, debug, monkeypatch, settings, caplog):
    settings.DEBUG, settings.ADMINS = debug, ["jaga@example.com"]
    person = make.user("editor")
    article = make.complete()
    client = Client(raise_request_exception=False)
    client.force_login(person)
    handler = AdminEmailHandler(include_html=True)
    logging.getLogger("django.request").addHandler(handler)

    def fail(*args, **kwargs):
        kept = args
        raise RuntimeError(f"{len(kept)} arguments")

    monkeypatch.setattr(*FAILURES[where], fail)
    try:
        answer = client.post(f"{PAGES}article/{article.pk}/add/", {"text": SECRET})
    finally:
        logging.getLogger("django.request").removeHandler(handler)
    assert answer.status_code == 500
    (report,) = mail.outbox
    html = report.alternatives[0][0]
    assert "RuntimeError" in html
    for told in (html, str(report.body), answer.content.decode(), caplog.text):
        assert SECRET not in told
