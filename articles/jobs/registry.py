"""The periodic jobs, registered by the apps when they are ready."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise


@dataclass(frozen=True)
class Periodic:
    """What is done every so often. `function` must do no harm when it runs twice."""

    name: str
    function: Callable[[], object]
    every: timedelta
    label: str | Promise


_jobs: dict[str, Periodic] = {}


def register(
    name: str, function: Callable[[], object], *, every: timedelta, label: str | Promise
) -> None:
    """Have the worker call `function` once in each period; called from AppConfig.ready()."""
    _jobs[name] = Periodic(name, function, every, label)


def known() -> dict[str, Periodic]:
    """All registered jobs by name."""
    return dict(_jobs)
