"""The clocks of the registers: the 3×24 hours of a data breach (J5), and the answer to a demand of an authority.

Each pages on-call staff twice: before its end, while there is time to do it, and when it is late. People who keep the
register see both on the first page of the desk until they are done, so the page goes to them.
"""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from safetycenter.roles import users_with_permission

from ..models.breach import TIME_TO_TELL, Breach
from ..models.demand import Demand
from ..models.watch import OnCallChannel
from . import breaches, demands
from .channels.state import FAILS_AFTER
from .hours import Roster

BREACH_SOON = timedelta(hours=24)  # before the end of the 3×24 hours
DEMAND_SOON = timedelta(hours=12)  # before the last day begins: at noon of the day before it
KEEPS_BREACHES, KEEPS_DEMANDS = "reports.change_breach", "reports.change_demand"
ORDINARY_TIER, URGENT_TIER = 2, 0  # of the hours in which somebody reads
Entry = Breach | Demand


def due() -> dict[str, list[Entry]]:
    """Return the entries for which somebody must be paged now, by the permission to keep their register.

    ``note_paged`` must follow a page.
    """
    found: dict[str, list[Entry]] = {KEEPS_BREACHES: _breaches(), KEEPS_DEMANDS: _demands()}
    return {permission: entries for permission, entries in found.items() if entries}


def _breaches() -> list[Entry]:
    now = timezone.now()
    late = Q(paged_late_at=None, known_at__lt=now - TIME_TO_TELL)
    soon = Q(paged_soon_at=None, known_at__lte=now - TIME_TO_TELL + BREACH_SOON)
    return list(breaches.untold().filter(late | soon))


def _demands() -> list[Entry]:
    """Return the demands that page now. One becomes late at midnight, and pages in the staffed hours that follow."""
    now, today = timezone.now(), timezone.localdate()
    soon = Q(paged_soon_at=None, answer_by__gte=today, answer_by__lte=timezone.localdate(now + DEMAND_SOON))
    late = Q(paged_late_at=None, answer_by__lt=today)
    found = list(demands.unanswered().filter(late | soon))
    return [entry for entry in found if not entry.is_late or _is_staffed()]


def _is_staffed() -> bool:
    """Return whether somebody is there who reads more than what is urgent; anybody, if nobody ever does."""
    roster = Roster.now()
    tier = ORDINARY_TIER if roster.weekly_time(ORDINARY_TIER) else URGENT_TIER
    return roster.is_empty or roster.is_staffed(tier, timezone.now())


def channels(permission: str) -> list[OnCallChannel]:
    """Return the channels of the people with ``permission``; if none of theirs works, all of the desk."""
    in_use = OnCallChannel.objects.filter(active=True, for_withheld=False)
    own = in_use.filter(person__in=users_with_permission(permission))
    works = Q(failed_at=None) | Q(failed_at__gt=timezone.now() - FAILS_AFTER)
    return list(own if own.filter(works).exists() else in_use)


def note_paged(entries: list[Entry]) -> None:
    """Note that somebody was paged for ``entries``; one that is late already is not paged as "soon" any more."""
    now = timezone.now()
    for entry in entries:
        entry.paged_soon_at = entry.paged_soon_at or now
        entry.paged_late_at = now if entry.is_late else None
        entry.save(update_fields=["paged_soon_at", "paged_late_at"])


def restart(entry: Entry) -> None:
    """Have the clock of ``entry`` page again: its date was corrected. The caller saves it."""
    entry.paged_soon_at = entry.paged_late_at = None
