"""Writes that a reader's page can do without: a page that reads is answered although nothing can be stored."""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, InternalError, OperationalError, transaction

# No room or no server; a server that only reads, after it took over; a connection that was closed.
STORE_ERRORS = (OperationalError, InternalError, InterfaceError)
Stored = TypeVar("Stored")
log = logging.getLogger(__name__)


def drop_if_not_stored(what: str, store: Callable[[], Stored]) -> Stored | None:
    """Return what ``store`` returns, in one transaction; None if the database stores nothing, or that cannot begin.

    ``what`` is then logged: a word of ours, such as "a search", nothing that somebody typed. Other errors are raised.
    """
    try:
        with transaction.atomic():
            return store()
    except STORE_ERRORS as error:
        log.warning("could not be stored, dropped", extra={"facts": {"what": what, "error": type(error).__name__}})
        return None
