"""The ledger: what reporters withdrew and what was erased, in files outside the database.

A backup brings back what was erased after it. So a desk also writes each erasure, withdrawal and change of a code into
LEDGER_DIR: a file for each month, to which lines are only added. A line has the random id of the case, the action, the
day on which it was written, the digest of the event, and the number of an account from which the case is hidden, never
a word of a report. It is sealed with the key of the desk: a forged line must not be able to erase a report. Each day
has a line, so that a restore notices a ledger that ends too early. Not covered: single lines that somebody removes.
``replay`` applies it after a restore.
"""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from safetycenter import private_files

from ..crypto.vault import signing
from ..models.event import Event
from . import audit

BEGUN = "restoring"  # the action of the line that begins a replay
RESTORED = "restored"  # the action of the line that ends a replay
KEPT = "kept"  # the action of the line of each day
BY_DESK_ONLY = ("erased", "files_erased", "destroy_files")
REPLAYED = (*BY_DESK_ONLY, "withdraw", "cancel_withdrawal", "reminder_erased", "new_code", "freeze")
HIDING = ("exclude", "recuse", "request_other")  # their ``why`` is the id of the person who must not see the case
# Decisions that need keys or words that the ledger does not have: a restore sets again what it can and lists the cases.
LISTED = (*HIDING, "restrict", "renew_keys", "lock", "hold", "lift_hold", "data_request", "unfreeze")
NEEDS_LEAD = "lead"  # of a withdrawal that a lead decides
OVERLAP = timedelta(days=1)  # an event can be committed after a later one; none takes a day


class DamagedLineError(Exception):
    """Raised for a line that no desk of this site sealed."""


class UnknownKeyError(Exception):
    """Raised for a line whose key is not in KEYS_DIR, so that nobody can know whether it is true."""


class DatabaseIsOlderError(Exception):
    """Raised when the database lacks the newest event of the ledger: a backup was loaded and nothing replayed."""


@dataclass(frozen=True)
class Line:
    """One event of one case; for KEPT, BEGUN and RESTORED, the day alone. ``day`` is that of the writing, in UTC.

    The time of an event is left out: it would tell a thief of the ledger when a reporter was at the site, and an event
    dated in the future would hide all later ones.
    """

    day: date
    action: str
    case_id: UUID | None = None
    event: str = ""  # hexadecimal digest
    why: str = ""

    def sealed(self) -> str:
        """Return the line as it is stored."""
        content = json.dumps(
            {
                "day": self.day.isoformat(),
                "action": self.action,
                "case": self.case_id.hex if self.case_id else "",
                "event": self.event,
                "why": self.why,
            }
        )
        seal = signing.seal(_signed(content))
        return json.dumps([content, seal.key_id, seal.value.hex()]) + "\n"


def keep() -> int:
    """At a desk: add the events that the ledger lacks; return their number. Raises DatabaseIsOlderError."""
    if not signing.can_check():
        return 0
    recent = _recent(settings.LEDGER_DIR)
    _refuse_older_database(recent)
    known = {line.event for line in recent}
    new = [line for line in _lines_of_events(recent[-1].day if recent else None) if line.event not in known]
    is_first = not recent or recent[-1].day != today()
    append([Line(today(), KEPT), *new] if is_first else new)
    _delete_old()
    return len(new)


def append(lines: Iterable[Line]) -> None:
    """Add ``lines`` to the file of this month; they are on the disk when this returns."""
    text = "".join(line.sealed() for line in lines).encode()
    if not text:
        return
    folder = Path(settings.LEDGER_DIR)
    private_files.make_folder(folder)
    path = folder / f"{timezone.now():%Y-%m}.jsonl"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, private_files.FILE)
    try:
        size = os.fstat(descriptor).st_size
        _write(descriptor, text if _ends_whole(descriptor, size) else b"\n" + text, size)
    finally:
        os.close(descriptor)


def _ends_whole(descriptor: int, size: int) -> bool:
    return size == 0 or os.pread(descriptor, 1, size - 1) == b"\n"


