"""How long one web request waits for SQLite's write lock, and reading without taking it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import connection, connections, transaction

from .hints import GetResponse

DESK = "/admin/"


def short_wait(get_response: GetResponse) -> GetResponse:
    """Let all statements of a request outside the desk wait ``settings.SQLITE_WAIT`` seconds together.

    Then the page that says so, and gives the words back, comes before the person gives up. At the desk and in
    commands each statement waits as long as the connection does.
    """

    def middleware(request: Any) -> Any:
        if connection.vendor != "sqlite" or request.path_info.startswith(DESK):
            return get_response(request)
        with waiting(settings.SQLITE_WAIT):
            return get_response(request)

    return middleware


@contextmanager
def waiting(seconds: float) -> Iterator[None]:
    """With SQLite: let all statements of the body wait ``seconds`` for the lock together."""
    try:
        with connection.execute_wrapper(_Wait(seconds)):
            yield
    finally:
        _wait_at_most(connection.settings_dict["OPTIONS"]["timeout"])


class _Wait:
    """Runs statements; each waits no longer than those before it have left."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds

    def __call__(self, execute: Callable, *statement: Any) -> Any:
        _wait_at_most(self.left)
        began = monotonic()
        try:
            return execute(*statement)
        finally:
            self.left = max(0.0, self.left - (monotonic() - began))


def _wait_at_most(seconds: float) -> None:
    if connection.connection is not None:
        connection.connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")


@contextmanager
def reading() -> Iterator[None]:
    """Run the body in a transaction that only reads. With SQLite it takes no write lock and sees one moment."""
    connection.ensure_connection()  # it sets the mode of transactions
    facts = vars(connections["default"])
    usual = facts.get("transaction_mode")
    try:
        facts["transaction_mode"] = "DEFERRED"
        with transaction.atomic():
            facts["transaction_mode"] = usual
            yield
    finally:
        facts["transaction_mode"] = usual
