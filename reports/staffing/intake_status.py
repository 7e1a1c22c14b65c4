"""Decide whether the report form may be open, and which warning is displayed before anyone types (H1, H2).

A child must not send a report to a form that nobody reads. Intake is therefore closed, and helplines are displayed,
until everything needed to read reports is in place; if nobody has been looking, the first page says so.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from safetycenter.memory import cached_for_seconds

from ..crypto.vault import keys
from ..deadlines import FIRST_REVIEW
from ..models.wind_down import WindDown
from .channels import state
from .hours import Roster, in_words
from .people import People, people

CHILD_SAFETY_ACCOUNTS = 2
HOURS_A_WEEK = timedelta(hours=10)  # staffed hours in which reports of every tier are read
SILENT_AFTER = timedelta(hours=12)  # staffed time without anybody at the desk
SILENT_AT_MOST = timedelta(days=3)  # elapsed time, whatever the staffed hours
LOWEST_TIER = max(FIRST_REVIEW)

PRECONDITIONS = {
    "operator": _("Name of the operator (OPERATOR_NAME)"),
    "operator_contact": _("Contact of the operator (OPERATOR_CONTACT)"),
    "data_protection": _("Data-protection contact (DATA_PROTECTION_CONTACT)"),
    "hours": _("Ten staffed hours a week in which every report is read"),
    "on_call": _("An on-call channel that does not fail, with a test confirmed in the last 30 days"),
    "child_safety": _("Two child-safety accounts with two-step verification"),
    "emergency": _("Emergency numbers checked by the operator"),
    "impact_assessment": _("The day on which the impact assessment was finished (IMPACT_ASSESSMENT_ON)"),
    "legal_note": _("The day of the lawyer's note on reports of minors (LEGAL_NOTE_ON)"),
    "keys": _("Keys for sealing reports"),
}


@dataclass(frozen=True)
class IntakeStatus:
    """The status of intake at one moment."""

    missing: tuple[str, ...]
    now: datetime
    roster: Roster
    last_sign_in: datetime | None = None  # of anybody who handles cases
    last_day: date | None = None  # after which the operator stops: the form is closed (``manage.py wind_down``)
    channels: state.Channels | None = None  # not asked in a demo
    has_forgotten_case: bool = False  # a P0 case waits for twice its promise

    @property
    def is_open(self) -> bool:
        """Whether reports can be taken."""
        return not self.missing and self.last_day is None

    @cached_property
    def is_unattended(self) -> bool:
        """The dead-man's switch: a P0 case is waiting for twice its promise, or no handler was at the desk.

        No handler means for 12 staffed hours, or for three days.
        """
        return self.is_open and not settings.DEBUG and (self.has_forgotten_case or self._is_silent)

    @property
    def _is_silent(self) -> bool:
        last, now = self.last_sign_in, self.now
        return last is None or now - last >= SILENT_AT_MOST or self.roster.staffed_between(last, now) >= SILENT_AFTER

    @cached_property
    def is_night(self) -> bool:
        """Whether nobody reads even the most urgent reports now."""
        return not self.roster.is_staffed(0, self.now)

    @cached_property
    def shift_end(self) -> str:
        """When the current staffed window ends, as text; empty at night, and if staffed around the clock (H2)."""
        closes = None if self.roster.is_always_staffed(0, self.now) else self.roster.staffed_until(0, self.now)
        return in_words(closes, self.now) if closes else ""

    @property
    def reopens(self) -> str:
        """When the next staffed window begins, as text."""
        closes = self.roster.staffed_until(0, self.now) or self.now
        return in_words(self.roster.next_staffed(0, closes), self.now)

    @property
    def next_review(self) -> str:
        """When somebody reads again, as text in three time zones."""
        return in_words(self.roster.next_staffed(0, self.now), self.now)


def intake_status() -> IntakeStatus:
    """Return the current status after checking every precondition; with DEBUG, a local demo, only the keys.

    Pages of the form call ``cached_intake_status``; staff, who may just have changed something, need the current
    status.
    """
    roster = Roster.now()
    missing = ["keys"] if keys.missing() else []
    if settings.DEBUG:
        stops = WindDown.objects.values_list("last_day", flat=True).first()
        return IntakeStatus(tuple(missing), timezone.now(), roster, last_day=stops)
    now = timezone.now()
    desk, channels = people(now), state.now()
    missing += [name for name, is_met in _preconditions(roster, desk, channels).items() if not is_met]
    last = desk.last_sign_in, desk.last_day
    return IntakeStatus(tuple(missing), now, roster, *last, channels, desk.has_forgotten_case)


@cached_for_seconds
def cached_intake_status() -> IntakeStatus:
    """Return the status of intake; up to ``memory.CACHE_SECONDS`` old."""
    return intake_status()


def _preconditions(roster: Roster, desk: People, channels: state.Channels) -> dict[str, bool]:
    # The channel of the desk, and that of the lead of withheld cases if there is one.
    needed = {False, desk.has_outside_lead}
    return {
        "operator": bool(settings.OPERATOR["name"]),
        "operator_contact": bool(settings.OPERATOR["contact"]),
        "data_protection": bool(settings.OPERATOR["data_protection_contact"]),
        "hours": roster.weekly_time(LOWEST_TIER) >= HOURS_A_WEEK,
        "on_call": channels.reached >= needed,
        "child_safety": desk.child_safety >= CHILD_SAFETY_ACCOUNTS,
        "emergency": import_string(settings.EMERGENCY_NUMBERS_VERIFIED)(),
        # Nobody but the operator knows what is in these papers, so only that they exist is asked (J4).
        **{name: _has_come(day) for name, day in settings.OPENING_PAPERS.items()},
    }


def _has_come(day: str) -> bool:
    """Return whether ``day`` is an ISO date that is not in the future."""
    try:
        return date.fromisoformat(day) <= timezone.localdate()
    except ValueError:
        return False
