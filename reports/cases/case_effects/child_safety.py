"""Effects of staff actions on cases that concern, or may concern, a child (safety rules H14, J1, K7)."""

from contextlib import suppress
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safetycenter.roles import has_role_permission
from safetycenter.transitions import NotAllowed

from ...crypto.vault import keys
from ...crypto.vault.box import UnreadableError
from ...evidence import file_gate, store
from ...models.case import Case, State
from .. import custody
from . import clock, renewal, shared


def set_tier(case: Case, by: User, tier: int, reason: str) -> dict:
    """Set the tier that ``by`` has chosen. Only child safety can lower the priority of a P0 or P1 case.

    A quarantined case that becomes P0 or P1 goes to the queue: these never wait in quarantine (H19).
    """
    before = case.tier
    if tier == before:
        raise NotAllowed(_("The case already has this priority."))
    if tier > before and before in clock.URGENT and not has_role_permission(by, case.child_safety_permission):
        raise NotAllowed(_("Only child safety can lower the priority of a P0 or P1 case."))
    shared.add_note(case, by, reason)
    if case.state == State.QUARANTINED and tier in clock.URGENT:
        case.state = State.TRIAGE
    return clock.set_tier(case, tier) | {"tier": tier, "tier_before": before}


def request_lift(case: Case, by: User, reason: str) -> dict:
    """Record the request of child safety to lift the restriction; a second person decides."""
    case.lift_requested_by = by
    return shared.add_note(case, by, reason)


def lift_restriction(case: Case, by: User, reason: str) -> dict:
    """Hand the case to the ordinary desk under new keys. Notes written among child safety stay with them.

    ``files_forbidden`` and the entries in the gate index are kept, so that no file becomes accessible that was refused
    before (H14).
    """
    shared.add_note(case, by, reason)
    case.restricted, case.lift_requested_by = False, None
    # A withheld case stays sealed for child safety.
    return {} if case.withheld else renewal.renew(case, keys.DESK)


def restrict(case: Case, by: User, reason: str, renew: bool = True) -> dict:
    """Restrict the case to child safety, under new keys (see ``renewal``).

    Without ``renew`` the keys are renewed once the desk has the right parts again (``scheduled_tasks.renew_keys``).
    """
    shared.add_note(case, by, reason)
    clock.apply_tier(case, min(case.tier, 1), clock.RESTRICTED)
    return hand_over(case, renew)


def hand_over(case: Case, renew: bool = True) -> dict:
    """Hand the case to child safety, under new keys, with a new promise. A P0 case pages somebody."""
    facts = _move_to_child_safety(case, renew)
    case.state = State.TRIAGE
    shared.unassign(case)
    return clock.renew_promise(case) | facts


def lock(case: Case, by: User, reason: str, renew: bool = True) -> dict:
    """Lock all files, because one is suspected to show child sexual abuse: nobody can open any (K7).

    The case gets new keys of child safety, so that no earlier key opens the file as it is stored now. The keys of the
    files go to the named lead (``custody``), and the view copies are deleted. The law requires us to keep the sealed
    originals until a lead has the decision of police or counsel.
    """
    shared.add_note(case, by, reason)
    files = _files(case)
    facts = _move_to_child_safety(case, renew, always=True)
    case.locked_by = by
    counts = _close(case, files)
    case.state = State.TRIAGE
    shared.unassign(case)
    if renew:  # otherwise housekeeping takes the keys once the parts are right
        try:
            facts |= custody.take(case)
        except keys.KeyMissingError:
            facts |= custody.NO_KEY
    return clock.renew_promise(case) | facts | counts


def restrict_again(case: Case, is_locked: bool) -> dict:
    """Restrict the case, and lock its files, as before a restore. Housekeeping gives it new keys within a minute.

    Nobody stands for the lock: who locked the files is lost with the decision.
    """
    clock.apply_tier(case, min(case.tier, 1), clock.RESTRICTED)
    counts = _close(case, _files(case)) if is_locked else {}
    return hand_over(case, renew=False) | counts


def _files(case: Case) -> list[tuple[UUID, int]]:
    """Return the id of each file and how many copies for viewing it has, to be asked before new keys give new ids."""
    return list(case.evidence.values_list("pk", "copies"))


def _close(case: Case, files: list[tuple[UUID, int]]) -> dict:
    case.suspected_material_at, case.hold = timezone.now(), True
    case.erasure_needs_lead, case.erasure_approved = True, False
    clock.apply_tier(case, 0, clock.LOCKED)
    case.evidence.update(copies=0)
    transaction.on_commit(lambda: [store.delete_copies(pk) for pk, _copies in files])  # type: ignore[func-returns-value]
    return {"files": len(files), "copies_destroyed": sum(copies for _pk, copies in files)}


def destroy_files(case: Case, by: User, reason: str) -> dict:
    """Destroy the locked files, keys first, after the decision. The reason states who decided, and when."""
    shared.add_note(case, by, reason)
    ids = list(case.evidence.values_list("pk", flat=True))
    case.data_keys.filter(name__in=[f"file:{pk}" for pk in ids]).delete()
    case.evidence.all().delete()
    transaction.on_commit(lambda: [store.delete(pk) for pk in ids])  # type: ignore[func-returns-value]
    return {"files": len(ids)}


def _move_to_child_safety(case: Case, renew: bool, always: bool = False) -> dict:
    case.restricted, case.files_forbidden, case.lift_requested_by, case.team = True, True, None, None
    case.region = ""
    case.restricted_by_words = not renew and case.staff_audience != keys.CHILD_SAFETY
    case.gate_entries.update(strict=True)
    if not renew:
        case.identifier_digests.all().delete()
        case.indexed = False
        return {"keys_renewed": False}
    # Index it now, because this desk may not be able to read the named accounts under the new keys. If the case is
    # damaged, or the key of the index is missing here, the case must reach child safety nevertheless.
    with suppress(keys.KeyMissingError, UnreadableError):
        file_gate.index(case, file_gate.accounts_named(case))
    # A withheld case was never sealed for the desk.
    is_theirs = case.staff_audience == keys.CHILD_SAFETY and not always
    return {} if is_theirs else renewal.renew(case, keys.CHILD_SAFETY)


def renew_keys(case: Case, by: User) -> dict:
    """Seal a case that the reporter has restricted or withheld under new keys that only child safety can open."""
    case.restricted = case.restricted or not case.withheld
    case.restricted_by_words, case.indexed, case.team, case.region = False, False, None, ""
    if case.restricted:
        case.gate_entries.update(strict=True)
    case.identifier_digests.all().delete()
    return renewal.renew(case, keys.CHILD_SAFETY) if case.staff_audience != keys.CHILD_SAFETY else {}


def confirm_child_material(case: Case, by: User, reason: str) -> dict:
    """Confirm the report for child safety.

    Files of every case that names the same account or link stay closed for good.
    """
    case.child_confirmed_at = timezone.now()
    return shared.add_note(case, by, reason)


def copy_hotline_link(case: Case, by: User, reason: str) -> dict:
    """Record that ``by`` copies what the reporter named, once, and why, to report it to a hotline (K6)."""
    case.hotline_link_at = timezone.now()
    return shared.add_reason(case, by, reason)


def allow_files(case: Case, by: User, reason: str) -> dict:
    """Record a review by child safety: an unconfirmed report elsewhere no longer closes this case's present files."""
    case.files_reviewed_at = timezone.now()
    return shared.add_note(case, by, reason)
