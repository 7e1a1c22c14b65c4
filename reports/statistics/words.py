"""Figures in words: durations, shares and the one sentence that says what a chart shows."""

from datetime import timedelta

from django.utils.translation import gettext as _

from ..models.bounded_count import MAX_COUNT
from .figures import Desk
from .parts import Backlog, Times
from .rates import FEWEST, Share

HOUR, DAY = 60, 24 * 60


def duration(value: timedelta | None) -> str:
    """Return ``26 min``, ``1 h 50 min``, ``7 h`` or ``3 d 9 h``; a dash for None."""
    if value is None:
        return "–"
    minutes = max(1, round(value / timedelta(minutes=1)))
    if minutes < HOUR:
        return _("%(n)d min") % {"n": minutes}
    if minutes < 4 * HOUR and minutes % HOUR:
        return _("%(h)d h %(m)d min") % {"h": minutes // HOUR, "m": minutes % HOUR}
    hours = round(minutes / HOUR)
    if hours < 48:
        return _("%(n)d h") % {"n": hours}
    days, rest = divmod(hours, 24)
    return (_("%(d)d d %(h)d h") % {"d": days, "h": rest}) if rest else _("%(n)d d") % {"n": days}


def percent(share: Share) -> str:
    """Return ``88 %``, or a dash from few cases."""
    return f"{round(share.percent)} %" if share.is_shown else "–"


def interval(share: Share) -> str:
    """Return the 95 % interval, such as ``84–92 %``; a dash from few cases."""
    low, high = share.interval
    return f"{round(low)}–{round(high)} %" if share.is_shown else "–"


def of_number(share: Share) -> str:
    """Return ``58 of 61``."""
    return _("%(part)d of %(whole)d") % {"part": share.part, "whole": share.whole}


def backlog_finding(tiers: list[Backlog]) -> str:
    """Return what the chart of waiting cases shows."""
    total, late = sum(tier.total for tier in tiers), sum(tier.late for tier in tiers)
    if not total:
        return _("No case is waiting.")
    oldest = max((tier for tier in tiers if tier.total), key=lambda tier: tier.oldest or timedelta())
    words = {
        "late": f"{MAX_COUNT}+" if late > MAX_COUNT else late,
        "total": total,
        "tier": f"P{oldest.tier}",
        "age": duration(oldest.oldest),
    }
    return _("%(late)s of %(total)d are late. The one that has waited longest is a %(tier)s: %(age)s.") % words


def promises_finding(promises: list[tuple[int, Share, int]]) -> str:
    """Return what the chart of promises shows: the tier with the lowest share."""
    shown = [(share.percent, tier, share) for tier, share, _late in promises if share.is_shown]
    if not shown:
        return _("No tier had %(n)d promises due in these days, so no share is given.") % {"n": FEWEST}
    _percent, tier, share = min(shown, key=lambda row: row[:2])
    words = {"tier": f"P{tier}", "part": share.part, "whole": share.whole, "interval": interval(share)}
    return _("Lowest in %(tier)s: %(part)d of %(whole)d kept, most likely between %(interval)s.") % words


def flow_finding(desk: Desk) -> str:
    """Return what the chart of days shows."""
    came, done = sum(row[1] for row in desk.per_day), sum(row[2] for row in desk.per_day)
    words = {"came": came, "done": done, "days": len(desk.per_day)}
    return _("%(came)d came and %(done)d were done in %(days)d days.") % words


def singles(cases: list[tuple[timedelta, int]]) -> str:
    """Return each case by the time within which it was, such as "≤ 15 min, ≤ 1 h (2)"; a dash for none."""
    return ", ".join(f"≤ {duration(time)}" + (f" ({n})" if n > 1 else "") for time, n in cases) or "–"


def times_finding(tiers: list[Times], limits: dict[int, timedelta]) -> str:
    """Return what a chart of first looks or messages shows: the most urgent tier that takes longer than promised."""
    shown = [row for row in tiers if row.is_shown]
    for row in shown:
        if (row.p90 or timedelta()) > limits[row.tier]:
            words = {"tier": f"P{row.tier}", "time": duration(row.p90), "limit": duration(limits[row.tier])}
            return (
                _("In %(tier)s nine in ten wait up to %(time)s, longer than the %(limit)s for the first look.") % words
            )
    if shown:
        return _("In no tier do nine in ten wait longer than the time promised for the first look.")
    return _("Fewer than %(n)d cases in each tier: single cases, no median.") % {"n": FEWEST}
