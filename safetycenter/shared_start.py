"""What never changes while a process runs, and what each worker of a server would otherwise read by itself.

The main process of the server reads it before it makes workers, which then share its memory (deploy/gunicorn.conf.py).
"""

from collections.abc import Callable

_readers: list[Callable[[], object]] = []


def register(function: Callable[[], object]) -> None:
    """Register a function that reads it and keeps it. It must not use the database, open a key or begin a thread."""
    if function not in _readers:
        _readers.append(function)


def read() -> None:
    """Call every registered function. Other processes read each thing when it is needed for the first time."""
    for function in _readers:
        function()
