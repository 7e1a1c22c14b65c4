"""Who may know of a case: every view applies the same rule."""

import itertools

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from reports.cases.lifecycle import STAFF_ACTIONS
from reports.models import Case
from reports.models.case_queryset import LEADS
from reports.roles import SORT_PERMISSIONS
from tests.cast import GROOMED
from tests.reports.access_table import READS, SEES

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def three(file, remembered) -> dict[str, Case]:
    """An ordinary, a restricted and a withheld case."""
    return {
        "ordinary": file().case,
        "restricted": file(base=GROOMED).case,
        "withheld": file(staff_conflict="yes").case,
    }


@pytest.mark.safety("H25")
def test_each_role_sees_what_it_may(three, person):
    seen = {role: set(Case.objects.visible_to(person(role))) for role in SEES}
    found = {role: {name for name, case in three.items() if case in cases} for role, cases in seen.items()}
    assert found == SEES


@pytest.mark.sampled(2)
@pytest.mark.safety("H25")
@pytest.mark.parametrize("role", SEES)
def test_every_address_of_a_case_follows_the_same_rule(three, person, client, role):
    """Case page and the queue: 404 or absence unless ``readable_by`` and ``visible_to`` say yes."""
    client.force_login(person(role))
    listed = client.get(reverse("admin:reports_case_changelist"), {"show": "all"}).content.decode()
    for name, case in three.items():
        page = client.get(reverse("admin:reports_case_page", args=[case.reference]))
        assert (case.display_reference in listed) == (name in SEES[role])
        assert page.status_code == (200 if name in READS[role] else 404)


def in_turn(cases, actions):
    """Each action on one of the cases."""
    return zip(itertools.cycle(cases), actions, strict=False)


@pytest.mark.sampled(5)
@pytest.mark.safety("H25")
@pytest.mark.parametrize(
    "pairs", [in_turn, pytest.param(itertools.product, marks=[pytest.mark.slow, pytest.mark.exhaustive])]
)
@pytest.mark.parametrize("role", SEES)
def test_every_action_on_an_unreadable_case_is_not_found(three, person, client, role, pairs):
    client.force_login(person(role))
    unreadable = [case for name, case in three.items() if name not in READS[role]]
    sorts = {action for action, row in STAFF_ACTIONS.items() if row.permission in SORT_PERMISSIONS}
    acts = [
        reverse("admin:reports_case_act", args=[case.reference, action])
        for case, action in pairs(unreadable, STAFF_ACTIONS)
        if not (role == "triage" and action in sorts and case == three["ordinary"])
    ]
    assert {client.post(address).status_code for address in acts} == {404}


def test_purged_case_is_gone_for_everybody(filed, person):
    from reports.cases.retention import erase

    erase(filed.case, "test")
    assert not Case.objects.visible_to(person("outside-lead")).exists()


@pytest.mark.parametrize("permission", LEADS)
def test_lead_rule_matches_its_queryset(three, permission):
    one_by_one = {case.pk for case in three.values() if case.lead_permission == permission}
    assert {case.pk for case in Case.objects.filter(LEADS[permission])} == one_by_one != set()


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "roles", [("moderator", "outside-lead"), ("child-safety", "outside-lead"), ("triage", "auditor")]
)
def test_two_roles_see_what_either_sees(three, person, roles):
    user = person(roles[0])
    user.groups.add(Group.objects.get(name=roles[1]))
    seen = Case.objects.visible_to(user)
    assert {name for name, case in three.items() if case in seen} == SEES[roles[0]] | SEES[roles[1]]
