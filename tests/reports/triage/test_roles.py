"""What each role does at the desk: triage admits from the row and reads nothing; a superuser works on no report."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from reports.models import Case, Team
from safetycenter.roles import users_with_permission
from tests.cast import GROOMED
from tests.reports.triage.desk_pages import act

pytestmark = pytest.mark.django_db
QUEUE = "admin:reports_case_changelist"
SORTED_BY = ("set_tier", "route", "release_from_quarantine", "escalate")


@pytest.fixture
def set_aside(file) -> Case:
    """A case that looked like a machine's."""
    return file(suspicious=True, age="adult", category="account_abuse").case


def admit(client, case, version=0):
    return client.post(reverse("admin:reports_case_admit", args=[case.reference]), {"version": version})


def test_triage_releases_a_case_from_its_row(set_aside, client, person):
    client.force_login(person("triage"))
    page = client.get(reverse(QUEUE), {"show": "quarantined"}).content.decode()
    assert reverse("admin:reports_case_admit", args=[set_aside.reference]) in page
    admit(client, set_aside)
    assert Case.objects.get().state == "triage"


def test_triage_row_has_no_way_to_the_story(set_aside, client, person):
    client.force_login(person("triage"))
    page = client.get(reverse(QUEUE), {"show": "quarantined"}).content.decode()
    assert set_aside.display_reference in page
    assert f'href="{reverse("admin:reports_case_page", args=[set_aside.reference])}"' not in page
    assert "Mereka mengejek" not in page


@pytest.mark.safety("H19")
def test_triage_decides_on_a_quarantined_case_from_its_row(set_aside, client, person):
    Team.objects.create(name="Tim", key="tim")
    client.force_login(person("triage"))
    addresses = {name: reverse("admin:reports_case_act", args=[set_aside.reference, name]) for name in SORTED_BY}
    assert addresses["set_tier"] in client.get(reverse(QUEUE), {"show": "quarantined"}).text
    page = client.get(addresses["set_tier"])
    assert all(address in page.text for address in addresses.values())
    assert "Mereka mengejek" not in page.text
    assert f'href="{reverse("admin:reports_case_page", args=[set_aside.reference])}"' not in page.text


@pytest.mark.safety("H19")
@pytest.mark.parametrize(("tier", "state"), [(0, "triage"), (1, "triage"), (2, "quarantined"), (4, "quarantined")])
def test_urgent_case_never_stays_in_quarantine(set_aside, client, person, tier, state):
    client.force_login(person("triage"))
    assert act(client, set_aside, "set_tier", tier=tier, reason="Alasan.").status_code == 302
    case = Case.objects.get()
    assert (case.tier, case.state) == (tier, state)


def test_triage_escalates_a_quarantined_case(set_aside, client, person):
    client.force_login(person("triage"))
    assert act(client, set_aside, "escalate", reason="Alasan.").status_code == 302
    assert Case.objects.get().state == "escalated"


@pytest.mark.slow
@pytest.mark.parametrize("role", ["outside-lead", "auditor", "administrator", "superuser", "editor"])
def test_nobody_else_sorts_a_quarantined_case(set_aside, client, person, role):
    client.force_login(person(role))
    assert all(act(client, set_aside, name, reason="Alasan.", tier=2).status_code in (403, 404) for name in SORTED_BY)
    assert Case.objects.get().tier == set_aside.tier


@pytest.mark.slow
def test_release_from_a_row_refuses_a_stale_version(set_aside, client, person):
    client.force_login(person("triage"))
    page = client.get(admit(client, set_aside, version=7).url).content.decode()
    assert Case.objects.get().state == "quarantined"
    assert "diubah orang lain" in page


@pytest.mark.slow
@pytest.mark.parametrize("role", ["outside-lead", "auditor", "administrator", "superuser", "editor"])
def test_release_from_a_row_is_hidden_from_other_roles(set_aside, client, person, role):
    client.force_login(person(role))
    assert admit(client, set_aside).status_code == 404
    assert Case.objects.get().state == "quarantined"


def test_superuser_index_counts_no_case(filed, client, person):
    client.force_login(person("superuser"))
    index = client.get(reverse("admin:index"))
    assert f'href="{reverse(QUEUE)}"' not in index.content.decode()
    assert reverse("admin:reports_event_changelist") not in index.content.decode()
    assert [panel["template"] for panel in index.context["panels"] if "queue" in panel["template"]] == []


def test_superuser_leads_and_holds_no_role(person):
    person("superuser")
    assert not users_with_permission("reports.handle_withheld").exists()


def test_outside_lead_sees_who_else_holds_the_role(client, person):
    client.force_login(person("outside-lead"))
    person("outside-lead", "unexpected")
    assert "unexpected" in client.get(reverse("admin:index")).content.decode()


def test_single_permission_opens_no_case(filed, person):
    user = person("editor")
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="reports"))
    assert not Case.objects.visible_to(user).exists()


def test_outside_lead_takes_no_case_of_child_safety(file, client, person):
    file(base=GROOMED)
    client.force_login(person("outside-lead"))
    client.post(reverse("admin:reports_case_next"))
    assert Case.objects.get().handler is None


@pytest.mark.slow
@pytest.mark.parametrize("write", [str.lower, lambda ref: f"{ref[:4]}-{ref[4:]}"])
def test_case_page_takes_the_reference_as_printed(filed, client, moderator, write):
    client.force_login(moderator)
    address = reverse("admin:reports_case_page", args=[write(filed.case.reference)])
    assert client.get(address).status_code == 200
