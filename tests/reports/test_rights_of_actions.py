"""Who may take each action, on each kind of case, in each state: the code against rights.toml, written by hand.

Each case comes to where its action is possible by what people do (``ways``). Then state, holder and kind of its row are
set by hand, also to what does not happen: the conditions must hold there as well.
"""

import tomllib
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from itertools import product
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from reports.cases import custody
from reports.cases.lifecycle import ACTIONS, STAFF_ACTIONS, allowed, perform
from reports.models import Case, CustodyKey, DataRequest, PoliceHandOver, Referral
from reports.models.undo import Undo
from tests.database import undone
from tests.reports.desk_machine import ROLES as STAFF
from tests.reports.desk_machine import Desk
from tests.reports.ways import WAYS, new_case

pytestmark = pytest.mark.django_db
TABLE = tomllib.loads(Path(__file__).with_name("rights.toml").read_text())
RIGHTS, OTHERS = TABLE["staff"], TABLE["others"]
ROLES = ("triage", "moderator", "child-safety", "supervisor", "outside-lead", "auditor", "administrator", "superuser")
KINDS = ("ordinary", "restricted", "withheld")
GROUPS = {
    "sorters": ({"triage", "moderator", "child-safety", "supervisor"}, {"child-safety"}, {"outside-lead"}),
    "handlers": ({"moderator", "child-safety", "supervisor"}, {"child-safety"}, {"outside-lead"}),
    "leads": ({"supervisor"}, {"child-safety"}, {"outside-lead"}),
    "child safety": ({"child-safety"}, {"child-safety"}, {"outside-lead"}),
}
STATES = {
    "R": "received",
    "T": "triage",
    "Q": "quarantined",
    "P": "in_progress",
    "W": "waiting_reporter",
    "E": "escalated",
    "F": "referred",
    "D": "resolved",
    "C": "closed",
    "X": "withdrawn",
}
WORDS = {"open": "R T Q P W E F", "live": "R T Q P W E F D C", "any": "R T Q P W E F D C X"}
HELD, HELD_BY_A_COLLEAGUE = set("PWEF"), set("PWF")
# What a case may be besides its kind and state.
CASES = {
    "P0": {"tier": 0},
    "P1": {"tier": 1},
    "minor": {"age_band": "13_15"},
    "unknown age": {"age_band": "unknown"},
    "adult": {"age_band": "adult", "tier": 2},
    "paused": {"age_band": "adult", "tier": 2},  # and a stop that holds
    "asked about data": {},  # and nobody has answered
    "passing on undecided": {"refer_due_at": "now"},
    "unread words": {"unread_reply": True},
    "hold": {"hold": True},
    "frozen": {"frozen_at": "now"},
    "unreachable": {"unreachable": True},
    "another person": {"other_due_at": "now"},
    "somebody else named": {},
}


def words(line: dict, name: str) -> set[str]:
    return {word.strip() for word in line.get(name, "").split(",")} - {""}


def expected(action: str, kind: str, standing: str, state: str, case: str = "") -> set[str]:
    """The roles of which somebody with this standing may take the action, by the table alone."""
    lines, found = RIGHTS[action], set()
    if case and any(case in words(line, "never") for line in lines):
        return found
    special = [line for line in lines if case in words(line, "case")] if case else []
    for line in special or [line for line in lines if "case" not in line and "states" in line]:
        states = WORDS.get(line["states"], line["states"]).split()
        if state in states and kind in (words(line, "kinds") or KINDS) and standing in line:
            found |= GROUPS[line[standing]][KINDS.index(kind)]
    return found


@pytest.fixture
def desk(categories, person, clock, in_demo, remembered):
    """``desk(action)``: a case on which somebody may take the action, as ``Desk.case``."""
    call_command("demo_agency", stdout=StringIO())
    role_of = {person(role): role for role in STAFF}
    role_of |= {person(role, f"second-{role}"): role for role in ("moderator", "child-safety", "outside-lead")}

    def ready(action: str) -> Desk:
        kinds = {"kind": WAYS[action][0], "role_of": role_of, "clock": staticmethod(clock)}
        machine = type("Ready", (Desk,), kinds)()
        machine.come_before(action)
        return machine

    return ready


