"""Reporters ask about their own data with the code alone; staff answer within 3×24 hours or are alarmed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from reports import scheduled_tasks
from reports.cases import linked
from reports.cases.lifecycle import NotAllowed, perform
from reports.cases.referral_guards import may_export
from reports.models import Case, DataRequest, Notice
from reports.triage.taking import claim_most_urgent
from tests.reports.followup.visitor import found_code, open_with, url
from tests.reports.referral.conftest import TOLD, agency, approved, details, urgent  # noqa: F401  (fixtures)
from tests.reports.triage.desk_pages import act

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(filed):
    """The reporter of the filed case, inside."""
    return open_with(filed.receipt.code)


def ask(visit, kind="access") -> DataRequest:
    visit.post(url("own_data"), {"kind": kind})
    return DataRequest.objects.latest("pk")


def answer(desk, request, **given):
    case = Case.objects.get(pk=request.case_id)
    return act(desk, case, "answer_data_request", request=request.pk, **given)


@pytest.mark.safety("H6")
def test_page_of_own_data_shows_kinds_and_no_word_of_the_report(visit):
    assert url("own_data") in visit.get(url("visit")).text
    page = visit.get(url("own_data")).text
    assert "0 berkas" in page
    assert "mengejek" not in page
    assert url("withdraw") in page


def test_request_needs_nothing_but_the_code_and_has_its_clock(visit, filed, clock):
    request = ask(visit)
    assert (request.due_at - request.asked_at).total_seconds() == 72 * 3600
    assert filed.case.events.last().facts["kind"] == "access"
    ask(visit)
    assert DataRequest.objects.count() == 1


@pytest.mark.slow
def test_open_case_is_looked_at_before_the_clock_ends(visit, filed, moderator):
    perform(perform(filed.case, "claim", by=moderator), "ask", by=moderator, text="Kapan?")
    request = ask(visit)
    assert Case.objects.get().next_action_at <= request.due_at


def test_answer_is_a_sentence_for_the_reporter(visit, client, moderator):
    request = ask(visit, "correct")
    client.force_login(moderator)
    assert reverse("admin:reports_case_data_requests") in client.get(reverse("admin:index")).text
    listed = client.get(reverse("admin:reports_case_data_requests")).text
    assert request.case.display_reference in listed
    assert answer(client, request, answer="refused").status_code == 409
    assert answer(client, request, answer="refused", reason="hold").status_code == 302
    assert "Hukum mewajibkan" in visit.get(url("own_data")).text
    assert Case.objects.get().events.last().facts["reason"] == "hold"


def test_late_request_alarms_once_also_for_a_closed_case(visit, filed, moderator, clock):
    perform(perform(filed.case, "claim", by=moderator), "close", by=moderator, outcome="no_rule")
    ask(visit)
    clock(hours=72, minutes=1)
    assert [scheduled_tasks.alarm_late_data_requests() for _round in range(2)] == [1, 0]
    assert Notice.objects.filter(event__action="data_request_late").count() == 1
    assert "Kami terlambat" in open_with(filed.receipt.code).get(url("own_data")).text


@pytest.fixture
def paused(file, moderator):
    """An adult's case that a moderator worked on when its reporter paused it."""
    filed = file(age="adult", **TOLD)
    perform(filed.case, "claim", by=moderator)
    open_with(filed.receipt.code).post(url("pause"))
    return filed


def test_pause_takes_effect_at_once_and_staff_see_it(paused, client, moderator):
    case = Case.objects.get()
    assert case.handler is None
    with pytest.raises(NotAllowed, match="untuk sementara"):
        perform(case, "claim", by=moderator)
    with pytest.raises(NotAllowed, match="tidak ada"):
        claim_most_urgent(moderator)
    client.force_login(moderator)
    assert "Dijeda" in client.get(f"{reverse('admin:reports_case_changelist')}?view=all").text


def test_clock_of_a_paused_case_stands_still_and_begins_again(paused, moderator, clock):
    clock(days=30)
    assert scheduled_tasks.mark_overdue() == 0
    visit = open_with(paused.receipt.code)
    assert "Dijeda" in visit.get(url("visit")).text
    visit.post(url("allow_use_again"))
    case = Case.objects.get()
    assert case.next_action_at > timezone.now()
    assert scheduled_tasks.mark_overdue() == 0
    assert claim_most_urgent(moderator) == case


