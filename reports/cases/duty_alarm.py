"""Late duties that nobody on duty may meet: their leads are paged once, and the doctor says that there are some.

The page goes the way of all pages: of a withheld case it reaches its outside lead only, and it names nothing (H25).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safetycenter.doctor.finding import FAULT, Finding, ok

from ..models.case import Case, State
from ..models.case_queryset import CaseQuerySet
from ..models.data_request import DataRequest
from ..models.event import Event
from ..models.state import REFERABLE_STATES
from ..staffing import availability
from ..staffing.hours import Roster
from . import duties
from .case_action import TimedAction

ALARM = "duty_unmet"


def unmet() -> CaseQuerySet:
    """Return the cases with a late duty that nobody on duty may meet, because of their role or a conflict of interest.

    Outside staffed hours with nobody on duty there are none: everybody may be asleep. A legal hold is never late.
    """
    now = timezone.now()
    people = [worker for worker in availability.workers() if worker.on_duty]
    if not people and not Roster.now().is_staffed(availability.URGENT_TIER, now):
        return Case.objects.none()
    owed = Case.objects.filter(duties.any_open(duties.RESOLVE), _late(now), state__in=REFERABLE_STATES).not_paused()
    return owed.filter(reduce(or_, _left_alone(people)))


def to_alarm() -> CaseQuerySet:
    """Return those of them about which nobody was paged since the reporter got the last answer."""
    return unmet().exclude(_alarmed())


def findings() -> Iterator[Finding]:
    """Yield whether such a case waits, for the doctor: never which one, or how many."""
    if unmet().exists():
        advice = _("Give somebody on duty the role for it, or call its lead: the on-call channels have paged them.")
        yield Finding(FAULT, gettext_lazy("A report waits for something that nobody on duty may do"), advice)
    else:
        yield ok(gettext_lazy("What is owed for reports can be done by people on duty"))


def _late(now: datetime) -> Q:
    asked = DataRequest.objects.filter(answered_at=None, due_at__lt=now).values("case")
    refer = Q(refer_due_at__lt=now, refer_decided_at=None)
    return Q(overdue=True) | refer | Q(other_due_at__lt=now) | Q(pk__in=asked)


def _left_alone(people: Iterable[availability.Worker]) -> Iterator[Q]:
    """Yield the conditions on the cases of each kind that none of ``people`` may take, or all of them have left."""
    for cases, known, led in availability.KINDS:
        for escalated, permission in ((False, known), (True, led)):
            able = {worker.pk for worker in people if permission in worker.permissions}
            in_state = Q(state=State.ESCALATED) if escalated else ~Q(state=State.ESCALATED)
            yield cases & in_state & availability.left_by_all(able)


def _alarmed() -> Exists:
    since = Coalesce(OuterRef("answered_at"), OuterRef("received_at"))
    return Exists(Event.objects.filter(case=OuterRef("pk"), action=ALARM, at__gte=since))


def _may_alarm(case: Case, by: None) -> str | None:
    """Refuse a case without such a duty, and a second page about it before the reporter got an answer."""
    if not duties.open_in(case, duties.RESOLVE):
        return _("Nothing is owed for this case.")
    alarmed = Case.objects.filter(_alarmed(), pk=case.pk).exists()
    return _("Somebody was paged about this already.") if alarmed else None


def _record(case: Case, by: None) -> dict:
    return {}


ACTIONS = {
    ALARM: TimedAction(
        gettext_lazy("Nobody on duty may do what is owed"), REFERABLE_STATES, effect=_record, condition=_may_alarm
    )
}
