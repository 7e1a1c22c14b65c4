"""The people of the desk, as far as the status of intake depends on them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, Max, OuterRef, Q, Subquery

from safetycenter.accounts import policy
from safetycenter.roles import holds, staff

from ..deadlines import FIRST_REVIEW
from ..models.case import Case
from ..models.case_queryset import CaseQuerySet
from ..models.wind_down import WindDown


@dataclass(frozen=True)
class People:
    """The people at one moment. An outside lead reviews few cases and never the queue, so none counts as the desk."""

    child_safety: int  # members of child safety with a second factor
    has_outside_lead: bool
    last_sign_in: datetime | None  # of anybody who handles cases
    last_day: date | None = None  # after which the operator stops
    has_forgotten_case: bool = False  # a P0 case waits for twice its promise


def people(now: datetime) -> People:
    """Return the state at ``now``, the current moment, read in one query."""
    roles = {
        "protects": holds("reports.handle_restricted"),
        "handles": holds("reports.handle_case"),
        "outside": holds("reports.handle_withheld"),
        "stops_on": Subquery(WindDown.objects.values("last_day")[:1]),
        "enrolled": Exists(policy.second_factors(OuterRef("pk"))),
        "waits_long": Exists(_forgotten_cases(now)),
    }
    counts = (
        staff()
        .annotate(**roles)
        .aggregate(
            child_safety=Count("pk", filter=Q(protects=True, outside=False, enrolled=True)),
            outside_leads=Count("pk", filter=Q(outside=True)),
            last_day=Max("stops_on"),
            last_sign_in=Max("last_login", filter=Q(handles=True, outside=False)),
            forgotten=Count("pk", filter=Q(waits_long=True)),
        )
    )
    last, forgotten = (counts["last_sign_in"], counts["last_day"]), counts["forgotten"] > 0
    return People(counts["child_safety"], counts["outside_leads"] > 0, *last, forgotten)


def _forgotten_cases(now: datetime) -> CaseQuerySet:
    # Includes cases that are with the supervisor, or assigned to somebody who has not read what came in. A case that
    # was returned late counts once its new promise has passed.
    unseen = Case.objects.queued().filter(tier=0, seen_at=None, due_at__lt=now - FIRST_REVIEW[0])
    return unseen.exclude(promised_again_at__gte=now)
