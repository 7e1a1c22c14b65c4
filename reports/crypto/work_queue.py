"""A bound on how many expensive computations run at once in this process."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import BoundedSemaphore


class BusyError(Exception):
    """Raised when a computation could not begin in time because too many others are running."""


@dataclass(frozen=True)
class WorkQueue:
    """How many computations run at once in this process, and how many seconds one waits (None: without limit)."""

    at_once: int
    seconds: float | None
    _free: BoundedSemaphore = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_free", BoundedSemaphore(self.at_once))

    @contextmanager
    def slot(self) -> Iterator[None]:
        """Run the body when a slot is free. Raises BusyError."""
        if not self._free.acquire(timeout=self.seconds):
            raise BusyError
        try:
            yield
        finally:
            self._free.release()
