"""The table of actions: who may do what in which state, and what it changes."""

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone

from reports.cases import lifecycle
from reports.cases.lifecycle import ACTIONS, NotAllowed, StaleError, perform
from reports.cases.verification import walk
from reports.models import Case, Event, Notice
from reports.models.case import State
from reports.models.state import WORKED_ON
from tests.database import undone
from tests.reports.actions import DETAILS, URGENT, refused, resolve

pytestmark = pytest.mark.django_db
ROLES = ["triage", "moderator", "child-safety", "supervisor", "auditor", "editor"]


def in_state(case: Case, state: str, handler=None) -> Case:
    Case.objects.filter(pk=case.pk).update(state=state, handler=handler)
    case.refresh_from_db()
    return case


@pytest.mark.sampled(19)
@pytest.mark.parametrize("roles", [ROLES[:3], pytest.param(ROLES, marks=pytest.mark.slow)], ids=["some", "all"])
@pytest.mark.parametrize("name", list(lifecycle.STAFF_ACTIONS))
def test_staff_action_needs_its_permission_and_its_state(filed, file, person, name, roles):
    """Every state × action × role: it happens exactly where table, condition and access say so."""
    staff = {role: person(role) for role in roles}
    person("moderator", "colleague")
    file()  # another case
    for (role, by), state in itertools.product(staff.items(), State.values):
        with undone():
            case = in_state(filed.case, state, handler=by if state in WORKED_ON else None)
            may = (
                by.has_perm(ACTIONS[name].permission)
                and state in ACTIONS[name].sources
                and state != State.PURGED
                and Case.objects.visible_to(by).filter(pk=case.pk).exists()
                and not (ACTIONS[name].condition and ACTIONS[name].condition(case, by))
            )
            before = case.events_count
            refusal = refused(case, name, by)
            case.refresh_from_db(fields=["events_count"])
            assert (refusal is None) == may, (state, name, role)
            assert refusal is None or refusal.endswith(".")
            assert case.events_count == before + (1 if may else 0)


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("name", "before", "assigns", "hold"),
    [
        ("claim", [], True, None),
        ("hold", ["claim"], False, True),
        ("lock", ["claim"], False, True),
        ("lift_hold", ["claim", "lock"], False, False),
    ],
)
def test_row_says_what_its_action_does(filed, child_safety, name, before, assigns, hold):
    for step in [*before, name]:
        case = perform(filed.case, step, by=child_safety, **DETAILS.get(step, {}))  # there are no files to destroy
    assert (ACTIONS[name].assigns, ACTIONS[name].hold) == (assigns, hold)
    assert not assigns or case.handler == child_safety
    assert hold is None or case.hold == hold


def test_taking_a_case_gives_it_to_one_person(filed, moderator, person):
    perform(filed.case, "claim", by=moderator)
    with pytest.raises(NotAllowed):
        perform(filed.case, "claim", by=person("moderator", "another"))
    case = Case.objects.get(pk=filed.case.pk)
    assert (case.handler, case.state) == (moderator, State.IN_PROGRESS)
    assert case.seen_at
    assert case.is_leased


def test_stale_page_changes_nothing(filed, moderator):
    perform(filed.case, "claim", by=moderator, expected_version=filed.case.version)
    with pytest.raises(StaleError):
        perform(filed.case, "note", by=moderator, expected_version=filed.case.version, text="x")
    assert not filed.case.notes.exists()


def test_case_is_not_resolved_without_a_word_to_the_reporter(filed, moderator):
    case = perform(filed.case, "claim", by=moderator)
    with pytest.raises(NotAllowed):
        perform(case, "resolve", by=moderator)
    perform(case, "reply", by=moderator, text="Ini hasilnya.")
    assert perform(case, "resolve", by=moderator).state == State.RESOLVED


