"""Check whether the signed audit log of a case shows a reason to erase it. Housekeeping erases nothing else.

The columns of a case show only that its period has ended, and anyone who can write the database, a public node
included, can set them. So each erasure requires a complete log in which the reporter withdrew, or staff closed the
case, long enough ago. A decision reserved to staff must be sealed by a desk. Not covered: a withdrawal that a
taken-over public node signs itself, if neither a life nor a child is at risk.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby, islice
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from ...crypto.vault import signing
from ...models.case import Case, State
from ...models.event import Event
from ...models.record import RecordAlarm, RegisterEntry
from .. import audit
from ..actions import ACTIONS, names_where
from ..case_action import StaffAction
from ..case_effects.reporter import WITHDRAWAL_DELAY
from ..case_effects.wind_down import TOLD
from . import alarms

BATCH_SIZE = 200  # logs per query
SAMPLE_SIZE = 1000  # cases per housekeeping run
NOTICE = timedelta(days=14)  # between the notice that the operator stops and the erasure
WRITTEN_WITHIN = timedelta(minutes=1)  # an event is written just after the columns of its case
Events = list[Event]
Reason = Callable[[Case, Events, datetime], bool]


def can_check() -> bool:
    """Return whether this node can check audit logs. A public node cannot, so it erases nothing."""
    return signing.can_check()


def sample(due: QuerySet) -> QuerySet:
    """Return SAMPLE_SIZE of the ``due`` cases, at random: many kept cases must not block the others."""
    return due.order_by("?")[:SAMPLE_SIZE]


def in_batches(due: QuerySet) -> Iterator[Case]:
    """Yield all of the ``due`` cases in order of arrival, read in batches of BATCH_SIZE."""
    return due.order_by("received_at", "pk").iterator(chunk_size=BATCH_SIZE)


def checked(due: Iterable[Case], reason: Reason, now: datetime) -> Iterator[tuple[Case, bool]]:
    """Yield each ``due`` case and whether its log shows ``reason``. Executes two queries per BATCH_SIZE cases."""
    rows = iter(due)
    while cases := list(islice(rows, BATCH_SIZE)):
        events = _complete_logs(cases)
        for case in cases:
            yield case, case.pk in events and reason(case, events[case.pk], now)


def refuse_erasure(case: Case, reason: Reason, now: datetime) -> None:
    """Raise the alarm, once, that ``case`` would have been erased without a ``reason``, and page the on-call staff.

    If only the key of a public node is missing here, the alarm says so, and nobody is paged.
    """
    kind = RecordAlarm.Kind.KEY if missing_keys(case, reason, now) else RecordAlarm.Kind.ERASURE
    if alarms.existing_alarm(kind, case.pk) is None:
        alarm = alarms.raise_alarm(kind, case.pk)
        RecordAlarm.objects.filter(pk=alarm.pk).update(needs_page=kind == RecordAlarm.Kind.ERASURE)


def end_key_alarms() -> int:
    """End the alarms about missing keys whose keys are here again; return their number."""
    waiting = alarms.unsettled().filter(kind=RecordAlarm.Kind.KEY)
    signers = Event.objects.filter(case__in=waiting.values("case_id")).values_list("case_id", "key_id").distinct()
    missing = {case_id for case_id, key_id in signers if not signing.has_key(key_id)}
    return alarms.end_alarms(waiting.exclude(case_id__in=missing))


def missing_keys(case: Case, reason: Reason, now: datetime) -> list[str]:
    """Return the ids of public nodes' keys that this desk lacks, if only these keep the log from showing ``reason``.

    Empty if the log would show no ``reason`` even if the events under these keys were authentic.
    """
    events = _complete_logs([case], _is_acceptable).get(case.pk, [])
    unknown = audit.unknown_keys(events)
    return unknown if unknown and reason(case, events, now) else []


def was_withdrawn(case: Case, events: Events, now: datetime) -> bool:
    """Return whether the reporter withdrew 72 hours ago and did not cancel.

    If a lead decides, a lead must have approved since (H7).
    """
    asked = _last(events, ("withdraw", "cancel_withdrawal"))
    if (
        asked is None
        or asked.action != "withdraw"
        or not _is_older_than(asked, WITHDRAWAL_DELAY, now)
        or _is_held(events)
    ):
        return False
    since = [event for event in events if event.number > asked.number]
    unread = _last(since, names_where(lambda row: row.lead_reads_first))
    if not (unread or asked.facts.get("needs_lead", True) or _was_at_risk(case, events, asked)):
        return True
    return any(
        event.action == "approve_erasure" and _is_by_staff(event) and event.number > (unread or asked).number
        for event in since
    )


def files_are_over(case: Case, events: Events, now: datetime) -> bool:
    """Return whether the case was closed, and has stayed closed, for the retention period of files."""
    return _stayed_closed(events, settings.KEEP_FILES_DAYS, now)


def story_is_over(case: Case, events: Events, now: datetime) -> bool:
    """Return the same for all other data. A case whose tier was lowered only in the database counts as urgent."""
    return _stayed_closed(events, story_days(min(case.tier, _latest_fact(events, "tier", case.tier))), now)


def was_wound_down(case: Case, events: Events, now: datetime) -> bool:
    """Return whether a desk told the reporter NOTICE ago that the operator stops, and no hold was placed."""
    told = _last(events, (TOLD,))
    return told is not None and audit.is_from_desk(told) and _is_older_than(told, NOTICE, now) and not _is_held(events)


def story_days(tier: int) -> int:
    """Return how many days after its closing a case of this tier is kept: P0 and P1 longer than the others."""
    return settings.KEEP_URGENT_STORY_DAYS if tier <= 1 else settings.KEEP_STORY_DAYS


def _is_acceptable(event: Event) -> bool:
    return audit.is_authentic(event) or audit.may_be_from_node(event)


def _complete_logs(cases: list[Case], accepts: Callable[[Event], bool] = audit.is_authentic) -> dict:
    ids = [case.pk for case in cases]
    rows = Event.objects.filter(case__in=ids).order_by("case_id", "number")
    events = {case_id: list(group) for case_id, group in groupby(rows, key=lambda event: event.case_id)}
    known = {(event.case_id, event.number, bytes(event.digest)) for event in rows}
    entries = RegisterEntry.objects.filter(case_id__in=ids).values_list("case_id", "event_number", "event_digest")
    # A countersigned event that is missing may have been the cancellation.
    cut = {case_id for case_id, number, digest in entries if (case_id, number, bytes(digest)) not in known}
    whole = (case for case in cases if case.pk not in cut and audit.is_complete(case, events.get(case.pk, []), accepts))
    return {case.pk: events[case.pk] for case in whole}


def _stayed_closed(events: Events, days: int, now: datetime) -> bool:
    closing = next((event for event in reversed(events) if _enters(event, State.CLOSED)), None)
    if closing is None or not _is_older_than(closing, timedelta(days=days), now) or _is_held(events):
        return False
    stayed = all(event.facts.get("to", State.CLOSED) == State.CLOSED for event in events[closing.number :])
    return stayed and _is_real_closing(closing, events[: closing.number - 1])


def _is_real_closing(closing: Event, before: Events) -> bool:
    """Return whether staff closed the case, or a desk closed by time what staff had resolved.

    A closing by time alone could follow forged columns.
    """
    row = ACTIONS.get(closing.action)
    if row is None or row.target != State.CLOSED:
        return False
    if isinstance(row, StaffAction):
        return _is_by_staff(closing)
    resolved = _last(list(filter(_is_by_staff, before)), names_where(lambda row: row.target == State.RESOLVED))
    if not audit.is_from_desk(closing) or resolved is None:
        return False
    return all(event.facts.get("to", State.RESOLVED) == State.RESOLVED for event in before[resolved.number :])


def _enters(event: Event, state: State) -> bool:
    return event.facts.get("to") == state != event.facts.get("from")


def _is_held(events: Events) -> bool:
    # By staff, or by a desk that restored a backup; only these actions place or lift a hold.
    decided = _last(list(filter(audit.is_from_desk, events)), names_where(lambda row: row.hold is not None))
    return decided is not None and bool(ACTIONS[decided.action].hold)


def _was_at_risk(case: Case, events: Events, until: Event) -> bool:
    return _latest_fact(events[: until.number], "at_risk", case.is_at_risk)


def _latest_fact(events: Events, fact: str, otherwise: Any) -> Any:
    return next((event.facts[fact] for event in reversed(events) if fact in event.facts), otherwise)


def _is_by_staff(event: Event) -> bool:
    return event.by_id is not None and audit.is_from_desk(event)


def _is_older_than(event: Event, period: timedelta, now: datetime) -> bool:
    return event.at - WRITTEN_WITHIN <= now - period


def _last(events: Events, actions: tuple[str, ...]) -> Event | None:
    return next((event for event in reversed(events) if event.action in actions), None)
