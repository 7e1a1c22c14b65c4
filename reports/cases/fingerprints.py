"""Store digests of a case's sealed parts in its signed audit log, so that a desk notices replaced keys or answers.

Anyone can wrap a chosen key to the desk's public key. An attacker who can write the database could therefore
replace key, wraps and answers of a case together, and the desk would read a forged report. So ``submitted``
contains a digest of every sealed part, each later action the digests of the parts that it changed, and the desk
compares them when it opens a case.
"""

import hashlib
from collections.abc import Iterable

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from ..crypto.vault.key_ids import Wrapped
from ..models.case import Case
from ..models.event import Event
from . import audit

FACT_KEY = "sealed"  # in the facts of an event: {name of the part: digest}
NAMES_PARTS = Q(facts__has_key=FACT_KEY)
# Notes and the reporter's wraps are no such parts: they are bound to other keys (``models.notes_key``,
# ``vault.reporter_keys``).
DIGEST_LENGTH = 32  # hexadecimal digits: 128 bits are enough against a second preimage


def of(case: Case, wraps: dict[str, Wrapped] | None = None) -> dict[str, str]:
    """Return the digest of every existing sealed part of ``case``, by name. ``wraps`` are its data keys, if known."""
    rows = list(case.data_keys.all()) if wraps is None else []
    if wraps is None:
        wraps = {row.name: Wrapped(row.key_id, row.wrapped) for row in rows}
    wraps = {f"key:{name}": wrap for name, wrap in wraps.items()}
    wraps |= {"key_for_staff": case.wrapped_for_staff, "coerced": case.wrapped_coerced or Wrapped("", b"")}
    wraps |= {row.name: Wrapped("", row.sealed) for row in rows if row.sealed}
    digests = {name: _digest(key_id.encode(), value) for name, (key_id, value) in wraps.items() if value}
    return digests | ({"answers": _digest(b"", case.answers)} if case.answers is not None else {})


def changed_since(before: dict[str, str], case: Case) -> dict:
    """Return facts for the audit log: the parts that are new or differ from ``before``; empty if there are none."""
    changed = dict(of(case).items() - before.items())
    return {FACT_KEY: changed} if changed else {}


def replaced(case: Case, events: list[Event] | None = None) -> list[str]:
    """Return the names of sealed parts that differ from the audit log, in order. Requires the keys of a desk.

    Only existing parts are compared, because a missing part was erased. Events that no node of
    this site sealed are ignored. ``events`` is the result of ``events_with_parts``, if known.
    """
    events = events_with_parts(case) if events is None else events
    return _different(case, [event for event in events if audit.is_authentic(event)])


def missing_keys(case: Case, events: list[Event] | None = None) -> list[str]:
    """Return the ids of public nodes' keys that this desk lacks, if only these make parts of ``case`` look replaced.

    Empty if the log does not explain every part even with the events of unknown nodes.
    """
    events = events_with_parts(case) if events is None else events
    unknown = audit.unknown_keys(events)
    explained = [event for event in events if event.key_id in unknown or audit.is_authentic(event)]
    return [] if _different(case, explained) else unknown


def refusal_sentence(case: Case, events: list[Event] | None = None) -> str:
    """Return the sentence for staff whose action needs parts that cannot be checked or are not those that were sent."""
    if missing_keys(case, events):
        return _("The key file of the server that received this report is missing here. This action needs it.")
    return _("The sealed data of this report do not match what was sent. This action needs them.")


def _different(case: Case, events: Iterable[Event]) -> list[str]:
    recorded: dict[str, str] = {}
    for event in events:
        if audit.digest(bytes(event.before or b""), event) == bytes(event.digest):  # type: ignore[attr-defined]
            recorded |= event.facts[FACT_KEY]
    return sorted(name for name, digest in of(case).items() if recorded.get(name) != digest)


def events_with_parts(case: Case) -> list[Event]:
    """Return the events that name sealed parts, in order."""
    return list(with_previous(case.events.filter(NAMES_PARTS)))


def with_previous(events: QuerySet[Event]) -> QuerySet[Event]:
    """Return ``events`` in order, each with ``before``: the digest of the previous event of its case."""
    before = Event.objects.filter(case_id=OuterRef("case_id"), number=OuterRef("number") - 1)
    return events.annotate(before=Subquery(before.values("digest")[:1])).order_by("number")


def _digest(key_id: bytes, value: bytes) -> str:
    return hashlib.sha256(key_id + b":" + bytes(value)).hexdigest()[:DIGEST_LENGTH]
