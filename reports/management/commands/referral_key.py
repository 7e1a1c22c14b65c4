"""``manage.py referral_key``: print the public key with which agencies check the packages of referrals."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.crypto.vault import referral_key
from reports.crypto.vault.box import KeyMissingError


class Command(BaseCommand):
    """Print the public half, to be published where agencies find it. The private half is never printed."""

    help = "Print the public key that verifies the packages of referrals (tools/verify_referral.py)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the key in base64. Raises CommandError if this node has none."""
        try:
            key_id, public = referral_key.public_key()
        except KeyMissingError as error:
            raise CommandError("There is no key on this server. Run make_keys at a desk.") from error
        self.stderr.write(f"key id {key_id}")
        self.stdout.write(public)
