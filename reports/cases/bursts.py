"""Interleave many urgent reports from one network with the other cases of the queue.

If one network sends more than ``limits.P0_BURST`` reports in an hour, its further cases carry a random id
(``Case.burst``: not an address, nor computed from one), which the desk displays. The id is removed when somebody
reviews the case, or after a day. No case is dropped or refused because of it (safety rule H19): within a tier, burst
cases and other cases alternate. Other cases are moved ahead of burst cases and never behind; burst cases keep their
key, except for microseconds that keep two of them apart. A burst case lets at most one other case pass for each burst
case before it, and one whose turn it is. Overdue cases come first in their tier by their key, so overdue burst cases
alternate with overdue cases, and then with cases that are not overdue yet. Otherwise a hundred overdue burst cases
would make every new case overdue.

The order is stored in the queue key, so that reading the queue remains one index scan. Housekeeping computes it once a
minute. A case keeps its place until staff answer or the tier changes (``Case.keeps_place``): if the order were computed
again, the next case would lose its place whenever the burst case before it is claimed.
"""

from bisect import bisect_left
from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import F, Max, QuerySet
from django.utils import timezone

from ..deadlines import OVERDUE_OFFSET
from ..models.case import Case
from ..models.state import FREE
from .queue_keys import key_of

KEEP_FOR = timedelta(hours=24)
BATCH_SIZE = 500  # waiting cases of each kind in a tier; those behind them come later anyway
TICK = timedelta(microseconds=1)
SPACING = 2 * TICK  # distance of two burst cases, so that a key fits between them
PLACE_TOLERANCE = timedelta(seconds=1)  # more than any case is moved to keep burst cases SPACING apart


def interleave_bursts() -> int:
    """Renew the order in every tier. Return the number of cases whose key changed."""
    Case.objects.filter(burst__isnull=False, received_at__lte=timezone.now() - KEEP_FOR).update(burst=None)
    tiers = set(Case.objects.filter(burst__isnull=False, state__in=FREE).values_list("tier", flat=True))
    return sum(_interleave_tier(tier) for tier in sorted(tiers))


def interleaved_keys(others: list[datetime], bursts: list[datetime]) -> list[datetime]:
    """Return the keys of ``others`` when they alternate with ``bursts``, which are sorted and SPACING apart.

    Each of ``others`` in turn gets the first free place behind a burst case, unless its own key is that early. A case
    with the same key as a burst case comes before it.
    """
    keys, full, free = [], set(), 1
    for key in others:
        ahead = bisect_left(bursts, key)
        while free in full:
            free += 1
        if free < ahead:
            key, ahead = bursts[free - 1] + TICK, free
        elif bursts[ahead : ahead + 1] == [key]:
            key -= TICK
        full.add(ahead)
        keys.append(key)
    return keys


def key_with_place(case: Case, key: datetime) -> datetime:
    """Return the key to store for ``case``: ``key``, computed without turns, or the earlier place that the case has.

    A burst case that has become more urgent is placed by its new key, like one that has just arrived; its
    ``keeps_place`` is cleared for that.
    """
    if case.keeps_place and key >= case.queue_key_at - PLACE_TOLERANCE:
        return case.queue_key_at
    case.keeps_place = case.keeps_place and case.burst is None
    return key


def mark_placed_overdue(late: QuerySet) -> int:
    """Mark as overdue those ``late`` cases that were placed among overdue ones; return their number.

    Before that, move other cases that are placed before burst cases about to become overdue together with these, so
    that no burst case overtakes them because it is overdue earlier.
    """
    early = timezone.now() - OVERDUE_OFFSET / 2  # the keys of all overdue cases, and no others, are earlier
    placed = Case.objects.filter(keeps_place=True, overdue=False, queue_key_at__gt=early, state__in=FREE)
    getting_late = late.filter(keeps_place=True, burst__isnull=False).order_by()
    for tier, last in getting_late.values_list("tier").annotate(Max("queue_key_at")):
        ahead = placed.filter(tier=tier, burst=None, queue_key_at__lt=last)
        ahead.update(queue_key_at=F("queue_key_at") - OVERDUE_OFFSET)
    return late.filter(keeps_place=True, queue_key_at__lte=early).update(overdue=True)


def _interleave_tier(tier: int) -> int:
    waiting = Case.objects.filter(tier=tier, state__in=FREE).order_by("queue_key_at")
    of_bursts, lanes = waiting.filter(burst__isnull=False), defaultdict(list)
    bursts = [*of_bursts.filter(keeps_place=True)[:BATCH_SIZE], *of_bursts.filter(keeps_place=False)[:BATCH_SIZE]]
    counted = [case.queue_key_at for case in bursts if case.keeps_place]
    moved = _space_bursts(bursts)
    for case in waiting.filter(burst=None)[:BATCH_SIZE]:
        lanes[case.restricted, case.withheld].append(case)
    return moved + sum(_place_lane(lane, bursts, counted) for lane in lanes.values())


def _space_bursts(bursts: list[Case]) -> int:
    """Give burst cases keys that are SPACING apart. Return the number of moved cases; those placed before come first.

    Outside staffed hours many cases are due at the same moment.
    """
    moved = 0
    taken: set = set()
    for case in sorted(bursts, key=lambda case: (not case.keeps_place, case.queue_key_at, case.received_at)):
        key = case.queue_key_at
        while not taken.isdisjoint((key - TICK, key, key + TICK)):
            key += SPACING
        taken.add(key)
        moved += _store_key(case, key)
        case.queue_key_at = key
    return moved


def _place_lane(cases: list[Case], bursts: list[Case], counted: list[datetime]) -> int:
    """Place the other cases of one lane. Return the number of moved cases.

    Cases placed earlier never end up behind more burst cases than before, whatever has arrived since: ``counted`` are
    the sorted keys of the burst cases at that time.
    """
    ahead, keys = sorted(case.queue_key_at for case in bursts), {}
    ties = defaultdict(list)
    for burst in bursts:
        ties[key_of(burst)].append(burst)
    for case in cases:
        key = key_of(case)
        if case.keeps_place:
            keys[case] = _placed_key(key_with_place(case, key), counted, ahead)
        else:
            keys[case] = _unplaced_key(key, case, ties[key])
    in_turn = sorted(cases, key=lambda case: (not case.keeps_place, keys[case], case.received_at))
    new = interleaved_keys([keys[case] for case in in_turn], ahead)
    return sum(_store_key(case, key) for case, key in zip(in_turn, new, strict=True))


def _placed_key(key: datetime, counted: list[datetime], bursts: list[datetime]) -> datetime:
    """Return the key of a case placed earlier, with at most as many burst cases before it as were ``counted``."""
    behind = bisect_left(counted, key)
    return min(key, bursts[behind] - TICK) if behind < len(bursts) else key


def _unplaced_key(key: datetime, case: Case, ties: list[Case]) -> datetime:
    """Return the key of a case not placed yet: among burst cases with the same key, those before it came earlier."""
    earlier = [burst.queue_key_at for burst in ties if burst.received_at < case.received_at]
    return max(earlier) + TICK if earlier else key


def _store_key(case: Case, key: datetime) -> int:
    """Store the key and the fact that the case has its place; return 1 if the key changed, else 0."""
    if case.keeps_place and case.queue_key_at == key:
        return 0
    waits = Case.objects.filter(pk=case.pk, version=case.version)
    stored = waits.update(queue_key_at=key, keeps_place=True)
    return stored if case.queue_key_at != key else 0
