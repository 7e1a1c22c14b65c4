"""Who works on a case: offering it, escalating it, leaving it, keeping it for later, putting it aside."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.cases.lease import LEASE
from reports.cases.lifecycle import NotAllowed, perform
from reports.models import Case, Notice, OnCallChannel
from reports.models.case import State
from reports.scheduled_tasks import end_leases
from reports.staffing import notices
from tests.reports.actions import URGENT, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(person):
    return person("moderator", "colleague")


@pytest.fixture
def held(filed, moderator) -> Case:
    """A case that the moderator works on."""
    return perform(filed.case, "claim", by=moderator)


def test_offered_case_stays_with_its_handler_until_accepted(held, moderator, colleague):
    due = held.next_action_at
    case = perform(held, "offer", by=moderator, to=colleague, reason="Tahu soal ini.")
    assert (case.handler, case.offered_to) == (moderator, colleague)
    case = perform(case, "accept", by=colleague)
    assert (case.handler, case.offered_to, case.last_handler) == (colleague, None, colleague)
    assert case.next_action_at == due


def test_colleague_reads_what_the_former_handler_wrote(held, moderator, colleague, client):
    perform(held, "note", by=moderator, text="Sudah telepon sekolah.")
    perform(held, "reply", by=moderator, text="Kami membantumu.")
    perform(held, "offer", by=moderator, to=colleague)
    perform(held, "accept", by=colleague)
    moderator.is_active = False
    moderator.save()
    client.force_login(colleague)
    page = client.get(reverse("admin:reports_case_page", args=[held.reference])).text
    assert "Sudah telepon sekolah." in page
    assert "Kami membantumu." in page


@pytest.mark.sampled(3)
@pytest.mark.parametrize("role", ["triage", "auditor", "administrator", "outside-lead"])
def test_case_is_not_offered_to_people_who_cannot_handle_it(held, moderator, person, role):
    with pytest.raises(NotAllowed):
        perform(held, "offer", by=moderator, to=person(role))


def test_restricted_case_is_offered_inside_child_safety_only(restricted, child_safety, colleague, person):
    case = perform(restricted.case, "claim", by=child_safety)
    with pytest.raises(NotAllowed):
        perform(case, "offer", by=child_safety, to=colleague)
    assert perform(case, "offer", by=child_safety, to=person("child-safety", "second")).offered_to.username == "second"


def test_only_the_asked_person_takes_an_offered_case(held, moderator, colleague, person):
    perform(held, "offer", by=moderator, to=colleague)
    assert refused(held, "accept", person("moderator", "third"))
    assert perform(held, "decline", by=colleague).handler == moderator


def test_escalated_case_is_for_another_lead(held, moderator, person):
    lead = person("supervisor")
    case = perform(held, "escalate", by=moderator, reason="Soal lembaga.")
    assert (case.state, case.handler, case.escalated_by) == (State.ESCALATED, None, moderator)
    assert refused(case, "claim", moderator)
    case = perform(case, "claim", by=lead)
    assert (case.handler, case.escalated_by) == (lead, None)


def test_lead_does_not_take_back_what_they_escalated(filed, person):
    lead, other = person("supervisor"), person("supervisor", "other")
    perform(perform(filed.case, "claim", by=lead), "escalate", by=lead, reason="Bukan untukku.")
    assert refused(filed.case, "claim", lead)
    assert refused(filed.case, "claim", other) is None


def test_escalating_keeps_place_and_pages_for_an_urgent_case(file, moderator):
    case = perform(file(safety="danger").case, "claim", by=moderator)
    Notice.objects.all().delete()
    key = case.queue_key_at
    case = perform(case, "escalate", by=moderator, reason="Cepat.")
    assert case.queue_key_at <= key
    assert Notice.objects.filter(event__case=case).exists()


@pytest.mark.safety("H25")
def test_person_who_left_a_case_sees_it_nowhere(held, moderator, colleague):
    case = perform(held, "recuse", by=moderator)
    assert (case.state, case.handler, case.last_handler) == (State.TRIAGE, None, None)
    assert not Case.objects.visible_to(moderator).exists()
    assert Case.objects.visible_to(colleague).get() == case
    assert refused(case, "claim", moderator)
    with pytest.raises(NotAllowed):
        perform(perform(case, "claim", by=colleague), "offer", by=colleague, to=moderator)


def test_leaving_as_the_last_one_who_can_take_an_urgent_case_pages(file, moderator):
    case = perform(file(**URGENT).case, "claim", by=moderator)
    assert case.tier == 1
    case = perform(case, "recuse", by=moderator)
    assert case.events.last().facts["nobody_left"]
    assert Notice.objects.filter(event__case=case).exists()


def test_second_return_of_an_urgent_case_pages_its_lead(file, moderator, colleague):
    case = file(**URGENT).case
    for who, alarms in ((moderator, False), (colleague, True)):
        case = perform(perform(case, "claim", by=who), "release", by=who)
        assert Notice.objects.filter(event__case=case).exists() == alarms
    assert case.times_returned == 2


def test_answer_ends_the_count_of_returns(held, moderator):
    case = perform(perform(held, "release", by=moderator), "claim", by=moderator)
    assert case.times_returned == 1
    assert perform(case, "reply", by=moderator, text="Halo.").times_returned == 0


def test_case_kept_for_later_stays_with_its_handler(held, moderator, clock):
    at = timezone.now() + timedelta(hours=3)
    case = perform(held, "look_again", by=moderator, at=at)
    assert case.lease_until == at + LEASE
    clock(hours=3)
    end_leases()
    case.refresh_from_db()
    assert case.handler == moderator
    clock(minutes=21)
    end_leases()
    case.refresh_from_db()
    assert (case.handler, case.look_again_at) == (None, None)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("hours", [-1, 25])
def test_case_is_kept_for_later_only_before_its_next_step(held, moderator, hours):
    with pytest.raises(NotAllowed):
        perform(held, "look_again", by=moderator, at=timezone.now() + timedelta(hours=hours))


def test_case_is_not_kept_for_later_past_the_time_to_refer(file, moderator, clock):
    case = perform(perform(file().case, "set_tier", by=moderator, tier=0, reason="Bahaya."), "claim", by=moderator)
    clock(hours=3, minutes=30)
    case = perform(case, "reply", by=moderator, text="Halo.")
    later = case.refer_due_at + timedelta(minutes=20)
    assert later < case.next_action_at
    with pytest.raises(NotAllowed, match="meneruskan"):
        perform(case, "look_again", by=moderator, at=later)
    case = perform(case, "look_again", by=moderator, at=case.refer_due_at - timedelta(minutes=1))
    case = perform(case, "not_to_refer", by=moderator, reason="Contoh.")
    assert perform(case, "look_again", by=moderator, at=later).look_again_at == later


def test_reporters_words_end_the_wait_for_later(held, moderator):
    case = perform(held, "look_again", by=moderator, at=timezone.now() + timedelta(hours=3))
    case = perform(case, "reporter_reply", text="", evidence=())
    assert case.look_again_at is None
    assert case.handler == moderator


def test_case_comes_back_reserved_for_its_last_handler(held, moderator):
    case = perform(held, "ask", by=moderator, text="Kapan?")
    case = perform(case, "reporter_reply", text="", evidence=())
    assert case.last_handler == moderator
    assert timezone.now() < case.reserved_until < case.next_action_at


@pytest.mark.safety("H19")
@pytest.mark.parametrize("answers", [{}, {"age": "adult", **URGENT}, {"age": "unknown", "category": "scam"}])
def test_urgent_or_young_case_is_never_quarantined(file, moderator, answers):
    assert refused(file(**answers).case, "quarantine", moderator)


def test_quarantined_case_is_checked_within_a_day(file, person):
    case = file(age="adult", category="account_abuse").case
    case = perform(case, "quarantine", by=person("triage"), reason="Kiriman mesin.")
    assert case.state == State.QUARANTINED
    assert case.next_action_at <= timezone.now() + timedelta(hours=24)


def test_linked_case_has_one_lead_and_stays_separate(file, moderator):
    first, second, third = (file(age="adult", category="scam").case for _number in range(3))
    perform(second, "link", by=moderator, reference=first.display_reference)
    case = perform(third, "link", by=moderator, reference=second.reference.lower())
    assert case.lead_case == first
    assert refused(first, "link", moderator)
    assert perform(case, "unlink", by=moderator).lead_case is None


def test_case_is_not_linked_to_one_that_its_linker_cannot_see(filed, restricted, moderator):
    sentences = []
    for reference in (restricted.case.reference, "AAAA0000"):
        with pytest.raises(NotAllowed) as refusal:
            perform(filed.case, "link", by=moderator, reference=reference)
        sentences.append(str(refusal.value))
    assert sentences[0] == sentences[1]


def test_second_return_of_an_ordinary_case_pages_its_lead_once(filed, moderator, colleague):
    OnCallChannel.objects.create(name="piket", email="piket@contoh.id")
    case, pages = filed.case, []
    for who in (moderator, colleague, moderator):
        case = perform(perform(case, "claim", by=who), "release", by=who)
        OnCallChannel.objects.update(last_paged_at=None)
        pages.append(notices.page_on_call())
    assert (case.tier, pages) == (2, [0, 1, 0])
