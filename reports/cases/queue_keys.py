"""Compute the stored place of a case in the queue (``Case.queue_key_at``), and again after a change of the formula."""

from datetime import datetime

from ..deadlines import queue_key
from ..models.case import Case, State
from ..priority import REASONS

AT_ONCE = 500  # cases per query


def key_of(case: Case) -> datetime:
    """Return the key of ``case`` from its tier, clock, points and overdue flag, without turns (``bursts``)."""
    return queue_key(case.tier, case.next_action_at or case.due_at, case.score, case.overdue)


def renew() -> int:
    """Count the points of all cases again and compute their keys; return how many changed.

    For ``manage.py renew_queue_keys``. Points follow from the stored reasons, so no key is opened; the tier and the
    reasons themselves need the answers and stay. Turns among burst cases end, and housekeeping assigns them again.
    A case on which somebody acts meanwhile is left out: the action computes its key.
    """
    cases = Case.objects.exclude(state=State.PURGED).order_by("pk")
    return sum(_renew(case) for case in cases.iterator(chunk_size=AT_ONCE))


def _renew(case: Case) -> int:
    before = case.score, case.queue_key_at
    case.score = sum(REASONS[reason][0] for reason in case.reasons if reason in REASONS)
    new = {"score": case.score, "queue_key_at": key_of(case), "keeps_place": False}
    if before == (new["score"], new["queue_key_at"]):
        return 0
    return Case.objects.filter(pk=case.pk, version=case.version).update(**new)
