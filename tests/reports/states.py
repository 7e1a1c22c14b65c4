"""Bring a case into a state by what reporters and staff do, for tests of what holds in every state."""

from reports.cases import lifecycle
from reports.cases.lifecycle import perform
from reports.models import Case
from reports.models.state import LIVE, State
from tests.cast import Filed
from tests.reports.actions import resolve

REPLY, ASK = ("reply", {"text": "Ini hasilnya."}), ("ask", {"text": "Kapan?"})
TAKEN = [("claim", {})]
RESOLVED = [*TAKEN, REPLY, ("resolve", {})]
# The actions that lead to each state, in order. A quarantined case is one that was sent like a machine sends it.
WAYS = {
    State.RECEIVED: [],
    State.QUARANTINED: [],
    State.TRIAGE: [*TAKEN, ("release", {})],
    State.IN_PROGRESS: TAKEN,
    State.WAITING_REPORTER: [*TAKEN, ASK],
    State.ESCALATED: [*TAKEN, ("request_review", {})],
    State.RESOLVED: RESOLVED,
    State.CLOSED: [*RESOLVED, ("close", {"outcome": "helped"})],
    State.WITHDRAWN: [("withdraw", {"coerced": "no"})],
}
# A referred case needs an agency (tests/reports/referral); an erased one is no live one.
REACHED = tuple(state for state in LIVE if state in WAYS)


def filed_in(state: str, file, moderator) -> Filed:
    """The report of an adult in ``state``, which is one of REACHED; what staff do is done by ``moderator``."""
    filed = file(age="adult", suspicious=state == State.QUARANTINED)
    filed.case = bring_to(state, filed.case, moderator, moderator)
    return filed


def bring_to(state: str, case: Case, first, second) -> Case:
    """The case in ``state``, one of REACHED; staff actions are done by ``first``, closing by ``second``."""
    for name, details in WAYS[state]:
        by = (second if name == "close" else first) if name in lifecycle.STAFF_ACTIONS else None
        case = resolve(case, by) if name == "resolve" else perform(case, name, by=by, **details)
    assert Case.objects.get(pk=case.pk).state == state
    return case
