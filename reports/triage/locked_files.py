"""What pages show of locked files that go to the police: the forms to take them out, and what was recorded (K7)."""

from collections.abc import Iterable

from safetycenter.roles import Account

from ..cases import guards, police_guards
from ..models.case import Case
from ..models.custody import CustodyKey, PoliceHandOver
from ..models.event import Event
from .child_safety_forms import TakeOutForm

HAND_OVER = "hand_to_police"
RECORDED = (HAND_OVER, "correct_hand_over")  # the actions whose event names a row of ``PoliceHandOver``


def to_take_out(case: Case, by: Account) -> list[tuple[CustodyKey, TakeOutForm]]:
    """Return each locked file that ``by`` may hand over, with its form; none for anyone but the named lead."""
    if police_guards.may_hand_over(case, by):
        return []
    rows = case.custody_keys.select_related("item").order_by("pk")
    return [(row, TakeOutForm(initial={"version": case.version}, auto_id=f"locked-{row.pk}-%s")) for row in rows]


def recorded(case: Case, by: Account) -> list[PoliceHandOver]:
    """Return what was recorded about hand-overs of this case, also what was corrected; nothing for who is no lead."""
    if not case.suspected_material_at or not guards.is_lead_of(case, by):
        return []
    return police_guards.recorded(case)


def refused(case: Case, by: Account) -> list[PoliceHandOver]:
    """Return the requests to take files of this case out that were refused; nothing for who is no lead."""
    if not case.suspected_material_at or not guards.is_lead_of(case, by):
        return []
    return police_guards.refused(case)


def of_events(events: Iterable[Event]) -> dict[int, PoliceHandOver]:
    """Return the recorded hand-overs that ``events`` name, by the id of the event, for auditors."""
    named = {event.pk: event.facts.get("hand_over") for event in events if event.action in RECORDED}
    rows = PoliceHandOver.objects.select_related("agreed_by").in_bulk(list(named.values())) if named else {}
    return {event: rows[number] for event, number in named.items() if number in rows}
