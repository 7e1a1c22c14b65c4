"""Values made from published content, kept in each process until the cache version changes.

The version is read before the value is made. A publish in between leaves a value that is too new, never one too old.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from django.db import DatabaseError

from .. import wording
from . import cache_version

log = logging.getLogger(__name__)

Result = TypeVar("Result")
_clears: list[Callable[[], None]] = []
_warm_ups: list[Callable[[], None]] = []


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
            with wording.use(wording.ORDINARY):  # shared by people who read different wordings
                kept[arguments] = found = stamp, function(*arguments)
        return found[1]

    _clears.append(kept.clear)
    return wrapper


def clear() -> None:
    """Drop every kept value of this process."""
    for clear_one in _clears:
        clear_one()


def register_warm_up(function: Callable[[], None]) -> None:
    """Register a function that reads what the first visitor of a process would otherwise wait for."""
    if function not in _warm_ups:
        _warm_ups.append(function)


def warm_up() -> None:
    """Call every registered function. Without a database, or before ``set_up``, the first visitor waits as before.

    The server calls it in a thread of each new worker, so that a database that hangs delays nobody.
    """
    try:
        with cache_version.one_request():
            for function in _warm_ups:
                function()
    except DatabaseError:
        log.warning("nothing was read before the first visitor", exc_info=True)