def test_unreachable_case_needs_a_reason_instead_of_a_reply(filed, moderator):
    case = perform(filed.case, "mark_unreachable")
    perform(case, "claim", by=moderator)
    assert refused(case, "resolve", moderator)
    assert perform(case, "resolve_without_message", by=moderator, reason="Sudah diteruskan.").state == State.RESOLVED


def test_closing_a_restricted_case_takes_two_people(restricted, child_safety, person):
    case = perform(restricted.case, "claim", by=child_safety)
    with pytest.raises(NotAllowed):
        perform(case, "close", by=child_safety, outcome="helped")
    perform(case, "reply", by=child_safety, text="Ini hasilnya.")
    resolve(case, child_safety)
    with pytest.raises(NotAllowed):
        perform(case, "close", by=child_safety, outcome="helped")
    assert perform(case, "close", by=person("child-safety", "second"), outcome="helped").state == State.CLOSED


@pytest.mark.parametrize("state", [State.WAITING_REPORTER, State.RESOLVED, State.CLOSED])
def test_reporter_message_reopens_the_case(filed, moderator, state):
    case = in_state(filed.case, state, handler=moderator)
    changed = perform(case, "reporter_reply", text="", evidence=())
    assert (changed.state, changed.handler, changed.unread_reply) == (State.TRIAGE, None, True)


def test_reporters_words_leave_a_case_with_its_handler(filed, moderator):
    case = perform(filed.case, "claim", by=moderator)
    assert perform(case, "reporter_reply", text="", evidence=()).handler == moderator


def test_withdrawal_can_be_undone(file):
    case = perform(file(age="adult").case, "withdraw", coerced="no")
    assert case.state == State.WITHDRAWN
    case = perform(case, "cancel_withdrawal")
    assert (case.withdraw_at, case.state) == (None, State.TRIAGE)


def test_nobody_withdraws_with_a_code_that_somebody_found(filed):
    case = perform(filed.case, "freeze")
    with pytest.raises(NotAllowed):
        perform(case, "withdraw", coerced="no")


def test_urgent_case_stays_at_work_while_its_withdrawal_waits(file, moderator):
    case = perform(file(safety="danger").case, "withdraw", coerced="no")
    assert perform(case, "claim", by=moderator).handler == moderator


def test_review_request_goes_to_another_lead(file, moderator, supervisor, child_safety, person):
    from tests.cast import GROOMED

    for base, handler, wrong, lead in (
        ({}, moderator, moderator, supervisor),
        ({"base": GROOMED}, child_safety, child_safety, person("child-safety", "second")),
        ({"staff_conflict": "yes"}, person("outside-lead"), None, person("outside-lead", "other-lead")),
    ):
        case = perform(file(**base).case, "claim", by=handler)
        case = perform(case, "request_review")
        if wrong:
            with pytest.raises(NotAllowed):
                perform(case, "claim", by=wrong)
        assert perform(case, "claim", by=lead).handler == lead


def test_objection_before_the_first_look_changes_no_promise(file):
    case = file(safety="danger").case
    with pytest.raises(NotAllowed):
        perform(case, "request_review")
    assert Case.objects.get().state == State.RECEIVED


@pytest.mark.sampled(2)
@pytest.mark.safety("K9")
@pytest.mark.parametrize("action", ["lease_ended", "release"])
def test_urgent_case_that_waits_again_has_a_clock_again(file, moderator, clock, action):
    case = perform(file(safety="danger").case, "claim", by=moderator)
    perform(case, "reply", by=moderator, text="Kami di sini.")
    clock(days=2)
    case = perform(case, action, by=moderator if action == "release" else None)
    assert case.seen_at is None
    assert case.due_at > timezone.now()
    assert Notice.objects.filter(event__case=case).count() == 1


def test_urgent_case_is_paged_again_when_the_reporter_writes(file, moderator):
    case = perform(file(safety="danger").case, "claim", by=moderator)
    perform(case, "reply", by=moderator, text="Hasilnya.")
    case = resolve(case, moderator)
    assert perform(case, "reporter_reply", text="", evidence=()).seen_at is None


