"""What an operator reads when the database refuses a command."""

from django.db import Error
from django.utils.translation import gettext as _


def sentence(error: Error) -> str:
    """Return what failed in the first line of the database's words, what to check, and how to see where it failed.

    The other lines may have values of rows.
    """
    said = str(error).strip().partition("\n")[0] or type(error).__name__
    return _(
        "The database does not do this (%(reason)s). Check that it runs, DATABASE_URL and its password, that manage.py "
        "set_up has made the tables, and that deploy/grants.sql was run after it. If all of that is right, it may be "
        "an error of this program: --traceback shows where."
    ) % {"reason": said}
