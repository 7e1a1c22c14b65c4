"""Limits of a day, choices of categories, and who is on duty: what "take next" gives to whom (safety rule H24)."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from reports.cases.lifecycle import NotAllowed, perform
from reports.models import Case, DeskSettings, Notice, OptOut
from reports.staffing.availability import workers
from reports.staffing.exposure import Exposure, of_today
from reports.triage.taking import claim_most_urgent
from tests.reports.actions import URGENT
from tests.reports.followup.visitor import open_with, url

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.safety("H24")]
THREAT = "threats_stalking"


def choose(client, person, *categories: str) -> None:
    """Choose on one's own page not to get cases of these categories; nobody else can."""
    client.force_login(person)
    client.post(reverse("admin:reports_case_care"), {"categories": categories})


def opened(client, person, case: Case) -> None:
    client.force_login(person)
    client.get(reverse("admin:reports_case_page", args=[case.reference]), {"words": "1"})


def lead_was_paged(case: Case) -> bool:
    return Notice.objects.filter(event__case=case, event__action="nobody_available").exists()


def limits(**numbers: int) -> None:
    DeskSettings.objects.update_or_create(pk=1, defaults=numbers)


def test_take_next_keeps_the_chosen_category_away(client, filed, file, moderator):
    other = file(category="hate_extremism").case
    choose(client, moderator, "cyberbullying")
    assert claim_most_urgent(moderator).pk == other.pk
    with pytest.raises(NotAllowed, match="tidak ingin"):
        claim_most_urgent(moderator)


def test_urgent_case_reaches_a_person_when_nobody_else_can(client, file, moderator):
    case = file(base=URGENT).case
    choose(client, moderator, THREAT)
    assert claim_most_urgent(moderator).pk == case.pk
    assert lead_was_paged(case)


@pytest.mark.parametrize("tier", [0, 1])
def test_urgent_case_is_kept_from_nobody(client, file, filed, person, moderator, tier):
    """A colleague is on duty and free, but may take nothing: the case does not wait for them, and no lead is paged."""
    colleague, case = person("moderator", "colleague"), file(base=URGENT).case
    if tier != case.tier:
        perform(case, "set_tier", by=colleague, tier=tier, reason="Bahaya.")
    opened(client, colleague, filed.case)
    choose(client, moderator, THREAT)
    assert claim_most_urgent(moderator).pk == case.pk
    assert not lead_was_paged(case)


def test_page_says_that_urgent_cases_are_given_all_the_same(client, moderator, supervisor):
    client.force_login(moderator)
    assert "Kasus mendesak (P0 dan P1) tidak menunggu siapa pun" in client.get(reverse("admin:reports_case_care")).text
    limits(stories=1)
    client.force_login(supervisor)
    page = client.get(reverse("admin:reports_desksettings_change", args=[1])).text
    assert "kecuali kasus mendesak (P0 dan P1)" in page


def test_urgent_case_is_given_past_the_limit_of_the_day(client, file, filed, moderator):
    limits(stories=1)
    opened(client, moderator, claim_most_urgent(moderator))
    case = file(base=URGENT).case
    assert claim_most_urgent(moderator).pk == case.pk


@pytest.mark.slow
def test_colleague_who_left_the_case_is_not_waited_for(client, file, filed, person, moderator):
    colleague, case = person("moderator", "colleague"), file(base=URGENT).case
    perform(case, "recuse", by=colleague)
    choose(client, moderator, THREAT)
    assert claim_most_urgent(moderator).pk == case.pk


def test_limit_of_the_day_keeps_cases_away_until_tomorrow(client, file, filed, moderator, clock):
    limits(stories=1)
    opened(client, moderator, claim_most_urgent(moderator))
    file()
    with pytest.raises(NotAllowed, match="cukup"):
        claim_most_urgent(moderator)
    clock(days=1)
    assert claim_most_urgent(moderator)


def test_case_counts_once_a_day_and_only_if_its_words_are_shown(client, filed, file, moderator):
    perform(filed.case, "claim", by=moderator)
    for case in (filed.case, filed.case, file().case):  # the last one is not theirs: its story is not on the page
        opened(client, moderator, case)
    perform(filed.case, "reporter_reply", text="", evidence=())
    opened(client, moderator, filed.case)
    assert of_today() == {moderator.pk: Exposure(stories=1)}


@pytest.mark.slow
def test_conversation_counts_once_the_reporter_has_written(client, filed, moderator):
    perform(filed.case, "claim", by=moderator)
    open_with(filed.receipt.code).post(url("write"), {"text": "Lagi."})
    opened(client, moderator, filed.case)
    assert of_today() == {moderator.pk: Exposure(stories=1, threads=1)}


def test_lead_is_paged_once_if_nobody_on_duty_can_take_it(client, filed, file, moderator):
    choose(client, moderator, THREAT)
    opened(client, moderator, filed.case)
    case = file(base=URGENT).case
    call_command("housekeeping")
    call_command("housekeeping")
    assert Notice.objects.filter(event__case=case).count() == 1
    assert lead_was_paged(case)


@pytest.mark.slow
def test_lead_is_not_paged_while_somebody_available_is_on_duty(client, filed, file, moderator):
    opened(client, moderator, filed.case)
    case = file(base=URGENT).case
    call_command("housekeeping")
    assert not lead_was_paged(case)


@pytest.mark.slow
def test_person_is_on_duty_until_the_shift_ends_or_half_an_hour(client, filed, moderator, clock):
    opened(client, moderator, filed.case)
    assert [worker.on_duty for worker in workers()] == [True]
    clock(minutes=1)
    client.post(reverse("admin:reports_case_handover"))
    assert [worker.on_duty for worker in workers()] == [False]
    clock(minutes=1)
    opened(client, moderator, filed.case)
    assert [worker.on_duty for worker in workers()] == [True]
    clock(minutes=31)
    assert [worker.on_duty for worker in workers()] == [False]


def test_choice_is_changed_by_the_person_alone(client, filed, moderator, person):
    choose(client, moderator, "scam")
    choose(client, person("moderator", "colleague"))
    assert list(OptOut.objects.values_list("person", "category")) == [(moderator.pk, "scam")]


def test_urgent_case_does_not_wait_for_a_colleague_with_a_case_in_hand(client, file, filed, person, moderator):
    colleague, case = person("moderator", "colleague"), file(base=URGENT).case
    opened(client, colleague, perform(filed.case, "claim", by=colleague))
    choose(client, moderator, THREAT)
    assert claim_most_urgent(moderator).pk == case.pk
    assert lead_was_paged(case)


@pytest.mark.slow
def test_lead_who_escalated_is_not_waited_for(client, file, filed, person, supervisor):
    """Only the lead who escalated it is on duty, and another one must take it: a lead is paged."""
    person("supervisor", "second")
    case = perform(file(base=URGENT).case, "escalate", by=supervisor, reason="Contoh.")
    opened(client, supervisor, filed.case)
    Notice.objects.all().delete()
    call_command("housekeeping")
    assert lead_was_paged(case)
