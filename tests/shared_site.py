"""The starter content that journeys that only read share: filled once, emptied before the next test of another kind."""

from io import StringIO

from django.core.management import call_command

from tests import launch_content, pristine

_filled_with = None  # the blocker of pytest-django with which the tables were filled


def fill(blocker) -> None:
    """Fill the empty tables, if they are not filled."""
    global _filled_with
    if _filled_with is None:
        launch_content.load()
        call_command("load_categories", stdout=StringIO())
        _filled_with = blocker


def empty() -> None:
    """Empty the tables, if they are filled, as pytest-django does after a test with real transactions."""
    global _filled_with
    if _filled_with is not None:
        with _filled_with.unblock():
            pristine.put_back()
        _filled_with = None
