"""The linked cases of a case page: which one leads, and who decided that, as the record has it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from safetycenter.roles import Account

from ..cases.linked import LOOKED_AT, linked
from ..models.case import Case
from ..models.event import Event
from ..models.state import OPEN_STATES

SHOWN = 8  # linked cases above the fold


@dataclass(frozen=True)
class LinkedCase:
    """One row: another case, whether it leads or staff linked it, and the event by which they did; see ``rows``."""

    case: Case
    leads: bool
    by_staff: bool
    decided: Event | None


def context(case: Case, by: Account) -> dict[str, Any]:
    """Return the linked cases that ``by`` may see, how many are open, and over how many days all of these came.

    The first are shown, the others are folded. How many there are is counted from what ``by`` may see (H25).
    """
    others = linked(case, by)
    found = rows(case, others)
    times = [case.received_at, *(other.received_at for other in others)]
    return {
        "linked": found[:SHOWN],
        "linked_more": found[SHOWN:],
        "linked_open": sum(other.state in OPEN_STATES for other in others),
        "linked_limit": LOOKED_AT if len(others) > SHOWN else 0,
        "linked_days": (max(times) - min(times)).days + 1,
        "leads_here": any(row.case.lead_case_id == case.pk for row in found),
    }


def rows(case: Case, others: Collection[Case]) -> list[LinkedCase]:
    """Return a row for each of ``others``. A link is stored on the case that was linked, and so is its event.

    The case that leads has the event of ``case`` itself; each that ``case`` leads, or that has the same lead, its own.
    While the person may not see the lead, nothing says that there is one (H25).
    """
    known = {case.pk, *(other.pk for other in others)}
    lead = case.lead_case_id if case.lead_case_id in known else None
    leads = {case.pk, lead} - {None}
    by_staff = {other.pk for other in others if other.pk == lead or other.lead_case_id in leads}
    decided = _decided([case.pk, *by_staff]) if by_staff else {}
    return [
        LinkedCase(
            other, other.pk == lead, other.pk in by_staff, decided.get(case.pk if other.pk == lead else other.pk)
        )
        for other in others
    ]


def _decided(ids: Collection[UUID]) -> dict[UUID, Event]:
    """Return for each case the last event by which it was linked."""
    events = Event.objects.filter(case_id__in=ids, action="link").select_related("by").order_by("number")
    return {event.case_id: event for event in events}
