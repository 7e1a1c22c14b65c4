"""Record what staff do outside a single case: searches, exports, changes of rights. Each person's entries are a chain.

Like the record of cases (``reports.cases.audit``), each digest covers the one before and is sealed with a key that is
not in the database. ``reports.cases.verification.staff_heads`` notices that the last entries of a person were cut off.
"""

import hashlib
import json
import math
import time
from typing import Any, cast

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from safetycenter.roles import Account

from ..cases.verification import staff_heads
from ..crypto.vault import signing
from ..models.staff_event import StaffEvent

SEARCHED, EXPORTED, CHECKED, RIGHTS = "searched", "log_exported", "log_checked", "rights_changed"
KEY_RETIRED = "key_retired"
CHANNEL_CHANGES = {
    "channel_added": gettext_lazy("On-call channel added"),
    "channel_tested": gettext_lazy("Test of an on-call channel confirmed"),
    "channel_stopped": gettext_lazy("On-call channel stopped"),
    "channel_used": gettext_lazy("On-call channel in use again"),
    "channel_removed": gettext_lazy("On-call channel removed"),
}
LABELS = {
    SEARCHED: gettext_lazy("Searched for a case number"),
    EXPORTED: gettext_lazy("Log downloaded"),
    CHECKED: gettext_lazy("Log verified"),
    RIGHTS: gettext_lazy("Rights of an account changed"),
    "demand_entered": gettext_lazy("Demand of an authority entered"),
    "demand_changed": gettext_lazy("Demand of an authority corrected"),
    "demand_decided": gettext_lazy("Demand of an authority decided, to be confirmed"),
    "demand_confirmed": gettext_lazy("Decision on a demand confirmed by a second person"),
    "demand_handed_out": gettext_lazy("Package handed out to an authority"),
    KEY_RETIRED: gettext_lazy("Old key pair of the staff removed"),
    **CHANNEL_CHANGES,
    "alarm_settled": gettext_lazy("Alarm about a person looked into"),
}


def record(by: Account, action: str, **facts: Any) -> StaffEvent:
    """Append one entry to the chain of ``by`` and return it. ``facts`` are plain values, never text of a report.

    Raises KeyMissingError on a node that cannot sign.
    """
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=cast("int", by.pk))
        last = StaffEvent.objects.filter(by=person).order_by("-number").first()
        event = StaffEvent(by=person, number=last.number + 1 if last else 1, action=action, facts=facts)
        event.at = timezone.now()
        event.digest = _digest(bytes(last.digest) if last else b"", event)
        seal = signing.seal(_signed(event))
        event.key_id, event.seal = seal.key_id, seal.value
        event.save(force_insert=True)
    return event


def record_rights(sender: object, by: Account, person: User, changes: dict, **kwargs: Any) -> None:
    """Record who changed which rights of which account. A server without keys has no reports and records nothing."""
    if signing.can_check():
        record(by, RIGHTS, account=person.username, **changes)


def broken() -> list[str]:
    """Return the names of the people whose chain was changed or cut off, and so is no proof, in alphabetical order."""
    return sorted(check_for(math.inf)[0])


def check_for(seconds: float, after: int = 0) -> tuple[list[str], int | None]:
    """Check for about ``seconds`` the chains of the people whose id is above ``after``, each chain as a whole.

    Return the names of those whose chain was changed, and the id of the last person checked; None if all were.
    """
    until, changed = time.monotonic() + seconds, []
    has_entries = Q(Exists(StaffEvent.objects.filter(by=OuterRef("pk")))) | Q(pk__in=staff_heads.remembered())
    writers = User.objects.filter(has_entries, pk__gt=after)
    people = list(writers.order_by("pk").values_list("pk", "username"))
    for number, (pk, name) in enumerate(people, start=1):
        if not _is_whole(pk):
            changed.append(name)
        if number < len(people) and time.monotonic() >= until:
            return changed, pk
    return changed, None


def _is_whole(person: int) -> bool:
    head, events = b"", StaffEvent.objects.filter(by=person).order_by("number")
    for number, event in enumerate(events.iterator(chunk_size=1000), start=1):
        if event.number != number or not _is_authentic(head, event):
            return False
        head = bytes(event.digest)
    return not staff_heads.is_cut(person)


def last_check() -> StaffEvent | None:
    """Return the entry of the last complete check of the log; None before the first."""
    newest = StaffEvent.objects.filter(action=CHECKED).aggregate(pk=Max("pk"))["pk"]
    return StaffEvent.objects.select_related("by").filter(pk=newest).first()


def _is_authentic(head: bytes, event: StaffEvent) -> bool:
    is_ours = signing.signer(event.key_id, event.seal, _signed(event)) == signing.DESK
    return is_ours and _digest(head, event) == bytes(event.digest)


def _signed(event: StaffEvent) -> bytes:
    return b"staff-event:" + bytes(event.digest)


def _digest(head: bytes, event: StaffEvent) -> bytes:
    content = {
        "by": event.by_id,
        "number": event.number,
        "action": event.action,
        "at": event.at.isoformat(),
        "facts": event.facts,
    }
    return hashlib.sha256(head + json.dumps(content, sort_keys=True).encode()).digest()
