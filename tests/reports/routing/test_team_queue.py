"""Teams in the queue: own cases are offered first, no urgent or late case waits for its team, and the filter."""

import pytest
from django.urls import reverse

from reports.cases.lifecycle import perform
from reports.models import Case, Team
from reports.scheduled_tasks import mark_overdue
from reports.triage.taking import claim_most_urgent
from tests.reports.actions import URGENT

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SCAM = {"category": "account_abuse", "age": "adult"}


@pytest.fixture
def member(moderator, teams):
    """The moderator, a member of the first team."""
    teams[0].members.add(moderator)
    return moderator


@pytest.fixture
def of_team(file, person, teams):
    """``of_team("uang", **answers)``: a case that triage has given to that team."""
    triage = person("triage")

    def make(team: str | None, **answers) -> Case:
        case = file(**(SCAM | answers)).case
        return perform(case, "route", by=triage, team=Team.objects.get(pk=team), reason="") if team else case

    return make


def test_member_is_offered_cases_of_the_own_team_first(of_team, member):
    others, own = of_team("uang"), of_team("sekolah")
    assert [claim_most_urgent(member), claim_most_urgent(member)] == [own, others]


def test_urgent_case_does_not_wait_for_its_team(of_team, member):
    of_team("sekolah")
    urgent = of_team("uang", **URGENT)
    assert claim_most_urgent(member) == urgent


@pytest.mark.slow
def test_own_urgent_case_comes_before_one_of_another_team(of_team, member):
    of_team("uang", **URGENT)
    own = of_team("sekolah", **URGENT)
    assert claim_most_urgent(member) == own


def test_late_case_is_offered_to_everybody(of_team, member, clock):
    late = of_team("uang")
    clock(days=5)
    mark_overdue()
    of_team("sekolah")
    assert claim_most_urgent(member) == late


@pytest.mark.slow
def test_staff_without_a_team_are_offered_every_case(of_team, moderator, teams):
    first = of_team("uang")
    of_team(None)
    assert claim_most_urgent(moderator) == first


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("chosen", "expected"), [(["uang"], {"uang"}), (["-"], {None}), (["-", "uang"], {None, "uang"})]
)
def test_queue_is_filtered_by_team(of_team, member, client, chosen, expected):
    for team in ("uang", "sekolah", None):
        of_team(team)
    client.force_login(member)
    page = client.get(reverse("admin:reports_case_changelist"), {"team": chosen})
    assert {row.case.team_id for group in page.context["groups"] for row in group["rows"]} == expected
