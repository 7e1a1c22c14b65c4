"""The clock of the desk: nothing open is without one, and only an answer to the reporter gives a later place."""

from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from reports import scheduled_tasks
from reports.cases import bursts, lifecycle, retention
from reports.cases.lifecycle import NotAllowed, perform
from reports.models import Case
from reports.models.case import OPEN_STATES, State
from safetycenter import limits
from tests.cast import BULLIED, GROOMED
from tests.database import undone
from tests.reports.actions import URGENT, details_of
from tests.reports.triage.desk_pages import in_order

pytestmark = pytest.mark.django_db
KINDS = {"P0": {"safety": "danger"}, "P1": URGENT, "P2": {}, "P3": {"category": "account_abuse", "age": "adult"}}
EXAMPLES = 10
NOW = timezone.now
TIME_DOES = (
    scheduled_tasks.end_leases,
    scheduled_tasks.mark_overdue,
    bursts.interleave_bursts,
    scheduled_tasks.return_waiting_cases,
)
TIME_DOES += (retention.run_withdrawals,)
BURST = {"base": BULLIED | {"safety": "danger"}, "network": "127.0.0.0/24"}  # with others of this network before it
NO_WORDS = {"text": "", "evidence": ()}
# The actions after which a case may have a later place: an answer to the reporter, a priority that a lead lowers, and
# the end of a pause, during which the clock stood still.
MAY_MOVE_LATER = {"reply", "ask", "resolve", "resolve_without_message", "close", "set_tier"}
MAY_MOVE_LATER |= {"refer", "gave_self_report_sheet", "allow_use_again"}
NEEDS_OLD_CODE = {"new_code"}
UNANSWERED = sorted({*lifecycle.ACTIONS, "dying"} - MAY_MOVE_LATER - NEEDS_OLD_CODE)


