"""Questions that many pages ask in the same words: made into SQL once, and planned once.

Building a queryset, compiling it and planning it take longer than finding its rows. What the
builder says is kept for each shape of its values; only the values are new each time. The rows
become objects without `Model.__init__`, which sends signals nobody hears and took half the rest.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from threading import Lock
from typing import Any, NamedTuple
from weakref import WeakSet

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.models.base import ModelState

from articles import dependencies
from articles.querysets import report

# Stand-ins for values while SQL is made; no constant of a query is any of them.
NUMBER = 1_900_000_000
MOMENT = datetime(2199, 1, 1, tzinfo=UTC)
type Value = int | str | datetime | tuple[int, ...]


class Slot(NamedTuple):
    """A parameter of the SQL: the value at `place`, wrapped as its column has it, or a constant."""

    place: int | None
    kind: Callable[[Any], Any]
    constant: Any


class Prepared[**P]:
    """Rows of what `build` asks, by values in their order and a shape in keywords.

    Values are numbers, texts, moments and tuples of ids; a tuple is filled up with its last id to
    the next power of two, so it may be used for `IN` alone. What decides about the words of the
    query, and not about its values, belongs into the shape.
    """

    def __init__(self, build: Callable[P, QuerySet[Any, Any]]) -> None:
        self.build = build
        self.plans: dict[Any, Plan | None] = {}
        self.lock = Lock()

    def __call__(self, *values: P.args, **shape: P.kwargs) -> list[Any]:
        """Objects, or tuples where `build` says `values_list`; an empty tuple of ids finds none."""
        flat, form = _flat(values)
        # Looked up once: the proxy `connection` looks into a context-local store each time.
        database = connections[DEFAULT_DB_ALIAS]
        key = (database.vendor, form, *shape.items())
        if key not in self.plans:
            plan = self._plan(form, shape, database)
            with self.lock:
                self.plans[key] = plan
        kept = self.plans[key]
        return kept.rows(flat, database) if kept else []

    def _plan(self, form: Sequence[Any], shape: Any, database: Any) -> "Plan | None":
        stand_ins, asked = _stand_ins(form)
        queryset = self.build(*asked, **shape)
        try:
            plan = Plan.of(queryset, stand_ins, database)
        except EmptyResultSet:
            return None
        if missing := set(range(len(stand_ins))) - {slot.place for slot in plan.slots}:
            raise TypeError(f"{self.build} does not hand on its values as they are: {missing}.")
        return plan


def _flat(values: Sequence[Any]) -> tuple[list[Any], tuple[Any, ...]]:
    """All values in one row, and the form that they had: types, and lengths of tuples."""
    flat: list[Any] = []
    form: list[Any] = []
    for value in values:
        if isinstance(value, tuple):
            length = 1 << (len(value) - 1).bit_length() if value else 0
            flat += (*value, *value[-1:] * (length - len(value)))
            form.append(length)
        else:
            flat.append(value)
            form.append(type(value))
    return flat, tuple(form)


def _stand_ins(form: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    """A value of its own for each place, in one row and in that form."""
    flat: list[Any] = []
    asked: list[Any] = []
    for kind in form:
        if isinstance(kind, int):
            ids = tuple(range(NUMBER + len(flat), NUMBER + len(flat) + kind))
            flat += ids
            asked.append(ids)
        else:
            flat.append(_stand_in(kind, len(flat)))
            asked.append(flat[-1])
    return flat, asked


def _stand_in(kind: type, place: int) -> Value:
    if kind is datetime:
        return MOMENT + timedelta(microseconds=place)
    if kind is int:
        return NUMBER + place
    if kind is str:
        return f"stand-in {place}"
    raise TypeError(f"A value is a number, a text, a moment or a tuple of ids, not {kind}.")


@dataclass(frozen=True)
class Plan:
    """A query's SQL, where its values go, and what becomes of its rows."""

    sql: str
    slots: list[Slot]
    converters: list[tuple[int, list[Any], Any]]
    maker: "Maker | None"
    reports: str

    @classmethod
    def of(cls, queryset: QuerySet[Any, Any], stand_ins: list[Any], database: Any) -> "Plan":
        compiler = queryset.query.get_compiler(queryset.db)
        sql, params = compiler.as_sql()
        places = {_adapted(value, database): place for place, value in enumerate(stand_ins)}
        expressions = [column[0] for column in compiler.select]
        converters = [
            (place, found, expression)
            for place, (found, expression) in compiler.get_converters(expressions).items()
        ]
        slots = [Slot(places.get(param), type(param), param) for param in params]
        sql, slots = _spelled_out(sql, slots)
        fields: Any = getattr(queryset, "_fields", None)
        maker = Maker(compiler, queryset) if fields is None else None
        return cls(sql, slots, converters, maker, getattr(queryset, "_reports", ""))

    def rows(self, values: Sequence[Any], database: Any) -> list[Any]:
        adapted = [_adapted(value, database) for value in values]
        params = [
            constant if place is None else _as(kind, adapted[place])
            for place, kind, constant in self.slots
        ]
        with _cursor(database) as cursor:
            cursor.execute(self.sql, params)
            rows = cursor.fetchall()
        if self.converters:
            rows = [self._converted(row, database) for row in rows]
        made = self.maker.make(rows) if self.maker else rows
        if self.reports and dependencies.current():
            for one in made:
                report(one, self.reports)
        return made

    def _converted(self, row: Sequence[Any], database: Any) -> tuple[Any, ...]:
        cells = list(row)
        for place, converters, expression in self.converters:
            for convert in converters:
                cells[place] = convert(cells[place], expression, database)
        return tuple(cells)


