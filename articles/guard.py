"""Only the writers may change many rows at once.

A QuerySet's update, bulk_create, bulk_update and delete pass by revisions, transitions and the
outbox, so what readers see would change without a trace. They are refused outside `writing()`,
which the writers alone open (content.py, workflow.py, comments/moderation.py).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models

_writing: ContextVar[bool] = ContextVar("newsroom_writing", default=False)


class NotAWriter(RuntimeError):
    """A row shown to readers was about to change behind its writer's back."""


@contextmanager
def writing() -> Iterator[None]:
    """Let the QuerySets of this block write."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


class GuardedQuerySet[M: models.Model](models.QuerySet[M]):
    """A QuerySet that reads freely and writes only inside `writing()`."""

    def update(self, **fields: Any) -> int:
        self._refuse_outside_writers("update")
        return super().update(**fields)

    def bulk_create(self, *args: Any, **options: Any) -> list[M]:
        self._refuse_outside_writers("bulk_create")
        return super().bulk_create(*args, **options)

    def bulk_update(self, *args: Any, **options: Any) -> int:
        self._refuse_outside_writers("bulk_update")
        return super().bulk_update(*args, **options)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse_outside_writers("delete")
        return super().delete()

    def _refuse_outside_writers(self, name: str) -> None:
        if not _writing.get():
            raise NotAWriter(f"{self.model.__name__}.objects.{name}() is for the writers alone.")
