"""Run inside a site: fill it with made-up cases, sign a person of each role in, and check the queries of their pages.

``python -m tools.bench.cases 1000`` prints JSON: for each role a session's cookie and the paths of its pages; the
highest number of queries of a page; and the pages of which PostgreSQL would read all cases. Only for a site made for
measuring.
"""

import json
import os
import re
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safetycenter.settings")
READERS = ("moderator", "child-safety", "supervisor")
ROLES = ("triage", *READERS, "outside-lead")
FIRST, QUEUE, NEXT = "/admin/", "/admin/reports/case/", "/admin/reports/case/next/"


def main(count: int) -> None:
    """Make the cases, and print the facts."""
    django.setup()
    from django.conf import settings

    people = {role: _person(role) for role in ROLES}
    _fill(count)
    roles = {role: {"session": _session(user), "pages": _pages(user)} for role, user in people.items()}
    most, sequential = _checked(roles)
    name = settings.SESSION_COOKIE_NAME
    sys.stdout.write(json.dumps({"cookie": name, "roles": roles, "most": most, "sequential": sequential}))


def _person(role: str):
    """Return a new member of staff with this role and a second factor."""
    from allauth.mfa.models import Authenticator
    from django.contrib.auth.models import Group, User

    user = User.objects.create_user(f"bench-{role}", is_staff=True)
    user.groups.set(Group.objects.filter(name=role))
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    return user


def _fill(count: int) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    settings.DEBUG = True  # made-up cases are refused elsewhere
    call_command("seed_cases", count, stdout=sys.stderr)
    settings.DEBUG = False
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _session(user) -> str:
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


def _pages(user) -> dict[str, str]:
    """Return the paths of this person's pages by name: first page, views of the queue, deep in it, one case."""
    from reports.models import Case
    from reports.statistics.figures import may_open
    from reports.triage.paging import Cursor
    from reports.triage.saved_views import views_for

    pages = {"first page": FIRST} | {f"view {name}": f"{QUEUE}?show={name}" for name in views_for(user)}
    cases = Case.objects.visible_to(user).queued()
    if middle := cases[cases.count() // 2 :].first():
        pages["deep in the queue"] = f"{QUEUE}?show=all&after={Cursor.of(middle)}"
    if case := Case.objects.readable_by(user).queued().first():
        pages["a case"] = f"{QUEUE}{case.reference}/"
    if may_open(user):
        pages["dashboard"] = f"{QUEUE}dashboard/"
    return pages


def _checked(roles: dict) -> tuple[int, list[str]]:
    """Return the highest number of queries of a page, and the pages with a plan that reads all cases in sequence."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    most, sequential = 0, []
    for role, facts in roles.items():
        client = Client(headers={"host": "127.0.0.1"})
        client.cookies[settings.SESSION_COOKIE_NAME] = facts["session"]
        for name, path in facts["pages"].items():
            with CaptureQueriesContext(connection) as asked:
                if client.get(path).status_code != 200:
                    raise ValueError(f"{role}: {path}")
            statements = [query["sql"] for query in asked if not re.match("BEGIN|COMMIT", query["sql"])]
            most = max(most, len(statements))
            if any(_reads_all_cases(sql) for sql in statements):
                sequential.append(f"{role}: {name}")
    return most, sequential


def _reads_all_cases(sql: str) -> bool:
    from django.db import connection

    if not re.match("SELECT|UPDATE", sql) or "reports_case" not in sql:
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}")
        return any("Seq Scan on reports_case " in line for (line,) in cursor.fetchall())


if __name__ == "__main__":
    main(int(sys.argv[1]))