def _spelled_out(sql: str, slots: list[Slot]) -> tuple[str, list[Slot]]:
    """The same with constants in the SQL: a plan for any value may use an index on condition of
    `status = 'published'` only if it sees that this is what is asked.
    """
    left: list[Slot] = []
    waiting = iter(slots)

    def literal(found: re.Match[str]) -> str:
        slot = next(waiting)
        if slot.place is None and isinstance(slot.constant, int | str):
            return _literal(slot.constant).replace("%", "%%")
        left.append(slot)
        return found[0]

    return re.sub(
        r"%%|%s", lambda found: found[0] if found[0] == "%%" else literal(found), sql
    ), left


def _literal(constant: int | str) -> str:
    if isinstance(constant, str):
        return "'" + constant.replace("'", "''") + "'"
    return str(constant).upper() if isinstance(constant, bool) else str(int(constant))


def _adapted(value: Any, database: Any) -> Any:
    is_moment = isinstance(value, datetime)
    return database.ops.adapt_datetimefield_value(value) if is_moment else value


def _as(kind: Callable[[Any], Any], value: Any) -> Any:
    """An id in the wrapping that tells PostgreSQL its column's type; others as they are."""
    return kind(value) if isinstance(value, int) else value


def _cursor(database: Any) -> Any:
    """Django's cursor, with all that counts and forbids queries.

    On PostgreSQL its statements are parsed and planned once for each connection, unless a pooler
    hands connections about (DISABLE_SERVER_SIDE_CURSORS): those lose what was prepared.
    """
    cursor = database.cursor()
    is_shared = database.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS")
    if database.vendor == "postgresql" and not is_shared:
        database.connection.prepare_threshold = 0
        _plan_for_all_values(database)
        cursor.cursor = _planning()(database.connection)
    return cursor


def _plan_for_all_values(database: Any) -> None:
    """Keep PostgreSQL from planning anew for values that change nothing about the plan.

    Left to itself it does so for the first pages of lists, and takes longer than for their rows.
    """
    # What is set in a transaction is gone if that is rolled back.
    if database.connection not in _told and not database.in_atomic_block:
        database.connection.execute("SET plan_cache_mode = force_generic_plan")
        _told.add(database.connection)


_told: WeakSet[Any] = WeakSet()


@cache
def _planning() -> Any:
    """The cursor that hands values on beside the SQL; no psycopg is needed where SQLite is."""
    from django.db.backends.postgresql.base import ServerBindingCursor

    return ServerBindingCursor


class Maker:
    """Objects of one model, and of those that were selected with it, from rows of a query."""

    def __init__(self, compiler: Any, queryset: QuerySet[Any, Any]) -> None:
        self.annotations = list(compiler.annotation_col_map.items())
        self.root = _Part(compiler.klass_info, compiler.select, queryset)

    def make(self, rows: list[Sequence[Any]]) -> list[Any]:
        found: dict[Any, Any] = {}
        made = [self.root.make(row, found) for row in rows]
        for name, place in self.annotations:
            for one, row in zip(made, rows, strict=True):
                one.__dict__[name] = row[place]
        return made


class _Part:
    """The columns of one model among those of a row."""

    def __init__(self, info: Any, select: Any, queryset: Any) -> None:
        self.model = info["model"]
        places = info["select_fields"]
        self.first, self.last = places[0], places[-1] + 1
        self.names = [select[place][0].target.attname for place in places]
        self.pk = places[self.names.index(self.model._meta.pk.attname)]
        self.set = info.get("local_setter")
        parts = info.get("related_klass_infos", ())
        self.parts = [_Part(part, select, queryset) for part in parts]
        self.state = {"db": queryset.db, "adding": False, "fetch_mode": queryset._fetch_mode}

    def make(self, row: Sequence[Any], found: dict[Any, Any]) -> Any:
        """The row's object; rows that were selected with the same one share it (`found`)."""
        if row[self.pk] is None:
            return None
        made = self.model.__new__(self.model)
        values = made.__dict__
        values.update(zip(self.names, row[self.first : self.last], strict=True))
        values["_state"] = state = ModelState()
        state.__dict__.update(self.state)
        for part in self.parts:
            key = (part, row[part.pk])
            if key not in found:
                found[key] = part.make(row, found)
            part.set(made, found[key])
        return made
