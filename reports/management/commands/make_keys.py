"""``manage.py make_keys``: make the key files that are missing."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from reports.vault import keys


class Command(BaseCommand):
    """Make the keys that reports are sealed with. Existing files are never touched."""

    help = "Make the key files that are missing under KEYS_DIR. Existing ones are never touched."
    requires_system_checks = []

    def handle(self, *args, **options):
        """Make what is missing and name it."""
        made = keys.make(Path(settings.KEYS_DIR))
        self.stdout.write(f"keys made: {', '.join(made)}" if made else "keys are in place")
