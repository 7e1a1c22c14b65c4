"""Count a change of a case, in its transaction: ``count`` is called by whatever changes the counted columns.

A promise is one first look that a reporter knows of: at the report, and again when the case waits for a look after
staff had answered. It is counted on the day on which it is due, and stays counted when the case is withdrawn or never
looked at. An urgent case that is given back unanswered waits for its look again: the earlier look does not count.
Objections have a separate promise, which is not counted here.
"""

from collections import Counter
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from ..models.case import Case, State
from ..models.event import Event
from ..models.state import FREE
from ..models.tally import NOT_COUNTED, Tally, kind_of
from . import durations
from .flows import ENDED, OBJECTIONS, M, flows_of

WAITING = (*FREE, State.ESCALATED)
WRITES, UNDO = ("reply", "ask", "gave_self_report_sheet", "refer"), "undo"
LOOKS = ("claim", "close")  # a quarantined case is closed without being claimed
CLOSES = ("close", "closed_by_time")
# The place of a counter, as the fields of ``Tally`` that identify it.
KEY = ("measure", "day", "value", "slot", "tier", "age_band", "category", "kind", "person_id")
Columns = dict[str, Any]
Counted = Counter[tuple]


def count(before: Columns | None, case: Case, action: str, facts: dict[str, Any]) -> dict[str, Any]:
    """Count the change of ``case`` by ``action``; return the facts to record about it, for the recount.

    ``before`` are the columns of the row before the change (``vars``), None for a new case. Call it before the event
    of the action is appended, in the same transaction. Rows are only added, so nothing waits for another change.
    """
    after, today = vars(case), timezone.localdate()
    found = _stock(after)
    if before is not None:
        found.subtract(_stock(before))
    dated = _dated(before, case, action)
    more = _facts(before, case, action) | _recorded(dated)
    known = facts | more | {"from": before["state"] if before else None, "to": after["state"]}
    found.update({_key(after, *flow, day=today): 1 for flow in flows_of(action, known)})
    found.update(dated)
    add(found)
    return more


def add(found: Counted, stage: int = Tally.Stage.NEW) -> None:
    """Add ``found`` to the counters."""
    rows = [Tally(**dict(zip(KEY, key, strict=True)), number=n, stage=stage) for key, n in found.items() if n]
    if rows:
        Tally.objects.bulk_create(rows, batch_size=500)


def stock_of(columns: Columns) -> Counted:
    """Return what a case with these ``columns`` adds to the counters of cases of now."""
    return _stock(columns)


def promise_of(columns: Columns) -> Counted:
    """Return what the current promise of a case adds to the counters, on the day on which it is due."""
    if columns["due_at"] == columns["promised_again_at"]:  # the promise of a second review
        return Counter()
    day = local_day(columns["due_at"])
    found = Counter({_key(columns, M.PROMISED, day=day): 1})
    if columns["seen_at"]:
        in_time = columns["seen_at"] <= columns["due_at"]
        found[_key(columns, M.KEPT if in_time else M.LATE, day=day)] = 1
    return found


def arrival_of(columns: Columns) -> Counted:
    """Return what the arrival of a case with these ``columns`` adds to the counters, if they are as they were then."""
    return Counter({_key(columns, M.RECEIVED, day=local_day(columns["received_at"])): 1})


def local_day(moment: datetime) -> date:
    """Return the day of ``moment`` in the time zone of the site."""
    return timezone.localtime(moment).date()


def quarter_hour(moment: datetime) -> int:
    """Return the number of the quarter of an hour of ``moment`` in its day."""
    local = timezone.localtime(moment)
    return local.hour * 4 + local.minute // 15


def _key(columns: Columns, measure: str, value: str = "", slot: int | None = None, *, day: date | None = None) -> tuple:
    place = columns["tier"], columns["age_band"], columns["category_id"], kind_of(columns)
    return (str(measure), day, value, slot, *map(_plain, place), None)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value


