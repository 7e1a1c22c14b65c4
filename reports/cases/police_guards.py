"""Conditions of a hand-over of locked files to the police: the named lead asks, a second person agrees (K7).

Unlike destroying the files, no other lead may hand them over: only the named one has the keys.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from safetycenter.roles import Account

from ..models.case import Case
from ..models.custody import CustodyLead, PoliceHandOver
from . import custody, guards

TAKEN = "locked_file_taken"  # the event of a sealed file, or its key, that was taken out


@dataclass(frozen=True)
class _Standing:
    """Who is named for the locked files of a case, whose keys they are, and its hand-overs."""

    lead: CustodyLead | None
    holders: set[int | None]
    rows: list[PoliceHandOver]


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


def may_hand_over(case: Case, by: Account) -> str | None:
    """Refuse anyone but the named lead who has the keys, until a second person agreed to this hand-over."""
    if refusal := _has_the_keys(case, by):
        return refusal
    row = open_request(case, by)
    if row is None:
        return _("Ask first to take the files out.")
    return None if row.agreed_at else _("A second person must agree before anything can be taken out.")


def may_correct(case: Case, by: Account) -> str | None:
    """Refuse anyone but the named lead, and where no hand-over is recorded. The files may be destroyed by then."""
    lead = _read(case).lead if case.suspected_material_at and guards.is_lead_of(case, by) else None
    if lead is None or lead.person_id != by.pk:
        return _("Only the lead who is named for locked files hands them to the police.")
    return None if last_recorded(case) else _("No hand-over has been recorded.")


def open_request(case: Case, by: Account) -> PoliceHandOver | None:
    """Return the request of ``by`` whose hand-over is not recorded yet."""
    return next((row for row in _read(case).rows if row.recorded_at is None and row.asked_by_id == by.pk), None)


def waiting_request(case: Case) -> PoliceHandOver | None:
    """Return the request of the present named lead to which nobody has agreed yet."""
    lead = _read(case).lead
    row = open_request(case, lead.person) if lead else None
    return None if row and row.agreed_at else row


def last_recorded(case: Case) -> PoliceHandOver | None:
    """Return the newest recorded hand-over, as last corrected."""
    return next((row for row in reversed(recorded(case)) if not row.is_corrected), None)


def recorded(case: Case) -> list[PoliceHandOver]:
    """Return what was recorded, the oldest first, also what was corrected later."""
    return [row for row in _read(case).rows if row.recorded_at]


def was_taken_out(case: Case, row: PoliceHandOver) -> bool:
    """Return whether the lead took a sealed file or its key out since the second person agreed."""
    return case.events.filter(action=TAKEN, by=row.asked_by_id, at__gte=row.agreed_at).exists()


def _read(case: Case) -> _Standing:
    """Read it once for each object of a case: several actions on one page ask. ``perform`` finds the case again."""
    if "police_standing" not in vars(case):
        rows = case.police_hand_overs.select_related("asked_by", "agreed_by", "correction")
        holders: set[int | None] = set(case.custody_keys.values_list("lead", flat=True))
        vars(case)["police_standing"] = _Standing(custody.lead_of(case), holders, list(rows))
    return vars(case)["police_standing"]


def _has_the_keys(case: Case, by: Account) -> str | None:
    if not case.suspected_material_at or not (holders := _read(case).holders):
        return _("There is no locked file in this case.")
    lead = _read(case).lead if guards.is_lead_of(case, by) else None
    if lead is None or lead.person_id != by.pk:
        return _("Only the lead who is named for locked files hands them to the police.")
    if holders != {lead.pk}:
        return _("The keys of these files are on their way to you. Try again in a few minutes.")
    return None
