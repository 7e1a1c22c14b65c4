"""What other routing rules would have done with the reports of the last month: counts, and no report is opened.

The counters have every report by day, category and age, as it was when it arrived. They have no region, so that no
statistics can show it: where a rule names one, the regions of these reports are counted from their index, and numbers
below five are not said, as on the transparency page. Reports for child safety or the independent lead are not counted:
supervisors must not read their number (safety rule H25).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Sum
from django.utils import timezone

from ..models.case import Case
from ..models.case_indexes import HAS_REGION
from ..models.tally import Tally
from .rules import Rules

DAYS = 30
FEWEST = 5  # the least number that is said where a rule names a region


@dataclass(frozen=True)
class DryRun:
    """The number of reports that rules are asked about, and of those with another team.

    ``moved`` has the number by the keys of both teams, before and after; "" is no team. ``by_region``: a rule names
    a region.
    """

    total: int
    moved: list[tuple[str, str, int]]
    by_region: bool = False

    @property
    def changed(self) -> int:
        """The number of reports that would have another team."""
        return sum(n for _before, _after, n in self.moved)


def dry_run(before: Rules, after: Rules) -> DryRun:
    """Return how the reports of the last DAYS days and of today would move. One query, or two where a rule needs it."""
    by_region = before.name_a_region or after.name_a_region
    moved: Counter[tuple[str, str]] = Counter()
    total = 0
    for category, band, region, n in _with_regions() if by_region else _received():
        total += n
        moved[before.team_for(category, band, region), after.team_for(category, band, region)] += n
    rows = [(old, new, n) for (old, new), n in moved.most_common() if old != new and n > 0]
    return DryRun(total, rows, by_region)


def _received() -> Iterator[tuple[str, str, str, int]]:
    """Yield the number of reports by category and age band, and no region."""
    since = timezone.localdate() - timedelta(days=DAYS)
    received = Tally.objects.filter(measure=Tally.Measure.RECEIVED, kind=Tally.Kind.ORDINARY, day__gte=since)
    for category, band, n in received.values_list("category", "age_band").annotate(n=Sum("number")):
        yield category, band, "", n


def _with_regions() -> Iterator[tuple[str, str, str, int]]:
    """Yield the same, of which those with a known region apart. A category that staff changed since moves no number."""
    day = timezone.localdate() - timedelta(days=DAYS)
    since = timezone.make_aware(datetime.combine(day, datetime.min.time()))
    cases = Case.objects.filter(HAS_REGION, received_at__gte=since, restricted=False, withheld=False)
    found = cases.values_list("category", "age_band", "region").annotate(n=Count("pk"))
    known: Counter[tuple[str, str]] = Counter()
    for category, band, region, n in found.order_by():
        known[category, band] += n
        yield category, band, region, n
    for category, band, _region, n in _received():
        yield category, band, "", max(0, n - known[category, band])
