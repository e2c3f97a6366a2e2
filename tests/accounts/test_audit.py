"""The audit log: what a row says, and that nobody can change what it has said."""

import re

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError
from django.test import RequestFactory

from accounts import appendonly, audit
from accounts.checks import the_audit_log_is_held
from accounts.models import AuditEntry, User
from accounts.models.audit import AppendOnly
from tests import make

pytestmark = pytest.mark.django_db


def written(**more) -> AuditEntry:
    by = more.pop("by", None) or make.user("editor", name="Bu Redaktur")
    return audit.record("user.change", by=by, target=by, text=str(by), **more)


def test_a_row_names_the_act_the_person_and_the_thing():
    person = make.user("editor", name="Bu Redaktur")
    row = written(by=person, details={"is_active": [True, False]})
    row.refresh_from_db()
    assert (row.action, row.group, row.verb) == ("user.change", "user", "change")
    assert (row.actor, row.actor_name) == (person, "Bu Redaktur")
    assert (row.target_type, row.target_id, row.target_text) == (
        "user",
        str(person.pk),
        "Bu Redaktur",
    )
    assert row.details == {"is_active": [True, False]}


def test_the_server_itself_has_no_name():
    row = audit.record("note.rekey")
    assert (row.actor, row.actor_name, row.target_type, row.network) == (None, "", "", "")


def test_a_name_longer_than_its_column_is_cut_and_nul_is_dropped():
    row = audit.record("tag.add", text="a\0" + "b" * 500)
    assert row.target_text == "a" + "b" * 199


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.57", "203.0.113.0/24"),
        ("2001:db8:12:34:56::1", "2001:db8:12::/48"),
        ("::ffff:203.0.113.57", "203.0.113.0/24"),
    ],
)
def test_an_address_is_kept_without_the_part_that_names_one_machine(address, network):
    assert audit.shortened(address) == network
    request = RequestFactory().get("/", REMOTE_ADDR=address)
    assert audit.network_of(request) == network


def test_behind_a_trusted_proxy_it_is_the_readers_network(settings):
    request = RequestFactory().get("/", headers={"X-Forwarded-For": "198.51.100.4, 203.0.113.57"})
    assert audit.network_of(request) == "127.0.0.0/24"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert audit.network_of(request) == "203.0.113.0/24"


def test_an_address_that_is_none_is_left_out():
    assert audit.network_of(RequestFactory().get("/", REMOTE_ADDR="")) == ""


def test_changes_are_old_and_new_values_and_of_long_texts_only_that_they_changed():
    before, after = make.user(name="Lama", initials="Lm"), make.user(name="Baru", initials="Br")
    assert audit.changes(before, after, ["initials", "language"], ["name"]) == {
        "initials": ["Lm", "Br"],
        "name": [],
    }


@pytest.mark.parametrize(
    ("email", "shown"), [("budi@example.com", "b…@example.com"), ("bukan alamat", "b…"), ("", "…")]
)
def test_an_address_is_masked(email, shown):
    assert audit.masked(email) == shown


# Append-only, in Python


def resave(row):
    row.actor_name = "Orang lain"
    row.save()


REFUSED_IN_PYTHON = {
    "save": resave,
    "save one field": lambda row: row.save(update_fields=["actor_name"]),
    "delete": lambda row: row.delete(),
    "update many": lambda row: AuditEntry.objects.update(actor_name=""),
    "update some": lambda row: AuditEntry.objects.filter(pk=row.pk).update(verb="add"),
    "bulk_update": lambda row: AuditEntry.objects.bulk_update([row], ["verb"]),
    "delete many": lambda row: AuditEntry.objects.all().delete(),
}


@pytest.mark.parametrize("act", REFUSED_IN_PYTHON.values(), ids=REFUSED_IN_PYTHON)
def test_python_refuses(act):
    row = written()
    with pytest.raises(AppendOnly):
        act(row)
    assert AuditEntry.objects.get(pk=row.pk).actor_name == "Bu Redaktur"


# Append-only, in SQL


