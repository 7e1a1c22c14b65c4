"""Check the whole audit log: every chain, every seal, the register, removed events, and the anchors that were kept.

Rows are read in pages of fixed size, so that memory does not grow with the log, and a walk can stop after any page and
continue from there. docs/threat-model.md describes what it proves.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from ...crypto.vault import signing
from ...models.case import Case
from ...models.event import Event
from ...models.record import Checkpoint, RegisterEntry
from .. import audit
from . import anchors, checkpoints
from .register import LATE_AFTER, beginning, seal_content

CASES_PER_PAGE = 500  # cases per page
ENTRIES_PER_PAGE = 5000


@dataclass(frozen=True)
class BrokenPlace:
    """A place where the log is not whole: the case, or None for the register itself, the number, and the reason."""

    case_id: object
    number: int
    why: str


@dataclass
class WalkResult:
    """The result of one walk: the number of cases and register entries checked, broken places, where to continue.

    ``last`` is None when the walk is complete.
    """

    count: int = 0
    entries: int = 0
    broken: list[BrokenPlace] = field(default_factory=list)
    last: str | None = None

    @property
    def references(self) -> list[str]:
        """The references of the broken cases that still exist, sorted."""
        ids = {item.case_id for item in self.broken if item.case_id}
        return sorted(case.display_reference for case in Case.objects.filter(pk__in=ids))

    @property
    def without_case(self) -> int:
        """The number of broken places without an existing case: missing cases and the register itself."""
        ids = [item.case_id for item in self.broken if item.case_id]
        there = set(Case.objects.filter(pk__in=ids).values_list("pk", flat=True))
        return sum(item.case_id not in there for item in self.broken)


def verify(case: Case) -> BrokenPlace | None:
    """Return the first broken place in the chain of ``case``; None if the chain is whole."""
    head, count = Case.objects.values_list("events_head", "events_count").get(pk=case.pk)
    return _chain(case.pk, bytes(head), count, list(_events().filter(case=case.pk)))


def verify_all(lines: tuple[str, ...] = ()) -> Iterator[WalkResult]:
    """Yield the result of each page of a full walk. ``lines`` are anchors that were kept elsewhere."""
    at: str | None = ""
    while at is not None:
        checked = _page(at, lines)
        yield checked
        at = checked.last


def verify_for(seconds: float, at: str = "") -> WalkResult:
    """Walk for about ``seconds``, starting at ``at``, the value of ``last`` of an earlier walk."""
    until, total = time.monotonic() + seconds, WalkResult(last=at)
    while total.last is not None:
        page = _page(total.last, ())
        total.count, total.entries, total.last = total.count + page.count, total.entries + page.entries, page.last
        total.broken += page.broken
        if time.monotonic() >= until:
            break
    return total


def _page(at: str, lines: tuple[str, ...]) -> WalkResult:
    """Check one page. Places are ``""`` (the start), ``case:<last id>``, ``entry:<last number>`` and ``anchors``."""
    kind, _colon, value = at.partition(":")
    if kind == "entry":
        return _entries(int(value))
    if kind == "anchors":
        broken = [BrokenPlace(None, number, "anchor") for number in anchors.contradicted_entries(lines)]
        broken += [BrokenPlace(None, number, "staff anchor") for number in anchors.contradicted_staff_log(lines)]
        return WalkResult(broken=broken)
    return _cases(UUID(value) if value else None)


def _cases(after: UUID | None) -> WalkResult:
    cases = Case.objects.order_by("pk").filter(**{"pk__gt": after} if after else {})
    rows = list(cases.values_list("pk", "events_head", "events_count")[:CASES_PER_PAGE])
    events = _events().filter(**{"case_id__gt": after} if after else {})
    full = len(rows) == CASES_PER_PAGE
    if full:
        events = events.filter(case_id__lte=rows[-1][0])
    chains = {case_id: list(group) for case_id, group in groupby(events.iterator(), key=lambda e: e.case_id)}
    broken = [_checked_again(pk, _chain(pk, bytes(head), count, chains.pop(pk, []))) for pk, head, count in rows]
    broken += [
        BrokenPlace(case_id, 1, "vanished") for case_id in chains if not Case.objects.filter(pk=case_id).exists()
    ]
    last = f"case:{rows[-1][0]}" if full else "entry:0"
    return WalkResult(len(rows), broken=[item for item in broken if item], last=last)


def _checked_again(case_id: UUID, broken: BrokenPlace | None) -> BrokenPlace | None:
    # An event may have been recorded between the two queries.
    return verify(Case(pk=case_id)) if broken else None


def _events() -> QuerySet[Event]:
    entered = RegisterEntry.objects.filter(case_id=OuterRef("case_id"), event_number=OuterRef("number"))
    return Event.objects.annotate(entered=Exists(entered)).order_by("case_id", "number")


def _chain(case_id: UUID, head: bytes, count: int, events: list[Event]) -> BrokenPlace | None:
    if not events:
        whole = checkpoints.confirms_end(case_id, head, count)
        return None if whole else BrokenPlace(case_id, 1, "missing")
    before, number = b"", 0
    for event in events:
        number += 1
        if why := _fault(event, before, number):
            return BrokenPlace(case_id, number, why)
        before = bytes(event.digest)
    return None if (number, before) == (count, head) else BrokenPlace(case_id, number + 1, "cut")


def _fault(event: Event, before: bytes, number: int) -> str:
    if event.number != number:
        return "missing"
    if audit.digest(before, event) != bytes(event.digest):
        return "changed"
    if not audit.is_authentic(event):
        return "forged"
    return "" if event.entered or event.at > timezone.now() - LATE_AFTER else "not countersigned"


def _entries(after: int) -> WalkResult:
    before = RegisterEntry.objects.filter(number=after).first()
    seal = bytes(before.seal) if before else beginning()
    rows = list(_entries_after(after)[:ENTRIES_PER_PAGE])
    removed = checkpoints.valid_checkpoints({row.case_id for row in rows if row.found is None})
    broken = []
    for number, row in enumerate(rows, start=after + 1):
        content = seal_content(row.number, seal, row.case_id, row.event_number, row.event_digest)
        if row.number != number or signing.signer(row.key_id, row.seal, content) != signing.DESK:
            broken.append(BrokenPlace(None, number, "register"))
            break
        if why := _missing_event_reason(row, removed):
            broken.append(BrokenPlace(row.case_id, row.event_number, why))
        seal = bytes(row.seal)
    whole = not any(item.why == "register" for item in broken)
    last = f"entry:{rows[-1].number}" if len(rows) == ENTRIES_PER_PAGE and whole else "anchors"
    return WalkResult(entries=len(rows), broken=_first_of_each_case(broken), last=last)


def _entries_after(number: int) -> QuerySet[RegisterEntry]:
    event = Event.objects.filter(case_id=OuterRef("case_id"), number=OuterRef("event_number"))
    rows = RegisterEntry.objects.filter(number__gt=number).order_by("number")
    return rows.annotate(found=Subquery(event.values("digest")[:1]))


def _missing_event_reason(row: RegisterEntry, removed: dict[UUID, Checkpoint]) -> str:
    """Return why the event of this entry differs from the countersigned one.

    Empty if it does not differ, or if a checkpoint removed it.
    """
    if row.found is not None:
        return "" if bytes(row.found) == bytes(row.event_digest) else "changed"
    checkpoint = removed.get(row.case_id)
    if checkpoint is None or row.event_number > checkpoint.events_count:
        return "vanished"
    is_last = row.event_number == checkpoint.events_count
    return "changed" if is_last and bytes(row.event_digest) != bytes(checkpoint.events_head) else ""


def _first_of_each_case(broken: list[BrokenPlace]) -> list[BrokenPlace]:
    return list({(item.case_id, item.why): item for item in reversed(broken)}.values())
