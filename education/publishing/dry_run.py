"""Run changes to the database inside a transaction that is always rolled back, to see what their result would be."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from safetycenter.page_cache import cache_version


@contextmanager
def rolled_back() -> Iterator[None]:
    """Roll back everything written inside the block, including by signals. Nothing becomes visible outside."""
    # What is read inside belongs to a cache version that never comes, so the request reads its version again after it.
    with transaction.atomic(), cache_version.one_request():
        yield
        transaction.set_rollback(True)
