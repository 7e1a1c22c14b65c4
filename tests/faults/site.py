"""The site for tests of faults: its form is open, a request can name where its process dies.

The header ``X-Die-At: 7`` kills the process, as ``kill -9`` does, at the seventh point of the request: before each SQL
statement, before and after each commit, before and after each piece of a file, and before the answer leaves.
"""

import os
import signal
import threading

from safetycenter.wsgi import application as whole  # it configures Django

# isort: split
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from reports.evidence import store
from reports.staffing import intake_status

intake_status._preconditions = lambda *_now: {}
left = threading.local()  # points that this request may still pass; none where no header asks for it


def point() -> None:
    """Die here if it is the point that the request named."""
    if getattr(left, "points", None) is None:
        return
    left.points -= 1
    if left.points == 0:
        os.kill(os.getpid(), signal.SIGKILL)


def at_points(act):
    """Return ``act`` with a point before and after it."""

    def acted(*args, **options):
        point()
        done = act(*args, **options)
        point()
        return done

    return acted


class Watched:
    """A file with a point before and after each piece."""

    def __init__(self, file) -> None:
        self._file, self.write = file, at_points(file.write)

    def close(self) -> None:
        """Close the file."""
        point()
        self._file.close()


BaseDatabaseWrapper._commit = at_points(BaseDatabaseWrapper._commit)
create = store.create
store.create = lambda file_id: Watched(create(file_id))


def statement(execute, *args):
    """Run a statement after a point."""
    point()
    return execute(*args)


def application(environ, start_response):
    """Answer as the site does, up to the point that the request names."""
    named = environ.get("HTTP_X_DIE_AT")
    if named is None:
        return whole(environ, start_response)
    left.points = int(named)
    try:
        with connection.execute_wrapper(statement):
            answer = whole(environ, start_response)
        point()
        return answer
    finally:
        left.points = None
