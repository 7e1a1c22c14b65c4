"""A cache of a few seconds in each process, for facts that every page of the form needs and that seldom change."""

from collections.abc import Callable
from functools import wraps
from time import monotonic
from typing import TypeVar

from django.utils.translation import get_language

from . import wording

Result = TypeVar("Result")
CACHE_SECONDS = 5  # delay until a change, even one that closes the form, reaches the pages of every process and node
_clear_callbacks: list[Callable[[], None]] = []


def cached_for_seconds(function: Callable[[], Result]) -> Callable[[], Result]:
    """Decorate ``function``, which takes no argument, to cache its result for ``CACHE_SECONDS``, in each language.

    All threads share the result, so nobody may change it. Errors are not cached.
    """
    kept: dict[str | None, tuple[float, Result]] = {}

    @wraps(function)
    def wrapper() -> Result:
        language, now = get_language(), monotonic()
        if language not in kept or now - kept[language][0] >= CACHE_SECONDS:
            with wording.use(wording.ORDINARY):  # shared by people who read different wordings
                kept[language] = now, function()
        return kept[language][1]

    _clear_callbacks.append(kept.clear)
    return wrapper


def clear() -> None:
    """Drop every cached result of this process."""
    for clear_one in _clear_callbacks:
        clear_one()
