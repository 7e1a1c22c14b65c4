"""Many urgent reports from one network: the desk sees them as such, and they share the queue with all others.

While one network sends more than ``limits.P0_BURST`` in an hour, its further cases carry a random id (``Case.burst``:
no address, and nothing it could be computed from). It goes when somebody looks at the case, and after a day. No case is
dropped or refused for it (safety rule H19): inside a tier, burst cases and others take turns. Other cases are moved
ahead of burst cases and never behind; burst cases keep their key, except for microseconds that keep two of them apart.
A burst case lets at most one other pass for each burst case before it, and one whose turn it is. Late cases come first
of their tier by their key, so late burst cases take turns with late cases, and then with those that are not late yet.
Otherwise a hundred late burst cases would make every new case late.

The turns are stored in the queue key, so that reading the queue stays one index scan. Housekeeping gives them out once
a minute. A place that was won is kept until staff answer or the tier changes (``Case.takes_turns``): if the turns were
computed again, the case whose turn comes next would lose it whenever the burst case before it is taken.
"""

from bisect import bisect_left
from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import F, Max, QuerySet
from django.utils import timezone

from ..deadlines import OVERDUE_FIRST, queue_key
from ..models.case import Case
from ..models.state import FREE

KEPT = timedelta(hours=24)
AT_ONCE = 500  # waiting cases of each kind in a tier; those behind them come later anyway
A_MOMENT = timedelta(microseconds=1)
APART = 2 * A_MOMENT  # between two burst cases, so that a key fits between them
SAME_PLACE = timedelta(seconds=1)  # more than any case is moved to keep burst cases APART


def take_turns() -> int:
    """Renew the turns in every tier; returns how many cases got another key."""
    Case.objects.filter(burst__isnull=False, received_at__lte=timezone.now() - KEPT).update(burst=None)
    tiers = set(Case.objects.filter(burst__isnull=False, state__in=FREE).values_list("tier", flat=True))
    return sum(_take_turns_in(tier) for tier in sorted(tiers))


def turns(others: list[datetime], bursts: list[datetime]) -> list[datetime]:
    """The keys of ``others`` when they take turns with ``bursts``, which are sorted and APART.

    Each of ``others`` in turn gets the first place behind a burst case that has none yet, unless it is there or
    earlier by the key it has. One that ties with a burst case comes before it.
    """
    keys, full, free = [], set(), 1
    for key in others:
        ahead = bisect_left(bursts, key)
        while free in full:
            free += 1
        if free < ahead:
            key, ahead = bursts[free - 1] + A_MOMENT, free
        elif bursts[ahead : ahead + 1] == [key]:
            key -= A_MOMENT
        full.add(ahead)
        keys.append(key)
    return keys


def kept_key(case: Case, key: datetime) -> datetime:
    """The key to store for ``case``, whose ``key`` without turns is given: a place once won never moves later.

    A burst case that has become more urgent is placed by its new key, as one that has just arrived; for this its
    ``takes_turns`` is taken away.
    """
    if case.takes_turns and key >= case.queue_key_at - SAME_PLACE:
        return case.queue_key_at
    case.takes_turns = case.takes_turns and case.burst is None
    return key


def stay_ahead(late: QuerySet) -> int:
    """Mark as overdue the ``late`` cases that a turn has put among overdue ones already; return their number.

    Before that, other cases with a place before burst cases that are getting late are moved with these, so that no
    burst case passes them for being late sooner.
    """
    early = timezone.now() - OVERDUE_FIRST / 2  # every key of an overdue case is before this, and no other
    placed = Case.objects.filter(takes_turns=True, overdue=False, queue_key_at__gt=early, state__in=FREE)
    getting_late = late.filter(takes_turns=True, burst__isnull=False).order_by()
    for tier, last in getting_late.values_list("tier").annotate(Max("queue_key_at")):
        ahead = placed.filter(tier=tier, burst=None, queue_key_at__lt=last)
        ahead.update(queue_key_at=F("queue_key_at") - OVERDUE_FIRST)
    return late.filter(takes_turns=True, queue_key_at__lte=early).update(overdue=True)


def _take_turns_in(tier: int) -> int:
    waiting = Case.objects.filter(tier=tier, state__in=FREE).order_by("queue_key_at")
    of_bursts, lanes = waiting.filter(burst__isnull=False), defaultdict(list)
    bursts = [*of_bursts.filter(takes_turns=True)[:AT_ONCE], *of_bursts.filter(takes_turns=False)[:AT_ONCE]]
    counted = [case.queue_key_at for case in bursts if case.takes_turns]
    moved = _set_apart(bursts)
    for case in waiting.filter(burst=None)[:AT_ONCE]:
        lanes[case.restricted, case.withheld].append(case)
    return moved + sum(_place(lane, bursts, counted) for lane in lanes.values())


def _set_apart(bursts: list[Case]) -> int:
    """Give burst cases keys that are APART, and return how many were moved. Those that were placed before come first.

    Outside staffed hours many are due at the same moment.
    """
    moved = 0
    taken: set = set()
    for case in sorted(bursts, key=lambda case: (not case.takes_turns, case.queue_key_at, case.received_at)):
        key = case.queue_key_at
        while not taken.isdisjoint((key - A_MOMENT, key, key + A_MOMENT)):
            key += APART
        taken.add(key)
        moved += _store(case, key)
        case.queue_key_at = key
    return moved


def _place(cases: list[Case], bursts: list[Case], counted: list[datetime]) -> int:
    """Place the other cases of one lane; return how many were moved.

    Those that were placed before are never behind more burst cases than they were, whatever has arrived since:
    ``counted`` are the sorted keys of the burst cases that were there then.
    """
    ahead, keys = sorted(case.queue_key_at for case in bursts), {}
    ties = defaultdict(list)
    for burst in bursts:
        ties[_key(burst)].append(burst)
    for case in cases:
        key = _key(case)
        if case.takes_turns:
            keys[case] = _not_further_behind(kept_key(case, key), counted, ahead)
        else:
            keys[case] = _behind_earlier(key, case, ties[key])
    in_turn = sorted(cases, key=lambda case: (not case.takes_turns, keys[case], case.received_at))
    new = turns([keys[case] for case in in_turn], ahead)
    return sum(_store(case, key) for case, key in zip(in_turn, new, strict=True))


def _not_further_behind(key: datetime, counted: list[datetime], bursts: list[datetime]) -> datetime:
    """The key of a case that was placed before, with no more burst cases before it than were ``counted`` there."""
    behind = bisect_left(counted, key)
    return min(key, bursts[behind] - A_MOMENT) if behind < len(bursts) else key


def _behind_earlier(key: datetime, case: Case, ties: list[Case]) -> datetime:
    """The key of a case that has not been placed: of burst cases with the same key, those before it came earlier."""
    earlier = [burst.queue_key_at for burst in ties if burst.received_at < case.received_at]
    return max(earlier) + A_MOMENT if earlier else key


def _store(case: Case, key: datetime) -> int:
    """Store the key and that the case has its place among turns; return 1 if the key is another."""
    if case.takes_turns and case.queue_key_at == key:
        return 0
    waits = Case.objects.filter(pk=case.pk, version=case.version)
    stored = waits.update(queue_key_at=key, takes_turns=True)
    return stored if case.queue_key_at != key else 0


def _key(case: Case) -> datetime:
    return queue_key(case.tier, case.next_action_at, case.score, case.overdue)
