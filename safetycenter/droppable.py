"""Writes that a reader's page can do without: a page that reads is answered although nothing can be stored."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import InterfaceError, InternalError, OperationalError, transaction

# No room or no server; a server that only reads, after it took over; a connection that was closed.
STORE_ERRORS = (OperationalError, InternalError, InterfaceError)
log = logging.getLogger(__name__)


@contextmanager
def dropped_if_not_stored(what: str) -> Iterator[None]:
    """Store what the block stores, in one transaction. If the database cannot, drop it and log ``what`` it was.

    ``what`` is a word of ours, such as "a search": nothing that somebody typed. Other errors are raised.
    """
    try:
        with transaction.atomic():
            yield
    except STORE_ERRORS as error:
        log.warning("could not be stored, dropped", extra={"facts": {"what": what, "error": type(error).__name__}})
