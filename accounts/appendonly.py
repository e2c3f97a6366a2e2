"""The triggers that keep the audit log append-only, against whatever speaks SQL to the database.

They let one thing through: a person's name may be taken out of a row (UU PDP), in which the act,
its time and the person's number stay. Who owns the table can drop them, as a DBA can; the check
`accounts.W001` says so when they are gone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "accounts_auditentry"
KEPT = ("id", "at", "group", "verb", "network", "target_type", "target_id", "details")
PERSON = "SELECT 1 FROM accounts_user WHERE id = OLD.actor_id"
REFUSAL = "The audit log is append-only."


def _same(equal: str) -> str:
    """SQL for: an update takes a name away and changes nothing else."""
    kept = [f'NEW."{name}" {equal} OLD."{name}"' for name in KEPT]
    # An account that did something is never deleted (AuditEntry.actor). Who does it all the same,
    # past Django, leaves a number that leads nowhere; no other may be emptied.
    orphaned = f"NEW.actor_id IS NULL AND NOT EXISTS ({PERSON})"
    nameless = "NEW.target_text = '' AND OLD.target_type = 'user'"
    return " AND ".join(
        [
            *kept,
            f"(NEW.actor_id {equal} OLD.actor_id OR ({orphaned}))",
            f"(NEW.actor_name {equal} OLD.actor_name OR NEW.actor_name = '')",
            f"(NEW.target_text {equal} OLD.target_text OR ({nameless}))",
        ]
    )


POSTGRESQL = {
    "audit_keeps_rows": (
        "CREATE TRIGGER audit_keeps_rows BEFORE UPDATE OR DELETE"
        f" ON {TABLE} FOR EACH ROW EXECUTE FUNCTION audit_refuse()"
    ),
    "audit_keeps_table": (
        "CREATE TRIGGER audit_keeps_table BEFORE TRUNCATE"
        f" ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
    ),
}
POSTGRESQL_FUNCTION = (
    "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    f" IF TG_OP = 'UPDATE' THEN IF {_same('IS NOT DISTINCT FROM')} THEN RETURN NEW; END IF; END IF;"
    f" RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$"
)
_STOP = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
SQLITE = {
    "audit_keeps_rows": f"CREATE TRIGGER audit_keeps_rows BEFORE DELETE ON {TABLE} {_STOP}",
    "audit_keeps_words": (
        f"CREATE TRIGGER audit_keeps_words BEFORE UPDATE ON {TABLE}"
        f" WHEN NOT ({_same('IS')}) {_STOP}"
    ),
    # INSERT OR REPLACE deletes without asking the trigger of deletions.
    "audit_keeps_numbers": (
        "CREATE TRIGGER audit_keeps_numbers BEFORE INSERT"  # noqa: S608  our own names alone
        f" ON {TABLE} WHEN NEW.id IN (SELECT id FROM {TABLE}) {_STOP}"
    ),
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers, whichever of them are there already."""
    lift(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        for statement in _triggers(connection).values():
            cursor.execute(statement)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take them away, for the one case in which everything goes: an emptied database."""
    table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in _triggers(connection):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{table}")


def renew_after_migrate(using: str, **kwargs: Any) -> None:
    """A dump may come back without its triggers, and SQLite drops them when a table is altered."""
    if missing(connections[using]):
        install(connections[using])


@contextmanager
def lifted(using: str = "default") -> Iterator[None]:
    """Let the block empty the whole database, as the demo and the tests do."""
    connection = connections[using]
    lift(connection)
    try:
        yield
    finally:
        install(connection)


def missing(connection: BaseDatabaseWrapper) -> set[str]:
    """The names of triggers that are not there; none before there is a table to hold."""
    if TABLE not in connection.introspection.table_names():
        return set()
    query = (
        "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [TABLE])
        found = {name for (name,) in cursor.fetchall()}
    return set(_triggers(connection)) - found


def _triggers(connection: BaseDatabaseWrapper) -> dict[str, str]:
    return POSTGRESQL if connection.vendor == "postgresql" else SQLITE
