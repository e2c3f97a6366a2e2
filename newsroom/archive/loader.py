"""Loading an archive: all or nothing, on as many processors as there are."""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction

from articles import pagecache
from articles.guard import writing
from articles.models import Article, Image
from newsroom.archive import indexes, places, processes
from newsroom.archive.plan import Places, Plan
from newsroom.archive.processes import Rows
from newsroom.archive.rows import ARTICLES, TABLES, Maker

PART = 500
# Below that, starting processes costs more than they save.
WORTH_PROCESSES = 5000


class Refused(Exception):
    """Nothing was written; the message says why."""


def load(plan: Plan, *, add: bool = False, progress: Callable[[int], object] = int) -> None:
    """Write the archive in one transaction. Raises Refused if there are articles, unless `add`.

    `progress` is called with the number of articles written, again and again.
    """
    with transaction.atomic(), writing():
        is_empty = not Article.objects.exists()
        if not (is_empty or add):
            raise Refused("There are articles in this database: an archive is not mixed with them.")
        there = places.make(plan)
        names = [table.name for table in TABLES] if is_empty else []
        with indexes.made_last(names):
            _write(parts(plan, there), progress)
        reset_sequences()
        # No writer was asked, so none has told what there is now.
        transaction.on_commit(pagecache.clock().renew, robust=True)
    analyze()


def _write(made: Iterator[Rows], progress: Callable[[int], object]) -> None:
    done = 0
    for rows in made:
        for table in TABLES:
            table.write(rows[table.name])
        done += len(rows[ARTICLES.name])
        progress(done)


def parts(plan: Plan, there: Places) -> Iterator[Rows]:
    """The rows, part by part and in order."""
    starts = range(0, plan.articles, PART)
    numbers = [range(start, min(start + PART, plan.articles)) for start in starts]
    if plan.articles < WORTH_PROCESSES:
        return map(Maker(plan, there).make, numbers)
    return processes.in_turn(plan, there, numbers)


def reset_sequences() -> None:
    """Let the next id follow the highest: ids were given out here."""
    models: list[Any] = [Image, *(table.model for table in TABLES)]
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(sql)


def analyze() -> None:
    """Tell the planner what the tables hold now."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
