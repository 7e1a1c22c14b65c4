"""Keep, log and display irregularities in the audit log or in sealed reports until an auditor settles them."""

import logging
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from safetycenter.roles import Account

from ...models.record import RecordAlarm

log = logging.getLogger(__name__)
LOG_MESSAGE = "the audit log or a sealed report was changed"
LOG_MESSAGES = {
    RecordAlarm.Kind.KEY: "a key of a public node is missing"
}  # log messages that differ from the general one


def raise_alarm(kind: str, case_id: UUID | None = None, number: int = 0) -> RecordAlarm:
    """Return the alarm for this irregularity; create it if there is none. ``number`` is that of the event or entry."""
    alarm = existing_alarm(kind, case_id, number)
    if alarm is None:
        alarm = RecordAlarm.objects.create(kind=kind, case_id=case_id, number=number)
        log.error(LOG_MESSAGES.get(kind, LOG_MESSAGE), extra={"facts": {"kind": kind, "number": number}})
    return alarm


def existing_alarm(kind: str, case_id: UUID | None = None, number: int = 0) -> RecordAlarm | None:
    """Return the alarm for this irregularity, settled or not; None if there is none, or if it has ended since."""
    same = RecordAlarm.objects.filter(kind=kind, case_id=case_id, number=number)
    return same.exclude(settled_at__isnull=False, settled_by=None).first()


def unsettled() -> QuerySet[RecordAlarm]:
    """Return the alarms that nobody has looked into."""
    return RecordAlarm.objects.filter(settled_at=None).order_by("noticed_at")


def end_alarms(over: QuerySet[RecordAlarm]) -> int:
    """Settle alarms whose cause is gone, in nobody's name; return their number. The same cause raises a new alarm."""
    return over.update(settled_at=timezone.now())


def settle(by: Account) -> int:
    """Mark every open alarm as settled by ``by``; return their number. The irregularity itself is not undone."""
    return unsettled().update(settled_at=timezone.now(), settled_by=by)
