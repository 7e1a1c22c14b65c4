"""Results that a process keeps for a few seconds, for facts that each page of the form needs and that seldom change."""

from collections.abc import Callable
from functools import wraps
from time import monotonic
from typing import TypeVar

from django.utils.translation import get_language

Result = TypeVar("Result")
SECONDS = 5  # how late a change may reach a page, in every process of every node: also one that closes the form
_clears: list[Callable[[], None]] = []


def for_seconds(function: Callable[[], Result]) -> Callable[[], Result]:
    """Decorate ``function``, which takes no argument: remember its result for ``SECONDS``, in each language.

    All threads share the result, so nobody may change it. An error is not remembered.
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
    """Forget every remembered result of this process."""
    for clear_one in _clears:
        clear_one()
