"""A reporter asks for another person: who had the case loses it, and another one takes it by a promised time (H25)."""

import pytest
from django.urls import reverse

from reports.cases import retention, sending
from reports.cases.lifecycle import NotAllowed, perform
from reports.crypto.vault import keys
from reports.models import Case, Message, Notice, Recusal
from reports.models.case import State
from reports.triage.saved_views import cases_in
from reports.triage.taking import claim_most_urgent
from tests.cast import GROOMED
from tests.reports.actions import refused, resolve
from tests.reports.followup.visitor import found_code, open_with, url
from tests.reports.triage.desk_pages import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
REASON = "Cara orang ini menulis"


@pytest.fixture
def colleague(person):
    return person("moderator", "colleague")


@pytest.fixture
def taken(filed, moderator, colleague):
    """A report that a moderator handles, at a desk with a colleague."""
    filed.case = perform(filed.case, "claim", by=moderator)
    return filed


def ask(filed, **data):
    visit = open_with(filed.receipt.code)
    assert url("other_person") in visit.get(url("visit")).text
    assert visit.post(url("other_person"), data).status_code == 303
    filed.case = Case.objects.get(pk=filed.case.pk)
    return visit


@pytest.mark.safety("H25")
def test_former_handler_loses_the_case_at_once(taken, moderator, client):
    ask(taken, reason="tone")
    case = taken.case
    assert (case.state, case.handler, case.lease_until, case.last_handler) == (State.TRIAGE, None, None, None)
    client.force_login(moderator)
    assert client.get(page_of(case)).status_code == 404
    assert refused(case, "claim", moderator)
    with pytest.raises(NotAllowed):
        claim_most_urgent(moderator)


def test_another_person_takes_it_and_the_request_ends(taken, colleague):
    visit = ask(taken)
    assert list(cases_in("other", colleague)) == [taken.case]
    case = claim_most_urgent(colleague)
    assert (case, case.handler, case.other_due_at) == (taken.case, colleague, None)
    assert url("cancel_other") not in visit.get(url("visit")).text
    visit.post(url("cancel_other"))
    assert case.recusals.count() == 1


@pytest.mark.safety("H6")
def test_third_request_is_refused_so_that_somebody_is_left(taken, colleague, person):
    for someone in (colleague, person("moderator", "third")):
        ask(taken)
        taken.case = claim_most_urgent(someone)
    visit = open_with(taken.receipt.code)
    visit.post(url("other_person"), {})
    assert Case.objects.get().other_due_at is None
    assert Case.objects.get().handler is not None


def test_page_promises_another_person_in_three_time_zones(taken):
    page = open_with(taken.receipt.code).get(url("other_person")).text
    assert all(zone in page for zone in ("WIB", "WITA", "WIT"))
    visit = ask(taken)
    assert "Petugas lain mulai menangani laporanmu paling lambat" in visit.get(url("visit")).text
    assert taken.case.other_due_at == taken.case.due_at == taken.case.promised_again_at


@pytest.mark.parametrize("kind", [{"safety": "danger"}, {}, {"category": "account_abuse", "age": "adult"}])
def test_request_never_gives_a_later_place(file, moderator, colleague, kind, clock):
    filed = file(**kind)
    filed.case = before = perform(filed.case, "claim", by=moderator)
    clock(minutes=30)
    ask(filed)
    assert filed.case.queue_key_at <= before.queue_key_at
    assert filed.case.next_action_at <= before.next_action_at


def test_request_can_be_taken_back_while_nobody_took_it(taken, moderator):
    visit = ask(taken, reason="known")
    visit.post(url("cancel_other"))
    case = Case.objects.visible_to(moderator).get()
    assert (case.other_due_at, case.recusals.count()) == (None, 0)
    assert perform(case, "claim", by=moderator).handler == moderator


def test_request_is_made_once_at_a_time(taken, colleague):
    ask(taken)
    assert refused(taken.case, "request_other", None)
    perform(taken.case, "claim", by=colleague)
    ask(taken)
    assert {row.person for row in taken.case.recusals.all()} == {colleague, Recusal.objects.earliest("pk").person}
    open_with(taken.receipt.code).post(url("cancel_other"))
    assert [row.revocable for row in taken.case.recusals.all()] == [False]


@pytest.mark.safety("H25")
def test_reason_is_sealed_and_read_by_the_next_handler_only(taken, colleague, client):
    ask(taken, reason="tone")
    row = taken.case.recusals.get()
    assert b"tone" not in bytes(row.reason)
    assert "tone" not in str(taken.case.events.last().facts)
    client.force_login(colleague)
    assert REASON not in client.get(page_of(taken.case)).text
    perform(taken.case, "claim", by=colleague)
    assert REASON in client.get(page_of(taken.case)).text


