"""The record of what was done: append-only, chained per case, and checked against the head kept on the case row.

Every event's digest covers the digest before it, so that an edit, a deletion or a reordering breaks the chain. The
case row keeps head and length, so that a cut tail is found too. ``record`` must run in the transaction of the change
it records, with the case row locked.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from .models.case import Case
from .models.event import Event

REPORTER, STAFF, SYSTEM = "reporter", "staff", "system"
# What is recorded besides the actions of ``lifecycle``.
LABELS = {
    "submitted": gettext_lazy("Report received"),
    "viewed": gettext_lazy("Case opened"),
    "file_opened": gettext_lazy("File opened"),
    "revealed": gettext_lazy("Picture uncovered"),
    "erased": gettext_lazy("Erased"),
}


@dataclass(frozen=True)
class Broken:
    """A case whose chain is not whole, and where."""

    case_id: object
    number: int
    why: str


def record(case: Case, action: str, by=None, side: str | None = None, **facts) -> Event:
    """Append one event to the chain of ``case`` and save the new head.

    ``by`` is the member of staff, or None for the reporter and the system; ``facts`` are allow-listed plain values
    (states, keys, counts), never words of a report.
    """
    side = side or (STAFF if by is not None else SYSTEM)
    event = Event(case=case, number=case.events_count + 1, action=action, by=by, side=side, facts=facts)
    event.digest = _digest(bytes(case.events_head), event)
    event.save(force_insert=True)
    case.events_head, case.events_count = event.digest, event.number
    case.save(update_fields=["events_head", "events_count"])
    return event


def verify(case: Case) -> Broken | None:
    """None when the chain of ``case`` is whole; otherwise the first place where it is not."""
    head, number = b"", 0
    for event in case.events.order_by("number"):
        number += 1
        if event.number != number:
            return Broken(case.pk, number, "missing")
        if _digest(head, event) != bytes(event.digest):
            return Broken(case.pk, number, "changed")
        head = bytes(event.digest)
    if number != case.events_count or head != bytes(case.events_head):
        return Broken(case.pk, number + 1, "cut")
    return None


@dataclass(frozen=True)
class Checked:
    """What one walk found: how many cases, the broken ones by reference, and after which case to go on, if any."""

    count: int
    broken: list[str]
    last: object | None


def verify_some(after, most: int) -> Checked:
    """Walk through the chains of at most ``most`` cases that come after the case ``after`` (None: from the start)."""
    cases = Case.objects.order_by("pk")
    cases = list((cases.filter(pk__gt=after) if after else cases)[: most + 1])
    broken = [case.shown_reference for case in cases[:most] if verify(case)]
    return Checked(len(cases[:most]), broken, cases[most - 1].pk if len(cases) > most else None)


def verify_all() -> Iterator[Broken]:
    """Yield every case whose chain is broken."""
    for case in Case.objects.order_by("pk").iterator(chunk_size=500):
        if broken := verify(case):
            yield broken


def _digest(head: bytes, event: Event) -> bytes:
    content = {
        "case": str(event.case_id),
        "number": event.number,
        "action": event.action,
        "by": event.by_id,
        "side": event.side,
        "at": event.at.isoformat(),
        "facts": event.facts,
    }
    return hashlib.sha256(head + json.dumps(content, sort_keys=True).encode()).digest()
