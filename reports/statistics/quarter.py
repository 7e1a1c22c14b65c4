"""Publish the figures of a quarter: computed once, thirty days after its end, and never again.

Only ordinary cases are in the tables; restricted and withheld ones are one number. What is stored is what everybody
reads: small numbers are left out before (``suppression``). Mistakes are corrected by a dated sentence.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from safetycenter.page_cache import cache_version

from ..models.case import Case
from ..models.category import Category
from ..models.demand import Demand
from ..models.state import Outcome
from ..models.tally import QuarterFigures, Tally, TallyCheck
from .counting import local_day
from .figures import TIERS
from .flows import M
from .rates import FEWEST, Share
from .suppression import FEWEST_REPORTS, SMALLEST, hidden_rows, rounded, table

PUBLISHED_AFTER = timedelta(days=30)
# The single numbers of a quarter, in the order of the page.
NUMBERS = {
    "received": M.RECEIVED,
    "answered": M.FIRST_WORD,
    "resolved": M.RESOLVED,
    "closed": M.CLOSED,
    "reopened": M.REOPENED,
    "withdrawn": M.WITHDRAWN,
    "objections": M.OBJECTION,
    "erased": M.ERASED,
}
ONLY_TOTALS = ("received", "closed")
UNDER_FIVE = 2  # what such a number counts in a share


class Quarter(NamedTuple):
    """A quarter of a year, 1 to 4."""

    year: int
    number: int

    @property
    def begin(self) -> date:
        """The first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def following(self) -> "Quarter":
        """The quarter after this one."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def end(self) -> date:
        """The last day."""
        return self.following.begin - timedelta(days=1)

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """Return the quarter of ``day``."""
        return cls(day.year, (day.month + 2) // 3)


def publish_due() -> int:
    """Compute and store the figures of each quarter that is due and not published. Return their number."""
    published = {(row.year, row.quarter) for row in QuarterFigures.objects.only("year", "quarter")}
    due = [quarter for quarter in _due_quarters() if quarter not in published]
    for quarter in due:
        figures = compute(quarter)  # before the transaction, which on SQLite keeps others from storing anything
        with transaction.atomic():
            QuarterFigures.objects.create(year=quarter.year, quarter=quarter.number, figures=figures)
            cache_version.bump()
    return len(due)


def compute(quarter: Quarter) -> dict[str, Any]:
    """Return the figures of ``quarter`` as everybody may read them."""
    ordinary, others = _sums(quarter, ordinary=True), _sums(quarter, ordinary=False)
    received = _total(ordinary, M.RECEIVED)
    check = TallyCheck.objects.first()
    figures: dict[str, Any] = {
        "definitions": settings.FIGURES_DEFINED_ON.isoformat(),
        "counted_later_until": _counted_later(check, quarter),
        "restricted": rounded(_total(others, M.RECEIVED)),
        "only_totals": received < FEWEST_REPORTS,
        "demands": _demands(quarter),
    }
    if received < FEWEST_REPORTS:
        return figures | {"numbers": {name: rounded(_total(ordinary, NUMBERS[name])) for name in ONLY_TOTALS}}
    figures["numbers"] = {name: rounded(_total(ordinary, measure)) for name, measure in NUMBERS.items()}
    return figures | {"tables": _tables(ordinary), "promises": _promises(ordinary)}


def _demands(quarter: Quarter) -> dict[str, int | None]:
    """Return how many demands of authorities were received, and for how many something was handed out by now."""
    received = Demand.objects.filter(received_on__range=(quarter.begin, quarter.end))
    handed_out = received.exclude(package_digest="")
    return {"demands": rounded(received.count()), "handed_out": rounded(handed_out.count())}


def _due_quarters() -> Iterator[Quarter]:
    """Yield the quarters since the counting began whose thirty days are over."""
    check = TallyCheck.objects.first()
    if check is None:
        return
    quarter = Quarter.of(local_day(check.counting_since))
    while quarter.end + PUBLISHED_AFTER < timezone.localdate():
        yield quarter
        quarter = quarter.following


def _counted_later(check: TallyCheck | None, quarter: Quarter) -> str:
    """Return the day until which the quarter was counted from the audit log afterwards; empty if it was not."""
    day = local_day(check.counting_since) if check else quarter.begin
    return day.isoformat() if day > quarter.begin else ""


class Row(NamedTuple):
    """What the sums of a quarter are grouped by."""

    measure: str
    tier: int
    age_band: str
    category: str
    value: str


def _sums(quarter: Quarter, *, ordinary: bool) -> Counter[Row]:
    rows = Tally.objects.filter(day__range=(quarter.begin, quarter.end)).exclude(measure__in=(M.WAITING, M.OPENED))
    kind = rows.filter(kind=Tally.Kind.ORDINARY) if ordinary else rows.exclude(kind=Tally.Kind.ORDINARY)
    sums = kind.values_list(*Row._fields).annotate(n=Sum("number")).order_by()
    return Counter({Row(*key): n for *key, n in sums})


def _total(sums: Mapping[Row, int], measure: str) -> int:
    return sum(n for row, n in sums.items() if row.measure == measure)


def _by(sums: Mapping[Row, int], measure: str, field: str, names: list) -> dict[str, int]:
    """Return the sums of a measure by ``field``, with every name, in an order that does not depend on the numbers."""
    found = Counter({str(name): 0 for name in names})
    for row, n in sums.items():
        if row.measure == measure:
            found[str(getattr(row, field))] += n
    return dict(found)


def _tables(sums: Counter[Row]) -> dict[str, dict[str, int | None]]:
    tiers = _by(sums, M.RECEIVED, "tier", list(TIERS))
    tables = {
        "groups": _groups(sums),
        "ages": _by(sums, M.RECEIVED, "age_band", Case.AgeBand.values),
        "outcomes": _by(sums, M.CLOSED, "value", Outcome.values),
    }
    if sum(tables["outcomes"].values()) < FEWEST_REPORTS:
        del tables["outcomes"]
    hidden = hidden_rows(tiers) | _hidden_promises(sums)
    return {name: table(rows) for name, rows in tables.items()} | {"tiers": table(tiers, hidden)}


def _groups(sums: Counter[Row]) -> dict[str, int]:
    group_of = dict(Category.objects.values_list("pk", "group"))
    found = dict.fromkeys(Category.Group.values, 0)
    for row, n in sums.items():
        if row.measure == M.RECEIVED:
            found[group_of.get(row.category, Category.Group.OTHER)] += n
    return found


def _hidden_promises(sums: Counter[Row]) -> set[str]:
    return hidden_rows(_by(sums, M.PROMISED, "tier", list(TIERS)))


def _promises(sums: Counter[Row]) -> dict[str, dict[str, Any] | None]:
    """Return the promises kept of each tier; None for a tier with few promises, or one hidden among the tiers.

    Promises and reports of a tier are nearly as many, so one would give the other away.
    """
    promised, kept = (_by(sums, measure, "tier", list(TIERS)) for measure in (M.PROMISED, M.KEPT))
    hidden = hidden_rows(promised) | hidden_rows(_by(sums, M.RECEIVED, "tier", list(TIERS)))
    found: dict[str, dict[str, Any] | None] = {}
    for tier in promised:
        shown = promised[tier] >= FEWEST and tier not in hidden
        found[tier] = published_share(kept[tier], promised[tier]) if shown else None
    return found


def published_share(part: int, whole: int) -> dict[str, Any]:
    """Return what is published of ``part`` of ``whole``: share and interval of the rounded numbers.

    Of exact ones they would give the number away that was rounded. Under five, a part, or what is left of the whole,
    counts as two.
    """
    promised = rounded(whole) or 0
    kept = UNDER_FIVE if part < SMALLEST else promised - (rounded(whole - part) or UNDER_FIVE)
    share = Share(kept, promised)
    low, high = share.interval
    return {"promised": promised, "kept_percent": round(share.percent), "interval": [round(low), round(high)]}