def test_desk_sees_that_another_person_is_asked_for(taken, colleague, client):
    ask(taken)
    client.force_login(colleague)
    queue = client.get(reverse("admin:reports_case_changelist"), {"show": "other"}).text
    assert taken.case.display_reference in queue
    assert "Pelapor meminta orang lain" in queue
    assert "Pelapor meminta orang lain" in client.get(page_of(taken.case)).text


@pytest.mark.safety("H25")
def test_nobody_else_is_said_and_pages_once(filed, moderator):
    filed.case = perform(filed.case, "claim", by=moderator)
    page = open_with(filed.receipt.code).get(url("other_person")).text
    assert "tidak ada petugas lain di sini" in page
    visit = ask(filed)
    assert Notice.objects.filter(event__action="request_other").count() == 1
    assert "belum ada orang lain yang bisa mengambilnya" in visit.get(url("visit")).text
    assert not Case.objects.visible_to(moderator).exists()


def test_request_ends_a_pause(file, moderator, colleague):
    filed = file(age="adult", category="scam")
    perform(filed.case, "claim", by=moderator)
    filed.case = perform(filed.case, "data_request", kind="stop")
    assert filed.case.is_stopped
    ask(filed)
    assert not filed.case.is_stopped


@pytest.mark.parametrize("ended", ["closed", "withdrawn", "nobody"])
def test_request_is_refused_where_nobody_works_on_it(taken, file, moderator, ended):
    case = taken.case
    if ended == "closed":
        resolve(perform(case, "reply", by=moderator, text="Ini."), moderator)
        case = perform(case, "close", by=moderator, outcome="helped")
    elif ended == "withdrawn":
        case = perform(case, "withdraw", coerced="no")
    else:
        case = file().case
    assert refused(case, "request_other", None)


def test_found_code_asks_for_nobody(taken, moderator):
    code = found_code(open_with(taken.receipt.code))
    visit = open_with(code)
    visit.post(url("other_person"), {})
    assert not taken.case.recusals.exists()
    assert refused(taken.case, "request_other", None)


def test_request_withdraws_offers_of_the_former_handler(taken, moderator, colleague):
    taken.case = perform(taken.case, "offer", by=moderator, to=colleague)
    ask(taken)
    assert taken.case.offered_to is None
    assert refused(taken.case, "accept", colleague)


@pytest.mark.safety("H25")
def test_restricted_case_stays_within_child_safety(file, child_safety, person, moderator):
    filed, second = file(base=GROOMED), person("child-safety", "second")
    filed.case = perform(filed.case, "claim", by=child_safety)
    filed.case = perform(filed.case, "ask_lift", by=child_safety, reason="Alasan.")
    ask(filed, reason="known")
    assert not filed.case.lift_requested_by
    assert not Case.objects.visible_to(moderator).exists()
    assert perform(filed.case, "claim", by=second).handler == second


@pytest.mark.safety("H25")
def test_reason_is_sealed_again_for_child_safety(taken, colleague, person):
    ask(taken, reason="known")
    case = perform(taken.case, "claim", by=colleague)
    earlier = bytes(case.recusals.get().reason)
    case = perform(case, "restrict", by=colleague, reason="Alasan.")
    row = case.recusals.get()
    assert bytes(row.reason) != earlier
    assert keys.unwrap(keys.CHILD_SAFETY, row.wrapped_reason) == b"known"


@pytest.mark.safety("H7")
def test_request_is_erased_with_a_withdrawn_case(file, moderator, colleague, clock):
    filed = file(age="adult", category="scam")
    filed.case = perform(filed.case, "claim", by=moderator)
    ask(filed, reason="help").post(url("withdraw"), {"coerced": "no"})
    clock(hours=73)
    assert retention.run_withdrawals() == 1
    case = Case.objects.get()
    assert (case.state, case.other_due_at, Recusal.objects.count()) == (State.PURGED, None, 0)


def test_asked_case_is_not_quarantined(file, moderator, colleague):
    filed = file(age="adult", category="account_abuse")
    filed.case = perform(filed.case, "claim", by=moderator)
    ask(filed)
    assert "orang lain" in refused(filed.case, "quarantine", colleague)


def test_lead_keeps_out_whom_the_reporter_asked_away(taken, moderator, supervisor):
    visit = ask(taken)
    perform(taken.case, "exclude", by=supervisor, person=moderator, reason="Alasan.")
    visit.post(url("cancel_other"))
    assert not Case.objects.visible_to(moderator).exists()


def test_escalated_case_stays_with_its_leads(taken, moderator, supervisor):
    taken.case = perform(taken.case, "escalate", by=moderator, reason="Alasan.")
    ask(taken)
    assert taken.case.state == State.ESCALATED
    assert perform(taken.case, "claim", by=supervisor).handler == supervisor


def test_message_that_was_just_sent_cannot_be_taken_back(taken, moderator):
    taken.case = sending.send(taken.case, "reply", moderator, taken.case.version, "Ini.")
    ask(taken)
    assert refused(taken.case, "undo", moderator)
    assert Message.objects.exists()
