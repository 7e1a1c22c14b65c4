"""One table, one door: who may do what in which state, and what it leaves behind."""

import pytest

from reports import audit, lifecycle
from reports.lifecycle import ACTIONS, NotAllowed, Stale, perform
from reports.models import Case, Event
from reports.models.case import State

pytestmark = pytest.mark.django_db
DETAILS = {
    "reply": {"text": "Terima kasih."},
    "ask": {"text": "Kapan?"},
    "note": {"text": "Catatan."},
    "close": {"outcome": "spam"},
    "hold": {"reason": "Alasan."},
    "lift_hold": {"reason": "Alasan."},
    "withdraw": {"pressed": "no"},
}
ROLES = ["triage", "moderator", "child-safety", "supervisor", "auditor", "editor"]


def in_state(case: Case, state: str, handler=None) -> Case:
    Case.objects.filter(pk=case.pk).update(state=state, handler=handler)
    case.refresh_from_db()
    return case


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", lifecycle.STAFF_ACTIONS)
def test_a_staff_action_needs_its_permission_and_its_state(file, person, name, role):
    """Every state × action × role: it happens exactly where table, condition and access say so."""
    by = person(role)
    for state in State.values:
        case = in_state(file().case, state, handler=by if state in lifecycle.WORKED_ON else None)
        may = (
            by.has_perm(ACTIONS[name].permission)
            and state in ACTIONS[name].sources
            and state != State.PURGED
            and Case.objects.visible_to(by).filter(pk=case.pk).exists()
            and not (ACTIONS[name].condition and ACTIONS[name].condition(case, by))
        )
        before = case.events_count
        refusal = refused(case, name, by)
        case.refresh_from_db()
        assert (refusal is None) == may, (state, name, role)
        assert refusal is None or refusal.endswith(".")
        assert case.events_count == before + (1 if may else 0)


def refused(case: Case, name: str, by) -> str | None:
    """The sentence that refuses an action; None when it happened."""
    try:
        perform(case, name, by=by, **DETAILS.get(name, {}))
    except NotAllowed as refusal:
        return str(refusal)
    return None


def test_taking_a_case_gives_it_to_one_person(filed, moderator, person):
    perform(filed.case, "claim", by=moderator)
    with pytest.raises(NotAllowed):
        perform(filed.case, "claim", by=person("moderator", "another"))
    case = Case.objects.get(pk=filed.case.pk)
    assert (case.handler, case.state) == (moderator, State.IN_PROGRESS)
    assert case.seen_at
    assert case.is_leased


def test_a_stale_page_changes_nothing(filed, moderator):
    perform(filed.case, "claim", by=moderator, expected_version=filed.case.version)
    with pytest.raises(Stale):
        perform(filed.case, "note", by=moderator, expected_version=filed.case.version, text="x")
    assert not filed.case.notes.exists()


def test_a_case_is_not_resolved_without_a_word_to_the_reporter(filed, moderator):
    case = perform(filed.case, "claim", by=moderator)
    with pytest.raises(NotAllowed):
        perform(case, "resolve", by=moderator)
    perform(case, "reply", by=moderator, text="Ini hasilnya.")
    assert perform(case, "resolve", by=moderator).state == State.RESOLVED


def test_whoever_cannot_come_back_needs_no_reply(filed, moderator):
    case = perform(filed.case, "no_return")
    perform(case, "claim", by=moderator)
    assert perform(case, "resolve", by=moderator).state == State.RESOLVED


def test_closing_a_restricted_case_takes_two_people(restricted, child_safety, person):
    case = perform(restricted.case, "claim", by=child_safety)
    with pytest.raises(NotAllowed):
        perform(case, "close", by=child_safety, outcome="helped")
    perform(case, "reply", by=child_safety, text="Ini hasilnya.")
    perform(case, "resolve", by=child_safety)
    with pytest.raises(NotAllowed):
        perform(case, "close", by=child_safety, outcome="helped")
    assert perform(case, "close", by=person("child-safety", "second"), outcome="helped").state == State.CLOSED


@pytest.mark.parametrize("state", [State.WAITING_REPORTER, State.RESOLVED, State.CLOSED])
def test_a_reporters_words_open_the_case_again(filed, moderator, state):
    case = in_state(filed.case, state, handler=moderator)
    changed = perform(case, "reporter_reply", text="", evidence=())
    assert (changed.state, changed.handler, changed.unread_reply) == (State.TRIAGE, None, True)


def test_a_reporters_words_leave_a_case_with_its_handler(filed, moderator):
    case = perform(filed.case, "claim", by=moderator)
    assert perform(case, "reporter_reply", text="", evidence=()).handler == moderator


def test_withdrawal_can_be_undone(filed):
    case = perform(filed.case, "withdraw", pressed="no")
    assert case.state == State.WITHDRAWN
    assert perform(case, "keep").withdraw_at is None


def test_an_objection_goes_to_a_supervisor(filed, moderator, supervisor):
    case = perform(filed.case, "object")
    with pytest.raises(NotAllowed):
        perform(case, "claim", by=moderator)
    assert perform(case, "claim", by=supervisor).handler == supervisor


def test_every_change_leaves_one_event_without_words(filed, moderator):
    perform(filed.case, "claim", by=moderator)
    perform(filed.case, "reply", by=moderator, text="rahasia-sekali")
    events = Event.objects.filter(case=filed.case)
    assert [event.action for event in events] == ["submitted", "claim", "reply"]
    assert "rahasia" not in str([event.facts for event in events])
    assert audit.verify(Case.objects.get(pk=filed.case.pk)) is None


def test_risk_in_words_raises_and_never_lowers(filed):
    assert perform(filed.case, "risk_in_words").tier == 0
    assert perform(filed.case, "risk_in_words").tier == 0


def test_an_outcome_that_points_to_a_message_needs_one(filed, moderator):
    case = perform(filed.case, "claim", by=moderator)
    with pytest.raises(NotAllowed):
        perform(case, "close", by=moderator, outcome="out_of_scope")
    perform(case, "reply", by=moderator, text="Yang bisa membantu: ...")
    assert perform(case, "close", by=moderator, outcome="out_of_scope").state == State.CLOSED
