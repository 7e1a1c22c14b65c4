"""Digests of a case's sealed parts in its signed record, so that replaced keys or answers are noticed at the desk.

Anyone can wrap a key of their own to the desk's public key. Someone who can write the database could therefore replace
key, wraps and answers of a case as a set, and the desk would read a forged story. So ``submitted`` holds a digest of
every sealed part, each later action those of the parts that it changed, and the desk compares when it opens a case.
"""

import hashlib
from collections.abc import Iterable

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from ..models.case import Case
from ..models.event import Event
from . import audit

FACT = "sealed"  # in the facts of an event: {name of the part: digest}
# Columns that anyone could fill with the public keys alone. Notes and the reporter's wraps are bound to keys of their
# own (``models.notes_key``, ``vault.reporter_keys``).
COLUMNS = ("answers", "coerced", "key_for_staff")
# What staff may do where such a part was replaced: none of it reads a part or seals under its key. Only desks make
# the keys of notes.
WITHOUT_PARTS = (
    *(
        "claim",
        "note",
        "resolve",
        "resolve_untold",
        "close",
        "reopen",
        "unfreeze",
        "release",
        "release_from_quarantine",
    ),
    *("set_tier", "hold", "lift_hold", "destroy_files", "approve_erasure"),
)
MOVING = (
    "restrict",
    "lock",
)  # possible too; the new keys follow when the parts are right (``scheduled_tasks.renew_keys``)
LENGTH = 32  # hexadecimal digits: 128 bits are enough against a second preimage


def of(case: Case, wraps: dict[str, bytes] | None = None) -> dict[str, str]:
    """The digest of every sealed part of ``case`` that is there, by name. ``wraps`` are its data keys, if known."""
    wraps = dict(case.data_keys.values_list("name", "wrapped")) if wraps is None else wraps
    parts = {name: getattr(case, name) for name in COLUMNS} | {f"key:{name}": wrap for name, wrap in wraps.items()}
    return {name: _digest(value) for name, value in parts.items() if value is not None}


def changed_since(before: dict[str, str], case: Case) -> dict:
    """Facts for the record: the parts that are new or different from ``before``; nothing when there are none."""
    changed = dict(of(case).items() - before.items())
    return {FACT: changed} if changed else {}


def replaced(case: Case) -> list[str]:
    """The names of sealed parts that are not what the record says, in order. Needs the keys of a desk.

    A part that is gone was erased: only what is there is compared. An event that no node of this site sealed says
    nothing.
    """
    return _different(case, [event for event in _telling(case) if audit.is_authentic(event)])


def missing_keys(case: Case) -> list[str]:
    """The ids of public nodes' keys that this desk lacks, where these alone make parts of ``case`` look replaced.

    Empty where the record, even with the events of unknown nodes, does not explain every part.
    """
    telling = list(_telling(case))
    unknown = audit.unknown_keys(telling)
    explained = [event for event in telling if event.key_id in unknown or audit.is_authentic(event)]
    return [] if _different(case, explained) else unknown


def why_nothing_is_written(case: Case) -> str:
    """The sentence for staff whose action needs parts that cannot be checked or are not those that were sent."""
    if missing_keys(case):
        return _("The key file of the server that took this report is missing here. This action needs it.")
    return _("The sealed parts of this report are not those that were sent. This action needs them.")


def _different(case: Case, events: Iterable[Event]) -> list[str]:
    recorded: dict[str, str] = {}
    for event in events:
        if audit.digest(bytes(event.before or b""), event) == bytes(event.digest):  # type: ignore[attr-defined]
            recorded |= event.facts[FACT]
    return sorted(name for name, digest in of(case).items() if recorded.get(name) != digest)


def _telling(case: Case) -> QuerySet[Event]:
    before = Event.objects.filter(case_id=OuterRef("case_id"), number=OuterRef("number") - 1)
    events = case.events.filter(facts__has_key=FACT).order_by("number")
    return events.annotate(before=Subquery(before.values("digest")[:1]))


def _digest(value: bytes) -> str:
    return hashlib.sha256(bytes(value)).hexdigest()[:LENGTH]
