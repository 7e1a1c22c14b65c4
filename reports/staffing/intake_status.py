"""Decide whether the report form may be open, and which warning is displayed before anyone types (H1, H2).

A child must not send a report to a form that nobody reads. Intake is therefore closed, and helplines are displayed,
until everything needed to read reports is in place; if nobody has been looking, the first page says so.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.conf import settings
from django.db.models import Max
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from safetycenter.accounts.policy import enrolled
from safetycenter.mail import NOWHERE
from safetycenter.memory import for_seconds
from safetycenter.roles import holders

from ..crypto.vault import keys
from ..deadlines import FIRST_LOOK
from ..models.case import Case
from ..models.watch import OnCallChannel
from .hours import Roster, in_words

CHANNEL_TEST_LASTS = timedelta(days=30)
CHILD_SAFETY_ACCOUNTS = 2
HOURS_A_WEEK = timedelta(hours=10)  # staffed hours in which reports of every tier are read
SILENT_AFTER = timedelta(hours=12)  # staffed time without anybody at the desk
SILENT_AT_MOST = timedelta(days=3)  # elapsed time, whatever the staffed hours
LOWEST_TIER = max(FIRST_LOOK)

NEEDED = {
    "operator": _("Name of the operator (OPERATOR_NAME)"),
    "operator_contact": _("Contact of the operator (OPERATOR_CONTACT)"),
    "data_protection": _("Data-protection contact (DATA_PROTECTION_CONTACT)"),
    "hours": _("Ten staffed hours a week in which every report is read"),
    "on_call": _("An on-call channel whose test was confirmed in the last 30 days"),
    "child_safety": _("Two child-safety accounts with two-step verification"),
    "emergency": _("Emergency numbers checked by the operator"),
    "keys": _("Keys for sealing reports"),
}


@dataclass(frozen=True)
class IntakeStatus:
    """The status of intake at one moment."""

    missing: tuple[str, ...]
    now: datetime
    roster: Roster

    @property
    def is_open(self) -> bool:
        """Whether reports can be taken."""
        return not self.missing

    @cached_property
    def nobody_looks(self) -> bool:
        """The dead-man's switch: a P0 case is waiting for twice its promise, or no handler was at the desk.

        No handler means for 12 staffed hours, or for three days.
        """
        return (
            self.is_open and not settings.DEBUG and (_forgotten_case(self.now) or _silent_desk(self.now, self.roster))
        )

    @cached_property
    def is_night(self) -> bool:
        """Whether nobody reads even the most urgent reports now."""
        return not self.roster.is_staffed(0, self.now)

    @cached_property
    def ends(self) -> str:
        """When the current staffed window ends, as text; empty at night, and if staffed around the clock (H2)."""
        closes = None if self.roster.covers_the_clock(0, self.now) else self.roster.staffed_until(0, self.now)
        return in_words(closes, self.now) if closes else ""

    @property
    def begins_again(self) -> str:
        """When the next staffed window begins, as text."""
        closes = self.roster.staffed_until(0, self.now) or self.now
        return in_words(self.roster.next_look(0, closes), self.now)

    @property
    def next_look(self) -> str:
        """When somebody reads again, as text in three time zones."""
        return in_words(self.roster.next_look(0, self.now), self.now)


def intake_status() -> IntakeStatus:
    """Return the current status after checking every precondition; with DEBUG, a local demo, only the keys.

    Pages of the form call ``recent_opening``; staff, who may just have changed something, need the current status.
    """
    roster = Roster.now()
    missing = ["keys"] if keys.missing() else []
    if not settings.DEBUG:
        missing += [name for name, stands in _preconditions(roster).items() if not stands]
    return IntakeStatus(tuple(missing), timezone.now(), roster)


@for_seconds
def recent_opening() -> IntakeStatus:
    """Return the status of intake; up to ``memory.SECONDS`` old."""
    return intake_status()


def _preconditions(roster: Roster) -> dict[str, bool]:
    tested_since = timezone.now() - CHANNEL_TEST_LASTS
    return {
        "operator": bool(settings.OPERATOR["name"]),
        "operator_contact": bool(settings.OPERATOR["contact"]),
        "data_protection": bool(settings.OPERATOR["data_protection_contact"]),
        "hours": roster.a_week(LOWEST_TIER) >= HOURS_A_WEEK,
        "on_call": not settings.EMAIL_BACKEND.startswith(NOWHERE) and _woken(tested_since) >= _to_be_woken(),
        "child_safety": _enrolled_child_safety() >= CHILD_SAFETY_ACCOUNTS,
        "emergency": import_string(settings.EMERGENCY_NUMBERS_VERIFIED)(),
    }


def _woken(tested_since: datetime) -> set[bool]:
    tested = OnCallChannel.objects.filter(active=True, tested_at__gte=tested_since)
    return set(tested.values_list("for_withheld", flat=True))


def _to_be_woken() -> set[bool]:
    """Return which channels must exist: the desk's, and that of the lead of withheld cases if there is one."""
    return {False, True} if holders("reports.handle_withheld").exists() else {False}


def _enrolled_child_safety() -> int:
    outside = holders("reports.handle_withheld")  # an outside lead reviews few cases and never the queue
    return sum(1 for user in holders("reports.handle_restricted").exclude(pk__in=outside).only("pk") if enrolled(user))


def _forgotten_case(now: datetime) -> bool:
    # Includes cases that are with the supervisor, or assigned to somebody who has not read what came in. A case that
    # was returned late counts once its new promise has passed.
    unseen = Case.objects.queued().filter(tier=0, seen_at=None, due_at__lt=now - FIRST_LOOK[0])
    return unseen.exclude(promised_again_at__gte=now).exists()


def _silent_desk(now: datetime, roster: Roster) -> bool:
    at_the_desk = holders("reports.handle_case").exclude(pk__in=holders("reports.handle_withheld"))
    last = at_the_desk.aggregate(last=Max("last_login"))["last"]
    return last is None or now - last >= SILENT_AT_MOST or roster.staffed_between(last, now) >= SILENT_AFTER
