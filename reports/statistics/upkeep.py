"""Housekeeping of the counters: count what was there before them, what staff opened, and fold new rows."""

from collections import Counter
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from ..models.case import Case
from ..models.event import Event
from ..models.tally import NOT_COUNTED, Tally, TallyCheck, kind_of
from . import durations
from .counting import KEY, LOOKS, UNDO, WRITES, Counted, add, local_day, promise_of, stock_of
from .flows import OPENINGS, M, flows_of

BATCH_SIZE = 5000  # rows or events that one run folds or reads
SETTLED = timedelta(minutes=2)  # a younger event may still be joined by one with a smaller id
FINE = 2  # days for which the arrival of waiting cases is kept to a quarter of an hour
COLUMNS = ("state", "tier", "age_band", "category_id", "restricted", "withheld", "received_at", "due_at", "seen_at")
CASE_COLUMNS = (*COLUMNS, "promised_again_at", "handler_id")
RECOUNTED = (M.PROMISED, M.KEPT, M.LATE, M.FIRST_WORD)  # not from the changes that events recorded
COMPUTED = ("first_look_in", "first_word", "review")  # facts that are found again from the order of the events
EVENT_COLUMNS = ("tier", "age_band", "category_id", "restricted", "withheld")


def keep() -> int:
    """Run once a minute: open the tally if it is new, count what staff opened, fold. Return the number of rows."""
    open_once()
    return count_openings() + fold()


def open_once() -> None:
    """Count the cases and events of a site whose tally is new."""
    if not TallyCheck.objects.exists():
        recount_from_scratch()


def recount_from_scratch() -> None:
    """Replace all counters by a count of the cases and events of now.

    What happened earlier is counted with the tier and kind that the case has now. Earlier promises are counted from
    their last state, and earlier objections without what they changed.
    """
    with transaction.atomic():
        _stop_counting()
        check, _created = TallyCheck.objects.get_or_create(pk=1)
        check.counting_since, check.checked_at, check.differences = timezone.now(), None, 0
        check.last_event = Event.objects.aggregate(last=Max("pk"))["last"] or 0
        check.save()
        Tally.objects.all().delete()
        add(_cases_of_now(), Tally.Stage.FOLDED)
        add(_promises_of_now() + _first_looks() + _first_words(), Tally.Stage.OPENING)
        add(_earlier_events(), Tally.Stage.OPENING)


def fold() -> int:
    """Add new rows to the one row of their counter. Return the number of folded rows.

    The sum of every counter is the same before and after, for each reader.
    """
    with transaction.atomic():
        new = list(Tally.objects.filter(stage=Tally.Stage.NEW).order_by("pk")[:BATCH_SIZE])
        sums: Counted = Counter()
        for row in new:
            sums[_folded_key(row)] += row.number
        kept = {_key_of(row): row for row in _folded(sums)}
        changed = [_plus(kept[key], n) for key, n in sums.items() if n and key in kept]
        add(Counter({key: n for key, n in sums.items() if key not in kept}), Tally.Stage.FOLDED)
        Tally.objects.bulk_update(changed, ["number"], batch_size=500)
        ended = [row.pk for row in changed if row.number == 0]
        Tally.objects.filter(pk__in=[row.pk for row in new] + ended).delete()
    return len(new) + _coarsen()


def count_openings() -> int:
    """Count the cases, files and pictures that staff opened, from new events. Return the number of events."""
    with transaction.atomic():
        check = TallyCheck.objects.select_for_update().get()
        columns = ("pk", "action", "by", "at", *(f"case__{name}" for name in EVENT_COLUMNS))
        rows = list(Event.objects.filter(pk__gt=check.last_event).order_by("pk").values(*columns)[:BATCH_SIZE])
        edge = timezone.now() - SETTLED
        settled = rows[: next((place for place, row in enumerate(rows) if row["at"] > edge), len(rows))]
        add(Counter(_opening_key(row) for row in settled if row["action"] in OPENINGS))
        if settled:
            TallyCheck.objects.filter(pk=check.pk).update(last_event=settled[-1]["pk"])
    return len(settled)


def _folded(sums: Counted) -> Any:
    days = {key[1] for key in sums}
    on = Q(day__in=days - {None}) | (Q(day=None) if None in days else Q(pk__in=[]))
    measures = {key[0] for key in sums}
    return Tally.objects.filter(on, stage=Tally.Stage.FOLDED, measure__in=measures)


