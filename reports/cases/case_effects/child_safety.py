"""What staff do with a case that is, or may be, about a child (safety rules H14, J1, K7)."""

from contextlib import suppress

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
from . import clock, renewal, shared

STRICTEST = "grooming"  # a category in which no file may be added or opened (safety rule K7)


def set_tier(case: Case, by: User, tier: int, reason: str) -> dict:
    """Give the case the tier that ``by`` judges right. Only child safety lowers a P0 or P1 case."""
    before = case.tier
    if tier == before:
        raise NotAllowed(_("The case has this priority already."))
    if tier > before and before in clock.URGENT and not has_role_permission(by, case.child_safety):
        raise NotAllowed(_("Only child safety lowers a P0 or P1 case."))
    shared.add_note(case, by, reason)
    return clock.set_tier(case, tier) | {"tier": tier, "tier_before": before}


def ask_to_lift(case: Case, by: User, reason: str) -> dict:
    """Child safety judges that the case need not be restricted; a second person decides."""
    case.lift_asked_by = by
    return shared.add_note(case, by, reason)


def lift_restriction(case: Case, by: User, reason: str) -> dict:
    """The case goes to the ordinary desk under new keys. What was written among child safety stays with them.

    The strictest category and the entries in the gate index stay, so no file opens that was refused before (H14).
    """
    shared.add_note(case, by, reason)
    case.restricted, case.lift_asked_by = False, None
    # A case that is kept from the desk stays sealed for child safety.
    return {} if case.withheld else renewal.renew(case, keys.DESK)


def restrict(case: Case, by: User, reason: str, renew: bool = True) -> dict:
    """For child safety only from now on, under new keys (see ``renewal``).

    Without ``renew`` the keys follow when the desk has the right parts again (``scheduled_tasks.renew_keys``).
    """
    shared.add_note(case, by, reason)
    facts = _give_to_child_safety(case, renew)
    clock.give_tier(case, min(case.tier, 1), clock.RESTRICTED)
    case.state = State.TRIAGE
    shared.let_go(case)
    return clock.restart(case) | facts


def lock(case: Case, by: User, reason: str, renew: bool = True) -> dict:
    """A file is suspected to show a child: the keys go to child safety, the view copies away, nobody opens any (K7).

    The sealed originals are kept by law until a lead has the decision of police or counsel.
    """
    shared.add_note(case, by, reason)
    files = list(case.evidence.values_list("pk", "copies"))
    facts = _give_to_child_safety(case, renew)
    case.suspected_material_at, case.locked_by, case.hold = timezone.now(), by, True
    case.erasure_needs_lead, case.erasure_approved = True, False
    clock.give_tier(case, 0, clock.LOCKED)
    case.state = State.TRIAGE
    case.evidence.update(copies=0)
    transaction.on_commit(lambda: [store.delete_copies(pk) for pk, _copies in files])  # type: ignore[func-returns-value]
    shared.let_go(case)
    counts = {"files": len(files), "copies_destroyed": sum(copies for _pk, copies in files)}
    return clock.restart(case) | facts | counts


def destroy_files(case: Case, by: User, reason: str) -> dict:
    """The decision is there: the locked files go, their keys first. The reason says who decided, and when."""
    shared.add_note(case, by, reason)
    ids = list(case.evidence.values_list("pk", flat=True))
    case.data_keys.filter(name__in=[f"file:{pk}" for pk in ids]).delete()
    case.evidence.all().delete()
    transaction.on_commit(lambda: [store.delete(pk) for pk in ids])  # type: ignore[func-returns-value]
    return {"files": len(ids)}


def _give_to_child_safety(case: Case, renew: bool) -> dict:
    case.restricted, case.strictest_category, case.lift_asked_by = True, STRICTEST, None
    case.closed_by_words = not renew and case.staff_audience != keys.CHILD_SAFETY
    case.gate_entries.update(strict=True)
    if not renew:
        case.marks.all().delete()
        case.marked = False
        return {"keys_renewed": False}
    # Now, because under the new keys this desk perhaps cannot read any more what the case names. Where it is damaged,
    # or the key of the index is not here, the case must reach child safety all the same.
    with suppress(keys.KeyMissingError, UnreadableError):
        file_gate.index(case, file_gate.accounts_named(case))
    # A case that is kept from the desk was never sealed for the desk.
    return renewal.renew(case, keys.CHILD_SAFETY) if case.staff_audience != keys.CHILD_SAFETY else {}


def renew_keys(case: Case, by: User) -> dict:
    """The reporter's own words have closed this case: it is restricted, under keys that only child safety opens."""
    case.restricted, case.closed_by_words, case.marked = True, False, False
    case.gate_entries.update(strict=True)
    case.marks.all().delete()
    return renewal.renew(case, keys.CHILD_SAFETY) if case.staff_audience != keys.CHILD_SAFETY else {}


def confirm(case: Case, by: User, reason: str) -> dict:
    """Child safety has judged that the report is true: files of every case that names the same stay closed for good."""
    case.child_confirmed_at = timezone.now()
    return shared.add_note(case, by, reason)


def allow_files(case: Case, by: User, reason: str) -> dict:
    """Child safety has looked at this case: an unconfirmed report elsewhere closes its present files no longer."""
    case.files_reviewed_at = timezone.now()
    return shared.add_note(case, by, reason)
