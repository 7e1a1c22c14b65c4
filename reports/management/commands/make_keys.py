"""``manage.py make_keys``: make the key files that are missing."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandParser
from django.core.management.base import BaseCommand

from reports.crypto.vault import keys, signing
from reports.crypto.vault.published_pair import RECEIPTS, REFERRALS

HOW = "Copy them: the public halves of a public node from its desk, all others from the backup."


class Command(BaseCommand):
    """Make the keys that reports are sealed with. Existing files are never changed, and a public node makes none."""

    help = "Make the key files that are missing under KEYS_DIR. Existing files are never changed."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the options that replace a key. The old one is kept, for what was sealed with it."""
        parser.add_argument("--replace-record-key", action="store_true")
        parser.add_argument("--replace-referral-key", action="store_true")
        parser.add_argument("--replace-receipt-key", action="store_true")
        parser.add_argument("--replace-pair", choices=(*keys.AUDIENCES, keys.CUSTODY))

    def handle(
        self,
        *args: Any,
        replace_record_key: bool = False,
        replace_referral_key: bool = False,
        replace_receipt_key: bool = False,
        replace_pair: str | None = None,
        **options: Any,
    ) -> None:
        """Make the missing files and print their names."""
        if replace_pair:
            kept = keys.replace_pair(Path(settings.KEYS_DIR), replace_pair)
            to_copy = (
                "both pairs to every desk"
                if replace_pair == keys.CUSTODY
                else f"{replace_pair}.public to every public node"
            )
            self.stdout.write(f"old pair kept as {kept}; copy {to_copy}")
        if replace_record_key:
            self.stdout.write(f"old audit log key kept as {signing.replace_record_key(Path(settings.KEYS_DIR))}")
        if replace_referral_key:
            kept = REFERRALS.replace(Path(settings.KEYS_DIR))
            self.stdout.write(f"old public key of referrals kept as {kept}; publish what referral_key prints now")
        if replace_receipt_key:
            kept = RECEIPTS.replace(Path(settings.KEYS_DIR))
            self.stdout.write(f"old public key of receipts kept as {kept}; copy both and the pair to every node")
        made = keys.make(Path(settings.KEYS_DIR))
        if made:
            self.stdout.write(f"keys made: {', '.join(made)}")
        if missing := keys.missing():
            self.stdout.write(f"keys missing: {', '.join(missing)}. {HOW}")
        elif not made:
            self.stdout.write("all keys exist")
