"""One rule taken out of a function, everything else of it left as it is."""

import inspect
from collections.abc import Callable
from textwrap import dedent
from typing import Any


def without(function: Callable[..., Any], old: str, new: str) -> Any:
    """`function` with `old` in its source replaced by `new`; both as they stand there, dedented."""
    source = dedent(inspect.getsource(function))
    assert source.count(old) == 1, f"{old!r} stands {source.count(old)} times in {function}"
    made: dict[str, Any] = {}
    # The function's own globals, so that what a test replaces in its module is seen there as well.
    exec(source.replace(old, new), function.__globals__, made)  # noqa: S102
    return made[function.__name__]
