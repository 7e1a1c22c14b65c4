"""Run inside django-helpdesk: make its tables and ``count`` tickets, 2 % of them open, and sign a member of staff in.

``python -m tools.bench.helpdesk.fill 1000`` prints JSON: ``{"session": cookie, "queue": primary key}``.
"""

import json
import os
import sys

import django

OPEN_IN_100 = 2


def main(count: int) -> None:
    """Make everything, and print the cookie of the session and the queue of the tickets."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tools.bench.helpdesk.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from helpdesk.models import Queue

    call_command("migrate", verbosity=0)
    queue = Queue.objects.create(title="Reports", slug="reports", allow_public_submission=True)
    _make(count, queue)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    sys.stdout.write(json.dumps({"session": _session(), "queue": queue.pk}))


def _make(count: int, queue) -> None:
    from helpdesk.models import Ticket

    tickets = (
        Ticket(
            queue=queue,
            title=f"Somebody threatens me {number}",
            description="They write every day. " * 20,
            submitter_email="somebody@example.org",
            priority=number % 5 + 1,
            status=Ticket.OPEN_STATUS if number % 100 < OPEN_IN_100 else Ticket.CLOSED_STATUS,
        )
        for number in range(count)
    )
    Ticket.objects.bulk_create(tickets, batch_size=1000)


def _session() -> str:
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import User

    user = User.objects.create_user("staff", is_staff=True, is_superuser=True)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session.create()
    return session.session_key


if __name__ == "__main__":
    main(int(sys.argv[1]))