@pytest.fixture
def people(person):
    """Somebody of each role, who has nothing to do with the case."""
    return {role: person(role, f"new-{role}") for role in ROLES}


def become(case: Case, kind: str) -> None:
    """Make every case one of this kind."""
    flags = {"ordinary": {"restricted": False, "withheld": False}, "restricted": {"restricted": True}}
    audience = "desk" if kind == "ordinary" else "child_safety"
    Case.objects.update(**flags.get(kind, {"withheld": True}), staff_audience=audience)


def name_in(case: Case, who) -> None:
    """Let the case name this person wherever an action asks for the one that it names."""
    Case.objects.filter(pk=case.pk).update(offered_to=who, misuse_noted_by=who if case.misuse_noted_by else None)
    Undo.objects.filter(case=case).update(by=who)
    if case.suspected_material_at:
        lead = custody.name(who, who, for_withheld=case.withheld)
        CustodyKey.objects.filter(case=case).update(lead=lead)
        PoliceHandOver.objects.filter(case=case).update(asked_by=who)


def set_row(case: Case, state: str, holder=None, **more) -> Case:
    """The case in this state, with this holder."""
    until = timezone.now() + timedelta(minutes=20) if holder else None
    clock = case.next_action_at or timezone.now() + timedelta(days=1)  # an open case has one, a resolved one has not
    columns = {"state": STATES[state], "handler": holder, "lease_until": until, "next_action_at": clock, **more}
    Case.objects.filter(pk=case.pk).update(**columns)
    return Case.objects.get(pk=case.pk)


def may(case: Case, action: str, who) -> bool:
    """Whether the desk lets this person take the action now."""
    found = Case.objects.visible_to(who).filter(pk=case.pk).first()
    row = STAFF_ACTIONS[action]
    return found is not None and (row.refusal(found, who) is None if row.own_page else action in allowed(found, who))


def standings(action: str) -> list[str]:
    named = any("named" in line for line in RIGHTS[action])
    return ["other", "holder", "named"] if named else ["other", "holder"]


def wrong(case: Case, action: str, kind: str, people: dict, colleague, aspect: str = "") -> Iterator[tuple]:
    """Every state, standing and role in which the desk and the table differ."""
    more = {name: timezone.now() if value == "now" else value for name, value in CASES.get(aspect, {}).items()}
    for state, standing in product(STATES, standings(action)):
        if (standing == "holder" and state not in HELD) or (standing == "named" and aspect == "somebody else named"):
            continue
        found, row = set(), None
        for role, who in people.items():
            if row is None or standing == "holder":  # else it is the same row for everybody
                row = set_row(case, state, holder(standing, state, who, colleague), **more)
            if may_as(standing, row, action, who):
                found.add(role)
        right = expected(action, kind, standing, state, aspect)
        if standing == "holder":  # nobody else ever holds a case of this kind
            found &= GROUPS["handlers"][KINDS.index(kind)]
        if found != right:
            yield state, standing, kind, aspect, found ^ right


def holder(standing: str, state: str, who, colleague):
    """Who holds the case: the person, a colleague, or nobody."""
    return who if standing == "holder" else colleague if state in HELD_BY_A_COLLEAGUE else None


def may_as(standing: str, case: Case, action: str, who) -> bool:
    """Whether the person may, as the one whom the case names where that is the standing."""
    if standing != "named":
        return may(case, action, who)
    with undone():
        name_in(case, who)
        return may(case, action, who)


def possible_kinds(action: str) -> list[str]:
    never = set().union(*(words(line, "never_kinds") for line in RIGHTS[action]))
    return [kind for kind in KINDS if kind not in never]


def test_table_names_every_action():
    assert RIGHTS.keys() == STAFF_ACTIONS.keys()
    assert {*OTHERS["reporter"], *OTHERS["time"]} == ACTIONS.keys() - STAFF_ACTIONS.keys()


