"""What never changes while a process runs, and what each worker of a server would otherwise read by itself.

The main process of the server reads it before it makes workers, which then share its memory (deploy/gunicorn.conf.py).
"""

import logging
from collections.abc import Callable

log = logging.getLogger(__name__)
_readers: list[Callable[[], object]] = []


def register(function: Callable[[], object]) -> None:
    """Register a function that reads it and keeps it. It must not use the database, open a key or begin a thread."""
    if function not in _readers:
        _readers.append(function)


def read() -> None:
    """Call every registered function. Other processes read each thing when it is needed for the first time.

    What cannot be read is logged, and a worker tries again when it needs it: without the dictionary of the search, say,
    emergency pages must still be served.
    """
    for function in _readers:
        try:
            function()
        except Exception:  # any: a damaged file is not foreseen
            log.exception("something that workers share could not be read")
