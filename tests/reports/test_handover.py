"""The end of a shift, and what changed since then (safety rule H24)."""

from time import time

import pytest
from django.core.management import call_command
from django.urls import reverse

from reports.cases.lifecycle import NotAllowed, perform
from reports.models import Case, Category, Notice, OnCallChannel, ShiftEnd
from reports.scheduled_tasks import end_leases
from reports.staffing.notices import page_on_call
from safetycenter.accounts import idle
from tests.reports.actions import URGENT
from tests.reports.followup.visitor import open_with, url

pytestmark = [pytest.mark.django_db, pytest.mark.safety("H24")]
HANDOVER = "admin:reports_case_handover"


@pytest.fixture
def colleague(person):
    return person("moderator", "colleague")


@pytest.fixture
def conversation(file, moderator) -> Case:
    """A report of a person who may take their life, to whom the moderator has written."""
    case = perform(file(category="self_harm", age="adult").case, "claim", by=moderator)
    return perform(case, "reply", by=moderator, text="Terima kasih sudah cerita.")


def end_shift(client, person):
    client.force_login(person)
    return client.post(reverse(HANDOVER))


def test_conversation_about_a_life_is_not_given_back(conversation, moderator):
    with pytest.raises(NotAllowed, match="rekan"):
        perform(conversation, "release", by=moderator)


def test_shift_ends_only_after_a_colleague_took_the_conversation(client, conversation, moderator, colleague):
    end_shift(client, moderator)
    perform(conversation, "offer", by=moderator, to=colleague)
    end_shift(client, moderator)
    assert not ShiftEnd.objects.exists()
    perform(conversation, "accept", by=colleague)
    end_shift(client, moderator)
    assert ShiftEnd.objects.get().person == moderator


@pytest.mark.parametrize("way_out", ["admin:logout", "account_logout"])
def test_signing_out_leads_to_the_handover_first(client, conversation, moderator, way_out):
    OnCallChannel.objects.create(name="piket", email="piket@contoh.id")
    client.force_login(moderator)
    kept = client.post(reverse(way_out), follow=True)
    assert page_on_call() == 0
    assert conversation in kept.context["keeping"]
    assert 'name="leave_anyway"' in kept.text
    client.post(reverse(way_out), {"leave_anyway": "1"})
    case = Case.objects.get()
    assert "_auth_user_id" not in client.session
    assert (case.state, case.handler, case.tier) == ("escalated", None, 0)
    assert page_on_call() == 1
    assert ShiftEnd.objects.get().person == moderator


def test_locked_desk_signs_out_and_decides_nothing(client, conversation, moderator, monkeypatch):
    client.force_login(moderator)
    monkeypatch.setattr(idle, "time", lambda: time() + 20 * 60)
    client.post(reverse("admin:logout"), {"leave_anyway": "1"})
    assert "_auth_user_id" not in client.session
    assert (Case.objects.get().handler, ShiftEnd.objects.exists()) == (moderator, False)


@pytest.mark.logs_errors
def test_missing_key_keeps_nobody_signed_in(client, conversation, moderator, settings, tmp_path):
    client.force_login(moderator)
    settings.KEYS_DIR = tmp_path  # the reason of the escalation cannot be sealed
    client.post(reverse("admin:logout"), {"leave_anyway": "1"})
    assert "_auth_user_id" not in client.session
    assert Case.objects.get().handler == moderator


def test_signing_out_asks_nobody_else(client, filed, moderator):
    perform(filed.case, "claim", by=moderator)
    client.force_login(moderator)
    client.post(reverse("admin:logout"))
    assert "_auth_user_id" not in client.session


@pytest.mark.both_databases
@pytest.mark.parametrize("tier", [0, 1, 2])
def test_conversation_whose_lease_ends_goes_to_the_lead_and_pages(conversation, moderator, person, clock, tier):
    """The browser was closed, or the session has ended."""
    OnCallChannel.objects.create(name="piket", email="piket@contoh.id")
    if tier != conversation.tier:
        perform(Case.objects.get(), "set_tier", by=person("child-safety"), tier=tier, reason="Sudah tenang.")
    page_on_call()
    Notice.objects.all().delete()  # of the arrival
    clock(minutes=19)
    call_command("housekeeping")
    assert (Case.objects.get().handler, page_on_call()) == (moderator, 0)
    clock(minutes=2)
    end_leases()
    case = Case.objects.get()
    assert (case.state, case.handler, case.escalated_by) == ("escalated", None, moderator)
    assert page_on_call() == 1


