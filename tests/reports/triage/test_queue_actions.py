"""What is done from the queue: find a case by its number, check several quarantined cases, take the next one."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from reports.cases.handover import end_shift
from reports.cases.lifecycle import perform
from reports.models import Case
from reports.triage.taking import claim_most_urgent
from tests.reports.actions import URGENT

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
FIND = reverse("admin:reports_case_find")
SEVERAL = reverse("admin:reports_case_check_several")
SCAM = {"category": "account_abuse", "age": "adult"}


def told(answer) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "typed", [lambda ref: f"{ref[:4]}-{ref[4:]}", str.lower, lambda ref: f" {ref[:4]} {ref[4:].lower()} "]
)
def test_find_opens_the_case_however_it_is_typed(filed, desk, typed):
    answer = desk.post(FIND, {"reference": typed(filed.case.reference)})
    assert answer.url == reverse("admin:reports_case_page", args=[filed.case.reference])


def test_find_answers_the_same_for_hidden_and_missing(restricted, desk):
    hidden, missing, whole = (
        desk.post(FIND, {"reference": reference})
        for reference in (restricted.case.reference, "00000000", restricted.receipt.code)
    )
    assert hidden.url == missing.url == whole.url
    assert told(whole) == ["Tidak ada kasus dengan nomor ini yang boleh Anda lihat."] * 3


def test_find_puts_no_typed_code_into_an_address(filed, desk):
    assert desk.get(FIND, {"reference": filed.receipt.code}).status_code == 405


def test_find_shows_triage_the_row_only(filed, file, client, person):
    file()
    client.force_login(person("triage"))
    answer = client.post(FIND, {"reference": filed.case.display_reference}, follow=True)
    assert [row.case for group in answer.context["groups"] for row in group["rows"]] == [filed.case]


@pytest.fixture
def aside(file) -> list[Case]:
    """Three quarantined cases of adults."""
    return [file(suspicious=True, words=str(number), **SCAM).case for number in range(3)]


def check(client, do, *cases, version=0):
    return client.post(SEVERAL, {"do": do, "case": [f"{case.reference}:{version}" for case in cases]}, follow=False)


def states(cases) -> list[str]:
    return [Case.objects.get(pk=case.pk).state for case in cases]


@pytest.mark.safety("H19")
def test_several_quarantined_cases_are_released(aside, client, person):
    client.force_login(person("triage"))
    answer = check(client, "release", *aside[:2])
    assert states(aside) == ["triage", "triage", "quarantined"]
    assert all(case.display_reference in told(answer)[0] for case in aside[:2])


def test_several_quarantined_cases_are_closed_as_spam(aside, desk):
    check(desk, "spam", *aside[:2])
    assert states(aside) == ["closed", "closed", "quarantined"]
    assert Case.objects.filter(outcome="spam").count() == 2


def test_triage_closes_no_case_as_spam(aside, client, person):
    client.force_login(person("triage"))
    assert "Tidak dilakukan" in told(check(client, "spam", *aside))[0]
    assert states(aside) == ["quarantined"] * 3


@pytest.mark.slow
def test_stale_row_is_refused_and_the_others_are_done(aside, desk, person):
    perform(aside[0], "note", by=person("moderator", "other"), text="Catatan.")
    done, refused = told(check(desk, "release", *aside))
    assert states(aside) == ["quarantined", "triage", "triage"]
    assert aside[0].display_reference in refused
    assert aside[1].display_reference in done


def test_bulk_touches_quarantined_cases_only(filed, desk):
    assert told(check(desk, "spam", filed.case)) == ["Pilih paling sedikit satu kasus."]
    assert states([filed.case]) == ["received"]


@pytest.mark.slow
def test_bulk_knows_two_actions(aside, desk):
    assert check(desk, "destroy", *aside).status_code == 404


@pytest.fixture
def came_back(file, moderator) -> Case:
    """A case of P2 that ``moderator`` asked about, and whose reporter has answered."""
    case = perform(file().case, "claim", by=moderator)
    case = perform(case, "ask", by=moderator, text="Kapan?")
    return perform(case, "reporter_reply", text="", evidence=())


@pytest.fixture
def older(file, clock) -> Case:
    """A case of P2 that came ten hours before what follows."""
    case = file().case
    clock(hours=10)
    return case


def test_take_next_returns_a_case_to_who_handled_it(older, came_back, moderator):
    assert Case.objects.queued().first() == older
    assert claim_most_urgent(moderator) == came_back


def test_take_next_puts_a_higher_tier_before_own_cases(came_back, file, moderator):
    urgent = file(safety="danger").case
    assert claim_most_urgent(moderator) == urgent


def test_take_next_leaves_a_kept_case_to_who_handled_it(came_back, file, supervisor):
    later = file(age="adult", category="account_abuse", words="Lain.").case
    assert claim_most_urgent(supervisor) == later


@pytest.mark.safety("K9")
def test_take_next_keeps_no_urgent_case_for_a_person_who_left(file, moderator, supervisor):
    case = perform(perform(file(**URGENT).case, "claim", by=moderator), "ask", by=moderator, text="Kapan?")
    perform(case, "reporter_reply", text="", evidence=())
    later = file(**URGENT | {"words": "Lain."}).case
    assert (case.tier, claim_most_urgent(supervisor)) == (1, later)
    perform(later, "release", by=supervisor)
    end_shift(moderator)
    assert claim_most_urgent(supervisor) == case


@pytest.mark.parametrize("way", ["shift ended", "half an hour"])
def test_take_next_keeps_a_case_only_while_its_last_handler_is_on_duty(
    came_back, file, moderator, supervisor, clock, way
):
    file(age="adult", category="account_abuse", words="Lain.")
    if way == "shift ended":
        end_shift(moderator)
    else:
        clock(minutes=31)
    assert came_back.reserved_until > timezone.now()
    assert claim_most_urgent(supervisor) == came_back


@pytest.mark.slow
def test_take_next_gives_a_kept_case_if_nothing_else_waits(came_back, supervisor):
    assert claim_most_urgent(supervisor) == came_back


@pytest.mark.slow
def test_take_next_keeps_no_case_for_longer(came_back, file, supervisor, clock):
    file(age="adult", category="account_abuse", words="Lain.")
    clock(hours=3)
    assert claim_most_urgent(supervisor) == came_back
