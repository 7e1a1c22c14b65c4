"""The register: a desk countersigns every event, by desks and public nodes, in one chain over all cases.

The chain begins with the id of this installation, so that entries of two installations with copies of the same keys
cannot be mixed. An event in the register cannot be changed or removed unnoticed, nor can a case with all its events.
The head that each desk remembers in a file, and the anchors, reveal that the end of the register was cut off.
"""

import json
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from safetycenter import private_files

from ...crypto.vault import signing
from ...models.event import Event
from ...models.installation import Installation
from ...models.record import RecordAlarm, RegisterEntry
from .. import audit
from . import alarms

BATCH = 500  # in one transaction, which on SQLite keeps others from storing anything
# An event gets its number before its transaction ends, so a lower number may appear later. No transaction of this
# application lasts while this many others are committed.
MAX_BACKLOG = 10_000
LATE_AFTER = timedelta(minutes=5)  # housekeeping countersigns every minute


def countersign() -> int:
    """Enter every new event that a node of this site sealed; return their number. Others raise an alarm. Desks only."""
    if not signing.can_check():
        return 0
    continued = _is_continued()
    done, after = 0, _start()
    while batch := list(_waiting().filter(pk__gt=after).annotate(before=_digest_before()).order_by("pk")[:BATCH]):
        after = batch[-1].pk
        done += _enter([event for event in batch if _is_signed(event)])
    if continued:
        _remember()
    return done


def is_countersigned() -> bool:
    """Return whether no event has waited for more than five minutes for its countersignature and no alarm is open."""
    open_alarms, waiting = alarms.unsettled().order_by().values("pk"), late().order_by().values("pk")
    return not open_alarms.union(waiting, all=True).exists()  # one query


def late() -> QuerySet:
    """Return the events that have waited too long, except those that an alarm names."""
    named = RecordAlarm.objects.filter(
        kind=RecordAlarm.Kind.EVENT, case_id=OuterRef("case_id"), number=OuterRef("number")
    )
    start = _start()
    # The entries are bounded as the events are: the register is long, and PostgreSQL would read more of it.
    return _waiting(event_id__gt=start).filter(~Exists(named), pk__gt=start, at__lt=timezone.now() - LATE_AFTER)


def seal_content(number: int, before: bytes, case_id: UUID, event_number: int, digest: bytes) -> bytes:
    """Return the bytes that the seal of an entry covers; ``before`` is the previous seal, or ``beginning()``."""
    return f"register:{number}:{bytes(before).hex()}:{case_id}:{event_number}:{bytes(digest).hex()}".encode()


def beginning() -> bytes:
    """Return the value used as the seal before the first entry: the id of this installation."""
    return Installation.current().bytes


def last_entry() -> RegisterEntry | None:
    """Return the newest entry, or None."""
    return RegisterEntry.objects.order_by("-number").first()


def remembered_head() -> dict | None:
    """Return the head of the register that this desk last wrote into its file, as ``{"number", "seal"}``, or None."""
    try:
        return json.loads(Path(settings.RECORD_HEAD).read_text())
    except (OSError, ValueError):
        return None


def forget_head() -> None:
    """After a restore: rename the file with the head of this desk, because the lost end is known. Raises OSError."""
    head = Path(settings.RECORD_HEAD)
    if head.exists():
        head.rename(head.with_suffix(".before-restore.json"))


def waiting_before(moment: datetime) -> QuerySet:
    """Return the events that should have been countersigned at ``moment`` and were not."""
    return _waiting().filter(at__lt=moment - LATE_AFTER)


def _waiting(**entries: int) -> QuerySet:
    return Event.objects.filter(~Exists(RegisterEntry.objects.filter(event_id=OuterRef("pk"), **entries)))


def _start() -> int:
    last = last_entry()
    return last.event_id - MAX_BACKLOG if last else 0


def _digest_before() -> Subquery:
    before = Event.objects.filter(case_id=OuterRef("case_id"), number=OuterRef("number") - 1)
    return Subquery(before.values("digest")[:1])


def _is_signed(event: Event) -> bool:
    if audit.digest(bytes(event.before or b""), event) == bytes(event.digest) and audit.is_authentic(event):
        return True
    alarms.raise_alarm(RecordAlarm.Kind.EVENT, event.case_id, event.number)
    return False


def _enter(events: list[Event]) -> int:
    try:
        with transaction.atomic():
            last = last_entry()
            first, before = (last.number + 1, bytes(last.seal)) if last else (1, beginning())
            entries = []
            for number, event in enumerate(events, start=first):
                content = seal_content(number, before, event.case_id, event.number, event.digest)
                entries.append(_entry(number, event, signing.seal(content)))
                before = entries[-1].seal
            RegisterEntry.objects.bulk_create(entries)
    except IntegrityError:  # another desk was faster; the next run enters what remains
        return 0
    return len(events)


def _entry(number: int, event: Event, seal: signing.Seal) -> RegisterEntry:
    return RegisterEntry(
        number=number,
        event_id=event.pk,
        case_id=event.case_id,
        event_number=event.number,
        event_digest=event.digest,
        key_id=seal.key_id,
        seal=seal.value,
    )


def _is_continued() -> bool:
    """Return whether the register still has the entry that this desk remembers.

    Otherwise raise an alarm, until it is settled.
    """
    head = remembered_head()
    if head is None or RegisterEntry.objects.filter(number=head["number"], seal=bytes.fromhex(head["seal"])).exists():
        return True
    return alarms.raise_alarm(RecordAlarm.Kind.REGISTER, number=head["number"]).settled_at is not None


def _remember() -> None:
    if last := last_entry():
        head = {"number": last.number, "seal": bytes(last.seal).hex()}
        private_files.replace(Path(settings.RECORD_HEAD), json.dumps(head).encode())
