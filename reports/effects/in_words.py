"""What a reporter's later words change in a case: they may raise it and close it to others, never lower it (H28)."""

from .. import priority
from ..models.case import Case, State
from ..vault import keys
from ..vault.box import new_key
from ..vault.keyring import Keyring
from . import clock, shared

HELD = (State.IN_PROGRESS, State.WAITING_REPORTER, State.ESCALATED, State.REFERRED, State.QUARANTINED)


def raise_for(case: Case, kinds, keyring: Keyring | None) -> dict:
    """Raise the case for the ``kinds`` of harm that ``harm_words`` noticed in a message. Return facts for the record.

    Age and category count as they do for a new report.
    """
    if not kinds:
        return {}
    said = {"age": case.age_band, "category": case.category_id, "in_words": list(kinds)}
    tier, closes = priority.raised(case.tier, said), priority.is_restricted(said) and not case.restricted
    facts = {"in_words": list(kinds)}
    if closes:
        _close_to_others(case, keyring)
    if closes or tier < case.tier:
        case.tier = tier
        facts |= clock.wait_again(case)
    return facts


def _close_to_others(case: Case, keyring: Keyring | None) -> None:
    """Only child safety sees the case from now on; nobody else goes on holding it."""
    case.restricted = True
    if case.state in HELD:
        case.state = State.TRIAGE
        shared.let_go(case)
    # A public node cannot open what is sealed for the desk. Where there is such a thing, child safety changes the keys
    # at the desk with "Restrict to child safety".
    if keyring and case.pressed is None and not case.notes.exists():
        case.staff_audience = keys.CHILD_SAFETY
        case.key_for_staff = keys.wrap_for(keys.CHILD_SAFETY, keyring.case_key)
        case.notes_key_for_staff = keys.wrap_for(keys.CHILD_SAFETY, new_key())
