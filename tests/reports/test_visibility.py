"""Who may know of a case: every view applies the same rule."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from reports.models import Case
from reports.models.case_queryset import LEADS
from tests.cast import GROOMED, PASSWORD
from tests.reports.access_table import READS, SEES

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def three(file) -> dict[str, Case]:
    """An ordinary, a restricted and a withheld case."""
    return {
        "ordinary": file().case,
        "restricted": file(base=GROOMED).case,
        "withheld": file(staff_conflict="yes").case,
    }


@pytest.mark.safety("H25")
@pytest.mark.parametrize("role", SEES)
def test_each_role_sees_what_it_may(three, person, role):
    seen = Case.objects.visible_to(person(role))
    assert {name for name, case in three.items() if case in seen} == SEES[role]


@pytest.mark.safety("H25")
@pytest.mark.parametrize("role", SEES)
def test_every_address_of_a_case_follows_the_same_rule(three, person, client, role):
    """Case page, every action and the queue: 404 or absence unless ``readable_by`` and ``visible_to`` say yes."""
    from reports.cases.lifecycle import STAFF_ACTIONS

    user = person(role)
    client.login(username=user.username, password=PASSWORD)
    listed = client.get(reverse("admin:reports_case_changelist"), {"show": "all"}).content.decode()
    for name, case in three.items():
        page = client.get(reverse("admin:reports_case_page", args=[case.reference]))
        acts = [
            client.post(reverse("admin:reports_case_act", args=[case.reference, action])).status_code
            for action in STAFF_ACTIONS
        ]
        assert (case.display_reference in listed) == (name in SEES[role])
        assert page.status_code == (200 if name in READS[role] else 404)
        assert name in READS[role] or set(acts) == {404}


def test_purged_case_is_gone_for_everybody(filed, person):
    from reports.cases.retention import erase

    erase(filed.case, "test")
    assert not Case.objects.visible_to(person("outside-lead")).exists()


@pytest.mark.parametrize("permission", LEADS)
def test_lead_rule_matches_its_queryset(three, permission):
    one_by_one = {case.pk for case in three.values() if case.lead_permission == permission}
    assert {case.pk for case in Case.objects.filter(LEADS[permission])} == one_by_one != set()


@pytest.mark.parametrize(
    "roles", [("moderator", "outside-lead"), ("child-safety", "outside-lead"), ("triage", "auditor")]
)
def test_two_roles_see_what_either_sees(three, person, roles):
    user = person(roles[0])
    user.groups.add(Group.objects.get(name=roles[1]))
    seen = Case.objects.visible_to(user)
    assert {name for name, case in three.items() if case in seen} == SEES[roles[0]] | SEES[roles[1]]
