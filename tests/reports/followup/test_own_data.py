"""Reporters ask about their own data with the code alone; staff answer within 3×24 hours or are alarmed."""

import pytest
from django.urls import reverse

from reports import scheduled_tasks
from reports.cases.lifecycle import NotAllowed, perform
from reports.cases.referral_guards import may_export
from reports.models import Case, DataRequest, Notice
from tests.reports.followup.visitor import found_code, open_with, url
from tests.reports.referral.conftest import TOLD, agency, details, prepare, urgent  # noqa: F401  (fixtures)
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


def test_stopped_case_is_not_passed_on_until_the_reporter_allows_it(file, moderator, agency):  # noqa: F811
    case = perform(file(age="adult", **TOLD).case, "claim", by=moderator)
    perform(case, "data_request", kind="stop")
    with pytest.raises(NotAllowed, match="untuk sementara"):
        perform(case, "prepare_referral", by=moderator, **details(agency))
    perform(case, "allow_use_again")
    perform(case, "prepare_referral", by=moderator, **details(agency))


def test_stop_does_not_hold_up_help_where_a_life_is_at_risk(urgent, moderator, agency):  # noqa: F811
    perform(urgent, "data_request", kind="stop")
    perform(urgent, "prepare_referral", by=moderator, **details(agency))


def test_prepared_package_of_a_stopped_case_stays_here(file, moderator, agency):  # noqa: F811
    case = perform(file(age="adult", **TOLD).case, "claim", by=moderator)
    referral = prepare(case, moderator, agency)
    case = perform(case, "data_request", kind="stop")
    with pytest.raises(NotAllowed, match="untuk sementara"):
        perform(case, "send_referral", by=moderator, referral=referral)
    assert may_export(case, moderator, referral)
    case = perform(case, "allow_use_again")
    assert may_export(case, moderator, referral) is None


def test_no_stop_is_promised_where_a_life_is_at_risk(urgent, client, moderator):  # noqa: F811
    perform(urgent, "data_request", kind="stop")
    client.force_login(moderator)
    request = DataRequest.objects.get()
    assert answer(client, request, answer="done").status_code == 409
    assert answer(client, request, answer="refused", reason="child").status_code == 302


def test_answer_to_a_stop_is_true_when_it_is_read(file, client, moderator):
    filed = file(age="adult", **TOLD)
    perform(filed.case, "data_request", kind="stop")
    client.force_login(moderator)
    answer(client, DataRequest.objects.get(), answer="done")
    visit = open_with(filed.receipt.code)
    promise = "Laporanmu tidak kami pakai sekarang"
    assert promise in visit.get(url("own_data")).text
    Case.objects.update(tier=1)
    assert promise not in visit.get(url("own_data")).text
    Case.objects.update(tier=3)
    visit.post(url("allow_use_again"))
    page = visit.get(url("own_data")).text
    assert promise not in page
    assert "boleh memakainya lagi" in page


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
