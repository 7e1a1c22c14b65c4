"""The card "passed on" of the case page: the time to refer with its clock, and the package that has longest to go.

The package is read in the query of the case, so that the page needs no further one.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from ..deadlines import TIME_TO_REFER_ILLEGAL
from ..models.case import Case
from ..models.case_queryset import CaseQuerySet
from ..models.referral import Referral
from ..referral.time_to_refer import ReferDue, limit_of, refer_due
from .clocks import Clock

READ = ("state", "acknowledge_by", "acknowledged_at", "alarmed_at", "receipt")


@dataclass(frozen=True)
class Package:
    """What the case page says of a package. ``others``: how many more the case has."""

    agency: str
    state: str  # in words
    receipt: str
    clock: Clock | None  # until when the agency has to acknowledge it
    is_alarmed: bool
    others: int


@dataclass(frozen=True)
class ReferralCard:
    """The time to refer, its clock while it runs, and the first package, if any."""

    due: ReferDue | None
    clock: Clock | None
    package: Package | None

    @property
    def is_running(self) -> bool:
        """Whether a time runs: to refer, or until the agency acknowledges."""
        return self.clock is not None or (self.package is not None and self.package.clock is not None)


def with_package(cases: CaseQuerySet) -> CaseQuerySet:
    """Return ``cases``, each with its package that is not acknowledged, or else the last one, and their number."""
    of_case = Referral.objects.filter(case=OuterRef("pk"))
    first = of_case.order_by(F("acknowledged_at").desc(nulls_first=True), "prepared_at")
    facts = {name: F(name) for name in READ} | {"agency": F("agency__name")}
    number = of_case.order_by().values("case").annotate(number=Count("pk")).values("number")
    return cases.annotate(
        first_package=Subquery(first.values(facts=JSONObject(**facts))[:1]), packages=Subquery(number)
    )


def card(case: Case) -> ReferralCard | None:
    """Return the card of a case that was read ``with_package``; None if nothing is to be passed on."""
    due, facts = refer_due(case), vars(case).get("first_package")
    if due is None and not facts:
        return None
    limit = limit_of(case) or TIME_TO_REFER_ILLEGAL
    return ReferralCard(
        due, _clock(due.at, limit.total_seconds()) if due and not due.decision else None, _package(case)
    )


def _package(case: Case) -> Package | None:
    facts = vars(case).get("first_package")
    if not facts:
        return None
    sent_until = None if facts["acknowledged_at"] else _time(facts["acknowledge_by"])
    return Package(
        agency=facts["agency"],
        state=str(Referral.State(facts["state"]).label),
        receipt=facts["receipt"],
        clock=_clock(sent_until, TIME_TO_REFER_ILLEGAL.total_seconds()) if sent_until else None,
        is_alarmed=bool(facts["alarmed_at"] and not facts["acknowledged_at"]),
        others=vars(case)["packages"] - 1,
    )


def _clock(due: datetime, limit: float) -> Clock:
    return Clock(due, int(limit), (due - timezone.now()).total_seconds())


def _time(value: str | None) -> datetime | None:
    """Return a time from JSON. SQLite writes it in UTC without saying so."""
    found = parse_datetime(value) if value else None
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found
