"""Mistakes about people that the system itself can see."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as Caution
from django.db import connections

from accounts import appendonly


@register(Tags.database)
def the_audit_log_is_held(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """A dump may be restored without its triggers, and nobody would see it.

    A warning: an error would keep `migrate` from mending it.
    """
    missing = {name for alias in databases or () for name in appendonly.missing(connections[alias])}
    if not missing:
        return []
    return [
        Caution(
            f"The audit log can be rewritten: it has lost {', '.join(sorted(missing))}.",
            hint="Run manage.py migrate, which makes them anew.",
            id="accounts.W001",
        )
    ]