@pytest.mark.slow
def test_case_without_a_conversation_goes_back_to_the_queue_when_its_lease_ends(file, moderator, clock):
    perform(file(category="self_harm", age="adult").case, "claim", by=moderator)
    clock(minutes=21)
    end_leases()
    assert Case.objects.get().state == "triage"


@pytest.mark.slow
def test_conversation_can_go_to_the_lead_instead(client, conversation, moderator):
    perform(conversation, "escalate", by=moderator, reason="Giliran saya habis.")
    end_shift(client, moderator)
    assert ShiftEnd.objects.exists()


@pytest.mark.slow
def test_case_without_a_conversation_can_be_given_back(file, moderator):
    case = perform(file(category="self_harm", age="adult").case, "claim", by=moderator)
    assert perform(case, "release", by=moderator).handler is None


@pytest.mark.slow
def test_page_of_the_case_offers_the_hand_over_instead(client, conversation, moderator):
    client.force_login(moderator)
    page = client.get(
        reverse("admin:reports_case_page", args=[conversation.reference]), {"words": "1"}
    ).content.decode()
    strip = page[page.index("case-acts") : page.index("case-main")]
    assert reverse("admin:reports_case_act", args=[conversation.reference, "offer"]) in strip
    assert "release" not in strip


def test_page_tells_what_others_did_on_own_cases_since(client, file, moderator, colleague, clock):
    filed = file()
    perform(filed.case, "claim", by=moderator)
    perform(filed.case, "ask", by=moderator, text="Kapan?")
    end_shift(client, moderator)
    clock(minutes=1)
    open_with(filed.receipt.code).post(url("write"), {"text": "Kemarin."})
    perform(filed.case, "claim", by=colleague)
    groups = client.get(reverse(HANDOVER)).context["groups"]
    assert [[event.action for event in events] for _heading, events in groups] == [["reporter_reply"], ["claim"]]


@pytest.mark.parametrize(
    ("action", "details", "group"),
    [
        ("note", {"text": "Catatan."}, "Ditulis rekan"),
        ("change_category", {"reason": "Soal uang."}, "Dibatasi, atau kategori atau prioritas lain"),
        ("data_request", {"kind": "access"}, "Ada tindakan pelapor"),
    ],
)
def test_page_tells_of_what_else_was_done_since(client, filed, moderator, supervisor, clock, action, details, group):
    perform(filed.case, "claim", by=moderator)
    end_shift(client, moderator)
    clock(minutes=1)
    by = None if action == "data_request" else supervisor
    given = details | ({"category": Category.objects.get(pk="scam")} if action == "change_category" else {})
    perform(Case.objects.get(), action, by=by, **given)
    groups = client.get(reverse(HANDOVER)).context["groups"]
    assert [(str(heading), [event.action for event in events]) for heading, events in groups] == [(group, [action])]


def test_page_tells_nothing_of_a_case_that_is_hidden_meanwhile(client, filed, moderator, child_safety, person, clock):
    perform(filed.case, "claim", by=moderator)
    end_shift(client, moderator)
    clock(minutes=30)
    perform(filed.case, "restrict", by=person("supervisor"), reason="Alasan.")
    perform(filed.case, "claim", by=child_safety)
    response = client.get(reverse(HANDOVER))
    assert filed.case.display_reference not in response.content.decode()


def test_colleague_who_chose_not_to_get_the_category_is_not_offered(client, filed, moderator, colleague):
    client.force_login(colleague)
    client.post(reverse("admin:reports_case_care"), {"categories": ["cyberbullying"]})
    case = perform(filed.case, "claim", by=moderator)
    with pytest.raises(NotAllowed):
        perform(case, "offer", by=moderator, to=colleague)


@pytest.mark.slow
def test_urgent_case_is_offered_to_anybody_if_nobody_else_can(client, file, moderator, colleague):
    client.force_login(colleague)
    client.post(reverse("admin:reports_case_care"), {"categories": [URGENT["category"]]})
    case = perform(file(base=URGENT).case, "claim", by=moderator)
    assert perform(case, "offer", by=moderator, to=colleague).offered_to == colleague
