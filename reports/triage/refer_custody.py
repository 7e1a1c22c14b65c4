"""The custody log of each package: who prepared, approved, downloaded, handed over and acknowledged it, and when.

It is read from the signed record of the case, which stays when the package is erased.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from ..cases import audit, fingerprints, lifecycle
from ..models.case import Case
from ..models.event import Event

STEPS = ("prepare_referral", "approve_referral", "referral_exported", "send_referral", "refer", "referral_failed")
UNACKNOWLEDGED = "referral_unacknowledged"  # names several packages
LISTED = (*STEPS, UNACKNOWLEDGED)
PARTS = {"package": "ZIP", "pdf": "PDF", "json": "JSON"}


@dataclass(frozen=True)
class Step:
    """One step of a package. ``by`` is a member of staff, or the site."""

    what: str
    by: str
    at: datetime


def events_of(case: Case) -> list[Event]:
    """Return the events of ``case`` about packages, and those that name sealed parts, in order.

    The page needs both, and has no room for one query more.
    """
    wanted = Q(action__in=LISTED) | fingerprints.NAMES_PARTS
    return list(fingerprints.with_previous(case.events.filter(wanted).select_related("by")))


def custody(events: Iterable[Event]) -> dict[UUID, list[Step]]:
    """Return the steps of each package that ``events`` of a case name, in order; none for any other package."""
    labels = lifecycle.labels()
    found: dict[UUID, list[Step]] = defaultdict(list)
    for event in events:
        if event.action not in LISTED:
            continue
        for pk in event.facts.get("referrals") or [event.facts["referral"]]:
            found[UUID(pk)].append(Step(_words(event, labels), str(event.by or _("the site")), event.at))
    return found


def _words(event: Event, labels: dict) -> str:
    words = str(labels.get(event.action) or audit.LABELS.get(event.action, event.action))
    part = PARTS.get(event.facts.get("part", ""))
    return f"{words} ({part})" if part else words
