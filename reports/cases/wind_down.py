"""Stop the service in order: close the form, tell reporters, finish the work, pass on, erase, and leave a proof.

``manage.py wind_down`` runs the steps; docs/wind-down.md is the runbook. Each step can be repeated. What needs a
decision about a person is only listed: staff decide it at the desk.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from ..models.breach import Breach
from ..models.case import Case, State
from ..models.case_queryset import CaseQuerySet
from ..models.data_request import DataRequest
from ..models.demand import Demand
from ..models.event import Event
from ..models.referral import Referral
from ..models.reminder import ReminderAddress
from ..models.state import ANY, OPEN_STATES
from ..models.wind_down import WindDown
from . import lifecycle, retention
from .case_effects.wind_down import TOLD
from .verification import anchors, erasure, register

WIND_DOWN = "wind_down"  # the reason of the erasure in the audit log
UNTOLD = ~Exists(Event.objects.filter(case=OuterRef("pk"), action=TOLD))


class NotYetError(Exception):
    """Raised when a step must wait; the message says for what."""


def current() -> WindDown | None:
    """Return the decision to stop; None while the service goes on."""
    return WindDown.objects.first()


def close(last_day: date) -> WindDown:
    """Close the form. Raises NotYetError for a last day that leaves reporters less than erasure.NOTICE to come back.

    A later last day may be set again, an earlier one not: reporters have read the first.
    """
    earliest = timezone.localdate() + erasure.NOTICE
    if last_day < earliest:
        raise NotYetError(f"The last day must be {earliest} or later: reporters need time to come back.")
    row = current() or WindDown(last_day=last_day)
    if last_day < row.last_day:
        raise NotYetError(f"Reporters have read {row.last_day}. The last day can only become later.")
    row.last_day = last_day
    row.save()
    return row


def to_tell() -> CaseQuerySet:
    """Return the cases whose reporters have not been told. Withdrawn cases are erased within 72 hours anyway."""
    return Case.objects.filter(UNTOLD, state__in=ANY)


def tell() -> tuple[int, list[str]]:
    """Tell the reporters; return how many, and the references of the cases in which it failed."""
    row = _begun()
    told, failed = 0, []
    for case in to_tell().order_by("received_at").iterator(chunk_size=200):
        try:
            lifecycle.perform(case, TOLD, last_day=row.last_day)
        except Exception:  # one damaged report must not keep the others from being told
            failed.append(case.display_reference)
        else:
            told += 1
    return told, failed


def left_to_do() -> dict[str, int]:
    """Return what staff must still decide before anything is erased, by kind.

    A reporter who was not told keeps only their report from being erased: ``erase`` reads that in its log.
    """
    cases, silent = Case.objects.exclude(state=State.PURGED), Referral.State
    waiting = Referral.objects.filter(state__in=(silent.PREPARED, silent.APPROVED, silent.SENT, silent.FAILED))
    return {
        "reports that nobody has reviewed": cases.filter(seen_at=None, state__in=OPEN_STATES).count(),
        "escalated reports, with objections": cases.filter(state=State.ESCALATED).count(),
        "replies that nobody has read": cases.filter(unread_reply=True, state__in=OPEN_STATES).count(),
        "urgent reports (P0, P1) that are open": cases.filter(tier__lte=1, state__in=OPEN_STATES).count(),
        "reports in quarantine": cases.filter(state=State.QUARANTINED).count(),
        "reports that a second person must close": cases.filter(state=State.RESOLVED)
        .filter(Q(tier=0) | Q(restricted=True))
        .count(),
        "packages without the receipt of their agency": waiting.count(),
        "withdrawals that a lead must decide on": cases.withdrawn_undecided().count(),
        "requests about data without an answer": DataRequest.objects.filter(answered_at=None, case__in=cases).count(),
    }


def not_passed_on() -> CaseQuerySet:
    """Return the open cases without a decision on passing them on, for staff to ask their reporters."""
    return Case.objects.filter(state__in=OPEN_STATES, refer_decided_at=None)


def held() -> CaseQuerySet:
    """Return the cases under a legal hold: they are not erased, and somebody must go on keeping them."""
    return Case.objects.filter(hold=True).exclude(state=State.PURGED)


def to_erase() -> CaseQuerySet:
    """Return all cases that are erased after the last day."""
    return Case.objects.filter(hold=False).exclude(state=State.PURGED)


def erase() -> tuple[int, int]:
    """Erase every case without a hold; return how many, and how many were kept because their log shows no notice.

    Raises NotYetError before the end of the last day, and while something is left to decide.
    """
    row, now = _begun(), timezone.now()
    if timezone.localdate() <= row.last_day:
        raise NotYetError(f"Nothing is erased before the end of {row.last_day}.")
    if any(left_to_do().values()):
        raise NotYetError("Something is left to decide. See the step 'answer'.")
    if not erasure.can_check():
        raise NotYetError("The audit log key is missing. Run this on a server of the desk.")
    erased = kept = 0
    for case, is_proven in erasure.checked(erasure.in_batches(to_erase()), erasure.was_wound_down, now):
        if is_proven and retention.erase(case, WIND_DOWN, only_if=Q(events_count=case.events_count, hold=False)):
            erased += 1
        else:
            kept += 1
    retention.truncate_wal()
    return erased, kept


def proof() -> dict[str, Any]:
    """Countersign the record, send an anchor, and return what remains: numbers and the head of the register."""
    register.countersign()
    anchors.send()
    row = _begun()
    return {
        "begun_at": row.begun_at.isoformat(timespec="seconds"),
        "last_day": row.last_day.isoformat(),
        "reports": Case.objects.count(),
        "erased": Case.objects.filter(state=State.PURGED).count(),
        "under_legal_hold": held().count(),
        "not_erased": to_erase().count(),
        "told": Event.objects.filter(action=TOLD).count(),
        "addresses_for_reminders": ReminderAddress.objects.count(),
        "demands_of_authorities": Demand.objects.count(),
        "breaches": Breach.objects.count(),
        "record": anchors.line(timezone.now()),
    }


def steps_left() -> Iterator[str]:
    """Yield the names of the steps that are not done, in order."""
    if current() is None:
        yield "close"
    if to_tell().exists():
        yield "tell"
    if any(left_to_do().values()):
        yield "answer"
    if to_erase().exists():
        yield "erase"
    yield "proof"


def _begun() -> WindDown:
    if (row := current()) is None:
        raise NotYetError("The form is still open. Begin with the step 'close'.")
    return row
