"""Values made from published content, kept in each process until the cache version changes.

The version is read before the value is made. A publish in between leaves a value that is too new, never one too old.
"""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from . import cache_version

Result = TypeVar("Result")
_clears: list[Callable[[], None]] = []


def per_version(function: Callable[..., Result]) -> Callable[..., Result]:
    """Decorate ``function`` to keep one result for each tuple of arguments, as long as the cache version is the same.

    All threads share a result, so nobody may change it. Errors are not kept. Inside ``cache_version.batch`` nothing is
    kept or reused, because the batch has not raised the version for its changes yet. Use it for functions with few
    possible arguments, such as a language. It takes one query, and none for further calls in one request.
    """
    kept: dict[tuple, tuple[cache_version.Stamp, Result]] = {}

    @wraps(function)
    def wrapper(*arguments: object) -> Result:
        if cache_version.is_batching():
            return function(*arguments)
        stamp = cache_version.stamp()
        found = kept.get(arguments)
        if found is None or found[0] != stamp:
            kept[arguments] = found = stamp, function(*arguments)
        return found[1]

    _clears.append(kept.clear)
    return wrapper


def clear() -> None:
    """Drop every kept value of this process."""
    for clear_one in _clears:
        clear_one()
