"""The audit log on the desk: who reads it, what it can be asked, and what is taken home."""

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from accounts import audit, roles
from accounts.admin.words import VERBS
from accounts.models import AuditEntry
from tests import make

pytestmark = pytest.mark.django_db

LIST = "/admin/accounts/auditentry/"
EXPORT = f"{LIST}export/"
READERS = {"chief_editor", "administrator", "superuser"}
EVERYBODY = ["anonymous", "reader", *roles.ROLES, "superuser"]


def log_in(client, role):
    if role == "anonymous":
        return None
    is_super = role == "superuser"
    person = make.user(*({role} & set(roles.ROLES)), is_superuser=is_super, is_staff=is_super)
    client.force_login(person)
    return person


@pytest.fixture
def chief(client):
    return log_in(client, "chief_editor")


def entry(action="section.change", **fields) -> AuditEntry:
    at = fields.pop("at", None)
    made = audit.entry(action, **fields)
    made.at = at or made.at
    made.save()
    return made


def shown(client, query="") -> list[AuditEntry]:
    answer = client.get(f"{LIST}{query}")
    assert answer.status_code == 200
    return list(answer.context["cl"].result_list)


def exported(client, query="") -> list[list[str]]:
    answer = client.post(f"{EXPORT}{query}")
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode()
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"))))[1:]


# Who


@pytest.mark.parametrize("role", EVERYBODY)
def test_who_reads_the_log(client, role):
    log_in(client, role)
    entry(text="Kanal Metro")
    seen = b"Kanal Metro" in client.get(LIST).getvalue()
    assert seen == (role in READERS)


@pytest.mark.parametrize("role", EVERYBODY)
def test_who_takes_it_home(client, role):
    log_in(client, role)
    entry(text="Kanal Metro")
    answer = client.post(EXPORT)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert (answer.streaming and b"Kanal Metro" in body) == (role in READERS)
    assert AuditEntry.objects.filter(group="audit").exists() == (role in READERS)


def test_a_link_takes_nothing_home(client, chief):
    assert client.get(EXPORT).status_code == 403


@pytest.mark.parametrize("role", EVERYBODY)
def test_nobody_writes_it(client, role):
    log_in(client, role)
    row = entry(text="Kanal Metro")
    number = AuditEntry.objects.exclude(group="login").count()
    forged = {"verb": "forged", "actor_name": "Orang lain", "post": "yes", "details": "{}"}
    forged |= {"action": "delete_selected", "_selected_action": row.pk, "index": 0}
    pages = [LIST, f"{LIST}add/", f"{LIST}{row.pk}/change/", f"{LIST}{row.pk}/delete/"]
    for page in pages:
        client.post(page, forged)
    assert AuditEntry.objects.exclude(group="login").count() == number
    assert AuditEntry.objects.values().get(pk=row.pk)["verb"] == "change"


# What it can be asked


@pytest.fixture
def three(chief):
    """A section renamed late on the 28th, a log-in after midnight, and a comment at noon (WIB)."""
    editor = make.user("editor", name="Bu Redaktur", email="redaktur@example.com")
    section = make.section("metro")
    return [
        entry(
            "section.change",
            by=editor,
            target=section,
            text="Metro",
            at=datetime(2026, 3, 28, 16, 30, tzinfo=UTC),
        ),
        entry(
            "login.in",
            by=chief,
            target=chief,
            text="Pemred",
            at=datetime(2026, 3, 28, 17, 30, tzinfo=UTC),
        ),
        entry(
            "comment.reject",
            by=editor,
            details={"article": 7},
            at=datetime(2026, 3, 29, 5, 0, tzinfo=UTC),
        ),
    ]


QUESTIONS = {
    "a group": (lambda e, s: "?group=comment", [2]),
    "a person by number": (lambda e, s: f"?person={e.pk}", [2, 0]),
    "a person by address": (lambda e, s: "?person=Redaktur@example.com", [2, 0]),
    "a thing": (lambda e, s: f"?kind=section&number={s.pk}", [0]),
    "a kind of thing": (lambda e, s: "?kind=section", [0]),
    "from a day": (lambda e, s: "?since=2026-03-29&until=2026-04-01", [2, 1]),
    "until a day": (lambda e, s: "?until=2026-03-28", [0]),
    "one day": (lambda e, s: "?since=2026-03-28&until=2026-03-28", [0]),
    "a person on a day": (lambda e, s: f"?person={e.pk}&since=2026-03-29", [2]),
    "words": (lambda e, s: "?q=metro", [0]),
    "a name": (lambda e, s: "?q=redaktur", [2, 0]),
    "words of a group": (lambda e, s: "?q=redaktur&group=comment", [2]),
    "nobody of that address": (lambda e, s: "?person=siapa@example.com", []),
    "no day at all": (lambda e, s: "?since=kemarin", []),
    "no such group": (lambda e, s: "?group=palsu", []),
    "a number that is none": (lambda e, s: "?person=99999999999999999999", []),
}  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_finds_its_rows_and_the_export_the_same(client, three, question):
    address, numbers = QUESTIONS[question]
    query = address(three[0].actor, make.section("metro"))
    ours = [row.pk for row in three]
    found = [row.pk for row in shown(client, query) if row.pk in ours]
    assert found == [ours[number] for number in numbers]
    taken = [row[0] for row in exported(client, query)]
    times = {row.at.isoformat(): row.pk for row in three}
    assert [times[time] for time in taken if time in times] == found


