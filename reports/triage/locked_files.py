"""What pages show of locked files that go to the police: the forms to take them out, and what was recorded (K7)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from safetycenter.roles import Account

from ..cases import guards, police_guards
from ..models.case import Case
from ..models.custody import CustodyKey, PoliceHandOver
from ..models.event import Event
from .child_safety_forms import TakeOutForm

HAND_OVER = "hand_to_police"
RECORDED = (HAND_OVER, "correct_hand_over")  # the actions whose event names a row of ``PoliceHandOver``


def to_take_out(case: Case, by: Account) -> list[tuple[CustodyKey, TakeOutForm]]:
    """Return each locked file that ``by`` may take out, with its form; none for anyone but the named lead."""
    if police_guards.may_take_out(case, by):
        return []
    rows = case.custody_keys.select_related("item").order_by("pk")
    return [(row, TakeOutForm(initial={"version": case.version}, auto_id=f"locked-{row.pk}-%s")) for row in rows]


def until(case: Case, by: Account) -> datetime | None:
    """Return when the agreement ends by which ``by`` may take files out; None without one."""
    row = police_guards.open_request(case, by)
    return row.ends_at if row else None


def context(case: Case, by: Account) -> dict[str, Any]:
    """Return the hand-overs of this case for its page: recorded, agreed to, refused or ended. None for who is no lead.

    What was corrected is among them. A refused request and an agreement that ended say who ended it, if somebody did.
    """
    if not case.suspected_material_at or not guards.is_lead_of(case, by):
        return {}
    return {
        "police": police_guards.recorded(case),
        "agreed_to_police": police_guards.agreed(case),
        "not_to_police": police_guards.ended(case),
    }


def of_events(events: Iterable[Event]) -> dict[int, PoliceHandOver]:
    """Return the recorded hand-overs that ``events`` name, by the id of the event, for auditors."""
    named = {event.pk: event.facts.get("hand_over") for event in events if event.action in RECORDED}
    rows = PoliceHandOver.objects.select_related("agreed_by").in_bulk(list(named.values())) if named else {}
    return {event: rows[number] for event, number in named.items() if number in rows}
