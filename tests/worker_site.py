"""The site, and what one of its processes says of itself at ``/worker``, for tests of gunicorn.

It asks the database while it loads, which the site itself does not: a worker must not get that connection.
"""

import json
import os
import random
import sys

from safetycenter.wsgi import application as whole  # first, because it configures Django

from django.db import connection  # isort: skip
from reports.crypto.vault import keys  # isort: skip
from safetycenter import shared_start  # isort: skip

with connection.cursor() as cursor:
    cursor.execute("SELECT 1")
LOADED_IN = os.getpid()
READ_IN: list[int] = []
shared_start.register(lambda: READ_IN.append(os.getpid()))


def application(environ, start_response):
    """Answer as the site does, except at ``/worker``."""
    if environ["PATH_INFO"] != "/worker":
        return whole(environ, start_response)
    said = {
        "worker": os.getpid(),
        "loaded in": LOADED_IN,
        "read in": READ_IN,
        "session": _session(),
        "random": random.random(),
        "keys missing": keys.missing(),
        "modules": sorted(name for name in sys.modules if "." not in name or "admin" in name),
    }
    start_response("200 OK", [("Content-Type", "application/json"), ("Connection", "close")])
    return [json.dumps(said).encode()]


def _session() -> int | None:
    """Return PostgreSQL's process for the connection of this thread; SQLite has none."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]
