"""``manage.py forget_second_factor``: for a member of staff who lost phone, passkey and recovery codes."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError

from safetycenter.accounts import sessions


class Command(BaseCommand):
    """Remove every second factor of one person and end their sessions. They add a new one at the next sign-in."""

    help = (
        "Remove the second factor of one member of staff. Make sure first that it is really them who ask, "
        "and give them a new password. Without --commit it only says what it would do."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the username and ``--commit``."""
        parser.add_argument("username")
        parser.add_argument("--commit", action="store_true", help="remove it; without this option only count")

    def handle(self, *args: Any, username: str, commit: bool, **options: Any) -> None:
        """Count them; with ``--commit`` remove them and end the sessions. Raises CommandError for an unknown name."""
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account called {username!r}.")
        theirs = Authenticator.objects.filter(user=user)
        count = theirs.count()
        if not commit:
            self.stdout.write(f"Would remove {count} second factors of {username}. Nothing was changed: add --commit.")
            return
        theirs.delete()
        sessions.end_all(user.pk)  # one of them may be on the phone that was lost
        self.stdout.write(f"Removed {count} second factors of {username}, who is signed out everywhere.")
