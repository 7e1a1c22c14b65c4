"""Who is named for the locked files of a case and has their keys, and their hand-overs to the police (safety rule K7).

The case page reads both in the query of the case (``with_custody``), so that it needs no further one.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime

from ..models.bounded_count import JsonRows
from ..models.case import Case
from ..models.case_queryset import CaseQuerySet
from ..models.custody import CustodyKey, PoliceHandOver
from ..models.event import Event
from ..models.recusal import Recusal
from . import custody

MOST_LISTED = 50  # hand-overs of one case; a request is one too
PEOPLE = ("asked_by", "agreed_by", "refused_by")
TIMES = ("asked_at", "agreed_at", "refused_at", "recorded_at")
PLAIN = ("pk", "agency", "receipt_number", "files", "corrects_id")
TAKEN = "locked_file_taken"  # the event of a sealed file, or its key, that was taken out


@dataclass(frozen=True)
class Standing:
    """Who is named for the locked files of a case: the id and name of nobody, or of somebody and what they have.

    ``has_conflict``: the person named has left the case or was excluded from it. ``has_keys``: there is a key with
    them; ``some_elsewhere``: there is one that is not.
    """

    named: int | None = None
    name: str = ""
    has_conflict: bool = False
    has_keys: bool = False
    some_elsewhere: bool = False

    @property
    def lead(self) -> int | None:
        """The id of the person named, without a conflict of interest."""
        return None if self.has_conflict else self.named


def with_custody(cases: CaseQuerySet) -> CaseQuerySet:
    """Return ``cases``, each with what ``standing`` and ``hand_overs`` say of it."""
    return cases.annotate(custody_facts=Subquery(_named()), hand_over_facts=_listed())


def standing(case: Case) -> Standing:
    """Return it, read once for each object of a case: several actions on one page ask.

    ``perform`` finds the case again.
    """
    if "custody_facts" not in vars(case):
        vars(case)["custody_facts"] = Case.objects.filter(pk=case.pk).values_list(Subquery(_named()), flat=True).first()
    return Standing(**(vars(case)["custody_facts"] or {}))


def hand_overs(case: Case) -> list[PoliceHandOver]:
    """Return the requests and hand-overs of a case, the oldest first; read once for each object of a case."""
    if "hand_overs" not in vars(case):
        known = vars(case).get("hand_over_facts")
        rows = case.police_hand_overs.select_related(*PEOPLE, "correction")
        vars(case)["hand_overs"] = list(rows) if known is None else [_row(case, facts) for facts in reversed(known)]
    return vars(case)["hand_overs"]


def _named() -> Any:
    """Return the facts of ``Standing`` about each case of an outer query."""
    held = CustodyKey.objects.filter(case=OuterRef(OuterRef("pk")))
    left = Recusal.objects.filter(case=OuterRef(OuterRef("pk")), person=OuterRef("person"))
    named = custody.current_leads().filter(for_withheld=OuterRef("withheld"))
    facts = {
        "named": F("person"),
        "name": F("person__username"),
        "has_conflict": Exists(left),
        "has_keys": Exists(held.filter(lead=OuterRef("pk"))),
        "some_elsewhere": Exists(held.exclude(lead=OuterRef("pk"))),
    }
    return named.order_by().values(facts=JSONObject(**facts))[:1]


def _listed() -> JsonRows:
    rows = PoliceHandOver.objects.filter(case=OuterRef("pk")).order_by("-pk")
    facts: dict[str, Any] = {name: F(name) for name in (*PLAIN, *TIMES, *PEOPLE, "handed_on")}
    facts |= {f"{name}_name": F(f"{name}__username") for name in PEOPLE}
    facts["was_corrected"] = Exists(PoliceHandOver.objects.filter(corrects=OuterRef("pk")))
    taken = Event.objects.filter(case=OuterRef("case"), by=OuterRef("asked_by"), action=TAKEN)
    facts["was_taken"] = Exists(taken.filter(at__gte=OuterRef("agreed_at")))
    return JsonRows(rows, facts, MOST_LISTED)


def _row(case: Case, facts: dict) -> PoliceHandOver:
    """Return the row as ``facts`` of ``_listed`` say. It is for pages: what is saved is read from the database."""
    row = PoliceHandOver(case=case, **{name: facts[name] for name in PLAIN})
    for name in TIMES:
        setattr(row, name, _time(facts[name]))
    for name in PEOPLE:
        setattr(row, name, User(pk=facts[name], username=facts[f"{name}_name"]) if facts[name] else None)
    row.handed_on = date.fromisoformat(facts["handed_on"]) if facts["handed_on"] else None
    row.was_corrected, row.was_taken = bool(facts["was_corrected"]), bool(facts["was_taken"])
    return row


def _time(value: str | None) -> datetime | None:
    at = parse_datetime(value) if value else None
    return at.replace(tzinfo=UTC) if at and at.tzinfo is None else at  # SQLite writes a time in UTC without saying so
