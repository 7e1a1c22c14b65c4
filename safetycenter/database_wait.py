"""Wait for a database that starts after this process, as after a reboot, or say in one sentence that it does not."""

from time import monotonic, sleep

from django.core.management import CommandParser
from django.core.management.base import CommandError, OutputWrapper
from django.db import OperationalError, connection
from django.utils.translation import gettext as _

PAUSE = 1.0  # seconds between two attempts


def add_option(parser: CommandParser) -> None:
    """Add ``--wait`` to a command."""
    parser.add_argument(
        "--wait", type=int, default=0, metavar="SECONDS", help="how long to wait until PostgreSQL answers (default: 0)"
    )


def wait(seconds: int, out: OutputWrapper) -> None:
    """Return once PostgreSQL answers; say on ``out`` that it is waited for. Raises CommandError after ``seconds``.

    A wrong password looks the same as a server that has just begun, so the reason is in the sentence.
    """
    if connection.vendor != "postgresql":
        return
    until = monotonic() + seconds
    said = False
    while reason := _refusal():
        if monotonic() >= until:
            sentence = _(
                "The database does not answer (%s). Start PostgreSQL, and check DATABASE_URL and its password."
            )
            raise CommandError(sentence % reason)
        if not said:
            out.write(_("The database does not answer yet. Waiting for it, at most %d seconds.") % seconds)
            out.flush()
            said = True
        sleep(PAUSE)


def _refusal() -> str:
    """Return why there is no connection, in the first line of PostgreSQL's words; empty if there is one."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        return str(error).strip().partition("\n")[0] or type(error).__name__
    return ""
