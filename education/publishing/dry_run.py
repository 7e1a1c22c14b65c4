"""Run changes to the database inside a transaction that is always rolled back, to see what their result would be."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def rolled_back() -> Iterator[None]:
    """Roll back everything written inside the block, including by signals. Nothing becomes visible outside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
