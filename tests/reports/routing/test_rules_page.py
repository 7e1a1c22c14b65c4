"""The page of the rules: checked on last month's reports by counts, saved only as checked."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.models import Case, RoutingTable, Team
from tests.reports.routing.typed import typed

pytestmark = pytest.mark.django_db
URL = reverse("admin:reports_routing")


@pytest.fixture
def desk(client, supervisor, teams):
    client.force_login(supervisor)
    return client


def test_dry_run_counts_reports_without_reading_a_case(desk, file):
    file(), file(age="adult"), file(category="grooming")
    with CaptureQueriesContext(connection) as asked:
        page = desk.post(URL, typed({"team": "uang", "age": "adult"}, do="check"))
    assert (page.context["run"].total, page.context["moved"]) == (2, [(1, "tanpa tim", "Uang")])
    assert not [query for query in asked if Case._meta.db_table in query["sql"]]
    assert not RoutingTable.objects.exists()


def test_rules_take_effect_only_as_they_were_checked(desk):
    rows = [{"team": "uang", "place": 2}, {"team": "sekolah", "place": 1, "age": "adult"}]
    desk.post(URL, typed(*rows, do="save"))
    assert not RoutingTable.objects.exists()
    checked = desk.post(URL, typed(*rows, do="check")).context["checked"]
    desk.post(URL, typed(*rows, fallback="uang", do="save", checked=checked))
    assert not RoutingTable.objects.exists()
    desk.post(URL, typed(*rows, do="save", checked=checked))
    assert [rule["team"] for rule in RoutingTable.objects.get().rules] == ["sekolah", "uang"]


@pytest.mark.slow
def test_rules_of_somebody_else_are_not_overwritten(desk, rules):
    first = rules([{"team": "uang"}])
    rules([{"team": "sekolah"}])
    assert desk.post(URL, typed(base=first.pk, do="check")).status_code == 409


@pytest.mark.safety("H28")
def test_page_refuses_a_rule_for_child_safety(desk):
    page = desk.post(URL, typed({"team": "uang", "category": "grooming"}, do="check"))
    assert page.status_code == 422
    assert "tim pelindungan anak" in page.text


@pytest.mark.sampled(4)
@pytest.mark.parametrize("role", ["moderator", "triage", "child-safety", "administrator"])
def test_only_supervisors_open_the_rules(client, person, role):
    client.force_login(person(role))
    assert client.get(URL).status_code == 403


@pytest.mark.slow
def test_team_that_a_rule_names_stays_in_use(desk, rules):
    rules([{"team": "uang"}])
    url = reverse("admin:reports_team_change", args=["uang"])
    desk.post(url, {"name_ind": "Uang", "name_en": "Money"})
    assert Team.objects.get(pk="uang").active
    assert desk.get(URL).status_code == 200


@pytest.mark.slow
def test_team_lead_must_be_a_member(desk, moderator):
    url = reverse("admin:reports_team_change", args=["uang"])
    data = {"name_ind": "Uang", "name_en": "Money", "active": "on", "leads": [moderator.pk]}
    desk.post(url, data)
    assert not Team.objects.get(pk="uang").leads.exists()
    desk.post(url, data | {"members": [moderator.pk]})
    assert Team.objects.get(pk="uang").leads.get() == moderator


@pytest.mark.safety("H25")
def test_dry_run_has_no_number_of_hidden_reports(desk, file):
    before = desk.post(URL, typed({"team": "uang", "age": "adult"}, do="check")).text
    file(category="grooming"), file(staff_conflict="yes", age="adult")
    after = desk.post(URL, typed({"team": "uang", "age": "adult"}, do="check"))
    section = [page.split('role="status">')[1].split("</section>")[0] for page in (before, after.text)]
    assert section[0] == section[1]
