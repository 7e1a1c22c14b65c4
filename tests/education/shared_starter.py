"""The starter content for consecutive tests: loaded once in a transaction, in which each test has a savepoint.

Loading takes a tenth of a second, which is more than most of the tests that read it take.
"""

from pathlib import Path

from django.db import transaction

from tests import launch_content

HELPER = "_django_db_helper"  # the fixture of pytest-django that opens the transaction of a test
_open: transaction.Atomic | None = None
_blocker = None  # of pytest-django, with which the transaction was opened


def is_wanted_by(item) -> bool:
    """Return whether a test of this folder uses the starter content in a transaction that is rolled back."""
    if not item.path.is_relative_to(Path(__file__).parent) or "starter" not in item.fixturenames:
        return False
    marker = item.get_closest_marker("django_db")
    real = {"transactional_db", "live_server"} & set(item.fixturenames)
    return not real and not (marker and marker.kwargs.get("transaction"))


def is_loaded() -> bool:
    """Return whether the transaction with the starter content is open."""
    return _open is not None


def enter(blocker) -> None:
    """Open the transaction and load the starter content, unless it is open."""
    global _open, _blocker
    if _open is None:
        with blocker.unblock():
            _open, _blocker = transaction.atomic(), blocker
            _open._from_testcase = True  # as Django marks its own: a durable block may open inside
            _open.__enter__()
            launch_content.load()


def leave() -> None:
    """Roll the transaction back, if it is open."""
    global _open
    if _open is not None:
        with _blocker.unblock():
            transaction.set_rollback(True)
            _open.__exit__(None, None, None)
        _open = None
