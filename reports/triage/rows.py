"""The rows of the queue: why a case is there, what else must be known, and its clock. Nothing of the story."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from safetycenter.hints import Text
from safetycenter.roles import Account

from ..cases.case_effects.clock import QUARANTINE_PERIOD, RETURNS_BEFORE_ALARM
from ..cases.linked import linked_counts
from ..deadlines import FIRST_REVIEW
from ..models.case import Case, State
from ..models.state import FREE
from ..priority import REASONS
from ..staffing.hours import clock_in_words
from .clocks import Clock
from .flags import flags
from .why import TIERS, why

# Reasons of the score that a row already shows: the age, and the sign of a new reply.
SHOWN_ELSEWHERE = ("minor", "minor_unsure", "unread_reply")
MOST_LINKED = 9  # above this, a row says "9+": the exact number is counted over a limited number of reports
ANSWERED = ("resolved", "second", "withdrawn", "misuse", "restored")  # views of cases that were looked at


@dataclass(frozen=True)
class Badge:
    """A small sign of a row. ``sentence`` is read by screen readers."""

    kind: str
    icon: str
    text: str
    sentence: Text


class Row:
    """One case as a line. ``linked`` is the number of linked reports that this person may know of, with this one."""

    def __init__(self, case: Case, user: Account, linked: int, state_is_known: bool = False) -> None:
        self.case, self.linked = case, linked
        self.first, *self._other_rules = why(case) or [TIERS[case.tier]]
        self.clock = Clock.of(case)
        self.holder = holder(case, user)
        self._flags = flags(case, in_queue_of=user)
        self.is_held = bool(case.handler_id and case.handler_id != user.pk)
        self._state_is_known = state_is_known

    @property
    def warnings(self) -> list[tuple[str, Text]]:
        """What must be known before anything else, as ``(kind, sentence)``: a row never cuts it."""
        return [(kind, sentence) for kind, sentence in self._flags if kind == "danger"]

    @property
    def then(self) -> list[tuple[str, Text]]:
        """What else must be known, as ``(kind, sentence)``, the most serious first; a row cuts what has no space."""
        case = self.case
        signs = {str(sentence) for name, sentence in _sentences_of_signs().items() if getattr(case, name)}
        told = [(kind, text) for kind, text in self._flags if kind != "danger" and str(text) not in signs]
        if case.state not in FREE and case.state != State.IN_PROGRESS and not self._state_is_known:
            told.append(("", case.get_state_display()))
        points = [REASONS[key][1] for key in case.reasons if key in REASONS and key not in SHOWN_ELSEWHERE]
        return told + [("", sentence) for sentence in [*self._other_rules, *points]]

    @property
    def badges(self) -> list[Badge]:
        """The small signs of this row."""
        case, signs = self.case, _sentences_of_signs()
        many: int | str = self.linked if self.linked <= MOST_LINKED else f"{MOST_LINKED}+"
        linked = ngettext("%(n)s linked report", "%(n)s linked reports", self.linked) % {"n": many}
        returned = _("returned to the queue %(n)s times") % {"n": case.times_returned}
        shown = [
            (case.unread_reply, Badge("new", "message", "", signs["unread_reply"])),
            (self.linked > 1, Badge("", "link", f"×{many}", linked)),
            (
                case.times_returned >= RETURNS_BEFORE_ALARM,
                Badge("warn", "history", f"×{case.times_returned}", returned),
            ),
            (case.restricted, Badge("", "lock", "", signs["restricted"])),
        ]
        return [badge for is_shown, badge in shown if is_shown]

    @property
    def is_other_language(self) -> bool:
        """Whether the report is in another language than this page."""
        return self.case.language != get_language()

    @property
    def is_late(self) -> bool:
        """Whether the next step is overdue."""
        return bool(self.clock and self.clock.state == "late")


def holder(case: Case, user: Account) -> str:
    """Return who holds the case, and until when; empty if nobody does."""
    if case.handler is None:
        return ""
    name = _("you") if case.handler_id == user.pk else str(case.handler)
    if case.lease_until and case.is_leased and case.state == State.IN_PROGRESS:
        return _("%(name)s, until %(when)s") % {"name": name, "when": clock_in_words(case.lease_until)}
    return name


def rows_of(cases: Sequence[Case], user: Account, state_is_known: bool) -> list[Row]:
    """Return a row for each case, in the same order. ``state_is_known``: the view has one state only."""
    linked = linked_counts(cases, user)
    return [Row(case, user, linked[case.pk], state_is_known) for case in cases]


def groups_of(rows: Sequence[Row], view: str) -> list[dict]:
    """Return the rows by tier, each with what is promised: that a person looks, unless nobody waits in this view."""

    def heading(tier: int) -> Text:
        if view in ANSWERED:
            return TIERS[tier]
        return promise_in_words(QUARANTINE_PERIOD if view == "quarantined" else FIRST_REVIEW[tier])

    return [
        {"tier": tier, "heading": heading(tier), "rows": list(found)}
        for tier, found in groupby(rows, key=lambda row: row.case.tier)
    ]


def promise_in_words(limit: timedelta) -> str:
    """Return ``a person looks within 4 hours`` or ``… within 3 days``."""
    hours = int(limit.total_seconds()) // 3600
    if hours <= 24:
        return ngettext("a person looks within %(n)s hour", "a person looks within %(n)s hours", hours) % {"n": hours}
    return ngettext("a person looks within %(n)s day", "a person looks within %(n)s days", hours // 24) % {
        "n": hours // 24
    }


def _sentences_of_signs() -> dict[str, str]:
    return {"unread_reply": _("New reply"), "restricted": _("Restricted to child safety")}
