"""Compare the counters with a recount of cases and events, once a day, and remember how it ended.

Cases of now are compared counter by counter; what happened is compared by day and measure for the last days, because an
event does not say which tier its case had. Promises and arrivals of those days are compared by tier, age and category
with the cases that still exist. Reads every case once a day, and the events of a few weeks.
"""

from collections import Counter
from datetime import date, timedelta

from django.db import connection
from django.db.models import Exists, OuterRef, Q, Sum
from django.utils import timezone

from safetycenter.days import beginning_of
from safetycenter.sqlite_lock import reading

from ..models.case import Case
from ..models.event import Event
from ..models.tally import NOT_COUNTED, Tally, TallyCheck
from . import upkeep
from .counting import KEY, Counted, arrival_of, local_day, promise_of
from .flows import M, flows_of

EVERY = timedelta(hours=24)
DAYS = 3  # the last whole days that are compared
# A promise is made at most this long before it is due.
LONGEST_PROMISE = timedelta(days=45)
OF_NOW = (M.STOCK, M.WAITING, M.HELD)
NOT_BY_EVENT = (*OF_NOW, M.OPENED)
BY_CASE = (M.RECEIVED, M.PROMISED, M.KEPT, M.LATE)
# What leaves tier, age, category and kind of a case as they were when it arrived.
CHANGES_NO_KIND = ("submitted", "viewed", "claim", "release", "lease_ended", "note", "reply", "ask", "resolve", "close")


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
    with reading():  # for minutes on a large site: on SQLite nobody could store anything meanwhile
        _one_snapshot()
        pairs = _compare(_counted_now(), _without_slot(upkeep.cases_of_now()))
        return pairs | _compare(_counted_days(), _recounted_days()) | _too_few()


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
    sums = rows.exclude(stage=Tally.Stage.OPENING).values_list("measure", "day").annotate(n=Sum("number"))
    return Counter({(measure, day): n for measure, day, n in sums.order_by()})


def _recounted_days() -> Counted:
    begin, end = _days()
    first = beginning_of(begin)
    check = TallyCheck.objects.first()
    since = check.counting_since if check else first - LONGEST_PROMISE
    wanted = Q(at__gte=first) | Q(facts__has_key="counted")
    events = Event.objects.filter(wanted, at__gt=max(since, first - LONGEST_PROMISE))
    found: Counted = Counter()
    for action, at, facts in events.values_list("action", "at", "facts").iterator():
        if at >= first:
            found.update(Counter((str(measure), local_day(at)) for measure, *_rest in flows_of(action, facts)))
        for measure, day, n in facts.get("counted", ()):
            found[measure, date.fromisoformat(day)] += n
    return Counter({key: n for key, n in found.items() if begin <= key[1] <= end and n})


def _too_few() -> dict[tuple, tuple[int, int]]:
    """Return the counters of the last days, by tier, age and category, that are less than the cases that say so.

    They may be more: a case that was erased, or a promise before the present one, is in no column any more.
    """
    by_case = _by_case()
    rows = Tally.objects.filter(day__range=_days(), measure__in=BY_CASE).values_list(*KEY).annotate(n=Sum("number"))
    counted: Counted = Counter({tuple(key): n for *key, n in rows.order_by()})
    return {key: (counted[key], n) for key, n in by_case.items() if counted[key] < n}


def _by_case() -> Counted:
    """Return what the columns of the cases of now say of the last days: their promise, and their arrival if it holds.

    A case whose tier, age or category may have changed since it arrived is not among the arrivals.
    """
    begin, end = _days()
    first, last = beginning_of(begin), beginning_of(end + timedelta(days=1))
    others = Event.objects.filter(case=OuterRef("pk")).exclude(action__in=CHANGES_NO_KIND)
    promised, arrived = Q(due_at__gte=first, due_at__lt=last), Q(received_at__gte=first, received_at__lt=last)
    cases = Case.objects.exclude(state__in=NOT_COUNTED).annotate(may_differ=Exists(others)).filter(promised | arrived)
    found: Counted = Counter()
    for columns in cases.values(*upkeep.CASE_COLUMNS, "may_differ").iterator():
        found.update(promise_of(columns))
        if not columns["may_differ"]:
            found.update(arrival_of(columns))
    return Counter({key: n for key, n in found.items() if begin <= key[1] <= end})
