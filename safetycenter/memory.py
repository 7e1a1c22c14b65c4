"""A cache of a few seconds in each process, for facts that every page of the form needs and that seldom change."""

from collections.abc import Callable, Hashable
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

    def make() -> Result:
        with wording.use(wording.ORDINARY):  # shared by people who read different wordings
            return function()

    return _kept(function, make, get_language)


def cached_in_wording(function: Callable[[], Result]) -> Callable[[], Result]:
    """The same for a function whose texts depend on the wording: a result for each of them, in each language."""
    return _kept(function, function, lambda: (get_language(), wording.current()))


def _kept(function: Callable, make: Callable[[], Result], place: Callable[[], Hashable]) -> Callable[[], Result]:
    kept: dict[Hashable, tuple[float, Result]] = {}

    @wraps(function)
    def wrapper() -> Result:
        here, now = place(), monotonic()
        if here not in kept or now - kept[here][0] >= CACHE_SECONDS:
            kept[here] = now, make()
        return kept[here][1]

    clear_too(kept.clear)
    return wrapper


def clear_too(clear_one: Callable[[], None]) -> None:
    """Call ``clear_one`` whenever this process drops its cached results."""
    _clear_callbacks.append(clear_one)


def clear() -> None:
    """Drop every cached result of this process."""
    for clear_one in _clear_callbacks:
        clear_one()
