"""What a person decides about tier and restriction: who may, what it changes, and what it never opens (H14, H28)."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from reports.cases.lifecycle import NotAllowed, allowed, perform
from reports.crypto.vault import keys
from reports.models import Case, Notice
from reports.triage.case_view import CaseView
from tests.cast import GROOMED
from tests.reports.followup.visitor import open_with, opened
from tests.reports.triage.linked import GROOMING, SCAM, is_open, open_file

pytestmark = pytest.mark.django_db
WHY = {"reason": "Bukan soal seksual."}


@pytest.fixture
def second(person):
    """Another person of child safety."""
    return person("child-safety", "second")


@pytest.fixture
def lifted(file, child_safety, second):
    """A restricted case whose restriction two people have ended."""
    filed = file(base=GROOMED)
    call_command("housekeeping")
    perform(filed.case, "ask_lift", by=child_safety, **WHY)
    filed.case = perform(filed.case, "lift_restriction", by=second, reason="Setuju.")
    return filed


def test_handler_raises_a_tier_with_a_reason(filed, moderator):
    perform(filed.case, "claim", by=moderator)
    case = perform(filed.case, "set_tier", by=moderator, tier=0, **WHY)
    assert (case.tier, case.notes.get().text()) == (0, WHY["reason"])
    facts = case.events.last().facts
    assert (facts["tier_before"], facts["tier"]) == (filed.case.tier, 0)
    assert case.next_action_at <= filed.case.next_action_at


def test_raised_case_that_nobody_holds_pages_somebody(filed, child_safety):
    perform(filed.case, "set_tier", by=child_safety, tier=0, **WHY)
    assert Notice.objects.filter(event__case=filed.case).exists()


@pytest.mark.safety("H28")
def test_only_child_safety_lowers_an_urgent_case(file, moderator, child_safety):
    case = perform(file(safety="danger").case, "claim", by=moderator)
    with pytest.raises(NotAllowed):
        perform(case, "set_tier", by=moderator, tier=3, **WHY)
    assert not case.notes.exists()
    assert perform(case, "set_tier", by=child_safety, tier=3, **WHY).tier == 3


def test_lowering_a_tier_moves_no_promise(file, child_safety):
    case = file(safety="danger").case
    lowered = perform(case, "set_tier", by=child_safety, tier=3, **WHY)
    assert (lowered.due_at, lowered.next_action_at) == (case.due_at, case.next_action_at)


def test_who_does_not_hold_a_case_sets_no_tier(filed, moderator, person, supervisor):
    case = perform(filed.case, "claim", by=person("moderator", "handler"))
    assert "set_tier" not in allowed(case, moderator) | allowed(case, supervisor)


def test_who_sorts_cases_sets_the_tier_of_a_waiting_one(filed, person):
    triage = person("triage")
    assert perform(filed.case, "set_tier", by=triage, tier=1, reason="Rumahnya diketahui.").tier == 1
    with pytest.raises(NotAllowed):
        perform(filed.case, "set_tier", by=triage, tier=2, reason="Ternyata tidak.")


@pytest.mark.slow
@pytest.mark.parametrize("data", [{"tier": "0"}, {"reason": "x"}, {"tier": "9", "reason": "x"}])
def test_tier_needs_a_choice_and_a_reason(filed, client, moderator, data):
    case = perform(filed.case, "claim", by=moderator)
    client.force_login(moderator)
    address = reverse("admin:reports_case_act", args=[case.reference, "set_tier"])
    assert client.post(address, {"version": case.version, **data}).status_code == 422
    assert Case.objects.get().tier == filed.case.tier
    assert client.post(address, {"version": case.version, "tier": "0", "reason": "x"}).status_code == 302
    assert Case.objects.get().tier == 0


@pytest.mark.safety("H28")
def test_restriction_ends_by_two_people_of_child_safety(lifted, moderator):
    case = lifted.case
    assert Case.objects.visible_to(moderator).get() == case
    assert (case.restricted, case.staff_audience) == (False, keys.DESK)
    assert perform(case, "claim", by=moderator).handler == moderator


def test_one_person_does_not_end_a_restriction(restricted, child_safety):
    call_command("housekeeping")
    with pytest.raises(NotAllowed):
        perform(restricted.case, "lift_restriction", by=child_safety, **WHY)
    perform(restricted.case, "ask_lift", by=child_safety, **WHY)
    with pytest.raises(NotAllowed):
        perform(restricted.case, "lift_restriction", by=child_safety, **WHY)
    assert Case.objects.get().restricted


@pytest.mark.sampled(2)
@pytest.mark.parametrize("action", ["confirm_child", "lock"])
def test_confirmed_or_locked_case_stays_restricted(restricted, child_safety, second, action):
    call_command("housekeeping")
    perform(restricted.case, "ask_lift", by=child_safety, **WHY)
    case = perform(restricted.case, "claim", by=second)
    perform(case, action, by=second, **WHY)
    with pytest.raises(NotAllowed):
        perform(case, "lift_restriction", by=second, **WHY)


@pytest.mark.slow
def test_code_opens_the_thread_of_a_lifted_case(lifted, moderator):
    case = perform(lifted.case, "claim", by=moderator)
    perform(case, "reply", by=moderator, text="Kami di sini.")
    assert "Kami di sini." in opened(open_with(lifted.receipt.code))


@pytest.mark.slow
def test_notes_of_child_safety_stay_with_them_after_a_lift(lifted, moderator, child_safety):
    perform(lifted.case, "note", by=moderator, text="Catatan moderator.")
    for_moderator = [note["text"] for note in CaseView(lifted.case, moderator).notes()]
    assert for_moderator[-1] == "Catatan moderator."
    assert not {"Setuju.", WHY["reason"]} & set(for_moderator)
    assert {"Setuju.", WHY["reason"]} <= {note["text"] for note in CaseView(lifted.case, child_safety).notes()}


@pytest.mark.slow
@pytest.mark.safety("H14")
def test_lift_opens_no_file_of_a_linked_case(report, moderator, child_safety, second):
    child, ordinary = report(GROOMING), report(SCAM, with_picture=True)
    call_command("housekeeping")
    perform(child, "ask_lift", by=child_safety, **WHY)
    perform(child, "lift_restriction", by=second, **WHY)
    call_command("housekeeping")
    open_file(ordinary, moderator)
    assert not is_open(ordinary)


@pytest.mark.safety("H14")
def test_lift_opens_no_file_of_its_own_case(report, moderator, child_safety, second):
    case = perform(report(SCAM, with_picture=True), "claim", by=moderator)
    perform(case, "restrict", by=moderator, **WHY)
    call_command("housekeeping")
    perform(case, "ask_lift", by=child_safety, **WHY)
    case = perform(case, "lift_restriction", by=second, **WHY)
    open_file(case, moderator)
    assert not is_open(case)
