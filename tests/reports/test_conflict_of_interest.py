"""A lead excludes a colleague from a case that has arrived already, because of a conflict of interest (H25)."""

import pytest
from django.urls import reverse

from reports.cases.lifecycle import NotAllowed, perform
from reports.models import Case
from reports.models.case import State
from tests.reports.actions import refused
from tests.reports.triage.desk_pages import act, page_of

pytestmark = pytest.mark.django_db
WHY = "Pelaku adalah saudaranya."


@pytest.fixture
def excluded(filed, moderator, supervisor) -> Case:
    """A case that the moderator worked on until a supervisor excluded them."""
    case = perform(filed.case, "claim", by=moderator)
    return perform(case, "exclude", by=supervisor, person=moderator, reason=WHY)


@pytest.mark.safety("H25")
def test_excluded_handler_loses_the_case_at_once(excluded, moderator):
    assert (excluded.state, excluded.handler, excluded.last_handler) == (State.TRIAGE, None, None)
    assert not Case.objects.visible_to(moderator).exists()
    assert refused(excluded, "claim", moderator)


@pytest.mark.safety("H25")
def test_excluded_person_finds_the_case_on_no_page(excluded, moderator, client):
    client.force_login(moderator)
    queue = client.get(reverse("admin:reports_case_changelist"), {"show": "all"}).text
    found = client.post(reverse("admin:reports_case_find"), {"reference": excluded.reference}, follow=True).text
    assert excluded.display_reference not in queue + found
    assert client.get(page_of(excluded)).status_code == 404
    assert client.get(reverse("admin:reports_case_facts", args=[excluded.reference])).status_code == 404
    assert act(client, excluded, "note", text="Catatan.").status_code == 404


@pytest.mark.safety("H25")
def test_report_about_staff_that_was_set_aside_is_released_by_its_lead(file, person, client):
    client.force_login(person("outside-lead"))
    case = file(suspicious=True, staff_conflict="yes", age="adult").case
    queue = client.get(reverse("admin:reports_case_changelist"), {"show": "quarantined"}).text
    assert reverse("admin:reports_case_admit", args=[case.reference]) in queue
    assert act(client, case, "release_from_quarantine").status_code == 302
    assert Case.objects.get().state == State.TRIAGE


@pytest.mark.slow
def test_exclusion_says_who_decided_it(excluded, moderator, supervisor):
    recusal = excluded.recusals.get()
    assert (recusal.person, recusal.set_by) == (moderator, supervisor)
    assert excluded.events.last().facts["person"] == moderator.pk
    assert excluded.notes.last().text() == WHY


def test_only_a_lead_excludes_a_colleague(filed, moderator, person):
    colleague = person("moderator", "colleague")
    assert refused(filed.case, "exclude", moderator)
    with pytest.raises(NotAllowed):
        perform(filed.case, "exclude", by=person("supervisor", "lead"), person=person("auditor"), reason=WHY)
    assert Case.objects.visible_to(colleague).exists()


@pytest.mark.slow
def test_restricted_case_is_hidden_from_a_member_of_child_safety(restricted, child_safety, person, client):
    second = person("child-safety", "second")
    client.force_login(child_safety)
    assert act(client, restricted.case, "exclude", person=second.pk, reason=WHY).status_code == 302
    assert not Case.objects.visible_to(second).exists()
    assert Case.objects.visible_to(child_safety).exists()
