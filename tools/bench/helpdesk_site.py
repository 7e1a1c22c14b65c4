"""django-helpdesk, filled and served by gunicorn with the settings of the site, on a separate database."""

import json
import os
import re
import subprocess
from contextlib import contextmanager
from typing import NamedTuple

import psycopg2

from . import load
from .browser import Browser, token

PYTHON = load.ROOT / "var/helpdesk/bin/python"  # made by the Makefile
SUBMIT = "/tickets/submit/"
TICKET = {
    "title": "Somebody threatens me",
    "body": "They mock me every day and send my picture to the group of my class.",
    "submitter_email": "somebody@example.org",
}
TABLE = re.compile(r'"url": "(/[^"]*datatables_ticket_list/[^"]+)"')


class Helpdesk(NamedTuple):
    """A running server, a member of staff who is signed in, and the queue of its tickets."""

    server: load.Server
    staff: Browser
    queue: str


@contextmanager
def helpdesk(database_url: str, count: int):
    """Yield a Helpdesk with ``count`` tickets, in a new database of the PostgreSQL server at ``database_url``."""
    host = database_url.removeprefix("postgres://postgres@").rpartition("/")[0]
    connection = psycopg2.connect(host=host, user="postgres", dbname="postgres")
    connection.autocommit = True
    connection.cursor().execute("CREATE DATABASE helpdesk")
    settings = {"DJANGO_SETTINGS_MODULE": "tools.bench.helpdesk.settings", "HELPDESK_HOST": host}
    environment = {**os.environ, **load.WORKERS, **settings, "HELPDESK_NAME": "helpdesk"}
    command = [str(PYTHON), "-m", "tools.bench.helpdesk.fill", str(count)]
    filled = subprocess.run(command, cwd=load.ROOT, env=environment, check=True, stdout=subprocess.PIPE).stdout
    facts = json.loads(filled)
    with load.gunicorn("tools.bench.helpdesk.wsgi", environment, str(PYTHON), load.OF_OTHERS) as server:
        yield Helpdesk(server, Browser(server.port, {"sessionid": facts["session"]}), str(facts["queue"]))


def send_ticket(port: int, queue: str) -> None:
    """Send one ticket as a new visitor: read its form, and send it."""
    visitor = Browser(port)
    form = visitor.get(SUBMIT)
    visitor.post(SUBMIT, token(form) | TICKET | {"queue": queue, "priority": "3"})


def table_of(page: str) -> str:
    """Return the path from which the list of tickets reads its first rows."""
    return TABLE.search(page)[1] + "?draw=1&start=0&length=25&order[0][column]=0&order[0][dir]=asc"