def few():
    """Run a test with EXAMPLES examples, always the same ones."""
    return hypothesis(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


class Clock:
    """The time of the site, moved by hand."""

    def __init__(self):
        self.now = NOW()

    def __call__(self):
        return self.now

    def pass_by(self, **span):
        self.now += timedelta(**span)
        for task in TIME_DOES:
            task()


@pytest.fixture
def clock(monkeypatch, in_demo) -> Clock:
    """A clock to move; housekeeping runs after every move."""
    moved = Clock()
    monkeypatch.setattr("django.utils.timezone.now", moved)
    return moved


@contextmanager
def moved_clock(monkeypatch):
    """The same inside one example of Hypothesis."""
    with monkeypatch.context() as patch:
        moved = Clock()
        patch.setattr("django.utils.timezone.now", moved)
        yield moved


def place(case: Case) -> tuple:
    """The place in the queue; the smaller is seen first."""
    case.refresh_from_db()
    return case.tier, not case.overdue, case.queue_key_at


def do(case: Case, name: str, by) -> None:
    """One step, if it is allowed now."""
    by_reporter = {"reporter_reply": NO_WORDS, "dying": NO_WORDS | {"risk": True}}
    action = "reporter_reply" if name == "dying" else name
    with suppress(NotAllowed):
        details = by_reporter.get(name) or details_of(name, case, by)
        perform(case, action, by=by if action in lifecycle.STAFF_ACTIONS else None, **details)


def steps_of(actions, hours):
    """Up to twelve steps, each an action and the hours that pass after it."""
    return st.lists(st.tuples(st.sampled_from(sorted(actions)), st.sampled_from(hours)), max_size=12)


@pytest.mark.sampled(7)
@pytest.mark.parametrize("kind", KINDS)
def test_only_an_answer_moves_a_case_later(file, child_safety, monkeypatch, in_demo, kind):
    @given(steps_of(UNANSWERED, [0, 0.2, 2, 30, 100]))
    @few()
    def is_never_later(steps):
        with undone(), moved_clock(monkeypatch) as clock:
            case = file(**KINDS[kind]).case
            before = place(case)
            for name, hours in steps:
                do(case, name, child_safety)
                clock.pass_by(hours=hours)
                after = place(case)
                if case.state not in OPEN_STATES:
                    continue
                assert after <= before, name
                before = after

    is_never_later()


@pytest.mark.sampled(3)
@pytest.mark.parametrize("answers", [{"base": GROOMED}, BURST], ids=["restricted", "burst"])
def test_every_open_case_has_a_deadline(file, person, child_safety, monkeypatch, in_demo, answers):
    @given(steps_of({*lifecycle.ACTIONS} - NEEDS_OLD_CODE, [0, 2, 30, 400]))
    @few()
    def has_a_deadline(steps):
        with undone(), moved_clock(monkeypatch) as clock:
            limits.P0_BURST.hit("127.0.0.0/24", 6)
            case = file(**answers).case
            assert bool(case.burst) == (answers is BURST)
            for name, hours in steps:
                do(case, name, child_safety)
                clock.pass_by(hours=hours)
                case.refresh_from_db()
                assert case.state not in OPEN_STATES or case.next_action_at
                late = bool(case.state in OPEN_STATES and case.next_action_at < clock.now)
                assert case.overdue == late or case.state not in OPEN_STATES

    has_a_deadline()


@pytest.mark.slow
@pytest.mark.parametrize("way_back", ["release", "lease_ended"])
def test_first_of_many_late_cases_keeps_its_place(file, moderator, client, clock, way_back):
    """An earlier version moved a case from place 1 of 672 to place 163."""
    first = file(safety="danger").case
    clock.pass_by(hours=2)
    [file(safety="danger") for _number in range(3)]
    clock.pass_by(hours=26)
    client.force_login(moderator)
    client.post(reverse("admin:reports_case_next"))
    clock.pass_by(minutes=21 if way_back == "lease_ended" else 1)
    if way_back == "release":
        perform(first, "release", by=moderator)
    assert in_order(client)[0] == first
    assert Case.objects.get(pk=first.pk).overdue


@pytest.mark.sampled(2)
@pytest.mark.parametrize("kind", ["P2", "P3"])
def test_case_put_back_becomes_late_again(file, moderator, clock, kind):
    """An earlier version left a P2 case without a deadline after the first look."""
    case = file(**KINDS[kind]).case
    perform(case, "claim", by=moderator)
    perform(case, "release", by=moderator)
    clock.pass_by(days=9)
    assert Case.objects.get().overdue


def test_review_request_has_a_deadline_in_every_tier(filed, moderator, clock):
    perform(filed.case, "claim", by=moderator)
    perform(filed.case, "reply", by=moderator, text="Kami lihat.")
    perform(filed.case, "request_review")
    clock.pass_by(hours=25)
    assert Case.objects.get().overdue


def test_message_to_a_resolved_case_sets_a_deadline(file, moderator, clock):
    case = file(**KINDS["P3"]).case
    for action, details in (("claim", {}), ("reply", {"text": "Hasilnya."}), ("resolve", {})):
        perform(case, action, by=moderator, **details)
    assert Case.objects.get().next_action_at is None
    perform(case, "reporter_reply", text="", evidence=())
    clock.pass_by(hours=73)
    assert Case.objects.get().overdue


def test_frozen_case_has_a_deadline_until_read(filed, moderator, supervisor, clock):
    perform(filed.case, "claim", by=moderator)
    perform(filed.case, "close", by=moderator, outcome="spam")
    perform(filed.case, "freeze")
    clock.pass_by(hours=25)
    assert Case.objects.get().overdue
    perform(filed.case, "unfreeze", by=supervisor)
    assert Case.objects.get().next_action_at is None


def test_answer_sets_a_later_deadline(filed, moderator, clock):
    case = perform(filed.case, "claim", by=moderator)
    first = case.next_action_at
    clock.pass_by(minutes=10)
    answered = perform(case, "reply", by=moderator, text="Kami lihat.")
    assert answered.next_action_at > first


def test_question_waits_for_fourteen_days(filed, moderator, clock):
    perform(filed.case, "claim", by=moderator)
    case = perform(filed.case, "ask", by=moderator, text="Kapan?")
    assert case.next_action_at == clock.now + timedelta(days=14)
    perform(case, "reply", by=moderator, text="Tidak perlu buru-buru.")
    clock.pass_by(days=13)
    assert Case.objects.get().state == State.WAITING_REPORTER
    clock.pass_by(days=2)
    case = Case.objects.get()
    assert (case.state, case.overdue) == (State.TRIAGE, False)
    assert case.next_action_at > clock.now


def test_raised_tier_brings_the_clock_forward(filed, clock):
    from reports.cases.case_effects.clock import set_tier, update_due_time

    case = filed.case
    assert set_tier(case, 0) == {"clock": "restarted"}
    update_due_time(case)
    assert (case.tier, case.next_action_at) == (0, clock.now + timedelta(hours=1))
    assert set_tier(case, 3) == {}
    assert case.next_action_at == clock.now + timedelta(hours=1)


def test_review_promise_does_not_move(file, moderator, clock):
    case = perform(file(safety="danger").case, "claim", by=moderator)
    perform(case, "reply", by=moderator, text="Kami di sini.")
    promised = perform(case, "request_review").promised_again_at
    clock.pass_by(hours=3)
    assert Case.objects.get().promised_again_at == promised


def test_promise_is_later_only_after_an_answer(file, moderator, clock):
    case = file(safety="danger").case
    first = case.due_at
    perform(case, "claim", by=moderator)
    clock.pass_by(minutes=10)
    assert perform(case, "release", by=moderator).due_at == first
    perform(case, "claim", by=moderator)
    perform(case, "reply", by=moderator, text="Kami di sini.")
    assert perform(case, "release", by=moderator).due_at > first


def test_desk_counts_what_is_late_in_every_tier(file, moderator, client, clock):
    case = file(**KINDS["P3"]).case
    perform(case, "claim", by=moderator)
    perform(case, "release", by=moderator)
    clock.pass_by(days=4)
    client.force_login(moderator)
    assert "1 terlambat" in client.get(reverse("admin:index")).content.decode()


def test_unanswered_urgent_case_pages_again(file, moderator, clock):
    case = perform(file(safety="danger").case, "claim", by=moderator)
    perform(case, "ask", by=moderator, text="Kamu aman?")
    clock.pass_by(hours=25)
    case.refresh_from_db()
    assert (case.state, case.seen_at) == (State.TRIAGE, None)
    assert scheduled_tasks.return_waiting_cases() == 0
