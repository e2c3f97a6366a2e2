"""Writing many rows at once: COPY on PostgreSQL, bulk_create elsewhere."""

import json
from collections.abc import Callable
from typing import Any

from django.db import connection, models
from django.db.models import Model

type Row = tuple[Any, ...]


class Table:
    """A model's table and the columns that differ from row to row; the others have defaults."""

    def __init__(self, model: type[Model], *columns: str) -> None:
        self.model, self.columns = model, columns
        self.name = model._meta.db_table
        self.constants = {
            field.attname: field.get_default()
            for field in model._meta.concrete_fields
            if field.attname not in columns and not field.primary_key
        }
        if unknown := set(columns) - {field.attname for field in model._meta.concrete_fields}:
            raise ValueError(f"{self.name} has no {', '.join(sorted(unknown))}.")

    def write(self, rows: list[Row]) -> None:
        """Put the rows into the table; all constraints hold."""
        if rows:
            (self._copy if connection.vendor == "postgresql" else self._create)(rows)

    def _create(self, rows: list[Row]) -> None:
        made = (self.model(**dict(zip(self.columns, row, strict=True))) for row in rows)
        self.model._default_manager.bulk_create(made, batch_size=500)

    def _copy(self, rows: list[Row]) -> None:
        fields: list[Any] = [
            self.model._meta.get_field(n) for n in (*self.columns, *self.constants)
        ]
        names = ", ".join(f'"{field.column}"' for field in fields)
        ways = [as_text(field) for field in fields]
        constants = tuple(self.constants.values())
        with (
            connection.cursor() as cursor,
            cursor.cursor.copy(f'COPY "{self.name}" ({names}) FROM STDIN') as copy,
        ):
            for row in rows:
                values = zip(ways, (*row, *constants), strict=True)
                copy.write_row([way(value) for way, value in values])


def as_text(field: Any) -> Callable[[Any], Any]:
    """What COPY takes for a value of this field: JSON and arrays are written as text."""
    if isinstance(field, models.JSONField):
        return json.dumps
    return array_text


def array_text(value: Any) -> Any:
    if isinstance(value, list):
        return f"{{{','.join(map(str, value))}}}"
    return value.value if isinstance(value, models.Choices) else value
