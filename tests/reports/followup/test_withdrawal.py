"""Withdrawing (H7): it takes 72 hours, can be undone until then also when the code was found, and ends in a date."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone, translation
from django.utils.formats import date_format

from reports.cases import guards, lifecycle, retention
from reports.cases.lifecycle import perform
from reports.models import Case, Message
from reports.models.state import OPEN
from tests.reports.followup.visitor import found_code, open_with, url
from tests.reports.states import REACHED, filed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.mark.safety("H7")
def test_withdrawing_takes_72_hours_and_can_be_undone(filed):
    client = open_with(filed.receipt.code)
    client.post(url("withdraw"), {"coerced": "yes"})
    case = Case.objects.get()
    assert 71 < (case.withdraw_at - timezone.now()).total_seconds() / 3600 < 73
    client.post(url("cancel_withdrawal"))
    assert Case.objects.get().withdraw_at is None


@pytest.mark.safety("H7")
def test_coercion_answer_is_never_shown_again(filed):
    client = open_with(filed.receipt.code)
    client.post(url("withdraw"), {"coerced": "yes"})
    pressed = client.get(url("visit")).content.decode()
    other = client.get(url("withdraw")).content.decode()
    assert "checked" not in pressed + other


PEOPLE = {
    "child": {"age": "13_15"},
    "unknown age": {"age": "unknown"},
    "adult P0": {"age": "adult", "safety": "danger"},
    "adult P1": {"age": "adult", "category": "scam", "money_sent": "yes_24h"},
    "adult P2": {"age": "adult"},
}
FIRST = "Kami menghapus laporan ini paling cepat: "
LATE, KEPT = "Kami terlambat. Maaf. Seharusnya", "Hukum mewajibkan kami menyimpan laporan ini untuk sementara."


def said_of(filed) -> str:
    """The box of the visit, or the card of an erased report."""
    page = Client().post(url("check"), {"code": filed.receipt.code}, follow=True).text
    return page.split('class="status')[1].split("</div>")[0] if 'class="status' in page else "erased"


@pytest.mark.safety("H7")
@pytest.mark.parametrize("person", PEOPLE)
def test_said_at_withdrawal_is_true_of_what_happens(clock, file, person):
    filed = file(**PEOPLE[person])
    open_with(filed.receipt.code).post(url("withdraw"), {"coerced": "no"})
    assert FIRST in (said := said_of(filed))
    assert "kamu membacanya di sini paling lambat saat itu" in said
    clock(hours=settings.WITHDRAWAL_HOURS, minutes=-1)
    retention.run_withdrawals()
    assert FIRST in said_of(filed)
    clock(minutes=1)
    retention.run_withdrawals()
    assert (said_of(filed) == "erased") if person == "adult P2" else (LATE in said_of(filed))


@pytest.mark.safety("H7")
@pytest.mark.parametrize(("decision", "said"), [("approve_erasure", "erased"), ("hold", KEPT)])
def test_decision_of_the_lead_is_said_at_its_time(clock, file, child_safety, decision, said):
    filed = file(**PEOPLE["child"])
    case = perform(filed.case, "withdraw", coerced="no")
    perform(case, decision, by=child_safety, reason="Tidak perlu.")
    assert FIRST in said_of(filed)
    clock(hours=settings.WITHDRAWAL_HOURS)
    retention.run_withdrawals()
    assert said in said_of(filed)


@pytest.fixture
def withdrawn(file):
    """A case of an adult, withdrawn with its code."""
    filed = file(age="adult")
    perform(filed.case, "withdraw", coerced="no")
    return filed


@pytest.fixture
def erased(clock, withdrawn):
    """The same case when its 72 hours are over."""
    clock(hours=settings.WITHDRAWAL_HOURS)
    assert retention.run_withdrawals() == 1
    return withdrawn


@pytest.mark.sampled(7)
@pytest.mark.parametrize("frozen", [False, True])
@pytest.mark.parametrize("state", REACHED)
def test_writing_goes_through_in_every_state(file, moderator, state, frozen):
    filed = filed_in(state, file, moderator)
    client = open_with(filed.receipt.code)
    if frozen:
        found_code(client)
    assert url("write") in client.get(url("visit")).content.decode()
    client.post(url("write"), {"text": "Ini aku."})
    assert Message.objects.filter(side="reporter").count() == 1


@pytest.mark.safety("H7")
def test_finder_report_allows_cancel_and_reply(withdrawn):
    client = open_with(withdrawn.receipt.code)
    client.post(url("code_found"))
    client.post(url("new_code"), {"written": "1"})
    page = client.get(url("visit")).content.decode()
    assert url("cancel_withdrawal") in page
    assert url("write") in page
    client.post(url("cancel_withdrawal"))
    case = Case.objects.get()
    assert (case.withdraw_at, case.erasure_needs_lead, case.state) == (None, False, "triage")


def test_found_code_never_shows_when_or_why_it_is_erased(withdrawn):
    client = open_with(withdrawn.receipt.code)
    client.post(url("code_found"))
    client.post(url("new_code"), {"written": "1"})
    with translation.override("id"):
        day = date_format(timezone.localtime(Case.objects.get().withdraw_at), "j F Y")
    assert day not in client.get(url("visit")).content.decode()


@pytest.mark.safety("H7", "H31")
def test_unread_message_stops_the_erasure(clock, withdrawn, moderator, supervisor):
    perform(withdrawn.case, "reporter_reply", text="", evidence=())
    clock(hours=settings.WITHDRAWAL_HOURS)
    assert retention.run_withdrawals() == 0
    case = perform(withdrawn.case, "claim", by=moderator)
    perform(case, "approve_erasure", by=supervisor)
    perform(case, "reporter_reply", text="", evidence=())  # new words, after the decision
    assert retention.run_withdrawals() == 0
    perform(case, "approve_erasure", by=supervisor)
    assert retention.run_withdrawals() == 1


@pytest.mark.safety("H7")
def test_life_at_risk_brings_a_withdrawn_case_back_to_the_desk(withdrawn, moderator):
    case = perform(withdrawn.case, "reporter_reply", text="", evidence=(), risk=True)
    assert (case.tier, case.state, case.erasure_needs_lead) == (0, "triage", True)
    assert perform(case, "claim", by=moderator).handler == moderator


@pytest.mark.sampled(5)
@pytest.mark.parametrize("state", [state for state in REACHED if state in OPEN])
def test_withdrawn_case_can_be_worked_until_a_lead_decides(file, moderator, state):
    case = perform(filed_in(state, file, moderator).case, "withdraw", coerced="yes")
    assert Case.objects.visible_to(moderator).queued().withdrawn_undecided().get() == case
    assert {"claim", "release", "release_from_quarantine", "close"} & set(
        lifecycle.allowed(case, moderator)
    ) or state == "escalated"
    assert case.state != "waiting_reporter"


@pytest.mark.slow
def test_pending_lead_decision_is_not_shown(clock, file):
    pages = set()
    for pressed in ("no", "yes"):
        filed = file(age="adult")
        perform(filed.case, "withdraw", coerced=pressed)
        page = open_with(filed.receipt.code).get(url("visit")).content.decode()
        pages.add(page.split('class="status')[1].split("</div>")[0])
    assert len(pages) == 1


@pytest.mark.sampled(2)
@pytest.mark.safety("H7", "H21")
@pytest.mark.parametrize("language", ["id", "en"])
def test_old_code_shows_only_the_erasure_certificate(erased, language):
    response = Client().post(url("check", language), {"code": erased.receipt.code})
    card = response.content.decode().split('class="code-card"')[1].split("</div>")[0]
    with translation.override(language):
        day = date_format(timezone.localtime(timezone.now()), "j F Y")
    assert card.count("<output") == 2
    assert erased.receipt.display_reference in card
    assert day in card
    assert response.headers["Cache-Control"] == "no-store, private"
    assert not response.cookies.get("session")


@pytest.mark.slow
def test_title_of_the_certificate_names_nothing(erased):
    page = Client().post(url("check"), {"code": erased.receipt.code}).content.decode()
    assert page.split("<title>")[1].split("</title>")[0] == "Catatan"


def test_number_alone_does_not_show_that_it_was_erased(erased):
    wrong = erased.receipt.reference + "0" * 16
    assert 'class="code-card"' not in Client().post(url("check"), {"code": wrong}).content.decode()


@pytest.mark.slow
def test_open_visit_ends_with_the_erasure(clock, withdrawn):
    clock(hours=settings.WITHDRAWAL_HOURS, minutes=-1)
    client = open_with(withdrawn.receipt.code)
    assert client.get(url("visit")).status_code == 200
    clock(minutes=1)
    assert retention.run_withdrawals() == 1
    assert client.get(url("visit")).url == url("check")


def test_after_a_year_the_code_shows_nothing(clock, erased):
    clock(days=settings.KEEP_CERTIFICATE_DAYS - 1)
    assert retention.run_schedule() == 0
    assert Case.objects.get().secret_verifier
    clock(days=1)
    retention.run_schedule()
    assert Case.objects.get().secret_verifier is None


def test_erasure_that_nobody_asked_for_is_like_no_case(clock, file, moderator):
    filed = filed_in("closed", file, moderator)
    clock(days=settings.KEEP_STORY_DAYS)
    assert retention.run_schedule() == 1
    client = open_with(filed.receipt.code)
    assert client.get(url("visit")).status_code == 303
    assert Case.objects.get().secret_salt is None


@pytest.mark.safety("H6", "H7")
def test_withdraw_is_refused_with_a_new_code(clock, filed):
    """A person who found a code must not change it and delete the report before the reporter knows (H6, H7)."""
    client = open_with(filed.receipt.code)
    client.post(url("new_code"))
    client.post(url("new_code"), {"written": "1"})
    client.post(url("withdraw"), {"coerced": "no"})
    assert Case.objects.get().withdraw_at is None
    clock(hours=settings.WITHDRAWAL_HOURS + 1)
    assert guards.may_withdraw(Case.objects.get(), None) is None
