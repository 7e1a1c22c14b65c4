"""The region of a report: a desk reads it from the province that was named, rules follow it, and little else has it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.cases import retention
from reports.cases.lifecycle import perform
from reports.models import Case, RoutingTable, Tally
from reports.routing.rules import Rule, Rules
from reports.scheduled_tasks import index_identifiers
from tests.cast import GROOMED
from tests.reports.routing.typed import typed

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
JAVA, PAPUA = "33", "97"
OF_JAVA = {"team": "uang", "region": "java"}


def region_of(case: Case) -> str:
    return Case.objects.get(pk=case.pk).region


def test_desk_reads_the_region_and_routes_by_it(file, teams, rules):
    rules([OF_JAVA, {"team": "sekolah"}])
    here, elsewhere, unknown = file(province=JAVA).case, file(province=PAPUA).case, file().case
    assert here.team_id == "sekolah"
    index_identifiers()
    assert [region_of(case) for case in (here, elsewhere, unknown)] == ["java", "maluku_papua", ""]
    assert [Case.objects.get(pk=case.pk).team_id for case in (here, elsewhere)] == ["uang", "sekolah"]
    assert here.events.last().action == "route_by_region"
    assert "java" not in str([event.facts for event in here.events.all()])


def test_team_that_a_person_chose_stays(file, teams, rules, person):
    rules([OF_JAVA, {"team": "sekolah"}])
    case = file(province=JAVA).case
    perform(case, "route", by=person("triage"), team=None)
    index_identifiers()
    assert Case.objects.get().team is None


@pytest.mark.safety("H25", "H28")
def test_hidden_reports_have_no_region(file, teams, rules, person):
    person("outside-lead")
    rules([OF_JAVA])
    hidden = file(base=GROOMED, province=JAVA).case, file(staff_conflict="yes", province=JAVA).case
    index_identifiers()
    assert not Case.objects.exclude(region="").exists()
    assert not Case.objects.filter(pk__in=[case.pk for case in hidden], indexed=False).exists()


def test_restricting_a_case_deletes_its_region(file, moderator):
    case = file(province=JAVA).case
    index_identifiers()
    perform(perform(case, "claim", by=moderator), "restrict", by=moderator, reason="Anak.")
    assert region_of(case) == ""


def test_region_is_erased_with_the_case(file):
    case = file(province=JAVA).case
    index_identifiers()
    retention.erase(case, retention.SCHEDULE)
    assert region_of(case) == ""


def test_no_counter_has_a_region():
    assert not [field.name for field in Tally._meta.fields if "region" in field.name or "province" in field.name]


def test_facts_of_a_row_say_the_region(file, client, moderator):
    case = file(province=JAVA).case
    index_identifiers()
    client.force_login(moderator)
    assert "Jawa" in client.get(reverse("admin:reports_case_facts", args=[case.reference])).text


def test_dry_run_says_no_small_number_of_a_region(file, client, supervisor, teams):
    for province in [JAVA] * 5 + [PAPUA]:
        file(province=province)
    index_identifiers()
    client.force_login(supervisor)
    rows = OF_JAVA, {"team": "sekolah", "region": "maluku_papua"}
    with CaptureQueriesContext(connection) as asked:
        page = client.post(reverse("admin:reports_routing"), typed(*rows, do="check"))
    assert page.context["moved"] == [(5, "tanpa tim", "Uang"), ("kurang dari 5", "tanpa tim", "Sekolah")]
    assert not [query for query in asked if '"answers"' in query["sql"]]


def test_rule_with_a_region_is_saved_and_read_again(client, supervisor, teams):
    client.force_login(supervisor)
    url, rows = reverse("admin:reports_routing"), (OF_JAVA, {"team": "sekolah"})
    checked = client.post(url, typed(*rows, do="check")).context["checked"]
    client.post(url, typed(*rows, do="save", checked=checked))
    saved = RoutingTable.objects.get()
    assert saved.rules[1] == {"team": "sekolah", "category": "", "age": ""}
    assert Rules.of(saved).rules == (Rule("uang", region="java"), Rule("sekolah"))
    assert 'value="java" selected' in client.get(url).text
