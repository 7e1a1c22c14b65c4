"""``manage.py renew_queue_keys``: sort the queue again after a change of points or limits (docs/priority.md)."""

from typing import Any

from django.core.management.base import BaseCommand

from reports.cases import bursts, queue_keys


class Command(BaseCommand):
    """Compute the stored keys of all cases with the code of this version. Run it at a desk; it may be repeated."""

    help = "Sort the queue again, after a version that changed points or time limits."

    def handle(self, *args: Any, **options: Any) -> None:
        """Renew the keys, let burst cases take turns, and print how many cases moved."""
        moved = queue_keys.renew()
        bursts.interleave_bursts()
        self.stdout.write(f"cases with a new place: {moved}")
