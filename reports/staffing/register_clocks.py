"""The clocks of the registers: the 3×24 hours of a data breach (J5), and the answer to a demand of an authority.

Each pages on-call staff twice: before its end, while there is time to do it, and when it is late. Leads see both on
the first page of the desk until they are done.
"""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from ..models.breach import TIME_TO_TELL, Breach
from ..models.demand import Demand
from . import breaches, demands

BREACH_SOON = timedelta(hours=24)  # before the end of the 3×24 hours
DEMAND_SOON = timedelta(hours=12)  # before the last day begins: at noon of the day before it
Entry = Breach | Demand


def due() -> list[Entry]:
    """Return the entries for which on-call staff must be paged now; ``note_paged`` must follow a page."""
    now, today = timezone.now(), timezone.localdate()
    told_late = Q(paged_late_at=None, known_at__lt=now - TIME_TO_TELL)
    told_soon = Q(paged_soon_at=None, known_at__lte=now - TIME_TO_TELL + BREACH_SOON)
    answered_late = Q(paged_late_at=None, answer_by__lt=today)
    answered_soon = Q(paged_soon_at=None, answer_by__lte=timezone.localdate(now + DEMAND_SOON))
    untold = breaches.untold().filter(told_late | told_soon)
    return [*untold, *demands.unanswered().filter(answered_late | answered_soon)]


def note_paged(entries: list[Entry]) -> None:
    """Note that on-call staff were paged for ``entries``; one that is late already is not paged as "soon" any more."""
    now = timezone.now()
    for entry in entries:
        entry.paged_soon_at = entry.paged_soon_at or now
        entry.paged_late_at = now if entry.is_late else None
        entry.save(update_fields=["paged_soon_at", "paged_late_at"])