def _key_of(row: Tally) -> tuple:
    return tuple(getattr(row, name) for name in KEY)


def _folded_key(row: Tally) -> tuple:
    if row.measure == M.WAITING and row.day and row.day <= _coarse_until():
        row.slot = None
    return _key_of(row)


def _plus(row: Tally, number: int) -> Tally:
    row.number += number
    return row


def _coarse_until() -> Any:
    return timezone.localdate() - timedelta(days=FINE)


def _coarsen() -> int:
    """Make rows of waiting cases that arrived days ago new again without their slot, so that they fold into one."""
    old = Tally.objects.filter(measure=M.WAITING, day__lte=_coarse_until(), slot__isnull=False)
    return old.update(slot=None, stage=Tally.Stage.NEW)


def _stop_counting() -> None:
    """Let no change of a case be counted until the end of this transaction; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Tally._meta.db_table} IN EXCLUSIVE MODE")


def cases_of_now() -> Counted:
    """Return a recount of the cases of now."""
    return _cases_of_now()


def _cases_of_now() -> Counted:
    found: Counted = Counter()
    for columns in Case.objects.exclude(state__in=NOT_COUNTED).values(*CASE_COLUMNS).iterator():
        found.update(stock_of(columns))
    return found


def _promises_of_now() -> Counted:
    found: Counted = Counter()
    for columns in Case.objects.values(*CASE_COLUMNS).iterator():
        found.update(promise_of(columns))
    return found


def _first_looks() -> Counted:
    looks = Event.objects.filter(action__in=LOOKS).order_by("case", "number")
    rows: Any = looks.values("case", "at", received=F("case__received_at"), **_of_case())
    found: Counted = Counter()
    for _case, events in groupby(rows.iterator(), key=lambda row: row["case"]):
        first = next(events)
        found[_event_key(first, M.FIRST_LOOK, "", durations.class_of(first["at"] - first["received"]))] += 1
    return found


def _first_words() -> Counted:
    written = Event.objects.filter(action__in=(*WRITES, UNDO)).exclude(action="refer", case__unreachable=True)
    written = written.order_by("case", "number")
    rows: Any = written.values("case", "at", "action", received=F("case__received_at"), **_of_case())
    found: Counted = Counter()
    for _case, events in groupby(rows.iterator(), key=lambda row: row["case"]):
        kept: list[Any] = []
        for row in events:
            kept = kept[:-1] if row["action"] == UNDO else [*kept, row]
        if kept:
            slot = durations.class_of(kept[0]["at"] - kept[0]["received"])
            found[_event_key(kept[0], M.FIRST_WORD, "", slot)] += 1
    return found


def _earlier_events() -> Counted:
    found: Counted = Counter()
    rows: Any = Event.objects.values("action", "at", "by", "facts", **_of_case())
    for row in rows.iterator():
        facts = {name: value for name, value in row["facts"].items() if name not in COMPUTED}
        found.update(_event_key(row, *flow) for flow in flows_of(row["action"], facts))
        for measure, day, n in facts.get("counted", ()):
            if measure not in RECOUNTED:
                found[_event_key(row, measure, "", day=date.fromisoformat(day))] += n
        if row["action"] in OPENINGS:
            found[_event_key(row, M.OPENED, OPENINGS[row["action"]])] += 1
    return found


def _of_case() -> dict[str, F]:
    return {name: F(f"case__{name}") for name in EVENT_COLUMNS}


def _opening_key(row: dict[str, Any]) -> tuple:
    columns = {name: row[f"case__{name}"] for name in EVENT_COLUMNS}
    return _event_key(row | columns, M.OPENED, OPENINGS[row["action"]])


def _event_key(
    row: dict[str, Any], measure: str, value: str, slot: int | None = None, day: date | None = None
) -> tuple:
    """Return the counter of an event; what staff opened is counted by person, and not by age and category."""
    day = day or local_day(row["at"])
    if measure == M.OPENED:
        return (str(measure), day, value, None, row["tier"], "", "", str(kind_of(row)), row["by"])
    return (str(measure), day, value, slot, row["tier"], row["age_band"], row["category_id"], str(kind_of(row)), None)
