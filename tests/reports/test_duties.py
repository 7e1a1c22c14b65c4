"""What is owed for a case stops resolving and closing, and never a withdrawal or an erasure (safety rule K1)."""

from contextlib import suppress

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from reports.cases.lifecycle import perform
from reports.models import Case, Notice
from reports.models.case import State
from tests.reports import tasks
from tests.reports.actions import refused
from tests.reports.triage.desk_pages import act, page_of

pytestmark = pytest.mark.django_db
LIFE = {"safety": "danger", "age": "under_13"}


def answered(case: Case, by) -> Case:
    """The case, taken and answered by this person."""
    perform(case, "claim", by=by)
    return perform(case, "reply", by=by, text="Ini hasilnya.")


@pytest.mark.safety("K1")
@pytest.mark.parametrize("action", ["resolve", "resolve_without_message"])
def test_case_is_not_resolved_before_passing_on_is_decided(file, moderator, action):
    filed = file(**LIFE)
    perform(filed.case, "claim", by=moderator)
    if action == "resolve":
        perform(filed.case, "reply", by=moderator, text="Ini hasilnya.")
    assert "diteruskan" in refused(filed.case, action, moderator)
    perform(filed.case, "not_to_refer", by=moderator, reason="Sudah aman.")
    assert refused(filed.case, action, moderator) is None


@pytest.mark.safety("K1")
def test_message_that_resolves_waits_for_the_decision_too(file, moderator, client):
    case = perform(file(**LIFE).case, "claim", by=moderator)
    client.force_login(moderator)
    page = act(client, case, "reply", text="Kata-kataku sendiri.", resolve="1", unread="1")
    assert (page.status_code, page.text.count("Kata-kataku sendiri.")) == (409, 1)
    assert not case.messages.exists()


@pytest.mark.safety("K1")
def test_lowered_case_is_not_closed_before_passing_on_is_decided(file, moderator, child_safety):
    case = perform(file(**LIFE).case, "claim", by=moderator)
    perform(case, "set_tier", by=child_safety, tier=3, reason="Salah paham.")
    assert "diteruskan" in refused(case, "close", moderator)
    perform(case, "not_to_refer", by=moderator, reason="Bukan kejahatan.")
    assert refused(case, "close", moderator) is None


def test_unread_words_stop_closing(filed, moderator):
    case = perform(filed.case, "claim", by=moderator)
    perform(case, "reporter_reply", text="", evidence=())
    assert "belum dibaca" in refused(case, "close", moderator)
    perform(case, "reply", by=moderator, text="Terima kasih.")
    assert refused(case, "close", moderator) is None


@pytest.mark.parametrize("asks", [True, False])
def test_time_closes_no_case_with_an_open_request_about_data(filed, moderator, clock, asks):
    perform(answered(filed.case, moderator), "resolve", by=moderator)
    if asks:
        perform(filed.case, "data_request", kind="access")
    clock(days=14)
    tasks.run()
    assert Case.objects.get().state == (State.ESCALATED if asks else State.CLOSED)


@pytest.mark.safety("H7")
def test_withdrawal_erases_a_case_with_open_duties(file, moderator, child_safety, clock):
    case = perform(file(**LIFE).case, "claim", by=moderator)
    perform(case, "reporter_reply", text="", evidence=())
    perform(case, "withdraw")
    perform(case, "approve_erasure", by=child_safety)
    clock(hours=73)
    tasks.run()
    assert Case.objects.get().state == State.PURGED


@pytest.fixture
def late_for_child_safety(restricted, filed, moderator, clock) -> Case:
    """A restricted case that nobody decided on in time, while only a moderator is on duty, who may not know of it."""
    clock(hours=25)
    perform(filed.case, "note", by=moderator, text="Aku di sini.")
    return restricted.case


@pytest.mark.safety("H25")
def test_late_duty_that_nobody_on_duty_may_meet_pages_once(late_for_child_safety):
    for _round in range(2):
        tasks.run()
    assert Notice.objects.get(event__action="duty_unmet").event.case == late_for_child_safety


def test_late_duty_of_somebody_on_duty_pages_nobody_more(late_for_child_safety, child_safety):
    perform(late_for_child_safety, "note", by=child_safety, text="Aku juga.")
    tasks.run()
    assert not Notice.objects.filter(event__action="duty_unmet").exists()


def test_doctor_says_that_a_duty_waits_and_not_of_which_case(late_for_child_safety, capsys):
    with suppress(CommandError):
        call_command("doctor", "--offline", "--language", "en")
    said = capsys.readouterr().out
    assert "A report waits for something that nobody on duty may do" in said
    assert late_for_child_safety.display_reference not in said


def test_page_of_an_undecided_case_links_the_three_choices(file, moderator, client):
    case = answered(file(**LIFE).case, moderator)
    client.force_login(moderator)
    page = client.get(page_of(case)).text
    for place in ("#agency", "#sheet", "#not_to_refer"):
        assert reverse("admin:reports_case_refer", args=[case.reference]) + place in page