@pytest.mark.sampled(7, never_last=TABLE["grave"])
@pytest.mark.parametrize("action", RIGHTS)
def test_rights_of_every_role_state_and_kind_of_case(desk, people, person, action):
    case, faults, colleague = desk(action).case, [], person("moderator", "colleague")
    for kind in possible_kinds(action):
        with undone():
            become(case, kind)
            faults += wrong(case, action, kind, people, colleague)
    assert faults == []


@pytest.mark.sampled(7, never_last=TABLE["grave"])
@pytest.mark.parametrize("action", RIGHTS)
def test_what_a_case_is_refuses_the_action_or_not(desk, people, person, action):
    """Urgent, of a minor, paused, on hold and so on: nobody may, or the same people as else."""
    case, faults, colleague = desk(action).case, [], person("moderator", "colleague")
    kind = possible_kinds(action)[0] if "ordinary" not in possible_kinds(action) else "ordinary"
    for aspect in CASES:
        with undone():
            become(case, kind)
            if aspect in ("paused", "asked about data"):
                ask_about_data(case, aspect)
            if aspect == "somebody else named":
                custody.name(person("child-safety", "another"), colleague, for_withheld=False)
            faults += wrong(case, action, kind, people, colleague, aspect)
    assert faults == []


def ask_about_data(case: Case, aspect: str) -> None:
    """The reporter paused the report, which needs no answer, or asks for something that does."""
    now, kinds = timezone.now(), DataRequest.Kind
    if aspect == "paused":
        given = {"kind": kinds.STOP, "answer": DataRequest.Answer.DONE, "answered_at": now}
    else:
        given = {"kind": kinds.ACCESS}
    DataRequest.objects.create(case=case, due_at=now, **given)


# How each first step is set by hand. Those of locked files are not: the second test below takes them.
FIRST_STEP = {
    "resolved_by": lambda case, who: Case.objects.filter(pk=case.pk).update(resolved_by=who, tier=0),
    "lift_requested_by": lambda case, who: Case.objects.filter(pk=case.pk).update(lift_requested_by=who),
    "misuse_noted_by": lambda case, who: Case.objects.filter(pk=case.pk).update(misuse_noted_by=who),
    "prepared_by": lambda case, who: Referral.objects.filter(case=case).update(prepared_by=who),
}
SECOND = {name: line["second"] for name, lines in RIGHTS.items() for line in lines if "second" in line}
OF_LOCKED_FILES = [action for action, first in SECOND.items() if first not in FIRST_STEP]


@pytest.mark.parametrize("action", [action for action in SECOND if action not in OF_LOCKED_FILES])
def test_person_of_the_first_step_does_not_take_the_second(desk, person, action):
    case = desk(action).case
    role = "supervisor" if not case.restricted else "child-safety"
    first, second = person(role, "first"), person(role, "second")
    FIRST_STEP[SECOND[action]](case, first)
    case = Case.objects.get(pk=case.pk)
    assert (may(case, action, first), may(case, action, second)) == (False, True)


@pytest.mark.parametrize("action", OF_LOCKED_FILES)
def test_second_step_with_locked_files_is_taken_by_another_lead(categories, in_demo, person, action):
    """No row is set by hand here (H31): the named lead locks the file and asks for it."""
    lead, second = person("child-safety", "lead"), person("child-safety", "second")
    custody.name(lead, person("administrator"), for_withheld=False)
    case = perform(new_case("picture"), "claim", by=lead)
    case = perform(perform(case, "lock", by=lead, reason="Berkas."), "ask_take_out", by=lead, reason="Polisi.")
    assert (may(case, action, lead), may(case, action, second)) == (False, True)


@pytest.mark.parametrize("name", [*OTHERS["reporter"], *OTHERS["time"]])
def test_nobody_at_the_desk_acts_for_the_reporter_or_time(filed, people, client, name):
    for role in ("moderator", "supervisor", "triage"):
        client.force_login(people[role])
        address = reverse("admin:reports_case_act", args=[filed.case.reference, name])
        assert client.post(address, {"version": filed.case.version}).status_code == 404
    assert not filed.case.events.filter(action=name).exists()
