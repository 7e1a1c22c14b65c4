"""The list "Waits for a second person" of the page "My work": every decision that a first person has prepared.

Each row is a link to the place of the decision and names the kind of decision, the reference and the tier: nothing of
the report. Nobody reads of a decision that they prepared. It is read within the query of all counts of that page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from safetycenter.hints import Text
from safetycenter.roles import Account, has_role_permission

from ..cases import custody, second_look
from ..cases.case_action import HANDLE
from ..models.case import Case
from ..models.case_queryset import CaseQuerySet
from ..models.custody import PoliceHandOver
from ..models.evidence import Evidence
from ..models.recusal import Recusal
from ..staffing import demands
from .refer_list import to_approve

LISTED = 3  # of each kind
CASE = {"ref": "reference", "tier": "tier"}
OF_CASE = {"ref": "case__reference", "tier": "case__tier"}


@dataclass(frozen=True)
class Kind:
    """A kind of decision: its name, what waits as a function ``(visible cases, user)``, and where it is decided.

    ``facts`` are read of each row, by name: ``ref`` and ``tier`` of a case, ``at`` for since when, ``pk``.
    """

    label: Text
    waiting: Callable[[CaseQuerySet, Account], QuerySet]
    facts: dict[str, str]
    place: Callable[[dict], str]
    all_of_them: Callable[[], str] | None = None  # the address of the whole list, if there is one


@dataclass(frozen=True)
class Decision:
    """One row of the list. ``case`` is None where the decision concerns no case, or one that must stay unknown."""

    label: Text
    address: str
    case: Case | None
    since: datetime | None


def _page(ref: str, action: str = "") -> str:
    """Return the address of a case page, or of the page of one of its rare actions."""
    if action:
        return reverse("admin:reports_case_act", args=[ref, action])
    return reverse("admin:reports_case_page", args=[ref])


def _view(name: str) -> str:
    return f"{reverse('admin:reports_case_changelist')}?show={name}"


def _restrictions_to_lift(cases: CaseQuerySet, user: Account) -> CaseQuerySet:
    """Return the cases for which somebody else of child safety asked to lift the restriction."""
    asked = cases.filter(restricted=True, lift_requested_by__isnull=False).exclude(lift_requested_by=user)
    return asked.filter(suspected_material_at=None, child_confirmed_at=None).led_by(user).by_urgency()


def _locked_files(cases: CaseQuerySet, user: Account) -> CaseQuerySet:
    """Return the cases with locked files about which ``user`` decides: ``file_guards.may_destroy`` (safety rule K7)."""
    named = custody.current_leads().filter(for_withheld=OuterRef("withheld"))
    has_left = Exists(Recusal.objects.filter(case=OuterRef(OuterRef("pk")), person=OuterRef("person")))
    user_decides = Q(person=user.pk) | Q(person=OuterRef("locked_by"))
    somebody_else = Exists(named.exclude(~has_left & user_decides))
    locked = cases.filter(Exists(Evidence.objects.filter(case=OuterRef("pk"))), suspected_material_at__isnull=False)
    return locked.exclude(locked_by=user).exclude(somebody_else).led_by(user).by_urgency()


def _to_take_out(cases: CaseQuerySet, user: Account) -> CaseQuerySet:
    """Return the cases of which the named lead asked to take locked files out: ``police_guards.may_agree`` (K7)."""
    named = custody.current_leads().filter(for_withheld=OuterRef(OuterRef("withheld")), person=OuterRef("asked_by"))
    has_left = Recusal.objects.filter(case=OuterRef("case"), person=OuterRef("asked_by"))
    asked = PoliceHandOver.objects.filter(~Exists(has_left), Exists(named), case=OuterRef("pk"), agreed_at=None)
    waiting = asked.filter(recorded_at=None, refused_at=None).exclude(asked_by=user.pk)
    return cases.filter(Exists(waiting), suspected_material_at__isnull=False).led_by(user).by_urgency()


# Every kind of decision of two people, in the order of the list.
KINDS = {
    "second": Kind(
        _("Close a resolved case"),
        lambda cases, user: cases.awaiting_second_person(user).by_urgency(),
        CASE | {"at": "resolved_at"},
        lambda row: f"{_page(row['ref'])}#close",
        lambda: _view("second"),
    ),
    "files": Kind(
        _("Decide about locked files"),
        _locked_files,
        CASE | {"at": "suspected_material_at"},
        lambda row: _page(row["ref"], "destroy_files"),
    ),
    "take_out": Kind(
        _("Agree that locked files go to the police, or not"),
        _to_take_out,
        CASE,
        lambda row: _page(row["ref"], "agree_take_out"),
    ),
    "approve": Kind(
        _("Approve a package for an agency"),
        to_approve,
        OF_CASE | {"at": "prepared_at"},
        lambda row: reverse("admin:reports_case_refer", args=[row["ref"]]),
        lambda: reverse("admin:reports_case_refer_list"),
    ),
    "lift": Kind(
        _("Lift the restriction to child safety, or not"),
        _restrictions_to_lift,
        CASE,
        lambda row: _page(row["ref"], "lift_restriction"),
    ),
    "misuse": Kind(
        _("Confirm possible misuse of the form, or not"),
        lambda cases, user: cases.misuse_to_confirm(user).by_urgency(),
        CASE,
        lambda row: _page(row["ref"], "confirm_misuse"),
        lambda: _view("misuse"),
    ),
    "demands": Kind(
        _("Confirm the decision about a demand of an authority"),
        lambda _cases, user: demands.to_confirm(user).order_by("decided_at"),
        {"pk": "pk", "at": "decided_at"},
        lambda row: reverse("admin:reports_demand_change", args=[row["pk"]]),
        lambda: reverse("admin:reports_demand_changelist"),
    ),
    # The person does not know beforehand which case it is.
    "second_looks": Kind(
        _("Make a second look without knowing the first decision"),
        lambda _cases, user: second_look.waiting_for(user),
        {"at": "drawn_at"},
        lambda _row: reverse("admin:reports_case_second_looks"),
        lambda: reverse("admin:reports_case_second_looks"),
    ),
}


def expressions(cases: CaseQuerySet, user: Account) -> dict[str, Any]:
    """Return what to read besides the counts: the first rows of each kind that wait for ``user`` among ``cases``."""
    if not has_role_permission(user, HANDLE):
        return {}
    found: dict[str, Any] = {}
    for name, kind in KINDS.items():
        rows = kind.waiting(cases, user).values(facts=JSONObject(**{key: F(path) for key, path in kind.facts.items()}))
        listed = 1 if name == "second_looks" else LISTED
        found |= {f"second_{name}{place}": Subquery(rows[place : place + 1]) for place in range(listed)}
    return found


def decisions(found: dict[str, Any]) -> list[Decision]:
    """Return the rows from what ``expressions`` found, which is taken out of ``found``."""
    listed = []
    for name, kind in KINDS.items():
        rows = [found.pop(f"second_{name}{place}", None) for place in range(LISTED)]
        listed += [_decision(kind, row) for row in rows if row]
    return listed


def longer_lists(counts: dict[str, int]) -> list[tuple[Text, str, int]]:
    """Return the name, the address and the number of those kinds of which more wait than are listed."""
    more = [(KINDS[name], count) for name, count in counts.items() if name in KINDS and count > LISTED]
    return [(kind.label, kind.all_of_them(), count) for kind, count in more if kind.all_of_them]


def _decision(kind: Kind, row: dict) -> Decision:
    at = parse_datetime(row["at"]) if row.get("at") else None
    at = at.replace(tzinfo=UTC) if at and at.tzinfo is None else at  # SQLite writes a time in UTC without saying so
    case = Case(reference=row["ref"], tier=row["tier"]) if "ref" in row else None
    return Decision(kind.label, kind.place(row), case, at)
