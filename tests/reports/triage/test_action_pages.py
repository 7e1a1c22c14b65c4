"""The pages of rare actions: each is reached from the case, does what its row says, and refuses in words."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.cases.lifecycle import STAFF_ACTIONS, perform
from reports.models import Case
from reports.staffing.hours import in_words
from tests.cast import BULLIED
from tests.reports.triage.desk_pages import act, page_of

pytestmark = pytest.mark.django_db
# "refer" is also the address of the page that has the others.
OTHER_PAGE = [name for name, row in STAFF_ACTIONS.items() if row.own_page and name != "refer"]
LATER = f"{timezone.localtime() + timedelta(hours=2):%Y-%m-%dT%H:%M}"


def address(case, action: str) -> str:
    return reverse("admin:reports_case_act", args=[case.reference, action])


@pytest.fixture
def held(filed, desk) -> Case:
    act(desk, filed.case, "claim")
    return filed.case


@pytest.mark.slow
@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("action", "sent", "changed"),
    [
        ("look_again", {"at": LATER}, "look_again_at"),
        ("change_category", {"category": "scam", "reason": "Soal uang."}, "category_id"),
        ("mark_fact", {"fact": "age", "degree": "seen"}, "fact_degrees"),
        ("escalate", {"reason": "Soal sekolah."}, "escalated_by_id"),
        ("set_tier", {"tier": "1", "reason": "Rumahnya diketahui."}, "tier"),
    ],
)
def test_rare_action_is_reached_from_the_case_and_done(held, desk, action, sent, changed):
    before = getattr(Case.objects.get(), changed)
    assert address(held, action) in desk.get(page_of(held)).text
    assert desk.get(address(held, action)).status_code == 200
    assert act(desk, held, action, **sent).status_code == 302
    assert getattr(Case.objects.get(), changed) != before


@pytest.mark.safety("H25")
def test_only_facts_that_the_case_has_are_marked(file, desk):
    case = file(platform="instagram", staff_conflict="no").case
    act(desk, case, "claim")
    shown = re.findall(r'<option value="([a-z_0-9]+)"', desk.get(address(case, "mark_fact")).text)
    assert {"age", "platform", "words"} <= {*shown} <= {*BULLIED}
    refused = act(desk, case, "mark_fact", fact="staff_conflict", degree="seen")
    assert (refused.status_code, 'id="mark_fact-fact_error"' in refused.text) == (422, True)


def test_case_is_offered_and_accepted_through_the_pages(held, desk, person, client):
    colleague = person("moderator", "colleague")
    assert "colleague" in desk.get(address(held, "offer")).text
    act(desk, held, "offer", to=colleague.pk)
    client.force_login(colleague)
    assert address(held, "accept") in client.get(page_of(held)).text
    act(client, held, "accept")
    assert Case.objects.get().handler == colleague


def test_latest_time_to_look_again_is_the_end_of_the_first_clock(file, desk, moderator, clock):
    case = perform(file(safety="danger").case, "claim", by=moderator)
    clock(hours=3, minutes=30)
    case = perform(case, "reply", by=moderator, text="Halo.")
    page = desk.get(address(case, "look_again")).text
    assert case.refer_due_at < case.next_action_at
    assert f"Paling lambat {in_words(case.refer_due_at)}" in page


@pytest.mark.slow
@pytest.mark.parametrize("dash", ["-", " ", ""])
def test_case_is_linked_by_a_number_as_printed_or_said(held, file, desk, dash):
    other = file(age="adult").case
    typed = other.display_reference.replace("-", dash).replace("0", "O").replace("1", "I")
    act(desk, held, "link", reference=typed.lower())
    page = desk.get(page_of(held)).text
    assert page_of(other) in page
    assert Case.objects.get(pk=held.pk).lead_case == other


@pytest.mark.slow
def test_refused_action_keeps_what_was_typed(held, desk):
    response = act(desk, held, "link", reference="AAAA-0000")
    assert (response.status_code, 'value="AAAA-0000"' in response.text) == (409, True)


@pytest.mark.slow
@pytest.mark.parametrize("action", OTHER_PAGE)
def test_action_with_another_page_has_no_address_here(held, desk, action):
    assert desk.get(address(held, action)).status_code == 404
    assert act(desk, held, action, reason="Alasan.").status_code == 404


def test_no_id_stands_twice_on_the_case_page(held, desk):
    ids = re.findall(r' id="([^"]+)"', desk.get(page_of(held)).text)
    assert {name for name in ids if ids.count(name) > 1} == set()


@pytest.mark.slow
def test_triage_reaches_each_action_that_sorts_from_the_queue(file, client, person):
    case = file(age="adult", category="account_abuse").case
    client.force_login(person("triage"))
    first = address(case, "set_tier")
    assert first in client.get(reverse("admin:reports_case_changelist")).text
    page = client.get(first).text
    assert address(case, "escalate") in page
    assert address(case, "quarantine") in page
    assert act(client, case, "quarantine", reason="Kiriman mesin.").status_code == 302
    assert Case.objects.get().state == "quarantined"