def test_paused_case_is_compared_with_no_other(file, moderator):
    words = {"age": "adult", "category": "scam", "words": "Akunnya @penipu.jahat dan 0812 3456 7890"}
    one, other = (file(**(TOLD | words)).case for _time in range(2))
    scheduled_tasks.index_identifiers()
    assert linked.linked(one, moderator) == [other]
    perform(other, "data_request", kind="stop")
    assert not linked.linked(one, moderator)
    assert not linked.linked(other, moderator)


def test_pause_stops_neither_clock_nor_help_where_a_life_is_at_risk(urgent, moderator, agency, client, clock):  # noqa: F811
    perform(urgent, "data_request", kind="stop")
    perform(urgent, "prepare_referral", by=moderator, **details(agency))
    client.force_login(moderator)
    assert answer(client, DataRequest.objects.get(), answer="done").status_code == 409
    clock(days=3)
    assert scheduled_tasks.mark_overdue() == 1


def test_pause_ends_when_a_life_is_at_risk(paused, moderator):
    open_with(paused.receipt.code).post(url("write"), {"text": "Aku mau bunuh diri malam ini"})
    assert claim_most_urgent(moderator) == paused.case


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("write", {"text": "Anak saya umur 9 tahun sekarang disakiti pamannya."}),
        ("code_found", {}),
        ("request_review", {}),
        ("withdraw", {"coerced": "yes"}),
    ],
)
def test_pause_ends_when_the_reporter_asks_for_something(paused, moderator, supervisor, address, sent, clock):
    open_with(paused.receipt.code).post(url(address), sent)
    assert not Case.objects.get().is_stopped
    clock(days=10)
    assert scheduled_tasks.mark_overdue() == 1


def test_case_that_was_overdue_before_its_pause_stays_so(file, clock):
    filed = file(age="adult", **TOLD)
    clock(days=10)
    scheduled_tasks.mark_overdue()
    open_with(filed.receipt.code).post(url("pause"))
    clock(days=1)
    open_with(filed.receipt.code).post(url("allow_use_again"))
    assert Case.objects.get().overdue


def test_prepared_package_of_a_paused_case_stays_here(file, moderator, agency):  # noqa: F811
    case = perform(file(age="adult", **TOLD).case, "claim", by=moderator)
    referral = approved(case, moderator, agency)
    case = perform(case, "data_request", kind="stop")
    assert may_export(case, moderator, referral)
    case = perform(perform(case, "allow_use_again"), "claim", by=moderator)
    assert may_export(case, moderator, referral) is None


def test_answer_to_a_pause_is_true_when_it_is_read(paused):
    visit = open_with(paused.receipt.code)
    promise = "Laporanmu tidak kami pakai sekarang"
    assert promise in visit.get(url("own_data")).text
    Case.objects.update(tier=1)
    assert promise not in visit.get(url("own_data")).text
    Case.objects.update(tier=3)
    visit.post(url("allow_use_again"))
    page = visit.get(url("own_data")).text
    assert promise not in page
    assert "boleh memakainya lagi" in page


@pytest.mark.slow
def test_found_code_asks_for_nothing(filed):
    new = open_with(found_code(open_with(filed.receipt.code)))
    assert new.get(url("own_data")).status_code == 303
    new.post(url("own_data"), {"kind": "access"})
    assert not DataRequest.objects.exists()


@pytest.mark.slow
def test_requests_of_restricted_cases_are_listed_for_child_safety_only(restricted, client, moderator, child_safety):
    perform(restricted.case, "data_request", kind="access")
    shown = {}
    for person in (moderator, child_safety):
        client.force_login(person)
        page = client.get(reverse("admin:reports_case_data_requests")).text
        shown[person.username] = restricted.case.display_reference in page
    assert shown == {"moderator": False, "child-safety": True}


@pytest.mark.slow
def test_deleting_is_the_withdrawal_and_nothing_else(visit, file):
    assert "delete" not in dict(DataRequest.Kind.choices)
    visit.post(url("withdraw"), {"coerced": "no"})
    assert url("withdraw") not in visit.get(url("own_data")).text