def _stock(columns: Columns) -> Counted:
    if columns["state"] in NOT_COUNTED:
        return Counter()
    kind, found = str(kind_of(columns)), Counter({_key(columns, M.STOCK, str(columns["state"])): 1})
    if columns["handler_id"]:
        found[str(M.HELD), None, "", None, None, "", "", kind, columns["handler_id"]] = 1
    if columns["state"] in WAITING:
        at = columns["received_at"]
        found[str(M.WAITING), local_day(at), "", quarter_hour(at), columns["tier"], "", "", kind, None] = 1
    return found


def _dated(before: Columns | None, case: Case, action: str) -> Counted:
    """Return the changes of counters that may be those of other days than today."""
    after = vars(case)
    found = _promise_change(before, after)
    if action == UNDO:
        found.subtract(_undone(case))
        return found
    was = before["state"] if before else None
    if before and was in ENDED and after["state"] not in (*ENDED, State.WITHDRAWN, State.PURGED):
        ended = before["resolved_at"] or before["closed_at"] or timezone.now()
        if action == "left_open":  # nobody closed it in time: it was not done after all
            found[_key(after, M.DONE, day=local_day(ended))] -= 1
        else:
            found[_key(after, M.REOPENED, day=local_day(ended))] += 1
    return found


def _undone(case: Case) -> Counted:
    """Return what the message that is taken back, and the end of the case with it, had added."""
    sent = Event.objects.filter(case=case, action__in=(*WRITES, "resolve")).order_by("-number")
    events = list(sent.values_list("action", "facts", "at")[:2])
    if events and events[0][0] != "resolve":
        del events[1:]
    found: Counted = Counter()
    for action, facts, at in events:
        found.update(_key(vars(case), *flow, day=local_day(at)) for flow in flows_of(action, facts))
    return found


def _promise_change(before: Columns | None, after: Columns) -> Counted:
    found = Counter(promise_of(after))
    if before is None:
        return found
    is_renewed = before["answered_at"] is not None and after["answered_at"] is None
    if not found or (is_renewed and before["due_at"] != after["due_at"]):
        return found  # a new promise, or one of a second review; the earlier one stays as it ended
    found.subtract(promise_of(before))
    return found


def _recorded(dated: Counted) -> dict[str, Any]:
    """Return the changes of other days as facts of the event: measure, day and number, without what cancels out."""
    sums: Counter[tuple[str, str]] = Counter()
    for (measure, day, *_rest), n in dated.items():
        sums[measure, day.isoformat()] += n
    changes = sorted([*key, n] for key, n in sums.items() if n)
    return {"counted": changes} if changes else {}


def _facts(before: Columns | None, case: Case, action: str) -> dict[str, Any]:
    since = durations.class_of(timezone.now() - case.received_at)
    found = {"first_look_in": since} if action in LOOKS and _is_first_look(before, case) else {}
    # Nothing is written to a reporter who cannot return: a receipt is then stored without a message.
    if action in WRITES and not case.unreachable and _is_first_word(case):
        return {"first_word": since}
    if action in CLOSES and case.state == State.CLOSED and (review := _review(case)):
        return found | {"review": review}
    return found


def _is_first_look(before: Columns | None, case: Case) -> bool:
    """Return whether nobody has looked at the case yet. No action leads back to "received", so that needs no query."""
    if before is None or before["handler_id"] or before["last_handler_id"]:
        return False
    return before["state"] == State.RECEIVED or not Event.objects.filter(case=case, action__in=LOOKS).exists()


def _is_first_word(case: Case) -> bool:
    """Return whether every earlier message of staff was taken back."""
    actions = list(Event.objects.filter(case=case, action__in=(*WRITES, UNDO)).values_list("action", flat=True))
    return len(actions) == 2 * actions.count(UNDO)


def _review(case: Case) -> str | None:
    """Return what an objection changed, now that the case is closed again; None if nothing was objected to.

    ``first`` means that the reporter objected before there was an outcome, so that nothing can be compared.
    """
    wanted = Event.objects.filter(case=case, action__in=(*OBJECTIONS, *CLOSES)).order_by("-number")
    events = list(wanted.values_list("action", "facts")[:20])
    if not events or events[0][0] not in OBJECTIONS:
        return None
    earlier = next((facts.get("outcome") for action, facts in events if action in CLOSES), None)
    if not earlier:
        return "first"
    return "same" if earlier == case.outcome else "changed"