def _write(descriptor: int, text: bytes, size: int) -> None:
    """Add ``text``, or nothing: a line that was cut off would swallow the next one."""
    try:
        while text:
            text = text[os.write(descriptor, text) :]
        os.fsync(descriptor)
    except OSError:
        os.ftruncate(descriptor, size)
        raise


def today() -> date:
    """Return the day that new lines get."""
    return timezone.now().astimezone(UTC).date()


def whole_until(lines: Iterable[Line], since: date) -> date:
    """Return the last day until which every day from ``since`` on has a line; the day before ``since`` if none has."""
    days, day = {line.day for line in lines}, since
    while day in days:
        day += timedelta(days=1)
    return day - timedelta(days=1)


def files(folder: Path | str) -> list[Path]:
    """Return the files of a ledger, the oldest first."""
    return sorted(Path(folder).glob("????-??.jsonl"))


def read(paths: Iterable[Path]) -> Iterator[Line | None]:
    """Yield each line; None for one that no desk of this site sealed, or that was cut off.

    Raises UnknownKeyError with the file, and OSError.
    """
    for path in paths:
        for text in path.read_text(errors="replace").splitlines():
            try:
                yield _opened(text)
            except DamagedLineError:
                yield None
            except UnknownKeyError as error:
                raise UnknownKeyError(str(path)) from error


def _opened(text: str) -> Line:
    try:
        content, key_id, seal = json.loads(text)
        if not signing.has_key(key_id):
            raise UnknownKeyError
        if signing.signer(key_id, bytes.fromhex(seal), _signed(content)) != signing.DESK:
            raise DamagedLineError
        facts: dict[str, Any] = json.loads(content)
    except (ValueError, TypeError) as error:
        raise DamagedLineError from error
    case_id = UUID(facts["case"]) if facts["case"] else None
    return Line(date.fromisoformat(facts["day"]), facts["action"], case_id, facts["event"], facts["why"])


def _signed(content: str) -> bytes:
    return b"ledger:" + content.encode()


def _recent(folder: Path | str) -> list[Line]:
    """Return the valid lines of the newest two files: enough for the overlap at the turn of a month."""
    return [line for line in read(files(folder)[-2:]) if line]


def _refuse_older_database(recent: list[Line]) -> None:
    last = next((line for line in reversed(recent) if line.action != KEPT), None)
    if last is None or last.action == RESTORED:
        return
    if last.action == BEGUN or not Event.objects.filter(case=last.case_id, digest=bytes.fromhex(last.event)).exists():
        raise DatabaseIsOlderError("A backup was loaded. Run: manage.py restore --replay")


def _lines_of_events(since: date | None) -> Iterator[Line]:
    before = Event.objects.filter(case_id=OuterRef("case_id"), number=OuterRef("number") - 1).values("digest")[:1]
    events = Event.objects.filter(action__in=REPLAYED + LISTED).annotate(before=Subquery(before)).order_by("at", "pk")
    for event in events.filter(at__gte=_overlapping(since)) if since else events:
        if _is_true(event):
            yield Line(today(), event.action, event.case_id, bytes(event.digest).hex(), _why(event))


def _overlapping(since: date) -> datetime:
    return datetime.combine(min(since, today()) - OVERLAP, time.min, UTC)


def _is_true(event: Any) -> bool:
    """Return whether a node that may do so wrote this event as it is: the seal covers the digest alone."""
    if audit.digest(bytes(event.before or b""), event) != bytes(event.digest):
        return False
    return audit.is_from_desk(event) if event.action in BY_DESK_ONLY else audit.is_authentic(event)


def _why(event: Event) -> str:
    if event.action == "recuse":
        return str(event.by_id)
    if event.action in ("exclude", "request_other"):
        return str(event.facts.get("person") or "")
    if event.action == "withdraw":
        return NEEDS_LEAD if event.facts.get("needs_lead") else ""
    return event.facts.get("why", "") if event.action == "erased" else ""


def _delete_old() -> None:
    edge = timezone.now() - timedelta(days=settings.LEDGER_DAYS)
    for path in files(settings.LEDGER_DIR):
        if path.stem < f"{edge:%Y-%m}":
            path.unlink()