def test_suicide_words_raise_a_case_in_any_state(file):
    case = file(suspicious=True, age="adult", category="scam", money_sent="no").case
    assert case.state == State.QUARANTINED
    case = perform(case, "reporter_reply", text="", evidence=(), risk=True)
    assert (case.tier, case.risk_flag, case.state, case.seen_at) == (0, True, State.TRIAGE, None)
    assert Notice.objects.filter(event__case=case).exists()


def test_restricting_takes_a_case_out_of_the_moderators_sight(filed, moderator, child_safety):
    perform(filed.case, "claim", by=moderator)
    perform(filed.case, "note", by=moderator, text="Catatan.")
    case = perform(filed.case, "restrict", by=moderator, reason="Ternyata soal gambar anak.")
    assert not Case.objects.visible_to(moderator).exists()
    assert Case.objects.visible_to(child_safety).get() == case
    assert case.staff_audience == "child_safety"
    assert case.notes.first().text() == "Catatan."
    assert case.staff_keyring().key("narrative")


def test_every_viewer_of_a_case_has_an_action_or_contact(file, person):
    """Written by hand, not read from the table: no state is a dead end for those who see the case."""
    from tests.cast import GROOMED

    people = {role: person(role) for role in ("supervisor", "child-safety", "outside-lead")}
    kinds = {"supervisor": {}, "child-safety": {"base": GROOMED}, "outside-lead": {"staff_conflict": "yes"}}
    ways_on = {
        "received": "claim",
        "triage": "claim",
        "escalated": "claim",
        "in_progress": "release",
        "waiting_reporter": "release",
        "referred": "release",
        "resolved": "reopen",
        "closed": "reopen",
    }
    for role, answers in kinds.items():
        for state, action in ways_on.items():
            case = in_state(file(**answers).case, state)
            assert action in lifecycle.allowed(case, people[role]), (role, state)


def test_every_change_leaves_one_event_without_words(filed, moderator):
    perform(filed.case, "claim", by=moderator)
    perform(filed.case, "reply", by=moderator, text="rahasia-sekali")
    events = Event.objects.filter(case=filed.case)
    assert [event.action for event in events] == ["submitted", "claim", "reply"]
    assert "rahasia" not in str([event.facts for event in events])
    assert walk.verify(Case.objects.get(pk=filed.case.pk)) is None


def test_outcome_that_points_to_a_message_needs_one(filed, moderator):
    case = perform(filed.case, "claim", by=moderator)
    with pytest.raises(NotAllowed):
        perform(case, "close", by=moderator, outcome="out_of_scope")
    perform(case, "reply", by=moderator, text="Yang bisa membantu: ...")
    assert perform(case, "close", by=moderator, outcome="out_of_scope").state == State.CLOSED


def test_withdrawal_by_a_finder_erases_nothing(file):
    case = perform(file(age="adult").case, "withdraw", coerced="no")
    assert perform(case, "freeze").erasure_needs_lead


def test_question_is_no_outcome(file, moderator):
    """A P1 case is not over because its question was not answered."""
    case = perform(file(base=URGENT).case, "claim", by=moderator)
    perform(case, "reply", by=moderator, text="Terima kasih.")
    case = perform(case, "ask", by=moderator, text="Kapan?")
    assert refused(case, "resolve", moderator)
    perform(case, "reply", by=moderator, text="Ini hasilnya.")
    assert perform(case, "resolve", by=moderator).state == State.RESOLVED


def test_urgent_case_is_not_closed_in_one_step(file, moderator):
    case = perform(file(base=URGENT).case, "claim", by=moderator)
    assert (case.tier, case.restricted) == (1, False)
    assert refused(case, "close", moderator)


