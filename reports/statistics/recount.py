"""Compare the counters with a recount of cases and events, once a day, and remember how it ended.

Cases of now are compared counter by counter. What happened in the last days is counted again from events: arrivals and
other actions from the events themselves, promises from the due time and the first look that each event records. It is
compared by day, measure, tier, age, category and kind; by day and measure only where events say nothing of these,
because they are older than the facts of ``recorded``. Reads every open case once a day, and the events of a few weeks.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, Sum
from django.utils import timezone

from safetycenter.days import beginning_of

from ..models.event import Event
from ..models.tally import Tally, TallyCheck
from . import recorded, upkeep
from .counting import KEY, Counted, local_day
from .flows import M, flows_of

EVERY = timedelta(hours=24)
DAYS = 3  # the last whole days that are compared
# A promise is made at most this long before it is due.
LONGEST_PROMISE = timedelta(days=45)
OF_NOW = (M.STOCK, M.WAITING, M.HELD)
NOT_BY_EVENT = (*OF_NOW, M.OPENED)
PROMISES = (M.PROMISED, M.KEPT, M.LATE)
PLACE = ("tier", "age_band", "category", "kind")  # of a counter, and in the facts of an event
Place = tuple[Any, ...]


@dataclass
class Recount:
    """What was counted again, by measure, day and PLACE, and the measures and days of which events do not say that."""

    found: Counted = field(default_factory=Counter)
    without_place: set[tuple[str, date]] = field(default_factory=set)

    def add(self, measure: str, day: date, figures: dict[str, Any] | None, n: int = 1) -> None:
        """Add to a counter of a case with these ``figures``; None if the event does not say them."""
        if figures is None:
            self.without_place.add((str(measure), day))
        self.found[str(measure), day, *(figures[name] if figures else None for name in PLACE)] += n

    def comparable(self, counted: Counted) -> Counted:
        """Return ``counted`` without place for the measures and days of which an event does not say it."""
        found: Counted = Counter()
        for (measure, day, *place), n in counted.items():
            found[(measure, day) if (measure, day) in self.without_place else (measure, day, *place)] += n
        return found


def check_daily() -> int | None:
    """Compare if the last comparison is a day old. Return the number of differences."""
    check = TallyCheck.objects.first()
    if check is None or (check.checked_at and check.checked_at > timezone.now() - EVERY):
        return None
    return check_now()


def check_now() -> int:
    """Compare now; store and return the number of counters that differ."""
    found = len(differences())
    TallyCheck.objects.update(checked_at=timezone.now(), differences=found)
    return found


def agrees() -> bool:
    """Return whether the last comparison found no difference. Used by ``/readyz``."""
    return not TallyCheck.objects.filter(differences__gt=0).exists()


def differences() -> dict[tuple, tuple[int, int]]:
    """Return the counters that differ, with their number and that of the recount."""
    return compare()[0]


def compare() -> tuple[dict[tuple, tuple[int, int]], int]:
    """Return ``differences``, and how many measures of a day could be compared by day and measure only."""
    with transaction.atomic():
        _one_snapshot()
        pairs = _compare(_counted_now(), _without_slot(upkeep.cases_of_now()))
        again = _recounted_days()
        days = _compare(again.comparable(_counted_days()), again.comparable(again.found))
        return pairs | days, len(again.without_place)


def _compare(counted: Counted, recounted: Counted) -> dict[tuple, tuple[int, int]]:
    keys = counted.keys() | recounted.keys()
    return {key: (counted[key], recounted[key]) for key in keys if counted[key] != recounted[key]}


def _one_snapshot() -> None:
    """Let all queries of this transaction see the same moment; SQLite does so anyway."""
    if connection.vendor == "postgresql" and not connection.savepoint_ids:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _counted_now() -> Counted:
    rows = Tally.objects.filter(measure__in=OF_NOW).values_list(*KEY).annotate(n=Sum("number"))
    found: Counted = Counter()
    for *key, n in rows.order_by():
        found[tuple(key)] += n
    return _without_slot(found)


def _without_slot(counted: Counted) -> Counted:
    """Return ``counted`` without the time of day, which is folded after some days."""
    found: Counted = Counter()
    for key, n in counted.items():
        found[(*key[:3], None, *key[4:])] += n
    return found


def _days() -> tuple[date, date]:
    today = timezone.localdate()
    return today - timedelta(days=DAYS), today


def _counted_days() -> Counted:
    begin, end = _days()
    rows = Tally.objects.filter(day__range=(begin, end)).exclude(measure__in=NOT_BY_EVENT)
    sums = rows.exclude(stage=Tally.Stage.OPENING).values_list("measure", "day", *PLACE).annotate(n=Sum("number"))
    return Counter({tuple(key): n for *key, n in sums.order_by() if n})


def _recounted_days() -> Recount:
    begin, end = _days()
    first = beginning_of(begin)
    check = TallyCheck.objects.first()
    since = check.counting_since if check else first - LONGEST_PROMISE
    wanted = Q(at__gte=first) | Q(facts__has_key="counted") | Q(facts__has_key=recorded.NOW)
    events = Event.objects.filter(wanted, at__gt=max(since, first - LONGEST_PROMISE))
    again = Recount()
    for action, at, facts in events.values_list("action", "at", "facts").iterator():
        _count_again(again, action, at, facts)
    inside = {key: n for key, n in again.found.items() if begin <= key[1] <= end and n}
    kept = {(measure, day) for measure, day in again.without_place if begin <= day <= end}
    return Recount(Counter(inside), kept)


def _count_again(again: Recount, action: str, at: datetime, facts: dict[str, Any]) -> None:
    figures = facts.get(recorded.NOW)
    for measure, *_rest in flows_of(action, facts):
        again.add(measure, local_day(at), figures)
    for measure, day, n in facts.get("counted", ()):  # of other days, for example of a case that was reopened
        if measure not in PROMISES or figures is None:
            again.add(measure, date.fromisoformat(day), figures, n)
    before = facts.get(recorded.BEFORE)
    if figures and (before or action == "submitted"):
        _count_promise(again, before, figures)


def _count_promise(again: Recount, before: dict[str, Any] | None, after: dict[str, Any]) -> None:
    """Count the promise of a first look after an event, instead of the one before it unless that one has ended."""
    for measure, day in _promise(after):
        again.add(measure, day, after)
    has_ended = before and before["is_answered"] and not after["is_answered"] and before["due"] != after["due"]
    if before and after["due"] and not has_ended:
        for measure, day in _promise(before):
            again.add(measure, day, before, -1)


def _promise(figures: dict[str, Any]) -> list[tuple[str, date]]:
    """Return the measures of the promise in ``figures``, with the day on which it is due."""
    if not figures["due"]:
        return []
    due = datetime.fromisoformat(figures["due"])
    measures = [M.PROMISED]
    if figures["seen"]:
        measures.append(M.LATE if datetime.fromisoformat(figures["seen"]) > due else M.KEPT)
    return [(measure, local_day(due)) for measure in measures]
