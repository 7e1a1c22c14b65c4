"""Conditions of a hand-over of locked files to the police: the named lead asks, a second person agrees or not (K7).

Unlike destroying the files, no other lead may hand them over: only the named one has the keys.
"""

from django.utils.translation import gettext as _

from safetycenter.roles import Account

from ..models.case import Case
from ..models.custody import PoliceHandOver
from . import guards
from .custody_standing import TAKEN, hand_overs, standing


def may_ask(case: Case, by: Account) -> str | None:
    """Refuse anyone but the named lead who has the keys, and a second request before the first is recorded."""
    refusal = _has_the_keys(case, by)
    if refusal is None and open_request(case, by):
        return _("This has already been requested. Another person must decide.")
    return refusal


def may_agree(case: Case, by: Account) -> str | None:
    """Refuse anyone but a second lead of the case, and where the named lead has asked for nothing."""
    if not case.suspected_material_at:
        return _("There is no locked file in this case.")
    if not guards.is_lead_of(case, by):
        return _("Only child safety can decide this.")
    row = waiting_request(case)
    if row is None:
        return _("The lead who is named for locked files must request this first.")
    return _("A second person must do this, because you requested it.") if row.asked_by_id == by.pk else None


def may_refuse(case: Case, by: Account) -> str | None:
    """Refuse anyone but a second lead of the case, and where no request waits for an answer."""
    return may_agree(case, by)


def may_revoke(case: Case, by: Account) -> str | None:
    """Refuse anyone but a lead of the case, who may have asked or agreed, and where no agreement is open."""
    if not case.suspected_material_at:
        return _("There is no locked file in this case.")
    if not guards.is_lead_of(case, by):
        return _("Only child safety can decide this.")
    return None if agreed(case) else _("There is no agreement that can be taken back.")


def may_take_out(case: Case, by: Account) -> str | None:
    """Refuse file and key to anyone but the named lead who has the keys, and without an agreement that is open."""
    if refusal := _has_the_keys(case, by):
        return refusal
    row = open_request(case, by)
    if row is None:
        return _("Ask first to take the files out.")
    return None if row.agreed_at else _("A second person must agree before anything can be taken out.")


def may_hand_over(case: Case, by: Account) -> str | None:
    """Refuse anyone but the named lead who has the keys, until a second person agreed to this hand-over.

    What was taken out before the agreement ended can still be recorded: the record must not lose where a file went.
    """
    return _has_the_keys(case, by) or (None if to_record(case, by) else may_take_out(case, by))


def may_correct(case: Case, by: Account) -> str | None:
    """Refuse anyone but the named lead, and where no hand-over is recorded. The files may be destroyed by then."""
    if not (case.suspected_material_at and _is_named_lead(case, by)):
        return _("Only the lead who is named for locked files hands them to the police.")
    return None if last_recorded(case) else _("No hand-over has been recorded.")


def open_request(case: Case, by: Account) -> PoliceHandOver | None:
    """Return the request of ``by`` that has not ended, and whose hand-over is not recorded yet."""
    return _open_request(case, by.pk)


def waiting_request(case: Case) -> PoliceHandOver | None:
    """Return the request of the present named lead to which nobody has agreed yet."""
    row = _open_request(case, standing(case).lead)
    return None if row and row.agreed_at else row


def last_recorded(case: Case) -> PoliceHandOver | None:
    """Return the newest recorded hand-over, as last corrected."""
    return next((row for row in reversed(recorded(case)) if not row.is_corrected), None)


def recorded(case: Case) -> list[PoliceHandOver]:
    """Return what was recorded, the oldest first, also what was corrected later."""
    return [row for row in hand_overs(case) if row.recorded_at]


def agreed(case: Case) -> list[PoliceHandOver]:
    """Return the open agreements, also one whose lead is no longer named: that lead could be named again."""
    return [row for row in hand_overs(case) if row.agreed_at and not row.recorded_at and not row.ended_at]


def ended(case: Case) -> list[PoliceHandOver]:
    """Return the requests that were refused or taken back, or ended by themselves, unrecorded; the oldest first."""
    return [row for row in hand_overs(case) if row.ended_at and not row.recorded_at]


def to_record(case: Case, by: Account) -> PoliceHandOver | None:
    """Return the newest request of ``by`` if it was agreed to, is unrecorded, and is open or let something out."""
    asked = [row for row in hand_overs(case) if row.asked_by_id == by.pk and not row.corrects_id]
    if not asked or asked[-1].recorded_at or not asked[-1].agreed_at:
        return None
    return asked[-1] if not asked[-1].ended_at or was_taken_out(case, asked[-1]) else None


def was_taken_out(case: Case, row: PoliceHandOver) -> bool:
    """Return whether the lead took a sealed file or its key out since the second person agreed."""
    if row.was_taken is not None:
        return row.was_taken
    return case.events.filter(action=TAKEN, by=row.asked_by_id, at__gte=row.agreed_at).exists()


def _open_request(case: Case, asked_by: int | None) -> PoliceHandOver | None:
    still = (row for row in hand_overs(case) if row.recorded_at is None and row.ended_at is None)
    return next((row for row in still if row.asked_by_id == asked_by), None)


def _is_named_lead(case: Case, by: Account) -> bool:
    return guards.is_lead_of(case, by) and standing(case).lead == by.pk


def _has_the_keys(case: Case, by: Account) -> str | None:
    if not case.suspected_material_at:
        return _("There is no locked file in this case.")
    if not _is_named_lead(case, by):
        return _("Only the lead who is named for locked files hands them to the police.")
    if standing(case).some_elsewhere:
        return _("The keys of these files are on their way to you. Try again in a few minutes.")
    return None if standing(case).has_keys else _("There is no locked file in this case.")
