"""The clock of a case in a row: a ring that empties, and how long is left in few words.

``static/js/clocks.js`` draws both again each minute by the same rules, with the words of ``patterns``.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..cases.case_effects.clock import QUARANTINE_PERIOD
from ..deadlines import FIRST_REVIEW
from ..models.case import Case, State

RING = 37.7  # the circumference of a circle with radius 6
MINUTE = 60


@dataclass(frozen=True)
class Clock:
    """How long until ``due``. ``state`` is "late", "soon" (less than half of the time of this tier) or empty."""

    due: datetime
    limit: int  # seconds
    left: float  # seconds; negative after the deadline

    @classmethod
    def of(cls, case: Case, now: datetime | None = None) -> "Clock | None":
        """Return the clock of the next step of ``case``; None if nobody must act, or while its reporter pauses it.

        A pause is known of cases that were read ``with_data_requests``, as pages of cases and of the queue do.
        """
        if case.next_action_at is None or ("has_stop" in vars(case) and case.is_stopped):
            return None
        limit = QUARANTINE_PERIOD if case.state == State.QUARANTINED else FIRST_REVIEW[case.tier]
        left = (case.next_action_at - (now or timezone.now())).total_seconds()
        return cls(case.next_action_at, int(limit.total_seconds()), left)

    @property
    def state(self) -> str:
        """Return how urgent it is, as a class of the style sheet."""
        if self.left < 0:
            return "late"
        return "soon" if self.left < self.limit / 2 else ""

    @property
    def arc(self) -> str:
        """Return the length of the ring that is left; the whole ring after the deadline. With a decimal point."""
        share = 1 if self.left < 0 else min(1, self.left / max(self.limit, 1))
        return f"{RING * share:.1f}"

    @property
    def words(self) -> str:
        """Return ``31 min``, ``1 h 05``, ``5 h``, ``2 d 3 h`` or ``late 6 min``."""
        words = _duration(abs(self.left))
        return patterns()["late"] % {"time": words} if self.left < 0 else words


def patterns() -> dict[str, str]:
    """Return the words of a duration in the active language, by name."""
    return {
        "minutes": pgettext("duration", "%(minutes)s min"),
        "both": pgettext("duration", "%(hours)s h %(minutes)s"),
        "hours": pgettext("duration", "%(hours)s h"),
        "long": pgettext("duration", "%(days)s d %(hours)s h"),
        "days": pgettext("duration", "%(days)s d"),
        "late": _("late %(time)s"),
    }


def _duration(seconds: float) -> str:
    minutes = max(1, int(seconds) // MINUTE)
    hours, rest = divmod(minutes, 60)
    days, more = divmod(hours, 24)
    if not hours:
        name = "minutes"
    elif hours < 48:
        name = "both" if rest and hours < 5 else "hours"
    else:
        name, hours = "long" if more else "days", more
    return patterns()[name] % {"minutes": f"{rest:02}" if name == "both" else rest, "hours": hours, "days": days}
