"""Run inside a site: fill it with made-up cases, sign a person of each role in, and check the queries of their pages.

``python -m tools.bench.cases 100000 2000`` makes 100,000 cases, 2,000 of them open (without the second number as many
as are filed), and prints JSON: for each role a session's cookie, the paths of its pages and the rows of its views; the
page with the most queries; and the pages for which PostgreSQL would read a whole table. Only for a site for measuring.
"""

import json
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safetycenter.settings")


def main(count: int, still_open: int | None = None) -> None:
    """Make the cases, and print the facts."""
    django.setup()
    from django.conf import settings
    from django.db import connection

    from reports.statistics import upkeep

    from . import base, copies

    began = time.monotonic()
    people = base.file_cases(count)
    if still_open is not None:
        copies.multiply(count, still_open, base.colleagues())
    copies.sign_latest()
    upkeep.recount_from_scratch()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    sys.stderr.write(f"{count} cases in {time.monotonic() - began:.0f} s\n")
    facts = {"cookie": settings.SESSION_COOKIE_NAME, "roles": {role: _facts(user) for role, user in people.items()}}
    sys.stdout.write(json.dumps(facts | _checked(facts["roles"])))


def _facts(user) -> dict:
    """Return the session of ``user``, their pages, and the rows of each view."""
    from . import desk_pages

    session = session_of(user)
    return {"session": session, "pages": desk_pages.pages(user, _client(session)), "rows": desk_pages.rows_of(user)}


def _client(session: str):
    from django.conf import settings
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    return client


def session_of(user) -> str:
    """Return the key of a session of ``user``, who gave their second factor in it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from safetycenter.accounts import policy

    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "safetycenter.accounts.backends.StaffBackend"
    session[policy.SESSION_KEY] = user.pk
    session.create()
    return session.session_key


def _checked(roles: dict) -> dict:
    """Return the page with the most queries and their number, and the pages that read a whole table, with its name."""
    from . import desk_pages

    counts, sequential = {}, []
    for role, facts in roles.items():
        client = _client(facts["session"])
        for name, path in facts["pages"].items():
            statements = desk_pages.asked(client, path)
            counts[f"{name} ({role})"] = len(statements)
            tables = set().union(*map(desk_pages.read_in_sequence, statements))
            sequential += [f"{name} ({role}): {table}" for table in sorted(tables)]
    dearest = max(counts, key=lambda name: counts[name])
    return {"most": counts[dearest], "dearest": dearest, "sequential": sequential}


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
