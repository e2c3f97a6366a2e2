"""Parts that many pages share, such as the menu: kept until a change or a moment touches them."""

from collections.abc import Callable

from articles.pagecache import moments, parts


def get[T](name: str, build: Callable[[], T]) -> T:
    """The part of that name: the kept one while it is still true, else what `build` makes now.

    Readers share the value: it must not be changed.
    """
    return parts.get(name, build, moments.settle)


def clear() -> None:
    """Forget all parts, as a new process would."""
    parts.clear()
