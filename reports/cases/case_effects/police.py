"""Effects of a hand-over of locked files to the police: asked for, agreed to, taken back, recorded, corrected (K7)."""

from datetime import date

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from safetycenter.transitions import NotAllowed

from ...models.case import Case
from ...models.custody import PoliceHandOver
from .. import police_guards
from . import shared


def ask_take_out(case: Case, by: User, reason: str) -> dict:
    """Record that the named lead wants to take the locked files out; a second person decides.

    An agreement that ended by itself gets the time of its end: a lead has one open request at a time.
    """
    for row in police_guards.ended(case):
        if row.refused_at is None and row.asked_by_id == by.pk:
            row.refused_at = row.ended_at
            row.save(update_fields=["refused_at"])
    case.police_hand_overs.create(asked_by=by)
    return shared.add_note(case, by, reason)


def _waiting_request(case: Case) -> PoliceHandOver:
    if row := police_guards.waiting_request(case):
        return row
    raise NotAllowed(_("The lead who is named for locked files must request this first."))


def agree_take_out(case: Case, by: User, reason: str) -> dict:
    """Record that a second person agrees to this one hand-over."""
    row = _waiting_request(case)
    row.agreed_by, row.agreed_at = by, timezone.now()
    row.save(update_fields=["agreed_by", "agreed_at"])
    return shared.add_note(case, by, reason)


def refuse_take_out(case: Case, by: User, reason: str) -> dict:
    """Record that a second person refuses this request, and why. The named lead may ask again."""
    row = _waiting_request(case)
    row.refused_by, row.refused_at = by, timezone.now()
    row.save(update_fields=["refused_by", "refused_at"])
    return shared.add_note(case, by, reason)


def revoke_take_out(case: Case, by: User, reason: str) -> dict:
    """Take back what was agreed and not yet recorded, with the reason. Nothing more leaves; the lead may ask again."""
    for row in police_guards.agreed(case):
        row.refused_by, row.refused_at = by, timezone.now()
        row.save(update_fields=["refused_by", "refused_at"])
    return shared.add_note(case, by, reason)


def hand_to_police(case: Case, by: User, agency: str, receipt_number: str, handed_on: date, decision: str) -> dict:
    """Record that the named lead has handed the locked files to the police. The files and the lock stay."""
    row = police_guards.to_record(case, by)
    if row is None or not police_guards.was_taken_out(case, row):
        raise NotAllowed(_("Nothing was taken out yet. Take the sealed file and its key out first."))
    row.files = case.custody_keys.count()
    return _record(case, by, row, agency, receipt_number, handed_on, decision)


def correct_hand_over(case: Case, by: User, agency: str, receipt_number: str, handed_on: date, decision: str) -> dict:
    """Record the last hand-over again, as it was. The earlier record stays beside it; ``decision`` is the reason."""
    old = police_guards.last_recorded(case)
    if old is None:
        raise NotAllowed(_("No hand-over has been recorded."))
    row = PoliceHandOver(case=case, asked_by_id=old.asked_by_id, asked_at=old.asked_at, files=old.files, corrects=old)
    row.agreed_by_id, row.agreed_at = old.agreed_by_id, old.agreed_at
    return _record(case, by, row, agency, receipt_number, handed_on, decision)


def _record(
    case: Case, by: User, row: PoliceHandOver, agency: str, receipt_number: str, handed_on: date, decision: str
) -> dict:
    locked_at = case.suspected_material_at
    if locked_at and handed_on < timezone.localdate(locked_at):
        raise NotAllowed(_("The files were locked after this day. Check the day."))
    shared.add_note(case, by, f"{agency} · {receipt_number} · {handed_on}\n{decision}")
    row.agency, row.receipt_number, row.handed_on = agency, receipt_number, handed_on
    row.recorded_by, row.recorded_at = by, timezone.now()
    row.save()
    return {"files": row.files, "handed_on": handed_on.isoformat(), "hand_over": row.pk}
