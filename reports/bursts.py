"""Many urgent reports from one network: the desk sees them as such, and they share the queue with all others.

While one network sends more than ``limits.P0_BURST`` in an hour, its further cases carry a random id (``Case.burst``:
no address, and nothing it could be computed from). It goes when somebody looks at the case, and after a day. No case is
dropped or refused for it (safety rule H19): inside a tier, burst cases and others take turns. Other cases are moved
ahead of burst cases and never behind, in their own order; burst cases keep their key. So nobody else is read later
because of a flood, and a burst case lets at most one other pass for each burst case before it. Late cases come first
of their tier by their key, so late burst cases take turns with late cases, and then with those that are not late yet.
Otherwise a hundred late burst cases would make every new case late.

The turns are stored in the queue key, so that reading the queue stays one index scan. Housekeeping renews them.
"""

from collections import defaultdict, deque
from datetime import datetime, timedelta

from django.utils import timezone

from .deadlines import queue_key
from .models.case import Case
from .models.state import FREE

KEPT = timedelta(hours=24)
AT_ONCE = 500  # waiting cases of each kind in a tier; those behind them come later anyway
A_MOMENT = timedelta(microseconds=1)


def take_turns() -> int:
    """Renew the turns in every tier; returns how many cases got another place."""
    Case.objects.filter(burst__isnull=False, received_at__lte=timezone.now() - KEPT).update(burst=None)
    tiers = set(Case.objects.filter(burst__isnull=False, state__in=FREE).values_list("tier", flat=True))
    tiers |= set(Case.objects.filter(takes_turns=True).values_list("tier", flat=True))
    return sum(_take_turns_in(tier) for tier in sorted(tiers))


def turns(others: list[datetime], bursts: list[datetime]) -> list[datetime]:
    """The keys of ``others`` when they take turns with ``bursts``; both are given as sorted keys without turns.

    After each burst case one other case may pass that would come later; one that is earlier anyway just comes.
    """
    keys, ahead = [], deque(bursts)
    last_burst = None  # the burst case just before, while nobody has passed behind it
    for key in others:
        if last_burst is None and ahead and ahead[0] < key:
            last_burst = ahead.popleft()
        passes = last_burst is not None and ahead and ahead[0] < key
        keys.append(last_burst + A_MOMENT if passes else key)
        last_burst = None
    return keys


def _take_turns_in(tier: int) -> int:
    waiting = Case.objects.filter(tier=tier, state__in=FREE)
    bursts = sorted(_key(case) for case in waiting.filter(burst__isnull=False).order_by("urgency_at")[:AT_ONCE])
    lanes = defaultdict(list)
    for case in waiting.filter(burst=None).order_by("urgency_at")[:AT_ONCE]:
        lanes[case.restricted, case.withheld].append(case)
    return sum(_place(sorted(lane, key=_key), bursts) for lane in lanes.values())


def _place(cases: list[Case], bursts: list[datetime]) -> int:
    moved = 0
    for case, key in zip(cases, turns([_key(case) for case in cases], bursts), strict=True):
        if (case.urgency_at, case.takes_turns) != (key, key != _key(case)):
            waits = Case.objects.filter(pk=case.pk, version=case.version)
            moved += waits.update(urgency_at=key, takes_turns=key != _key(case))
    return moved


def _key(case: Case) -> datetime:
    return queue_key(case.tier, case.next_action_at, case.score, case.overdue)
