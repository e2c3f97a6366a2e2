"""The rows of search: hashes of words instead of words (articles/terms.py)."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Col
from django.db.models.lookups import Lookup
from django.utils.translation import gettext_lazy as _

from articles.guard import GuardedQuerySet
from articles.models.articles import Article

# The FTS5 table that SQLite keeps beside the rows; triggers of migration 0002 fill it. A later
# migration that makes SQLite build the rows' table anew has to make the triggers anew too.
SQLITE_INDEX = "articles_search_index"


class HashesField(models.Field):  # type: ignore[type-arg]
    """A set of 32-bit numbers: integer[] on PostgreSQL, on SQLite a text of hexadecimal words."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "integer[]" if connection.vendor == "postgresql" else "text"

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        if value is None or connection.vendor == "postgresql":
            return value
        return as_text(value)

    def get_placeholder_sql(
        self, value: Any, compiler: Any, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any]]:
        """An empty list of Python says nothing of its type."""
        return "%s::integer[]" if connection.vendor == "postgresql" else "%s", (value,)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> list[int] | None:
        return as_numbers(value) if isinstance(value, str) else value


def as_text(numbers: Iterable[int]) -> str:
    """Each number in eight hexadecimal digits, negative ones as two's complement."""
    return " ".join(f"{number & 0xFFFFFFFF:08x}" for number in numbers)


def as_numbers(text: str) -> list[int]:
    """What `as_text` wrote."""
    found = [int(word, 16) for word in text.split()]
    return [number - 2**32 if number >= 2**31 else number for number in found]


class HashLookup(Lookup):
    """What both lookups share: on PostgreSQL they are one operator, and the planner chooses."""

    prepare_rhs = False

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} @> %s::integer[]", [*params, list(self.rhs)]


@HashesField.register_lookup
class Holds(HashLookup):
    """All of these numbers are in the set; found by the index."""

    lookup_name = "holds"

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        assert isinstance(self.lhs, Col)
        alias = compiler.quote_name(self.lhs.alias)
        found = f"SELECT rowid FROM {SQLITE_INDEX} WHERE {SQLITE_INDEX} MATCH %s"  # noqa: S608
        words = " ".join(f'"{word}"' for word in as_text(self.rhs).split())
        return f"{alias}.article_id IN ({found})", [words]


@HashesField.register_lookup
class Has(HashLookup):
    """The same, asked of one row that is in hand already."""

    lookup_name = "has"

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        words = as_text(self.rhs).split()
        # Words of one length, parted by a space: none can begin inside another.
        tests = " AND ".join(f"instr({column}, %s) > 0" for _word in words)
        return f"({tests or '1'})", [x for word in words for x in (*params, word)]


class SearchDocument(models.Model):
    """An article's words for search; written by search.py when the text is saved.

    `shown_at` and `ends_at` are the article's own while it is published, and kept by listing.py:
    search reads thousands of these rows for one answer and no row of their articles. Each set of
    numbers is what articles/terms.py says.
    """

    article = models.OneToOneField(
        Article, on_delete=models.PROTECT, primary_key=True, related_name="search_document"
    )
    shown_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    words = HashesField()
    phrases = HashesField()
    headline = HashesField()

    objects: ClassVar[models.Manager["SearchDocument"]] = models.Manager.from_queryset(
        GuardedQuerySet["SearchDocument"]
    )()

    class Meta:
        verbose_name = _("search row")
        indexes = [
            # Search walks the newest rows, if a word is in many of them.
            models.Index(
                models.F("shown_at").desc(),
                models.F("article").desc(),
                condition=models.Q(shown_at__isnull=False),
                name="search_newest",
            )
        ]

    def __str__(self) -> str:
        return str(self.article_id)
