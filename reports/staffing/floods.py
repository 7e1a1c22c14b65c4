"""Whether programs flood the form with reports: measured by rate limits, kept in a row that all processes share.

A flood begins at a limit. It ends when, for ``LULL``, no period of the limit had more than a third of it, so that the
form does not change with every report (docs/decisions/proof-of-work.md).
"""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from safetycenter import limits
from safetycenter.memory import cached_for_seconds

from ..models.flood import ONLY_ROW, Flood

LULL = timedelta(minutes=30)
FALL = 3  # below a third of a limit, the flood is ebbing
EVERYBODY = "all"  # the limits of a flood count the reports of all networks together


def running() -> Flood | None:
    """Return the flood that is running, or None."""
    return Flood.objects.filter(until__gt=timezone.now()).first()


@cached_for_seconds
def is_running() -> bool:
    """Return whether a flood is running; the answer may be up to ``memory.CACHE_SECONDS`` old."""
    return running() is not None


def last() -> Flood | None:
    """Return the flood that is running, otherwise the last one; None if there was none."""
    return Flood.objects.first()


def count(suspicious: bool) -> None:
    """Count a report that was sent, ``suspicious`` if it has signs of a program; begin or prolong a flood.

    Do not call it in a transaction that may be rolled back.
    """
    counts = {limits.REPORTS: limits.REPORTS.count(EVERYBODY)}
    if suspicious:
        counts[limits.SUSPECT_REPORTS] = limits.SUSPECT_REPORTS.count(EVERYBODY)
    if any(number > limit.max_hits for limit, number in counts.items()):
        _begin()
    if any(number > limit.max_hits // FALL for limit, number in counts.items()):
        now = timezone.now()
        Flood.objects.filter(until__gt=now).update(until=now + LULL)


def note(solved: bool, set_aside: bool) -> None:
    """Count a report of the flood that is running: was its calculation right, and was it set aside?"""
    Flood.objects.filter(until__gt=timezone.now()).update(
        reports=F("reports") + 1, solved=F("solved") + int(solved), set_aside=F("set_aside") + int(set_aside)
    )


def _begin() -> None:
    """Begin a flood unless one is running; of two requests at once only one does."""
    now = timezone.now()
    fresh = {"since": now, "until": now + LULL, "reports": 0, "solved": 0, "set_aside": 0}
    _flood, is_first = Flood.objects.get_or_create(pk=ONLY_ROW, defaults=fresh)
    if not is_first:
        Flood.objects.filter(until__lte=now).update(**fresh)
