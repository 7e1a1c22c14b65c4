"""What the page of the hand-over to the police shows of locked files: each with the form to take it out (K7)."""

from safetycenter.roles import Account

from ..cases import file_guards
from ..models.case import Case
from ..models.custody import CustodyKey
from .child_safety_forms import TakeOutForm

HAND_OVER = "hand_to_police"


def to_take_out(case: Case, by: Account) -> list[tuple[CustodyKey, TakeOutForm]]:
    """Return each locked file that ``by`` may hand over, with its form; none for anyone but the named lead."""
    if file_guards.may_hand_over(case, by):
        return []
    rows = case.custody_keys.select_related("item").order_by("pk")
    return [(row, TakeOutForm(initial={"version": case.version}, auto_id=f"locked-{row.pk}-%s")) for row in rows]
