"""Effects of requests of reporters about their own data, and of the answers of staff."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from safetycenter.transitions import NotAllowed

from ...models.case import Case
from ...models.data_request import DataRequest
from ...models.state import OPEN_STATES, State
from . import clock, shared


def ask(case: Case, by: None, kind: str) -> dict:
    """Open a request with its 3×24 hours. An open case must be looked at by then; its state stays.

    A pause takes effect at once, without staff, except where a child or a life may be at risk.
    Raises NotAllowed while a request of this kind is open.
    """
    now = timezone.now()
    if kind == DataRequest.Kind.STOP and not case.is_at_risk:
        return _pause(case, now)
    _request, is_new = DataRequest.objects.get_or_create(
        case=case, kind=kind, answered_at=None, defaults={"asked_at": now, "due_at": DataRequest.due(now)}
    )
    if not is_new:
        raise NotAllowed(_("You have asked for this already. The answer will be on this page."))
    if case.state in OPEN_STATES:
        clock.bring_forward(case, DataRequest.due(now))
    return {"kind": kind}


def _pause(case: Case, now: datetime) -> dict:
    """Stop the use of ``case``: nobody holds it, and it is offered to nobody until the reporter allows it again."""
    if case.is_stopped:
        raise NotAllowed(_("It is paused already."))
    given = {"answer": DataRequest.Answer.DONE, "answered_at": now, "asked_at": now, "due_at": now}
    DataRequest.objects.create(case=case, kind=DataRequest.Kind.STOP, **given)
    if case.state in (State.IN_PROGRESS, State.WAITING_REPORTER):
        case.state = State.TRIAGE
        shared.unassign(case)
    case.close_agreed_at = None
    return {"kind": DataRequest.Kind.STOP, "answer": DataRequest.Answer.DONE}


def allow_use_again(case: Case, by: None) -> dict:
    """End every stop: the report may be used again. The times of a paused case move on by the length of the pause."""
    stops = case.data_requests.filter(DataRequest.stopping())
    if case.is_stopped and case.state in OPEN_STATES:
        clock.resume(case, timezone.now() - stops.earliest("asked_at").asked_at)
    _end(stops)
    return {}


def end_pause(case: Case) -> None:
    """End the pause of ``case``, if it is paused, because its reporter asks for something: somebody must read it.

    No time moves to a later one. Effects of reporters call it before they change anything.
    """
    if case.is_stopped:
        _end(case.data_requests.filter(DataRequest.stopping()))


def _end(stops: QuerySet[DataRequest]) -> None:
    stops.filter(answered_at=None).update(answered_at=timezone.now(), answer=DataRequest.Answer.DONE)
    stops.update(ended_at=timezone.now())


def answer(case: Case, by: User, request: DataRequest, answer: str, reason: str = "") -> dict:
    """Answer one request. The reporter reads the answer as a sentence on the page of the code.

    Raises NotAllowed when it has been answered, for a refusal without a reason, and for a stop where a child or a life
    may be at risk: that report is used further, so nobody may be told the opposite.
    """
    if answer == DataRequest.Answer.DONE and request.kind == DataRequest.Kind.STOP and case.is_at_risk:
        raise NotAllowed(
            _("A child or a life may be at risk, so the use goes on. Choose another answer and the reason.")
        )
    if answer != DataRequest.Answer.DONE and not reason:
        raise NotAllowed(_("Choose the reason why it cannot be done, or only in part."))
    reason = "" if answer == DataRequest.Answer.DONE else reason
    still_open = case.data_requests.filter(pk=request.pk, answered_at=None)
    given = {"answer": answer, "reason": reason, "answered_at": timezone.now(), "answered_by": by}
    if not still_open.update(**given):
        raise NotAllowed(_("This request has been answered."))
    return {"kind": request.kind, "answer": answer, "reason": reason}


def alarm_late(case: Case, by: None) -> dict:
    """Note that the 3×24 hours of a request ended without an answer; on-call staff are paged once."""
    late = case.data_requests.filter(answered_at=None, alarmed_at=None, due_at__lt=timezone.now())
    return {"late": late.update(alarmed_at=timezone.now())}
