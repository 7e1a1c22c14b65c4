"""``manage.py make_keys``: make the key files that are missing."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from reports.vault import keys

HOW = "Copy them from where they were made: the public halves of a public node from its desk, others from the backup."


class Command(BaseCommand):
    """Make the keys that reports are sealed with. Existing files are never touched, and a public node makes none."""

    help = "Make the key files that are missing under KEYS_DIR. Existing ones are never touched."
    requires_system_checks = []

    def handle(self, *args, **options):
        """Make what is missing and name it."""
        made = keys.make(Path(settings.KEYS_DIR))
        if made:
            self.stdout.write(f"keys made: {', '.join(made)}")
        if missing := keys.missing():
            self.stdout.write(f"keys missing: {', '.join(missing)}. {HOW}")
        elif not made:
            self.stdout.write("keys are in place")
