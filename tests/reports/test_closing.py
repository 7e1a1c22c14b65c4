"""How a resolved case ends: by time, by the reporter's yes, or by its lead."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from reports.cases import closing
from reports.cases.lifecycle import NotAllowed, allowed_to_reporter, perform
from reports.models import Case, Notice, OnCallChannel
from reports.models.case import State
from tests.reports import tasks
from tests.reports.actions import URGENT, refused
from tests.reports.actions import resolve as resolve_case
from tests.reports.followup.visitor import open_with, url

pytestmark = pytest.mark.django_db
DAY = 24


@pytest.fixture
def resolve(moderator):
    """``resolve(filed)``: taken, answered and resolved by the moderator."""

    def do(filed, by=moderator) -> Case:
        perform(filed.case, "claim", by=by)
        perform(filed.case, "reply", by=by, text="Ini hasilnya.")
        return resolve_case(filed.case, by)

    return do


def after(case: Case) -> Case:
    """The case as it is after the tasks of housekeeping have run."""
    tasks.run()
    return Case.objects.get(pk=case.pk)


@pytest.mark.parametrize(("hours", "state"), [(14 * DAY - 1, State.RESOLVED), (14 * DAY, State.CLOSED)])
def test_resolved_case_closes_after_14_days(filed, resolve, clock, hours, state):
    case = resolve(filed)
    clock(hours=hours)
    assert after(case).state == state


def test_closing_by_time_is_recorded_and_told(filed, resolve, clock):
    case = resolve(filed)
    clock(days=14)
    assert after(case).events.last().action == "closed_by_time"
    page = open_with(filed.receipt.code).get(url("visit")).content.decode()
    assert "Bagian kami sudah selesai. Hasilnya ada di pesan." in page


@pytest.mark.sampled(2)
@pytest.mark.safety("K9")
@pytest.mark.parametrize("answers", [{"safety": "danger"}, URGENT])
def test_urgent_case_is_never_closed_by_time(file, resolve, clock, answers):
    case = resolve(file(**answers))
    clock(days=900)
    assert after(case).state != State.CLOSED


@pytest.mark.slow
@pytest.mark.parametrize("stop", ["hold", "freeze", "withdraw"])
def test_pending_events_stop_closing_by_time(file, resolve, clock, supervisor, child_safety, stop):
    case = resolve(file())
    details = {"hold": {"by": child_safety, "reason": "Penyidik."}, "withdraw": {"coerced": "yes"}}
    perform(case, stop, **details.get(stop, {}))
    clock(days=20)
    assert after(case).state != State.CLOSED


def test_agreement_closes_after_72_hours(filed, resolve, clock):
    case = perform(resolve(filed), "agree")
    clock(hours=71)
    assert after(case).state == State.RESOLVED
    clock(hours=1)
    assert after(case).state == State.CLOSED


@pytest.mark.slow
def test_agreement_never_delays_closing(filed, resolve, clock):
    case = resolve(filed)
    clock(days=13)
    case = perform(case, "agree")
    clock(days=1)
    assert after(case).state == State.CLOSED


def test_agreement_can_be_undone(filed, resolve, clock):
    case = perform(perform(resolve(filed), "agree"), "keep_open")
    clock(hours=73)
    assert after(case).state == State.RESOLVED


@pytest.mark.slow
@pytest.mark.parametrize("stop", ["freeze", "withdraw"])
def test_close_agreement_is_void_while_frozen_or_withdrawn(file, resolve, clock, stop):
    case = perform(resolve(file()), "agree")
    perform(case, stop)
    assert not {"agree", "keep_open"} & allowed_to_reporter(Case.objects.get())
    clock(hours=73)
    assert after(case).state != State.CLOSED


def test_restricted_case_accepts_no_agreement(restricted, resolve, child_safety):
    case = resolve(restricted, child_safety)
    with pytest.raises(NotAllowed):
        perform(case, "agree")


def test_reopening_clears_the_agreement(filed, resolve, clock):
    case = perform(resolve(filed), "agree")
    perform(case, "reporter_reply", text="", evidence=())
    assert Case.objects.get().close_agreed_at is None


def test_visit_page_offers_agreement_and_undo(filed, resolve):
    resolve(filed)
    client = open_with(filed.receipt.code)
    assert "Laporan ini otomatis ditutup" in client.get(url("visit")).content.decode()
    client.post(url("agree"))
    page = client.get(url("visit")).content.decode()
    assert url("keep_open") in page
    assert url("agree") not in page
    client.post(url("keep_open"))
    assert url("agree") in client.get(url("visit")).content.decode()


@pytest.mark.slow
def test_visit_page_of_urgent_case_offers_no_agreement(file, resolve):
    filed = file(**URGENT)
    resolve(filed)
    assert url("agree") not in open_with(filed.receipt.code).get(url("visit")).content.decode()


@pytest.mark.safety("K9")
def test_urgent_case_left_open_goes_to_its_lead_with_a_clock(file, resolve, clock, supervisor):
    case = resolve(file(**URGENT))
    clock(days=14)
    case = after(case)
    assert (case.state, case.events.last().action) == (State.ESCALATED, "left_open")
    assert Case.objects.waiting_for(supervisor).get() == case
    clock(hours=25)
    assert after(case).overdue


def test_case_left_open_is_closed_by_a_second_person(file, resolve, clock, moderator, person):
    case = resolve(file(safety="danger"))
    clock(days=14)
    case = after(case)
    lead = person("supervisor")
    assert refused(case, "claim", moderator)
    perform(case, "claim", by=lead)
    assert perform(case, "close", by=lead, outcome="helped").state == State.CLOSED


@pytest.fixture
def kept_from_the_desk(file, resolve, clock, person):
    """A P0 case about staff, resolved by the only independent lead, who has taken it again after 14 days."""
    lead = person("outside-lead")
    case = resolve(file(safety="danger", staff_conflict="yes"), by=lead)
    assert "petugas kedua" in refused(case, "close", lead)
    clock(days=14)
    return perform(after(case), "claim", by=lead)


@pytest.mark.safety("H25")
def test_only_lead_of_a_withheld_case_closes_it_after_14_days(kept_from_the_desk):
    case = perform(kept_from_the_desk, "close", by=kept_from_the_desk.handler, outcome="helped")
    assert (case.state, case.events.last().by) == (State.CLOSED, case.resolved_by)


@pytest.mark.safety("H25")
def test_lead_of_a_withheld_case_waits_for_a_second_one_who_exists(kept_from_the_desk, person):
    person("outside-lead", "second")
    assert "petugas kedua" in refused(kept_from_the_desk, "close", kept_from_the_desk.handler)


@pytest.mark.safety("H25")
def test_lead_who_excluded_the_only_other_one_does_not_take_what_they_resolved(file, resolve, clock, person):
    lead, second = person("outside-lead"), person("outside-lead", "second")
    case = resolve(file(safety="danger", staff_conflict="yes"), by=lead)
    perform(case, "exclude", by=lead, person=second, reason="Saudara.")
    clock(days=14)
    assert "Orang kedua" in refused(after(case), "claim", lead)


@pytest.mark.safety("H25")
def test_lead_who_excluded_the_only_other_one_does_not_close_alone(kept_from_the_desk, person):
    lead, second = kept_from_the_desk.handler, person("outside-lead", "second")
    perform(kept_from_the_desk, "exclude", by=lead, person=second, reason="Saudara.")
    assert "petugas kedua" in refused(kept_from_the_desk, "close", lead)


@pytest.mark.safety("H25")
def test_case_of_another_lead_whose_lease_ended_is_not_closed_by_who_resolved_it(file, resolve, clock, person):
    lead, second = person("outside-lead"), person("outside-lead", "second")
    case = resolve(file(safety="danger", staff_conflict="yes"), by=lead)
    clock(days=14)
    case = perform(after(case), "claim", by=second)
    clock(minutes=21)  # before housekeeping ends the lease
    assert "petugas kedua" in refused(case, "close", lead)


@pytest.mark.safety("H25")
def test_lead_closes_alone_after_the_other_one_left(kept_from_the_desk, person):
    perform(kept_from_the_desk, "recuse", by=person("outside-lead", "second"))
    case = perform(kept_from_the_desk, "close", by=kept_from_the_desk.handler, outcome="helped")
    assert case.state == State.CLOSED


@pytest.fixture
def left_open(file, resolve, clock) -> Case:
    """A P0 case that its lead has since 14 days after it was resolved."""
    case = resolve(file(safety="danger"))
    clock(days=14)
    return after(case)


def place(case: Case) -> tuple:
    """Where the case is, what was promised, and since when its lead has it."""
    return case.state, case.queue_key_at, case.next_action_at, case.due_at, case.promised_again_at, case.left_open_at


@pytest.mark.slow
@pytest.mark.sampled(2)
@pytest.mark.parametrize("way_back", ["release", "lease_ended"])
def test_case_left_open_goes_back_to_its_lead(left_open, supervisor, clock, way_back):
    OnCallChannel.objects.create(name="piket", email="piket@contoh.id")
    left_open = after(left_open)  # the page because nobody has referred it, which is sent once
    mail.outbox.clear()
    perform(left_open, "claim", by=supervisor)
    clock(minutes=21)
    if way_back == "release":
        perform(left_open, "release", by=supervisor)
    case = after(left_open)
    assert place(case) == place(left_open)
    assert (case.handler, bool(case.seen_at), mail.outbox) == (None, True, [])


@pytest.mark.slow
def test_case_left_open_and_put_back_becomes_overdue(left_open, supervisor, clock):
    perform(left_open, "claim", by=supervisor)
    perform(left_open, "release", by=supervisor)
    clock(hours=25)
    case = after(left_open)
    assert (case.state, case.overdue) == (State.ESCALATED, True)
    assert Case.objects.waiting_for(supervisor).get() == case


@pytest.mark.slow
def test_new_words_to_a_lead_who_puts_it_back_are_promised(left_open, supervisor):
    perform(left_open, "claim", by=supervisor)
    perform(left_open, "reporter_reply", text="", evidence=())
    case = perform(left_open, "release", by=supervisor)
    assert (case.state, case.seen_at, case.left_open_at) == (State.TRIAGE, None, None)
    assert case.due_at <= timezone.now() + timedelta(hours=1)


@pytest.fixture
def hold(resolve, child_safety):
    """``hold(filed)``: resolved, and kept by law."""
    return lambda filed: perform(resolve(filed), "hold", by=child_safety, reason="Permintaan penyidik.")


@pytest.mark.sampled(2)
@pytest.mark.parametrize("answers", [{}, {"safety": "danger"}])
def test_held_case_goes_to_its_lead_with_a_clock(file, hold, clock, supervisor, answers):
    case = hold(file(**answers))
    clock(days=13)
    assert after(case).state == State.RESOLVED
    clock(days=1)
    case = after(case)
    assert (case.state, case.events.last().action) == (State.ESCALATED, "left_open")
    assert Case.objects.waiting_for(supervisor).get() == case
    clock(hours=25)
    assert after(case).overdue


@pytest.mark.slow
def test_held_case_is_looked_at_again_after_14_days(filed, hold, clock, supervisor):
    case = hold(filed)
    clock(days=14)
    perform(after(case), "claim", by=supervisor)
    perform(case, "resolve", by=supervisor)
    clock(days=14)
    assert after(case).left_open_at == timezone.now()


@pytest.mark.slow
def test_held_case_is_neither_closed_nor_erased(filed, hold, clock, supervisor):
    case = hold(filed)
    clock(days=14)
    perform(after(case), "claim", by=supervisor)
    assert "kewajiban simpan" in refused(case, "close", supervisor)
    clock(days=5000)
    case = after(case)
    assert (case.state, bool(case.answers), case.next_action_at is None) == (State.ESCALATED, True, False)


@pytest.mark.slow
def test_held_withdrawal_is_brought_to_the_lead(filed, hold, clock):
    case = perform(hold(filed), "withdraw", coerced="yes")
    clock(days=14)
    case = after(case)
    assert (case.state, bool(case.answers)) == (State.ESCALATED, True)


@pytest.mark.slow
def test_hold_that_ends_early_leaves_the_14_days(filed, hold, clock, person):
    case = hold(filed)
    clock(days=10)
    perform(case, "lift_hold", by=person("child-safety", "second"), reason="Selesai.")
    assert after(case).state == State.RESOLVED
    clock(days=4)
    assert after(case).state == State.CLOSED


@pytest.mark.slow
@pytest.mark.sampled(2)
@pytest.mark.parametrize(("answers", "days"), [({}, 366), ({"safety": "danger"}, 731)])
def test_after_the_hold_the_lead_closes_the_case(file, hold, clock, person, supervisor, answers, days):
    case = hold(file(**answers))
    clock(days=14)
    perform(after(case), "lift_hold", by=person("child-safety", "second"), reason="Selesai.")
    assert after(case).left_open_at
    perform(case, "claim", by=supervisor)
    assert perform(case, "close", by=supervisor, outcome="helped").state == State.CLOSED
    clock(days=days)
    assert after(case).state == State.PURGED


@pytest.mark.slow
def test_words_to_a_case_left_open_are_read_within_the_hour(file, resolve, clock):
    case = resolve(file(safety="danger"))
    clock(days=14)
    case = perform(after(case), "reporter_reply", text="", evidence=())
    assert (case.state, case.seen_at) == (State.TRIAGE, None)
    assert case.due_at <= timezone.now() + timedelta(hours=1)
    assert Notice.objects.filter(event__case=case).exists()


@pytest.mark.slow
def test_objection_to_a_case_left_open_is_an_objection(file, resolve, clock):
    case = resolve(file(**URGENT))
    clock(days=14)
    case = perform(after(case), "request_review")
    assert (case.left_open_at, case.state) == (None, State.ESCALATED)
    assert case.promised_again_at


@pytest.mark.slow
def test_second_objection_to_a_case_left_open_is_heard(file, resolve, clock, supervisor):
    filed = file(**URGENT)
    perform(resolve(filed), "request_review")
    perform(filed.case, "claim", by=supervisor)
    perform(filed.case, "reply", by=supervisor, text="Ini hasilnya.")
    perform(filed.case, "resolve", by=supervisor)
    clock(days=14)
    assert after(filed.case).left_open_at
    open_with(filed.receipt.code).post(url("request_review"))
    assert Case.objects.get().left_open_at is None


@pytest.mark.slow
def test_reporter_reads_that_a_case_left_open_is_done(file, resolve, clock):
    filed = file(**URGENT)
    resolve(filed)
    clock(days=14)
    after(filed.case)
    page = open_with(filed.receipt.code).get(url("visit")).content.decode()
    assert "Bagian kami sudah selesai." in page
    assert "Petugas khusus" not in page


@pytest.mark.slow
def test_closes_at_is_what_housekeeping_does(filed, resolve, clock):
    case = resolve(filed)
    end = closing.closes_at(case)
    clock(days=14)
    assert after(case).closed_at == end
