"""The mark "possible misuse of the form": two people make it, staff alone read it, and it changes nothing else (H23).

A report that was made to harm somebody looks like any other, and so does one that only seems made up. So the mark moves
no case and no clock, reaches no other report, and no reporter reads of it: nobody is threatened for a report.
"""

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from safetycenter.roles import Account

from ..models.case import Case
from ..models.state import LIVE, WORKED_ON, State
from . import guards
from .case_action import SealedParts, StaffAction
from .case_effects import shared


def may_note(case: Case, by: Account) -> str | None:
    """Refuse a second mark, and anyone but the handler and a lead."""
    if case.misuse_noted_by_id:
        return _("Possible misuse is noted already.")
    return guards.is_handler_or_lead(case, by)


def may_confirm(case: Case, by: Account) -> str | None:
    """Refuse anyone but a second person, who leads, and a mark of somebody who has left the case."""
    if case.misuse_noted_by_id is None or case.misuse_confirmed_at:
        return _("No possible misuse waits for a second person.")
    if case.misuse_noted_by_id == by.pk:
        return _("A second person must confirm this, because you noted it.")
    if not guards.is_lead_of(case, by):
        return _("A lead confirms this.")
    if case.recusals.filter(person=case.misuse_noted_by_id).exists():
        return _("Who noted this has left the case. Take the mark back; then somebody else can note it.")
    return None


def may_take_back(case: Case, by: Account) -> str | None:
    """Refuse anyone but who made the mark and a lead."""
    if case.misuse_noted_by_id is None:
        return _("No possible misuse is noted.")
    if case.misuse_noted_by_id == by.pk or guards.is_lead_of(case, by):
        return None
    return _("Who noted this, or a lead, takes it back.")


def _note(case: Case, by: User, reason: str) -> dict:
    case.misuse_noted_by = by
    return shared.add_note(case, by, reason)


def _confirm(case: Case, by: User, reason: str) -> dict:
    case.misuse_confirmed_at = timezone.now()
    return shared.add_note(case, by, reason)


def _take_back(case: Case, by: User, reason: str = "") -> dict:
    case.misuse_noted_by = case.misuse_confirmed_at = None
    return shared.add_reason(case, by, reason)


MISUSE_ACTIONS = {
    "note_misuse": StaffAction(
        pgettext_lazy("action", "Note possible misuse"),
        (*WORKED_ON, State.RESOLVED, State.CLOSED),
        effect=_note,
        condition=may_note,
        sealed_parts=SealedParts.UNUSED,
    ),
    "confirm_misuse": StaffAction(
        pgettext_lazy("action", "Confirm possible misuse"),
        LIVE,
        effect=_confirm,
        condition=may_confirm,
        sealed_parts=SealedParts.UNUSED,
    ),
    "take_back_misuse": StaffAction(
        pgettext_lazy("action", "Take back possible misuse"),
        LIVE,
        effect=_take_back,
        condition=may_take_back,
        sealed_parts=SealedParts.UNUSED,
    ),
}
