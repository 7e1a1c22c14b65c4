"""The time to refer: which cases have one, what meets it, and who is alarmed when it ends (K1)."""

from datetime import timedelta

import pytest
from django.db.models import Sum
from django.urls import reverse

from reports.cases.lifecycle import NotAllowed, perform
from reports.models import Case, Event, Notice, OnCallChannel, Tally
from reports.referral.time_to_refer import refer_due
from reports.scheduled_tasks import alarm_late_referrals
from reports.staffing import notices
from reports.statistics import upkeep
from tests.cast import GROOMED
from tests.reports.referral.conftest import approved, prepare

pytestmark = pytest.mark.django_db


@pytest.mark.sampled(3)
@pytest.mark.safety("K1")
@pytest.mark.parametrize(
    ("answers", "hours"),
    [
        ({"safety": "danger"}, 4),
        ({"base": GROOMED}, 24),
        ({"category": "ncii", "age": "adult", "whose_picture": "adult"}, 24),
        ({}, None),
        ({"category": "scam", "age": "adult"}, None),
    ],
)
def test_time_to_refer_of_a_new_case(file, answers, hours):
    case = file(**answers).case
    assert case.refer_due_at == (case.received_at + timedelta(hours=hours) if hours else None)


@pytest.mark.safety("K1")
def test_raised_case_gets_a_time_and_keeps_it(filed, moderator, clock):
    case = perform(filed.case, "claim", by=moderator)
    first = perform(case, "set_tier", by=moderator, tier=0, reason="Bahaya.").refer_due_at
    clock(hours=1)
    assert perform(case, "note", by=moderator, text="Catatan.").refer_due_at == first


@pytest.mark.sampled(2)
@pytest.mark.safety("K1")
@pytest.mark.parametrize(
    ("action", "given", "decision"),
    [
        ("not_to_refer", {"reason": "Tidak ada lembaga."}, "not_referred"),
        ("gave_self_report_sheet", {"text": "Begini caranya."}, "sheet"),
    ],
)
def test_decision_meets_the_time_to_refer(urgent, moderator, clock, action, given, decision):
    case = perform(urgent, action, by=moderator, **given)
    clock(hours=5)
    due = refer_due(case)
    assert (due.decision, due.is_late) == (decision, False)
    assert alarm_late_referrals() == 0


@pytest.mark.slow
def test_handing_over_without_a_receipt_meets_nothing(urgent, moderator, supervisor, agency, clock):
    referral = prepare(urgent, moderator, agency)
    perform(urgent, "approve_referral", by=supervisor, referral=referral)
    perform(urgent, "send_referral", by=moderator, referral=referral)
    clock(hours=5)
    assert refer_due(Case.objects.get()).is_late


@pytest.mark.safety("K1")
def test_late_case_alarms_its_lead_once(urgent, supervisor, client, clock, mailoutbox, settings):
    OnCallChannel.objects.create(name="piket", email="piket@contoh.id")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    clock(hours=4, minutes=1)
    assert (alarm_late_referrals(), alarm_late_referrals()) == (1, 0)
    client.force_login(supervisor)
    assert "1 lewat batas waktu meneruskan" in client.get(reverse("admin:index")).content.decode()
    page = reverse("admin:reports_case_refer", args=[urgent.reference])
    assert page in client.get(reverse("admin:reports_case_refer_list")).content.decode()
    assert Notice.objects.filter(event__action="late_to_refer").count() == 1
    assert notices.page_on_call() == 1
    clock(minutes=11)
    assert notices.page_on_call() == 0


@pytest.mark.slow
def test_moderator_is_not_shown_the_late_case_of_a_lead(urgent, person, client, clock):
    clock(hours=5)
    alarm_late_referrals()
    client.force_login(person("moderator", "other"))
    assert "lewat batas waktu meneruskan" not in client.get(reverse("admin:index")).content.decode()
    assert urgent.display_reference not in client.get(reverse("admin:reports_case_refer_list")).content.decode()


def test_agency_that_stays_silent_raises_an_alarm_once(held, moderator, agency, clock):
    referral = approved(held, moderator, agency)
    perform(held, "send_referral", by=moderator, referral=referral)
    perform(held, "not_to_refer", by=moderator, reason="Alasan.")
    clock(hours=agency.hours_to_acknowledge, minutes=1)
    assert (alarm_late_referrals(), alarm_late_referrals()) == (1, 0)
    assert Event.objects.get(action="referral_unacknowledged").facts["referrals"] == [str(referral.pk)]


@pytest.fixture
def silent(held, moderator, agency, clock):
    """A package that its agency did not acknowledge in time, in a case that was then decided otherwise."""
    referral = approved(held, moderator, agency)
    perform(held, "send_referral", by=moderator, referral=referral)
    perform(held, "not_to_refer", by=moderator, reason="Alasan.")
    clock(hours=agency.hours_to_acknowledge, minutes=1)
    alarm_late_referrals()
    return Case.objects.get()


def desk_says(client, user, case) -> tuple[bool, bool]:
    """Whether the first page counts the package for ``user``, and whether the list names its case."""
    client.force_login(user)
    counted = "1 paket tanpa tanda terima" in client.get(reverse("admin:index")).text
    return counted, case.display_reference in client.get(reverse("admin:reports_case_refer_list")).text


@pytest.mark.safety("K1")
@pytest.mark.parametrize(("role", "found"), [("supervisor", True), ("moderator", False), ("child-safety", False)])
def test_silent_agency_is_on_the_list_of_handler_and_lead(silent, moderator, person, client, role, found):
    assert desk_says(client, moderator, silent) == (True, True)
    assert desk_says(client, person(role, "other"), silent) == (found, found)


def test_receipt_or_a_new_attempt_takes_the_package_from_the_list(silent, moderator, client):
    referral = silent.referrals.get()
    case = perform(silent, "referral_failed", by=moderator, referral=referral, reason="Tidak sampai.")
    assert desk_says(client, moderator, silent) == (True, True)
    perform(case, "send_referral", by=moderator, referral=referral)
    assert desk_says(client, moderator, silent) == (False, False)


def first_words() -> int:
    return Tally.objects.filter(measure="first_word").aggregate(n=Sum("number"))["n"] or 0


@pytest.mark.parametrize("unreachable", [False, True])
def test_message_with_a_receipt_is_the_first_word(held, moderator, agency, unreachable):
    if unreachable:
        held = perform(held, "mark_unreachable")
    referral = approved(held, moderator, agency)
    text = "" if unreachable else "Sudah kami teruskan."
    perform(held, "refer", by=moderator, referral=referral, receipt="R-1", text=text)
    assert first_words() == (0 if unreachable else 1)
    upkeep.recount_from_scratch()
    assert first_words() == (0 if unreachable else 1)


def test_decision_is_made_once_and_with_a_time_to_refer_only(held, filed, moderator):
    perform(held, "not_to_refer", by=moderator, reason="Alasan.")
    for case in (held, perform(filed.case, "claim", by=moderator)):
        with pytest.raises(NotAllowed):
            perform(case, "not_to_refer", by=moderator, reason="Alasan.")


def test_sheet_is_refused_while_the_code_is_found(urgent, moderator):
    perform(urgent, "freeze")
    with pytest.raises(NotAllowed):
        perform(urgent, "gave_self_report_sheet", by=moderator, text="Begini caranya.")
