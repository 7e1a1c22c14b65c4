"""A cache of a few seconds in each process, for facts that every page of the form needs and that seldom change."""

from collections.abc import Callable
from functools import wraps
from time import monotonic
from typing import TypeVar

from django.utils.translation import get_language

Result = TypeVar("Result")
SECONDS = 5  # delay until a change, even one that closes the form, reaches the pages of every process and node
_clears: list[Callable[[], None]] = []


def for_seconds(function: Callable[[], Result]) -> Callable[[], Result]:
    """Decorate ``function``, which takes no argument, to cache its result for ``SECONDS``, in each language.

    All threads share the result, so nobody may change it. Errors are not cached.
    """
    kept: dict[str | None, tuple[float, Result]] = {}

    @wraps(function)
    def wrapper() -> Result:
        language, now = get_language(), monotonic()
        if language not in kept or now - kept[language][0] >= SECONDS:
            kept[language] = now, function()
        return kept[language][1]

    _clears.append(kept.clear)
    return wrapper


def clear() -> None:
    """Drop every cached result of this process."""
    for clear_one in _clears:
        clear_one()
