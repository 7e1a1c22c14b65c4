"""Who may take the sensitive actions, written by hand from docs/moderators.md and the safety rules.

The tables of the code say nothing here: a condition that was widened by mistake fails this test.
"""

import pytest

from reports.cases.lifecycle import STAFF_ACTIONS, perform
from reports.triage import rights
from reports.triage.who_may import WHO, Who
from tests.database import undone
from tests.reports.actions import refused
from tests.reports.triage.stage import Stage

pytestmark = pytest.mark.django_db
ROLES = ["triage", "moderator", "child-safety", "supervisor", "outside-lead", "auditor", "administrator", "superuser"]
HANDLERS, LEAD, CHILD_SAFETY, NOBODY = (
    {"moderator", "child-safety", "supervisor"},
    {"supervisor"},
    {"child-safety"},
    set(),
)
# Of people who neither hold the case nor began the action: those who may take it.
OTHERS = {
    "recuse": HANDLERS,
    "exclude": LEAD,
    "hold": LEAD,
    "lift_hold": LEAD,
    "confirm_link": LEAD,
    "restrict": LEAD,
    "lock": LEAD,
    "unfreeze": LEAD,
    "approve_erasure": CHILD_SAFETY,  # of a child (H7)
    "confirm_child": CHILD_SAFETY,
    "ask_lift": CHILD_SAFETY,
    "lift_restriction": CHILD_SAFETY,
    "allow_files": CHILD_SAFETY,
    "destroy_files": NOBODY,  # only the lead who is named (K7)
    "ask_take_out": NOBODY,
    "agree_take_out": CHILD_SAFETY,
    "refuse_take_out": CHILD_SAFETY,
    "revoke_take_out": CHILD_SAFETY,
    "hand_to_police": NOBODY,
    "correct_hand_over": NOBODY,
    "note_misuse": LEAD,
    "confirm_misuse": LEAD,
    "take_back_misuse": LEAD,
    "resolve_without_message": NOBODY,
    "reply": NOBODY,
    "decline": LEAD,
}


@pytest.fixture
def may(person):
    """``may(case, action)``: the roles of which a new person may take the action."""

    def ask(case, action: str) -> set[str]:
        found = set()
        for role in ROLES:
            with undone():
                if refused(case, action, person(role, f"new-{role}")) is None:
                    found.add(role)
        return found

    return ask


@pytest.mark.sampled(4)
@pytest.mark.parametrize("action", OTHERS)
def test_sensitive_action_is_open_to_these_roles_only(report, person, may, action):
    case, _who = getattr(Stage(report, person), action)()
    assert may(case, action) == OTHERS[action]


def test_table_of_rights_names_these_people():
    """The table in docs/moderators.md and the handbook agree with the one above, which the test before tries out."""
    named = {
        **dict.fromkeys(Who, HANDLERS),
        **dict.fromkeys((Who.HANDLER, Who.SENDER, Who.OFFERED, Who.NAMED_LEAD), NOBODY),
        **dict.fromkeys((Who.HANDLER_OR_LEAD, Who.LEAD, Who.OFFER, Who.NOTER, Who.SECOND_LEAD), LEAD),
        **dict.fromkeys((Who.CHILD_SAFETY, Who.SECOND_CHILD_SAFETY), CHILD_SAFETY),
        Who.WHO_ERASES: LEAD | CHILD_SAFETY,
    }
    assert WHO.keys() == STAFF_ACTIONS.keys()
    assert [action for action, roles in OTHERS.items() if not roles <= named[WHO[action]]] == []
    assert [action for action, roles in OTHERS.items() if bool(roles) != bool(named[WHO[action]])] == []
    labels = rights.of_role("moderator").actions
    assert STAFF_ACTIONS["destroy_files"].label not in labels
    assert STAFF_ACTIONS["reply"].label in labels


@pytest.mark.sampled(3)
@pytest.mark.safety("H25")
@pytest.mark.parametrize("action", ["hold", "exclude", "recuse", "note", "set_tier", "lock", "restrict"])
def test_withheld_case_is_open_to_the_independent_lead_only(file, person, may, action):
    case = file(staff_conflict="yes").case
    perform(case, "claim", by=person("outside-lead", "holder"))
    assert may(case, action) <= {"outside-lead"}


@pytest.mark.safety("H7")
def test_person_who_began_it_is_not_the_second_one(report, person):
    stage = Stage(report, person)
    case, second = stage.lift_restriction()
    first = case.lift_requested_by
    assert refused(case, "lift_restriction", first)
    assert refused(case, "lift_restriction", second) is None
