"""The team of a new report: the first matching rule, never for child safety, and never at the cost of the report."""

import pytest

from reports.cases.lifecycle import perform
from reports.models import Case, Team
from reports.routing.rules import Rule
from safetycenter import memory
from tests.cast import GROOMED
from tests.reports.actions import refused

pytestmark = pytest.mark.django_db
SCAM = {"category": "account_abuse", "age": "adult"}


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("answers", "team"), [({}, "sekolah"), ({"age": "adult"}, "uang"), (SCAM, None)], ids=["first", "second", "none"]
)
def test_first_matching_rule_names_the_team(file, teams, rules, answers, team):
    bullying = {"category": "cyberbullying", "team": "uang"}
    rules([bullying | {"age": "under_18", "team": "sekolah"}, bullying])
    case = file(**answers).case
    assert case.team_id == team
    assert case.events.get().facts.get("team") == team


@pytest.mark.slow
def test_report_without_a_rule_goes_to_the_fallback_team(file, teams, rules):
    rules([], fallback="uang")
    assert file(**SCAM).case.team_id == "uang"


@pytest.mark.safety("H28")
def test_no_rule_routes_a_child_sexual_report(file, teams, rules):
    rules([{"team": "uang"}], fallback="uang")
    assert file(base=GROOMED).case.team is None


@pytest.mark.sampled(3)
@pytest.mark.parametrize("rows", [[{"team": "tidak-ada"}], [{"nonsense": 1}], {"a": 1}])
@pytest.mark.logs_errors
def test_failing_rule_costs_no_report(file, teams, rules, rows, caplog):
    rules(rows)
    case = file().case
    assert case.team is None
    assert case.events.get().facts["routing_failed"]
    assert "a routing rule failed" in caplog.text


@pytest.mark.slow
@pytest.mark.logs_errors
def test_team_out_of_use_gets_no_new_report(file, teams, rules):
    rules([{"team": "uang"}])
    Team.objects.filter(pk="uang").update(active=False)
    memory.clear()
    assert file().case.team is None


def test_case_moves_to_another_team(file, teams, rules, person):
    rules([{"team": "uang"}])
    case = perform(file().case, "route", by=person("triage"), team=teams[0], reason="Soal sekolah.")
    assert case.team == teams[0]
    assert case.events.last().facts | {"team": "sekolah", "team_before": "uang"} == case.events.last().facts


@pytest.mark.slow
def test_case_of_child_safety_is_not_routed(restricted, teams, child_safety):
    assert refused(restricted.case, "route", child_safety)


def test_restricting_a_case_ends_its_team(file, teams, rules, moderator):
    rules([{"team": "uang"}])
    case = perform(file().case, "claim", by=moderator)
    perform(case, "restrict", by=moderator, reason="Anak.")
    assert Case.objects.get().team is None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("category", "age", "fixed"),
    [("grooming", "", True), ("ncii", "under_18", True), ("ncii", "", False), ("scam_fraud", "under_18", False)],
)
def test_rule_about_child_safety_is_recognised(categories, category, age, fixed):
    assert Rule("uang", category, age).is_for_child_safety == fixed
