"""Notice that the end of a person's entries in the staff log was cut off.

Every entry covers the one before, so a missing end is the one change that a chain alone does not show. Each desk keeps
the last entry of each person in a file, and the anchors (``anchors``) contain a digest of all of them.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import OuterRef, Subquery

from safetycenter import private_files

from ...crypto.vault import signing
from ...models.record import RecordAlarm
from ...models.staff_event import StaffEvent
from . import alarms

FILE_NAME = "staff_log_heads.json"
# An entry has its time before its transaction ends, so an anchor covers only entries that are older than this.
SETTLED_AFTER = timedelta(minutes=5)
PERSON_SHIFT = 31  # an alarm has one number: the person's id, shifted by the bits of an entry's number, and the entry
Heads = dict[int, tuple[int, str]]  # person's id: number of the last entry, its digest as hex


def remember() -> int:
    """Write the last entry of each person into this desk's file; return how many are new. Desks only.

    An entry in the file that is no longer in the log raises an alarm and stays in the file until that is settled.
    """
    if not signing.can_check():
        return 0
    before = remembered()
    kept = {person: head for person, head in _cut(before) if not _is_settled(person, head[0])}
    heads = _last() | kept
    changed = sum(before.get(person) != head for person, head in heads.items())
    if changed:
        private_files.replace(_file(), json.dumps(heads).encode())
    return changed


def remembered() -> Heads:
    """Return the last entries that this desk wrote into its file; empty if there is no file."""
    try:
        return {int(person): (number, seal) for person, (number, seal) in json.loads(_file().read_text()).items()}
    except (OSError, ValueError):
        return {}


def is_cut(person: int) -> bool:
    """Return whether the entry that this desk remembers of ``person``, a user's id, is missing from the log."""
    head = remembered().get(person)
    return head is not None and not _is_logged(person, *head)


def forget() -> None:
    """After a restore: rename this desk's file. The lost entries are known. Raises OSError."""
    if _file().exists():
        _file().rename(_file().with_suffix(".before-restore.json"))


def digest(until: datetime) -> str:
    """Return the digest for an anchor made at ``until``, as hex."""
    (found,) = digests([until])
    return found


def digests(moments: Iterable[datetime]) -> Iterator[str]:
    """Yield the digest for an anchor made at each of ``moments``, oldest first, in one pass over the log."""
    rows = StaffEvent.objects.order_by("at", "pk").values_list("at", "by", "number", "digest").iterator(chunk_size=2000)
    heads: Heads = {}
    row = next(rows, None)
    for moment in moments:
        while row is not None and row[0] <= moment - SETTLED_AFTER:
            _at, person, number, of_entry = row
            heads[person] = max(heads.get(person, (0, "")), (number, bytes(of_entry).hex()))
            row = next(rows, None)
        yield hashlib.sha256(json.dumps(sorted(heads.items())).encode()).hexdigest()


def _file() -> Path:
    return Path(settings.RECORD_HEAD).with_name(FILE_NAME)


def _last() -> Heads:
    newest = StaffEvent.objects.filter(by=OuterRef("pk")).order_by("-number").values("pk")[:1]
    last = User.objects.annotate(last=Subquery(newest)).exclude(last=None).values("last")
    events = StaffEvent.objects.filter(pk__in=last).values_list("by", "number", "digest")
    return {person: (number, bytes(of_entry).hex()) for person, number, of_entry in events}


def _cut(heads: Heads) -> Iterator[tuple[int, tuple[int, str]]]:
    for person, head in heads.items():
        if not _is_logged(person, *head):
            yield person, head


def _is_logged(person: int, number: int, of_entry: str) -> bool:
    return StaffEvent.objects.filter(by=person, number=number, digest=bytes.fromhex(of_entry)).exists()


def _is_settled(person: int, number: int) -> bool:
    # One alarm for each entry that is missing, so that a settled one does not hide a later cut.
    place = (person << PERSON_SHIFT) + number
    return alarms.raise_alarm(RecordAlarm.Kind.STAFF, number=place).settled_at is not None