def test_the_filters_stay_in_the_address(client, three):
    entries = [entry(text=f"Metro {number}", by=three[0].actor) for number in range(60)]
    query = f"?group=section&person={three[0].actor_id}&since=2026-03-01"
    page = LexborHTMLParser(client.get(f"{LIST}{query}&q=metro").content.decode())
    field = {node.attributes.get("name"): node for node in page.css(".audit-filter :is(input)")}
    assert field["person"].attributes["value"] == str(three[0].actor_id)
    assert field["since"].attributes["value"] == "2026-03-01"
    assert field["q"].attributes["value"] == "metro"
    chosen = page.css_first(".audit-filter select[name=group] option[selected]")
    assert chosen.attributes["value"] == "section"
    further = page.css_first(".paginator a:not([aria-current])").attributes["href"]
    assert all(part in further for part in ("group=section", "since=2026-03-01", "q=metro"))
    assert "group=section" in page.css_first(".audit-export").attributes["action"]
    hidden = {n.attributes["name"] for n in page.css("#changelist-search input[type=hidden]")}
    assert {"group", "person", "since"} <= hidden
    assert len(shown(client, further)) == len(entries) + 1 - 50


def test_a_wrong_question_is_told_beside_its_field(client, chief):
    page = LexborHTMLParser(client.get(f"{LIST}?person=siapa@example.com").content.decode())
    assert page.css_first(".audit-filter .errorlist") is not None


def test_the_rows_say_what_was_done_in_words(client, three):
    page = LexborHTMLParser(client.get(f"{LIST}?group=section").content.decode())
    cells = {node.attributes["class"]: node.text(strip=True) for node in page.css("tbody td")}
    assert cells["field-moment"].endswith("23.30.00 WIB")
    assert cells["field-who"] == "Bu Redaktur"
    link = page.css_first("td.field-thing a").attributes["href"]
    assert shown(client, link) == [three[0]]


def test_markup_in_a_name_stays_text(client, chief):
    entry(text="<script>alert(1)</script>", details={"name": ["<b>", "<i>"]})
    assert b"<script>alert(1)" not in client.get(LIST).content


# What is taken home


def test_the_export_has_codes_utc_and_no_formula(client, chief):
    row = entry(by=chief, text="=HYPERLINK(1)", details={"slug": ["kota", "metro"]})
    (taken,) = exported(client, "?group=section")
    assert taken == [
        row.at.isoformat(),
        "section.change",
        str(chief.pk),
        chief.name,
        "",
        "",
        "",
        "'=HYPERLINK(1)",
        '{"slug": ["kota", "metro"]}',
    ]


def test_taking_it_home_is_written_down_with_the_question(client, chief):
    exported(client, "?group=section&q=metro")
    row = AuditEntry.objects.get(group="audit")
    assert (row.action, row.actor, row.details) == (
        "audit.export",
        chief,
        {"group": "section", "q": "metro"},
    )


def test_the_export_is_a_file_that_nobody_keeps(client, chief):
    answer = client.post(EXPORT)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="audit-')
    assert "no-store" in answer.headers["Cache-Control"]
    answer.close()


# What it costs


@pytest.mark.parametrize("query", ["", "?group=section", "?q=metro", "?since=2026-01-01&kind=tag"])
def test_the_list_costs_the_same_for_ten_rows_and_for_many(client, chief, query):
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            shown(client, query)
        return len(queries)

    editor = make.user("editor")
    audit.record_all([audit.entry("section.change", by=editor, text="Metro") for _ in range(10)])
    few = cost()
    audit.record_all([audit.entry("section.change", by=editor, text="Metro") for _ in range(300)])
    assert cost() == few
    assert few <= 8


def test_all_rows_are_taken_home_with_one_query_for_them(client, chief):
    audit.record_all([audit.entry("section.change", text="Metro") for _ in range(2500)])
    with CaptureQueriesContext(connection) as queries:
        assert len(exported(client, "?group=section")) == 2500
    assert len(queries) <= 8


def test_the_list_leads_nowhere_that_is_not_there(client, chief):
    entry(by=chief, target=make.section())
    page = LexborHTMLParser(client.get(LIST).content.decode())
    for node in page.css("#result_list a"):
        assert client.get(LIST + node.attributes["href"]).status_code == 200
    assert reverse("admin:accounts_auditentry_changelist") == LIST


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({}, "–"),
        ({"slug": ["kota", "metro"]}, "slug: kota → metro"),
        ({"roles": [[], ["editor", "moderator"]]}, "roles: – → editor, moderator"),
        ({"order": [1, 0], "parent_id": [None, 3]}, "order: 1 → 0; parent_id: – → 3"),
        ({"revision": 7}, "revision: 7"),
    ],
)
def test_details_are_told_in_one_line(client, chief, details, words):
    entry("tag.change", details=details)
    page = LexborHTMLParser(client.get(f"{LIST}?group=tag").content.decode())
    assert page.css_first("td.field-told").text(strip=True) == words


def test_of_a_value_that_is_held_back_only_the_change_is_told(client, chief):
    entry("tag.change", details={"intro": []})
    page = LexborHTMLParser(client.get(f"{LIST}?group=tag").content.decode())
    assert page.css_first("td.field-told").text(strip=True) == f"intro: {VERBS['change']}"
