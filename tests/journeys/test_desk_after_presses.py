"""Pages of the desk that appear after a choice are tested with axe-core: states, actions, refusals, second look."""

import pytest
from django.db import connection
from django.urls import reverse

from reports.cases import custody, second_look
from reports.cases.lifecycle import perform
from reports.models import Case, Team
from reports.models.state import State
from tests.journeys.desk_pages import faults_of, without_admin_styles
from tests.reports.states import REACHED, filed_in

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="what axe-core sees is the same on both databases"),
]
# What sends a form although its fields are empty: the server has to refuse it.
SEND_EMPTY = """form => {
  const kept = "[type=hidden], [type=checkbox], [type=radio]";
  form.querySelectorAll(`textarea, input:not(${kept})`).forEach(one => one.value = "");
  form.noValidate = true;
  form.requestSubmit();
}"""


def action_pages(page, case: Case) -> list[str]:
    """The addresses of the actions that the page of ``case`` links."""
    own = reverse("admin:reports_case_page", args=[case.reference])
    links = page.eval_on_selector_all("main a[href]", "all => all.map(one => one.pathname)")
    return sorted({link for link in links if link.startswith(own) and link.count("/") == own.count("/") + 1})


@pytest.mark.sampled(4)
@pytest.mark.parametrize("state", REACHED)
def test_case_can_be_used_by_everyone_in_every_state(site, visits, sign_in, file, moderator, state):
    page = sign_in(visits.page(), moderator)
    page.goto(reverse("admin:reports_case_page", args=[filed_in(state, file, moderator).case.reference]))
    assert not list(faults_of(page))


CASES = {"child-safety": {"category": "grooming", "age": "under_13"}, "outside-lead": {"staff_conflict": "yes"}}


@pytest.mark.parametrize("role", ["moderator", "child-safety", "supervisor", "outside-lead"])
def test_each_action_and_its_refusal_can_be_used_by_everyone(site, visits, person, sign_in, file, role):
    user = person(role)
    case = perform(file(**CASES.get(role, {"age": "adult"})).case, "claim", by=user)
    page = sign_in(visits.page(), user)
    page.goto(reverse("admin:reports_case_page", args=[case.reference]))
    faults = list(faults_of(page))
    actions = action_pages(page, case)
    for address in actions:
        page.goto(address)
        faults += [*faults_of(page), *faults_of_refusal(page)]
    assert len(actions) >= 8, actions
    assert not faults, "\n".join(faults)


def faults_of_refusal(page) -> list[str]:
    """The faults of the page that refuses an empty form; none where nothing is required."""
    if not page.locator("main form [required]").count():
        return []
    page.eval_on_selector("main form:has([required])", SEND_EMPTY)
    page.wait_for_selector(".errorlist, .errors, [role=alert], .messagelist")
    return list(faults_of(page))


def test_each_action_of_triage_and_its_refusal_can_be_used_by_everyone(site, visits, person, sign_in, file):
    """Triage has no case page: an action is opened from the row of the queue, the others from its page."""
    Team.objects.create(key="barat", name="Barat")
    case = file(age="adult").case
    page = sign_in(visits.page(), person("triage"))
    page.goto(reverse("admin:reports_case_changelist"))
    page.click(".case-row a.why")
    first = page.evaluate("location.pathname")
    actions = sorted({first, *action_pages(page, case)})
    faults = []
    for address in actions:
        page.goto(address)
        faults += [*faults_of(page), *faults_of_refusal(page)]
    assert {address.split("/")[-2] for address in actions} == {"set_tier", "escalate", "route", "quarantine"}
    assert not faults, "\n".join(faults)


def test_second_look_can_be_used_by_everyone(site, visits, person, sign_in, filed, moderator, monkeypatch):
    monkeypatch.setattr(second_look, "ONE_IN", 1)
    perform(perform(filed.case, "claim", by=moderator), "close", by=moderator, outcome="spam")
    page = sign_in(visits.page(), person("moderator", "colleague"))
    page.goto(reverse("admin:reports_case_second_looks"))
    page.click("main form button")
    assert page.locator("[name=outcome]").count()
    assert not list(faults_of(page))


def test_looked_at_quarantine_can_be_used_by_everyone(site, visits, sign_in, file, person):
    filed_in(State.QUARANTINED, file, None)
    page = sign_in(visits.page(), person("triage"))
    page.goto(reverse("admin:reports_case_changelist") + "?show=quarantined")
    assert page.locator("[data-row]").count()
    assert not list(faults_of(page))


def test_pages_of_locked_files_can_be_used_by_everyone(site, visits, person, sign_in, with_picture, moderator):
    administrator, lead = person("administrator"), person("child-safety", "lead")
    custody.name(lead, administrator, for_withheld=False)
    case = perform(with_picture, "claim", by=moderator)
    perform(case, "lock", by=moderator, reason="Berkas kedua.")
    looked_at = {
        lead: [("case_page", [case.reference]), ("case_act", [case.reference, "destroy_files"])],
        administrator: [("custodylead_changelist", []), ("custodylead_add", [])],
    }
    faults = []
    for user, pages in looked_at.items():
        page = sign_in(visits.page(), user)
        for name, arguments in pages:
            assert page.goto(reverse(f"admin:reports_{name}", args=arguments)).status == 200
            faults += faults_of(page)
    visits.faults[:] = without_admin_styles(visits.faults)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("typed", ["tidak ada", "XXXX-XXXX"])
def test_search_without_a_result_can_be_used_by_everyone(site, visits, sign_in, moderator, typed):
    page = sign_in(visits.page(viewport={"width": 1280, "height": 900}), moderator)
    page.goto(reverse("admin:reports_case_changelist"))
    page.fill("#find", typed)
    page.press("#find", "Enter")
    assert not list(faults_of(page))
