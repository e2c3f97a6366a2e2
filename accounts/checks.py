"""Mistakes about people that the system itself can see."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, connections

from accounts import appendonly


@register(Tags.database)
def the_audit_log_is_held(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """A dump may be restored without its triggers, and nobody would see it."""
    try:
        missing = {name for alias in databases or () for name in _missing(alias)}
    except DatabaseError:
        return []  # Before the first migrate there is no table to look at.
    if not missing:
        return []
    return [
        Error(
            f"The audit log can be rewritten: it has lost {', '.join(sorted(missing))}.",
            hint="Run manage.py migrate, which makes them anew.",
            id="accounts.E001",
        )
    ]


def _missing(alias: str) -> set[str]:
    return appendonly.missing(connections[alias])
