"""``manage.py housekeeping``: run the scheduled tasks, every minute (or with ``--every 60``). Safe to repeat."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management import CommandParser
from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections, connection
from django.utils.module_loading import import_string

from reports import scheduled_tasks
from reports.audit import insider
from reports.cases import bursts, known_files, ledger, reminder_mail, retention, second_look
from reports.cases.verification import anchors, register, staff_heads
from reports.evidence import missing
from reports.evidence.sweep import sweep_when_due
from reports.staffing import notices
from reports.statistics import quarter, recount, upkeep
from safetycenter import heartbeat, limits
from safetycenter.exclusive import exclusive
from safetycenter.page_cache import cache_version

log = logging.getLogger("reports.housekeeping")

TASKS = {
    "pages sent": notices.page_on_call,
    "insiders watched": insider.watch,
    "events countersigned": register.countersign,
    "staff log remembered": staff_heads.remember,
    "anchors sent": anchors.send,
    "leases ended": scheduled_tasks.end_leases,
    "overdue": scheduled_tasks.mark_overdue,
    "burst turns given": bursts.interleave_bursts,
    "unanswered cases returned": scheduled_tasks.return_waiting_cases,
    "keys renewed": scheduled_tasks.renew_keys,
    "keys of locked files moved": scheduled_tasks.move_custody,
    "resolved cases closed": scheduled_tasks.close_resolved,
    "unclosed cases to the lead": scheduled_tasks.escalate_left_open,
    "late referrals": scheduled_tasks.alarm_late_referrals,
    "late data requests": scheduled_tasks.alarm_late_data_requests,
    "nobody available": scheduled_tasks.alarm_nobody_available,
    "duties that nobody may meet": scheduled_tasks.alarm_unmet_duties,
    "old second looks deleted": second_look.delete_old,
    "identifiers indexed": scheduled_tasks.index_identifiers,
    "files recognised": known_files.index,
    "sent files erased": scheduled_tasks.erase_sent_files,
    "drafts ended": scheduled_tasks.delete_expired_drafts,
    "withdrawals": retention.run_withdrawals,
    "erased by schedule": retention.run_schedule,
    "ledger of erasures kept": ledger.keep,  # after all that erase cases
    "reminders sent": reminder_mail.send,  # after what erases addresses; a slow mail server holds up little
    "counters deleted": limits.delete_expired,
    "old statistics deleted": lambda: sum(import_string(name)() for name in settings.CLEANUP_TASKS),
    "files swept": sweep_when_due,
    "missing files noted": missing.note_when_due,
    "counters kept": upkeep.keep,
    "counters checked": recount.check_daily,
    "figures published": quarter.publish_due,
    "scheduled page changes": lambda: cache_version.current() and None,  # the version is not a count of changes
    "freed database pages": retention.truncate_wal,  # after all tasks that erase
}


class Command(BaseCommand):
    """Run every task once; one that fails does not stop the others."""

    help = "Run the scheduled tasks. Run this every minute, or once with --every 60. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add ``--every SECONDS``, which repeats the round."""
        parser.add_argument("--every", type=int, metavar="SECONDS", help="repeat after this many seconds")

    def handle(self, *args: Any, every: int | None = None, **options: Any) -> None:
        """Run one round, or repeat it forever."""
        if not settings.HOUSEKEEPING:
            self.stdout.write("Housekeeping is switched off on this node (HOUSEKEEPING=0); another one must run it.")
            return
        while True:
            _one_round()
            if not every:
                return
            close_old_connections()
            time.sleep(every)


def _one_round() -> None:
    """Run every task, unless another process does so now: two would page the same people twice.

    A round that loses its connection ends, because the lock against other processes is lost with it; the next round
    begins with a working connection.
    """
    try:
        with exclusive("housekeeping") as is_ours:
            if is_ours:
                heartbeat.delete_others(TASKS)
                for name, task in TASKS.items():
                    _run(name, task)
    except Error:  # DatabaseError, or InterfaceError when the connection is closed
        log.exception("housekeeping round failed")
        close_old_connections()


def _run(name: str, task: Callable[[], int | None]) -> None:
    """Run one task. Only a failure is logged: a task that had something to do shows when a report arrived or ended."""
    try:
        heartbeat.started(name)
        task()
        heartbeat.succeeded(name)
    except Exception as error:
        log.exception("housekeeping task failed", extra={"facts": {"task": name}})
        if isinstance(error, Error) and not connection.is_usable():
            raise
