"""``manage.py referral_key``: print the public keys with which agencies check the packages of referrals."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.crypto.vault.box import KeyMissingError
from reports.crypto.vault.published_pair import REFERRALS


class Command(BaseCommand):
    """Print the public half, to be published where agencies find it. The private half is never printed."""

    help = (
        "Print the public keys that verify the packages of referrals (tools/verify_referral.py), the present one first."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the keys in base64, the present one first. Raises CommandError if this node has none."""
        try:
            key_id, public = REFERRALS.public_key()
        except KeyMissingError as error:
            raise CommandError("There is no key on this server. Run make_keys at a desk.") from error
        self.stderr.write(f"key id {key_id}")
        self.stdout.write(public)
        for old_id, old in REFERRALS.public_keys().items():
            if old_id == key_id:
                continue
            self.stderr.write(f"key id {old_id}, replaced: for packages that it signed")
            self.stdout.write(old)
