"""What other routing rules would have done with the reports of the last month: counts, and no report is opened.

The counters have every report by day, category and age, as it was when it arrived. So nothing reads a case. Reports for
child safety or the independent lead are not counted: supervisors must not read their number (safety rule H25).
"""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Sum
from django.utils import timezone

from ..models.tally import Tally
from .rules import Rules

DAYS = 30


@dataclass(frozen=True)
class DryRun:
    """The number of reports that rules are asked about, and of those with another team.

    ``moved`` has the number by the keys of both teams, before and after; "" is no team.
    """

    total: int
    moved: list[tuple[str, str, int]]

    @property
    def changed(self) -> int:
        """The number of reports that would have another team."""
        return sum(n for _before, _after, n in self.moved)


def dry_run(before: Rules, after: Rules) -> DryRun:
    """Return how the reports of the last DAYS days and of today would move. One query."""
    since = timezone.localdate() - timedelta(days=DAYS)
    received = Tally.objects.filter(measure=Tally.Measure.RECEIVED, kind=Tally.Kind.ORDINARY, day__gte=since)
    found = received.values_list("category", "age_band").annotate(n=Sum("number"))
    moved: Counter[tuple[str, str]] = Counter()
    total = 0
    for category, band, n in found:
        total += n
        moved[before.team_for(category, band), after.team_for(category, band)] += n
    rows = [(old, new, n) for (old, new), n in moved.most_common() if old != new and n > 0]
    return DryRun(total, rows)
