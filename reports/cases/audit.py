"""Write and verify the audit log: append-only, hash-chained per case, and sealed by the node that wrote the event.

Every event's digest covers the previous digest, so that an edit, a deletion or a reordering breaks the chain. It is
sealed with a key that is not in the database (``vault.signing``), so that an attacker who can only write the database
cannot recompute the chain. ``verification`` detects events cut off at the end. Call ``record`` or ``append`` in the
transaction of the change that they record, with the case row locked.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any, cast

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext_lazy

from safetycenter.roles import Actor

from ..crypto.vault import signing
from ..models.case import Case
from ..models.event import Event

REPORTER, STAFF, SYSTEM = "reporter", "staff", "system"
# Labels of events that are not actions of ``lifecycle``.
LABELS = {
    "submitted": gettext_lazy("Report received"),
    "viewed": gettext_lazy("Case opened"),
    "entered": gettext_lazy("Entered by staff for somebody"),
    "second_look": gettext_lazy("Opened for a second look"),
    "file_opened": gettext_lazy("File opened"),
    "revealed": gettext_lazy("Picture uncovered"),
    "locked_file_taken": gettext_lazy("Locked file taken out for the police"),
    "file_refused": gettext_lazy("File stayed closed"),
    "files_erased": gettext_lazy("Files erased"),
    "replaced": gettext_lazy("Refused: the sealed data do not match what was sent"),
    "keys_rotated": gettext_lazy("Keys wrapped for a new key pair of the staff"),
    "referral_exported": gettext_lazy("Package for an agency downloaded"),
    "erased": gettext_lazy("Erased"),
    "reminder_asked": gettext_lazy("Reporter asked for reminders by mail"),
    "reminder_on": gettext_lazy("Reporter confirmed the mailbox for reminders"),
    "reminder_erased": gettext_lazy("Address for reminders erased"),
}


HEAD = ("events_head", "events_count")  # the columns of a case that ``append`` changes


def record(case: Case, action: str, by: Actor = None, side: str | None = None, **facts: Any) -> Event:
    """Append one event to the chain of ``case``, save the new head and return the event; see ``append``."""
    event = append(case, action, by, side, **facts)
    case.save(update_fields=HEAD)
    return event


def append(case: Case, action: str, by: Actor = None, side: str | None = None, **facts: Any) -> Event:
    """Append one event to the chain of ``case`` and return it. The caller saves the columns HEAD with its own changes.

    ``by`` is the member of staff, or None for the reporter and the system; ``facts`` are allow-listed plain values
    (states, keys, counts), never text of a report. Raises KeyMissingError on a node that cannot sign.
    """
    side = side or (STAFF if by is not None else SYSTEM)
    staff = cast("User | None", by)
    event = Event(case=case, number=case.events_count + 1, action=action, by=staff, side=side, facts=facts)
    event.at = timezone.now()
    event.digest = digest(bytes(case.events_head), event)
    seal = signing.seal(_signed_content(event))
    event.key_id, event.seal = seal.key_id, seal.value
    event.save(force_insert=True)
    case.events_head, case.events_count = event.digest, event.number
    return event


def risk_facts(case: Case) -> dict:
    """Return the facts that decide who may erase ``case`` and when (``verification.erasure``).

    They are recorded when they change.
    """
    return {"tier": case.tier, "at_risk": case.is_at_risk}


def is_authentic(event: Event) -> bool:
    """Return whether a node of this site sealed the digest of ``event``. Only a desk may seal actions of staff.

    Requires the keys of a desk; a public node may sign actions of reporters and of housekeeping.
    """
    kind = _signer(event)
    return kind == signing.DESK or (kind == signing.NODE and event.by_id is None and event.side != STAFF)


def may_be_from_node(event: Event) -> bool:
    """Return whether the key that sealed ``event`` is unknown here and a public node may write such an event."""
    return not signing.has_key(event.key_id) and event.by_id is None and event.side != STAFF


def unknown_keys(events: Iterable[Event]) -> list[str]:
    """Return the ids of the keys that sealed ``events`` and are missing on this desk, sorted."""
    return sorted({event.key_id for event in events if not signing.has_key(event.key_id)})


def is_from_desk(event: Event) -> bool:
    """Return whether a desk of this site, not a public node, sealed the digest of ``event``."""
    return _signer(event) == signing.DESK


def is_complete(case: Case, events: list[Event], accepts: Callable[[Event], bool] = is_authentic) -> bool:
    """Return whether ``events`` are the complete, unchanged, ordered chain of ``case`` and ``accepts`` each seal."""
    before = b""
    for number, event in enumerate(events, start=1):
        if event.number != number or digest(before, event) != bytes(event.digest) or not accepts(event):
            return False
        before = bytes(event.digest)
    return bool(events) and (len(events), before) == (case.events_count, bytes(case.events_head))


def _signer(event: Event) -> str | None:
    return signing.signer(event.key_id, event.seal, _signed_content(event))


def _signed_content(event: Event) -> bytes:
    return b"event:" + bytes(event.digest)


def digest(head: bytes, event: Event) -> bytes:
    """Return the digest of ``event`` over ``head``, the digest of the previous event (empty for the first)."""
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
