"""``manage.py demo_staff``: accounts for trying the site, one a role, two where a rule needs a second person.

Only with DEBUG: the passwords are public.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import get_hasher
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

# Username → role. There is no superuser, who could open every report.
STAFF = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "reviewer": "reviewer",
    "publisher": "publisher",
    "publisher2": "publisher",  # a sensitive text needs two publishers
    "triage": "triage",
    "moderator": "moderator",
    "childsafety": "child-safety",
    "childsafety2": "child-safety",  # closing a restricted case takes two people
    "supervisor": "supervisor",
    "auditor": "auditor",
    "admin": "administrator",
}


class Command(BaseCommand):
    """Create the demo staff and print how to log in. Existing accounts are left unchanged."""

    help = "Create one staff account for each role, with the password demo-<name>. Only with DEBUG."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Create missing accounts. Raises CommandError outside DEBUG and when a role does not exist."""
        if not settings.DEBUG:
            raise CommandError("Demo passwords are public. Set DEBUG=1: the site then answers only on this machine.")
        there = set(User.objects.filter(username__in=STAFF).values_list("username", flat=True))
        for name, role in STAFF.items():
            if name not in there:
                _create(name, role)
        self.stdout.write(f"Demo staff, password demo-<name>: {', '.join(STAFF)}")


def _create(name: str, role: str) -> None:
    try:
        group = Group.objects.get(name=role)
    except Group.DoesNotExist:
        raise CommandError(f"There is no role {role!r}. Run migrate first.") from None
    person = User.objects.create(username=name, password=_hashed_once(f"demo-{name}"), is_staff=True)
    person.groups.add(group)


def _hashed_once(public: str) -> str:
    """Return the hash of a password that everybody knows, in one round: many rounds would protect nothing.

    They take longer than everything else that the demo needs. The first sign-in stores a hash with all rounds.
    """
    hasher = type(get_hasher())()
    if hasattr(hasher, "iterations"):
        hasher.iterations = 1
    return hasher.encode(public, hasher.salt())