def test_unreachable_reporter_is_resolved_with_a_reason(filed, moderator):
    case = perform(filed.case, "claim", by=moderator)
    case = perform(case, "resolve_without_message", by=moderator, reason="Ponselnya dibaca orang lain.")
    assert (case.state, case.notes.get().text()) == (State.RESOLVED, "Ponselnya dibaca orang lain.")


def test_informed_reporter_is_resolved_normally(filed, moderator):
    case = perform(filed.case, "claim", by=moderator)
    perform(case, "reply", by=moderator, text="Ini hasilnya.")
    assert refused(case, "resolve_without_message", moderator)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("role", ["triage", "moderator", "child-safety", "supervisor"])
def test_every_desk_role_releases_quarantined_cases(file, person, role):
    case = file(suspicious=True, age="adult", category="scam", money_sent="no").case
    assert perform(case, "release_from_quarantine", by=person(role)).state == State.TRIAGE


@pytest.mark.safety("H19")
def test_quarantined_case_is_promised_within_a_day(file):
    case = file(suspicious=True, age="adult", category="scam", money_sent="no").case
    plain = file(age="adult", category="scam", money_sent="no").case
    assert case.due_at - case.received_at == timedelta(hours=24) < plain.due_at - plain.received_at


@pytest.mark.parametrize("late", [False, True])
def test_suicide_words_never_delay_the_review(file, late):
    case = file(**URGENT).case
    due = timezone.now() + timedelta(hours=-2 if late else 0.2)
    Case.objects.update(tier=0, due_at=due, overdue=late)
    changed = perform(case, "reporter_reply", text="", evidence=(), risk=True)
    assert (changed.due_at, changed.overdue, changed.seen_at) == (due, late, None)


def test_suicide_words_set_a_deadline_within_the_hour(file):
    case = file(category="account_abuse", age="adult").case
    changed = perform(case, "reporter_reply", text="", evidence=(), risk=True)
    assert changed.tier == 0
    assert changed.due_at <= timezone.now() + timedelta(hours=1)


def test_after_a_first_look_words_of_dying_begin_a_new_promise(filed, moderator):
    case = perform(filed.case, "claim", by=moderator)
    changed = perform(case, "reporter_reply", text="", evidence=(), risk=True)
    assert (changed.seen_at, changed.overdue) == (None, False)
    assert changed.due_at > timezone.now()


@pytest.mark.parametrize("action", ["reply", "ask"])
def test_handler_who_answers_has_read_what_came_in(filed, moderator, action):
    case = perform(filed.case, "claim", by=moderator)
    perform(case, "reporter_reply", text="", evidence=(), risk=True)
    changed = perform(case, action, by=moderator, text="Kami di sini.")
    assert (changed.unread_reply, changed.overdue) == (False, False)
    assert changed.seen_at


def test_reply_counts_inside_the_tier_until_it_is_answered(filed, moderator):
    case = perform(filed.case, "claim", by=moderator)
    perform(case, "release", by=moderator)
    written = perform(case, "reporter_reply", text="", evidence=())
    again = perform(case, "reporter_reply", text="", evidence=())
    assert written.score == again.score == filed.case.score + 10
    assert written.queue_key_at < filed.case.queue_key_at
    read = perform(case, "claim", by=moderator)
    assert (read.unread_reply, read.queue_key_at) == (False, written.queue_key_at)
    answered = perform(case, "reply", by=moderator, text="Kami lihat.")
    assert (answered.score, answered.reasons) == (filed.case.score, filed.case.reasons)


def test_erasure_of_a_child_case_is_decided_by_child_safety(file, person, supervisor):
    case = perform(file(age="13_15").case, "withdraw", coerced="no")
    handler, second = person("child-safety", "handler"), person("child-safety", "second")
    perform(case, "claim", by=handler)
    assert refused(case, "approve_erasure", supervisor)
    assert refused(case, "approve_erasure", handler)
    assert perform(case, "approve_erasure", by=second).erasure_approved
