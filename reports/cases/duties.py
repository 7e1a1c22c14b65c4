"""What is still owed for a case, and what each duty stops: resolving it, closing it, closing by time.

The one place for all three (safety rule K1). A duty that ends only when somebody acts must not end by closing the case,
because a closed case is on no list. It ends with the case where its reporter withdraws it, its period ends or the
service stops. No duty stops these, except a legal hold, which ``retention`` and ``wind_down`` ask for themselves.

A demand of an authority names no case (``models.demand``): what it asks for is kept by a legal hold. A package without
the receipt of its agency stops nothing, because no person here can end that; it stays on the list of its lead.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy

from safetycenter.hints import Text

from ..models.case import Case, State
from ..models.data_request import DataRequest

RESOLVE, CLOSE, BY_TIME = "resolve", "close", "closed_by_time"


@dataclass(frozen=True)
class Duty:
    """One kind of duty. ``is_open`` and ``query`` are the same rule, of one case and for queries.

    ``stops``: which of RESOLVE, CLOSE and BY_TIME are refused, with the sentence ``refusal``, while it is open.
    """

    refusal: Text
    is_open: Callable[[Case], bool]
    query: Callable[[], Q]
    stops: tuple[str, ...] = (RESOLVE, CLOSE, BY_TIME)


def _asks_about_data(case: Case) -> bool:
    known = vars(case).get("waits_for_data")  # the case page reads it with the case
    return case.data_requests.filter(answered_at=None).exists() if known is None else known


def _waits_for_a_look(case: Case) -> bool:
    # Who closes a quarantined case has looked at it: that is the check that was promised.
    return case.other_due_at is not None or (case.seen_at is None and case.state != State.QUARANTINED)


DUTIES = {
    "hold": Duty(
        gettext_lazy("This case is under legal hold. Lift the legal hold before you close it."),
        lambda case: case.hold,
        lambda: Q(hold=True),
        (CLOSE, BY_TIME),  # resolving tells the reporter, and ends nothing
    ),
    "refer": Duty(
        gettext_lazy("Nobody has decided yet whether this case is passed on. Decide that first."),
        lambda case: case.refer_due_at is not None and case.refer_decided_at is None,
        lambda: Q(refer_due_at__isnull=False, refer_decided_at=None),
    ),
    "data": Duty(
        gettext_lazy("The reporter asked about their data, and nobody has answered. Answer that first."),
        _asks_about_data,
        lambda: Q(Exists(DataRequest.objects.filter(case=OuterRef("pk"), answered_at=None))),
    ),
    "look": Duty(
        gettext_lazy("The reporter was promised that somebody looks at this case, and nobody has. Look at it first."),
        _waits_for_a_look,
        lambda: Q(other_due_at__isnull=False) | Q(seen_at=None) & ~Q(state=State.QUARANTINED),
    ),
    "unread": Duty(
        gettext_lazy("The reporter has written something that nobody has read. Read it and answer first."),
        lambda case: case.unread_reply,
        lambda: Q(unread_reply=True),
    ),
}


def open_in(case: Case, stopping: str = "") -> dict[str, Duty]:
    """Return the open duties of ``case`` by name: all, or those that stop one of RESOLVE, CLOSE and BY_TIME."""
    asked = {name: duty for name, duty in DUTIES.items() if not stopping or stopping in duty.stops}
    return {name: duty for name, duty in asked.items() if duty.is_open(case)}


def refuse(case: Case, what: str) -> str | None:
    """Return the sentence of the first open duty that stops ``what``, or None."""
    return next((str(duty.refusal) for duty in open_in(case, what).values()), None)


def any_open(stopping: str = "") -> Q:
    """Return the condition for which ``open_in`` finds a duty, for queries."""
    return _any(duty for duty in DUTIES.values() if not stopping or stopping in duty.stops)


def _any(duties: Iterable[Duty]) -> Q:
    return reduce(or_, (duty.query() for duty in duties))
