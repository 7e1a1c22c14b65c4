"""Rare and grave actions through their pages: reached, refused without a reason, done by one press and recorded."""

import pytest
from django.urls import reverse

from reports.cases.lifecycle import STAFF_ACTIONS
from reports.models import Case
from tests.reports.actions import HANDED
from tests.reports.triage.desk_pages import act
from tests.reports.triage.stage import WHY, Stage

pytestmark = pytest.mark.django_db


# What each page sends besides the version, and what is then true of the case.
SENT = {
    "recuse": ({}, lambda case: case.handler is None and case.recusals.exists()),
    "route": ({"team": "barat"}, lambda case: case.team_id == "barat"),
    "confirm_link": (WHY, lambda case: "cluster" in case.reasons),
    "unlink": (WHY, lambda case: case.lead_case is None),
    "hold": (WHY, lambda case: case.hold),
    "lift_hold": (WHY, lambda case: not case.hold),
    "restrict": (WHY, lambda case: case.restricted),
    "unfreeze": (WHY, lambda case: case.frozen_at is None),
    "approve_erasure": (WHY, lambda case: case.erasure_approved),
    "allow_files": (WHY, lambda case: case.files_reviewed_at),
    "confirm_child": (WHY, lambda case: case.child_confirmed_at),
    "ask_lift": (WHY, lambda case: case.lift_requested_by),
    "lift_restriction": (WHY, lambda case: not case.restricted),
    "note_misuse": (WHY, lambda case: case.misuse_noted_by),
    "confirm_misuse": (WHY, lambda case: case.misuse_confirmed_at),
    "take_back_misuse": ({}, lambda case: case.misuse_noted_by is None),
    "decline": ({}, lambda case: case.offered_to is None),
    "destroy_files": (WHY, lambda case: not case.evidence.exists()),
    "ask_take_out": (WHY, lambda case: case.police_hand_overs.exists()),
    "agree_take_out": (WHY, lambda case: case.police_hand_overs.get().agreed_by),
    "refuse_take_out": (WHY, lambda case: case.police_hand_overs.get().refused_by),
    "revoke_take_out": (WHY, lambda case: case.police_hand_overs.get().refused_by),
    "hand_to_police": (HANDED, lambda case: case.police_hand_overs.get().handed_on),
    "correct_hand_over": (HANDED, lambda case: case.police_hand_overs.last().corrects),
    "resolve_without_message": (WHY, lambda case: case.state == "resolved"),
}


@pytest.fixture
def ready(report, person, client):
    """``ready(action)``: a case on which the signed-in person may take the action, the person, and its page."""

    def bring(action: str):
        case, who = getattr(Stage(report, person), action)()
        client.force_login(who)
        return case, who, reverse("admin:reports_case_act", args=[case.reference, action])

    return bring


@pytest.mark.sampled(5)
@pytest.mark.parametrize("action", SENT)
def test_action_is_done_through_its_page_and_recorded(ready, client, action):
    case, who, page = ready(action)
    sent, is_done = SENT[action]
    if action != "decline":  # on the page of the case
        assert f'action="{page}"' in client.get(page).text
    assert act(client, case, action, **sent).status_code == 302
    assert is_done(Case.objects.get(pk=case.pk))
    assert case.events.get(action=action).by == who


@pytest.mark.parametrize("action", ["restrict", "hold", "lift_hold"])
def test_page_says_what_the_action_does(ready, client, action):
    _case, _who, page = ready(action)
    assert f'id="{action}-reason_helptext"' in client.get(page).text


@pytest.mark.sampled(3)
@pytest.mark.parametrize("action", [name for name, (sent, _is_done) in SENT.items() if sent is WHY])
def test_action_without_its_reason_is_refused_beside_the_field(ready, client, action):
    case, _who, _page = ready(action)
    answer = act(client, case, action, reason=" ")
    assert (answer.status_code, f'id="{action}-reason_error"' in answer.text) == (422, True)
    assert not case.events.filter(action=action).exists()


@pytest.mark.sampled(3)
@pytest.mark.parametrize("action", SENT)
def test_action_is_closed_to_those_who_sort_or_audit(ready, client, person, action):
    case, _who, _page = ready(action)
    for role in ("triage", "auditor", "administrator"):
        client.force_login(person(role, f"{role}-other"))
        allowed = STAFF_ACTIONS[action].permission == "reports.sort_case" and role == "triage"
        assert act(client, case, action, **SENT[action][0]).status_code in ({302, 409} if allowed else {403, 404})
    assert allowed or not case.events.filter(action=action).exists()
