"""Effects of a restore: what was decided about a case after the backup is set again before anybody opens the case."""

from django.contrib.auth.models import User

from ...models import case_queryset
from ...models.case import Case
from ...models.recusal import Recusal
from . import assignment, child_safety, reporter

ACTION, CODE_LOST = case_queryset.AFTER_RESTORE, case_queryset.CODE_LOST
LINES = "lines"  # fact: the lines of the ledger that were applied, so that a second replay leaves them
RESTRICTING = {"restrict", "lock", "renew_keys"}


def decide_again(case: Case, by: None, decided: list[str], people: set[int], lines: list[str]) -> dict:
    """Set again what the actions ``decided`` did, and hide the case from ``people`` (ids of accounts that exist).

    Nothing of the case is erased before a lead has lifted the hold: the reasons of the decisions are lost.
    """
    facts: dict = {"decided": decided, LINES: lines}
    if RESTRICTING & set(decided):
        facts |= child_safety.restrict_again(case, is_locked="lock" in decided)
    for person in User.objects.filter(pk__in=people):
        Recusal.objects.update_or_create(case=case, person=person, defaults={"revocable": False})
        facts |= assignment.take_from(case, person)
    case.hold = True
    return facts


def stop_reading(case: Case, by: None) -> dict:
    """Stop reading with the code of the backup: a newer one replaced it, and somebody else may have it."""
    return reporter.freeze(case, None)
