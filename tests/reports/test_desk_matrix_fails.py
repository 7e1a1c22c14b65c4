"""The matrix of ``test_desk_matrix`` sees each guard that is gone: list, count, search, export, link, dashboard."""

import sys

import pytest
from django.urls import reverse

from reports.cases import referral_guards
from reports.models.case_queryset import CaseQuerySet
from reports.models.state import State
from reports.scheduled_tasks import index_identifiers
from reports.statistics import figures
from tests.reports import hidden_cases
from tests.reports.desk_matrix import UNKNOWN, changed, shown

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.safety("H25")]
# The place in the code that asks which cases a person may know of, and a page that then shows too much.
PLACES = {
    "list": ("saved_views.py", "cases_in", "queue"),
    "count": ("saved_views.py", "count", "queue"),
    "search": ("queue.py", "find", "search"),
    "first page": ("panels.py", "_count", "index"),
    "link": ("linked.py", "_others", "own case"),
    "count of links": ("linked.py", "linked_counts", "queue"),
}
GUARDED = CaseQuerySet.visible_to
STATES = (State.RECEIVED, State.IN_PROGRESS, State.RESOLVED)


@pytest.fixture
def own(categories):
    """An ordinary case, of which supervisors may know."""
    case = hidden_cases.ordinary()
    index_identifiers()
    return case


@pytest.fixture
def shown_to(own, person, client):
    """``shown_to(reference)``: pages of the desk as a supervisor sees them, with the search for a case."""
    addresses = {
        "queue": reverse("admin:reports_case_changelist") + "?show=all",
        "index": reverse("admin:index"),
        "dashboard": reverse("admin:reports_dashboard"),
        "own case": reverse("admin:reports_case_page", args=[own.reference]),
    }
    client.force_login(person("supervisor"))

    def ask(reference: str = UNKNOWN) -> dict:
        found = client.post(reverse("admin:reports_case_find"), {"reference": reference}, follow=True)
        return {name: shown(client.get(one)) for name, one in addresses.items()} | {"search": shown(found, reference)}

    return ask


@pytest.fixture
def without_guard(monkeypatch):
    """``without_guard(file, function)``: there, everybody may know of every case."""

    def remove(file: str, function: str) -> None:
        def visible_to(cases, user):
            frame = sys._getframe(1)
            while frame.f_code.co_filename.endswith(("case_queryset.py", "db/models/manager.py")):
                frame = frame.f_back
            is_there = frame.f_code.co_filename.endswith(f"/{file}") and frame.f_code.co_name == function
            return cases.exclude(state=State.PURGED) if is_there else GUARDED(cases, user)

        monkeypatch.setattr(CaseQuerySet, "visible_to", visible_to)

    return remove


def test_each_guard_that_is_gone_changes_a_page(keepers, own, shown_to, without_guard, monkeypatch):
    people = keepers("restricted")
    before = shown_to()
    case, *_others = hidden_cases.all_hidden("restricted", *people, STATES, from_start=True, known=own)
    assert changed(before, shown_to(case.reference)) == {}
    seen = {}
    for guard, (file, function, page) in PLACES.items():
        without_guard(file, function)
        seen[guard] = page in changed(before, shown_to(case.reference))
    monkeypatch.setattr(CaseQuerySet, "visible_to", GUARDED)
    monkeypatch.setattr(figures, "kinds_known_to", lambda _user: ["ordinary", "restricted", "withheld"])
    seen["dashboard"] = "dashboard" in changed(before, shown_to(case.reference))
    assert [guard for guard, is_seen in seen.items() if not is_seen] == []


def test_guard_of_a_case_that_is_gone_opens_its_addresses(keepers, person, client, without_guard, monkeypatch):
    """The export of a package has two guards: who may read the case, and who may download."""
    case = hidden_cases.hidden("restricted", State.IN_PROGRESS, *keepers("restricted"))
    ids = hidden_cases.ids_of(case)
    package = {"ref": case.reference, "pk": ids["pk"], "part": ids["part"]}
    page = reverse("admin:reports_case_page", args=[case.reference])
    export = reverse("admin:reports_case_refer_download", kwargs=package)
    client.force_login(person("moderator"))
    assert (client.get(page).status_code, client.post(export).status_code) == (404, 404)
    monkeypatch.setattr(referral_guards, "may_export", lambda *_who: None)
    assert client.post(export).status_code == 404
    without_guard("case_page.py", "wrapper")
    assert client.post(export).status_code == 200
    without_guard("case_page.py", "_record_view")
    assert client.get(page).status_code == 200
