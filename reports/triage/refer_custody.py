"""The custody log of each package: who prepared, approved, downloaded, handed over and acknowledged it, and when.

It is read from the signed record of the case, which stays when the package is erased.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from ..cases import audit, lifecycle
from ..models.case import Case
from ..models.event import Event

STEPS = ("prepare_referral", "approve_referral", "referral_exported", "send_referral", "refer", "referral_failed")
UNACKNOWLEDGED = "referral_unacknowledged"  # names several packages
PARTS = {"package": "ZIP", "pdf": "PDF", "json": "JSON"}


@dataclass(frozen=True)
class Step:
    """One step of a package. ``by`` is a member of staff, or the site."""

    what: str
    by: str
    at: datetime


def custody(case: Case) -> dict[UUID, list[Step]]:
    """Return the steps of each package of ``case``, in order, with one query; none for any other package."""
    labels = lifecycle.labels()
    found: dict[UUID, list[Step]] = defaultdict(list)
    events = case.events.filter(action__in=(*STEPS, UNACKNOWLEDGED)).select_related("by").order_by("number")
    for event in events:
        for pk in event.facts.get("referrals") or [event.facts["referral"]]:
            found[UUID(pk)].append(Step(_words(event, labels), str(event.by or _("the site")), event.at))
    return found


def _words(event: Event, labels: dict) -> str:
    words = str(labels.get(event.action) or audit.LABELS.get(event.action, event.action))
    part = PARTS.get(event.facts.get("part", ""))
    return f"{words} ({part})" if part else words
