"""The people of the desk, as far as the status of intake depends on them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, Max, OuterRef, Q, Subquery

from safetycenter.accounts import policy
from safetycenter.roles import holds, staff

from ..models.wind_down import WindDown


@dataclass(frozen=True)
class People:
    """The people at one moment. An outside lead reviews few cases and never the queue, so none counts as the desk."""

    child_safety: int  # members of child safety with a second factor
    has_outside_lead: bool
    last_sign_in: datetime | None  # of anybody who handles cases
    last_day: date | None = None  # after which the operator stops


def people() -> People:
    """Return the current state, read in one query."""
    roles = {
        "protects": holds("reports.handle_restricted"),
        "handles": holds("reports.handle_case"),
        "outside": holds("reports.handle_withheld"),
        "stops_on": Subquery(WindDown.objects.values("last_day")[:1]),
        "enrolled": Exists(policy.second_factors(OuterRef("pk"))),
    }
    counts = (
        staff()
        .annotate(**roles)
        .aggregate(
            child_safety=Count("pk", filter=Q(protects=True, outside=False, enrolled=True)),
            outside_leads=Count("pk", filter=Q(outside=True)),
            last_day=Max("stops_on"),
            last_sign_in=Max("last_login", filter=Q(handles=True, outside=False)),
        )
    )
    return People(counts["child_safety"], counts["outside_leads"] > 0, counts["last_sign_in"], counts["last_day"])