def sql(statement: str, *values) -> None:
    """Whatever speaks SQL to the database, past all of our code; `log` is the table."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(re.sub(r"\blog\b", "accounts_auditentry", statement), values)


SET = [
    "actor_id = NULL",
    "id = id + 1000",
    "at = '2020-01-01 00:00:00+00'",
    "\"group\" = 'tag'",
    "verb = 'add'",
    "actor_id = (SELECT MAX(id) FROM accounts_user)",
    "actor_name = 'Orang lain'",
    "network = '10.0.0.0/24'",
    "target_type = 'tag'",
    "target_id = '99'",
    "target_text = 'Orang lain'",
    "details = '{}'",
]


@pytest.mark.parametrize("change", SET)
def test_the_database_refuses_to_change_a_row(change):
    row = written(details={"is_active": [True, False]})
    make.user()
    before = AuditEntry.objects.filter(pk=row.pk).values().get()
    with pytest.raises(DatabaseError, match="append-only"):
        sql("UPDATE log SET " + change + " WHERE id = %s", row.pk)  # noqa: S608
    assert AuditEntry.objects.filter(pk=row.pk).values().get() == before


def test_the_database_refuses_to_delete():
    row = written()
    with pytest.raises(DatabaseError, match="append-only"):
        sql("DELETE FROM log WHERE id = %s", row.pk)
    assert AuditEntry.objects.filter(pk=row.pk).exists()


@pytest.mark.sqlite
def test_sqlite_refuses_to_put_another_row_in_the_place_of_one():
    row = written()
    columns = ", ".join(f'"{field.column}"' for field in AuditEntry._meta.concrete_fields)
    other = columns.replace('"verb"', "'forged'")
    with pytest.raises(DatabaseError, match="append-only"):
        sql("INSERT OR REPLACE INTO log (" + columns + ") SELECT " + other + " FROM log")  # noqa: S608
    assert AuditEntry.objects.get(pk=row.pk).verb == "change"


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE log",
        "INSERT INTO log SELECT * FROM log ON CONFLICT (id) DO UPDATE SET verb = 'forged'",
    ],
)
def test_postgresql_refuses_its_own_ways_round(statement):
    row = written()
    connection.check_constraints()  # What waits for the end of the transaction would stop TRUNCATE.
    with pytest.raises(DatabaseError, match="append-only"):
        sql(statement)
    assert AuditEntry.objects.get(pk=row.pk).verb == "change"


# What a person may ask for


def test_a_persons_name_can_be_taken_out_and_the_act_stays():
    person, other = (
        make.user("editor", name="Bu Redaktur"),
        make.user("chief_editor", name="Pemred"),
    )
    own = written(by=person, details={"is_active": [True, False]})
    about = audit.record("user.roles", by=other, target=person, text=str(person))
    audit.forget(person)
    own.refresh_from_db()
    about.refresh_from_db()
    assert (own.actor_id, own.actor_name, own.target_text) == (person.pk, "", "")
    assert own.details == {"is_active": [True, False]}
    assert (about.actor_name, about.target_id, about.target_text) == ("Pemred", str(person.pk), "")
    assert not AuditEntry.objects.filter(target_text__contains="Bu Redaktur").exists()


def test_a_headline_can_not_be_taken_out():
    article = make.draft()
    audit.record("article.save", target=article, text="Judul")
    with pytest.raises(DatabaseError, match="append-only"):
        sql("UPDATE log SET target_text = '' WHERE target_type = 'article'")


def test_an_account_that_did_something_is_not_deleted():
    person = User.objects.create_user("pergi@example.com", name="Yang Pergi")
    row = written(by=person)
    with pytest.raises(ProtectedError):
        person.delete()
    row.refresh_from_db()
    assert (row.actor, row.actor_name) == (person, "Yang Pergi")


def test_the_database_empties_no_actor_who_is_there():
    row = written(by=make.user("editor"))
    with pytest.raises(DatabaseError, match="append-only"):
        sql("UPDATE log SET actor_id = NULL WHERE id = %s", row.pk)
    assert AuditEntry.objects.get(pk=row.pk).actor is not None


def test_of_an_account_that_was_deleted_past_django_the_acts_stay():
    person = User.objects.create_user("pergi@example.com", name="Yang Pergi")
    row = written(by=person)
    with transaction.atomic(), connection.cursor() as cursor:
        # The keys of both databases are looked at when the transaction ends.
        cursor.execute("DELETE FROM accounts_user WHERE id = %s", [person.pk])
        cursor.execute("UPDATE accounts_auditentry SET actor_id = NULL WHERE id = %s", [row.pk])
    row.refresh_from_db()
    assert (row.actor, row.actor_name, row.verb) == (None, "Yang Pergi", "change")


# The triggers themselves


def found() -> list[str]:
    return [message.id for message in the_audit_log_is_held(None, databases=["default"])]


def test_the_check_is_silent_while_the_triggers_stand_and_speaks_when_they_are_gone():
    assert found() == []
    appendonly.lift(connection)
    assert found() == ["accounts.W001"]
    assert the_audit_log_is_held(None) == []


def test_migrate_makes_lost_triggers_anew():
    appendonly.lift(connection)
    call_command("migrate", verbosity=0)
    assert found() == []
    written()
    with pytest.raises(DatabaseError, match="append-only"):
        sql("DELETE FROM log")


def test_only_an_emptied_database_is_let_through():
    written()
    with appendonly.lifted():
        sql("DELETE FROM log")
    assert not AuditEntry.objects.exists()
    assert found() == []


def test_a_database_without_the_table_has_lost_nothing(monkeypatch):
    monkeypatch.setattr(appendonly, "TABLE", "accounts_nothing")
    assert found() == []
