"""Indexes and foreign keys of empty tables, made after the rows: sorted once, not row by row.

PostgreSQL alone: it changes tables inside the transaction, so that a load that fails leaves all
as it was.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

# What no constraint owns; a primary key and a unique constraint stay, and refuse at once.
INDEXES = """
    SELECT index.relname, pg_get_indexdef(index.oid)
    FROM pg_index
    JOIN pg_class AS index ON index.oid = indexrelid
    JOIN pg_class AS place ON place.oid = indrelid
    WHERE place.relname = ANY(%s) AND place.relnamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
    ORDER BY index.relname
"""
FOREIGN_KEYS = """
    SELECT place.relname, conname, pg_get_constraintdef(pg_constraint.oid)
    FROM pg_constraint JOIN pg_class AS place ON place.oid = conrelid
    WHERE contype = 'f' AND place.relname = ANY(%s)
    AND place.relnamespace = current_schema()::regnamespace
    ORDER BY conname
"""


@contextmanager
def made_last(tables: Sequence[str]) -> Iterator[None]:
    """Take the tables' indexes and foreign keys away, and make them again after the block."""
    if connection.vendor != "postgresql":
        yield
        return
    indexes, keys = _asked(INDEXES, tables), _asked(FOREIGN_KEYS, tables)
    _check_now()
    for table, name, _rule in keys:
        _do(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
    for name, _definition in indexes:
        _do(f'DROP INDEX "{name}"')
    yield
    _check_now()
    _do("SET LOCAL maintenance_work_mem = '256MB'")
    for _name, definition in indexes:
        _do(definition)
    for table, name, rule in keys:
        _do(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {rule}')


def _check_now() -> None:
    """A table with rows still to be checked can't be changed."""
    _do("SET CONSTRAINTS ALL IMMEDIATE")
    _do("SET CONSTRAINTS ALL DEFERRED")


def _asked(sql: str, tables: Sequence[str]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(tables)])
        return list(cursor.fetchall())


def _do(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
