"""``manage.py housekeeping``: what time does. Run it every minute (or with ``--every 60``); it is safe to repeat."""

import logging
import time

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils.module_loading import import_string

from reports import notices, pocket, retention, upkeep
from reports.evidence import store
from safetycenter import limits

log = logging.getLogger("reports.housekeeping")

TASKS = {
    "pages sent": notices.page_on_call,
    "leases ended": upkeep.end_leases,
    "overdue": upkeep.mark_overdue,
    "silences handed back": upkeep.hand_back_silence,
    "closed by time": upkeep.close_resolved,
    "left open, to the lead": upkeep.hand_over_left_open,
    "cases marked": upkeep.make_marks,
    "pockets swept": pocket.sweep,
    "withdrawals": retention.run_withdrawals,
    "erased by schedule": retention.run_schedule,
    "counters forgotten": limits.forget_ended,
    "old counts forgotten": lambda: sum(import_string(name)() for name in settings.FORGETTING),
    "files swept": lambda: store.sweep(upkeep.known_files),
    "freed pages": retention.forget_freed_pages,  # after everything that erases
}


class Command(BaseCommand):
    """Run every task once; one that fails does not stop the others."""

    help = "Leases, overdue, pages, withdrawals, retention, sweeping. Idempotent; run it every minute."

    def add_arguments(self, parser):
        """``--every SECONDS`` keeps running."""
        parser.add_argument("--every", type=int, metavar="SECONDS", help="run again and again")

    def handle(self, *args, every=None, **options):
        """Once, or forever."""
        while True:
            self._once()
            if not every:
                return
            close_old_connections()
            time.sleep(every)

    def _once(self):
        for name, task in TASKS.items():
            try:
                count = task()
            except Exception:
                log.exception("housekeeping task failed", extra={"facts": {"task": name}})
            else:
                if count:
                    self.stdout.write(f"{name}: {count}")
