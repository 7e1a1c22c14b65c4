"""Wrap again, for the current key pair of an audience, what was wrapped for an older one.

Only small wrapped keys change; no answer, message or file is sealed again. Each case is one transaction with its row
locked, so that the process can be killed at any time and simply started again: every wrap names its pair, and each pair
opens what names it for as long as its private half is here. The log of the case records the new digests. A wrap
that does not match the log is left alone, because recording it would make a forgery genuine. What belongs to no case,
such as where an on-call channel leads, is one transaction for each row and is in no log.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from safetycenter.hints import Text

from ..crypto.vault import keys, pairs
from ..crypto.vault.box import KeyMissingError, UnreadableError
from ..crypto.vault.keyring import NARRATIVE, ErasedError
from ..crypto.vault.pairs import Pair
from ..models.case import Case
from ..models.custody import CustodyKey
from ..models.notes_key import NotesKey
from ..models.recusal import Recusal
from ..models.reminder import ReminderAddress
from ..models.watch import OnCallChannel
from ..staffing.channels import destination
from . import audit, fingerprints, reminders

ROTATED = "keys_rotated"
BATCH_SIZE = 200  # cases per query
SAMPLE_SIZE = 10  # rows of each place that are opened at the end
Where = UUID | tuple[Text, int]  # the case, or the place and the row that belongs to none
DONE, UNREADABLE = _("wrapped again"), _("unreadable")
DIFFERENT, ELSEWHERE = _("not as the log says"), _("key not here")


@dataclass(frozen=True)
class Place:
    """A kind of wrapped key: its ``model``, its column ``value``, and the columns ``ids`` that name key pairs.

    ``part`` is its name among the digests of the log (``fingerprints``), if it has one there.
    """

    what: Text
    model: type[Model]
    value: str
    ids: tuple[str, ...]
    open: Callable[[Any], object]
    rewrap: Callable[[Any], None]
    part: str = ""
    has_case: bool = True

    def needing(self, key_ids: list[str]) -> QuerySet:
        """Return the rows that name one of these pairs."""
        named = reduce(or_, (Q(**{f"{column}__in": key_ids}) for column in self.ids))
        return self.model._default_manager.filter(named).exclude(**{self.value: None})

    def case_ids(self, key_ids: list[str]) -> QuerySet:
        """Return the cases of these rows, for a query."""
        return self.needing(key_ids).order_by().values("pk" if self.model is Case else "case")

    def rows_of(self, case: Case, key_ids: list[str]) -> list:
        """Return these rows of one locked case."""
        if self.model is not Case:
            return list(self.needing(key_ids).filter(case=case))
        return [case] if getattr(case, self.ids[0]) in key_ids and getattr(case, self.value) is not None else []


def _open_answers(case: Case) -> None:
    ring = case.staff_keyring()
    if case.answers is not None and NARRATIVE in ring.wrapped:
        ring.open(NARRATIVE, "case", "answers", case.answers)


def _rewrap_case_key(case: Case) -> None:
    case.staff_key_id, case.key_for_staff = keys.rewrap(case.staff_audience, case.wrapped_for_staff)


def _rewrap_pressure(case: Case) -> None:
    wrapped = case.wrapped_coerced or keys.Wrapped(case.coerced_key_id, b"")
    case.coerced_key_id, case.coerced = keys.rewrap(case.staff_audience, wrapped)


def _rewrap_reason(row: Recusal) -> None:
    row.reason_key_id, row.reason = keys.rewrap(row.case.staff_audience, row.wrapped_reason)


CASES, CHANNELS = _("keys of cases"), _("destinations of on-call channels")
DESK_TO_DESK = ("key_id", "sender_key_id")
PLACES = (
    Place(
        CASES,
        Case,
        "key_for_staff",
        ("staff_key_id",),
        _open_answers,
        _rewrap_case_key,
        "key_for_staff",
    ),
    Place(
        _("answers about pressure to withdraw"),
        Case,
        "coerced",
        ("coerced_key_id",),
        lambda case: keys.unwrap(case.staff_audience, case.wrapped_coerced),
        _rewrap_pressure,
        "coerced",
    ),
    Place(
        _("reasons for another person"),
        Recusal,
        "reason",
        ("reason_key_id",),
        lambda row: keys.unwrap(row.case.staff_audience, row.wrapped_reason),
        _rewrap_reason,
    ),
    Place(
        _("addresses for reminders"), ReminderAddress, "sealed", ("sealed_key_id",), reminders.opened, reminders.rewrap
    ),
    Place(_("keys of notes and packages"), NotesKey, "wrapped", DESK_TO_DESK, NotesKey.open, NotesKey.rewrap),
    Place(_("keys of locked files"), CustodyKey, "wrapped", DESK_TO_DESK, CustodyKey.open, CustodyKey.rewrap),
    Place(
        CHANNELS,
        OnCallChannel,
        "sealed",
        DESK_TO_DESK,
        destination.opened,
        destination.rewrap,
        has_case=False,
    ),
)
IN_CASES = tuple(place for place in PLACES if place.has_case)
ALONE = tuple(place for place in PLACES if not place.has_case)


def older(audience: str) -> list[Pair]:
    """Return the pairs of ``audience`` at this desk that seal nothing new."""
    return [pair for pair in pairs.of(audience) if not pair.is_current]


def needing(key_id: str) -> dict[Text, int]:
    """Return how many rows of each place need the pair with this id; empty if nothing does."""
    counts = {place.what: place.needing([key_id]).count() for place in PLACES}
    return {what: count for what, count in counts.items() if count}


def waiting(key_ids: list[str]) -> QuerySet[Case]:
    """Return the cases in which something names one of these pairs, in order."""
    named = reduce(or_, (Q(pk__in=place.case_ids(key_ids)) for place in IN_CASES))
    return Case.objects.filter(named).order_by("pk")


def waiting_count(key_ids: list[str]) -> int:
    """Return how many cases, and rows without a case, name one of these pairs."""
    return waiting(key_ids).count() + sum(place.needing(key_ids).count() for place in ALONE)


def rewrap_all(audience: str) -> Iterator[tuple[Where, Counter]]:
    """Wrap again what names an older pair of ``audience``; yield each case, or row without one, and what was done.

    Goes on until a round changes nothing, because a public node may seal for the older pair in the meantime.
    """
    key_ids = [pair.key_id for pair in older(audience) if pair.has_private]
    done = bool(key_ids)
    while done:
        done = False
        for case_id in _in_order(key_ids):
            counts = rewrap_case(case_id, key_ids)
            done = done or bool(counts[DONE])
            yield case_id, counts
        for place in ALONE:
            for pk in list(place.needing(key_ids).order_by("pk").values_list("pk", flat=True)):
                counts = rewrap_row(place, pk, key_ids)
                done = done or bool(counts[DONE])
                yield (place.what, pk), counts


def rewrap_case(case_id: UUID, key_ids: list[str]) -> Counter:
    """Wrap again what names one of these pairs in one case; return what was done with how many wraps."""
    counts: Counter = Counter()
    with transaction.atomic():
        case = Case.objects.for_update().filter(pk=case_id).first()
        if case is None:
            return counts
        before, replaced = fingerprints.of(case), set(fingerprints.replaced(case))
        columns = set()
        for place in IN_CASES:
            for row in place.rows_of(case, key_ids):
                result = DIFFERENT if place.part in replaced else _rewrap(place, row)
                counts[result] += 1
                if result == DONE and row is case:
                    columns |= {place.value, *place.ids}
        if counts[DONE]:
            facts = fingerprints.changed_since(before, case)
            audit.append(case, ROTATED, wraps=counts[DONE], **facts)
            case.save(update_fields=(*audit.HEAD, *columns))
    return counts


def rewrap_row(place: Place, pk: int, key_ids: list[str]) -> Counter:
    """Wrap again one row without a case, if it still names one of these pairs; return what was done."""
    with transaction.atomic():
        row = place.needing(key_ids).select_for_update(of=("self",)).filter(pk=pk).first()
        return Counter() if row is None else Counter([_rewrap(place, row)])


def sample(key_id: str) -> list[tuple[Place, Any]]:
    """Return a few rows of each place that name this pair, at random: the place and the primary key."""
    rows = ((place, place.needing([key_id]).order_by("?")[:SAMPLE_SIZE]) for place in PLACES)
    return [(place, pk) for place, found in rows for pk in found.values_list("pk", flat=True)]


def tried(place: Place, pk: Any) -> Text:
    """Open one row; return DONE, UNREADABLE or ELSEWHERE."""
    return _tried(place.open, place.model._default_manager.get(pk=pk))


def _in_order(key_ids: list[str]) -> Iterator[UUID]:
    cases = waiting(key_ids).values_list("pk", flat=True)
    batch = list(cases[:BATCH_SIZE])
    while batch:
        yield from batch
        batch = list(cases.filter(pk__gt=batch[-1])[:BATCH_SIZE])


def _rewrap(place: Place, row: Model) -> Text:
    result = _tried(place.rewrap, row)
    if result == DONE and not isinstance(row, Case):
        row.save(update_fields=[place.value, *place.ids])
    return result


def _tried(function: Callable[[Any], object], row: Model) -> Text:
    try:
        function(row)
    except KeyMissingError:
        return ELSEWHERE
    except (UnreadableError, ErasedError, TypeError):
        return UNREADABLE
    return DONE
