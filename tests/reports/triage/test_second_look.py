"""The sampled blind second look: who gets which case, what they see, what is kept (safety rule H24)."""

from uuid import UUID

import pytest
from django.urls import reverse

from reports.cases import second_look
from reports.cases.lifecycle import perform
from reports.models import Case, Event, SecondLook, SecondLookFigure
from reports.statistics.second_looks import by_category
from reports.triage.access_stats import views_by_person
from tests.reports.actions import resolve

pytestmark = [pytest.mark.django_db, pytest.mark.safety("H24")]
BEGIN = "admin:reports_case_second_looks"


@pytest.fixture
def every_case_is_drawn(monkeypatch):
    monkeypatch.setattr(second_look, "ONE_IN", 1)


@pytest.fixture
def closed(every_case_is_drawn, filed, moderator) -> Case:
    """A case that the moderator closed as spam, with a note."""
    case = perform(filed.case, "claim", by=moderator)
    case = perform(case, "note", by=moderator, text="Catatan rahasia.")
    return perform(case, "close", by=moderator, outcome="spam")


@pytest.fixture
def colleague(person):
    return person("moderator", "colleague")


def begun(client, person):
    client.force_login(person)
    return client.post(reverse(BEGIN), follow=True)


@pytest.mark.slow
def test_about_one_closed_case_in_twenty_is_drawn():
    drawn = [second_look.is_drawn(Case(pk=UUID(int=number))) for number in range(4000)]
    assert 150 < sum(drawn) < 250
    assert drawn == [second_look.is_drawn(Case(pk=UUID(int=number))) for number in range(4000)]


def test_secret_of_the_site_decides_which_cases_are_drawn(settings):
    cases = [Case(pk=UUID(int=number)) for number in range(400)]
    drawn = [second_look.is_drawn(case) for case in cases]
    settings.SECRET_KEY = "another-secret-key-of-a-made-up-site"
    assert drawn != [second_look.is_drawn(case) for case in cases]


def test_case_that_the_reporter_stopped_is_not_looked_at(every_case_is_drawn, file, moderator, colleague):
    case = perform(file(age="adult").case, "claim", by=moderator)
    case = perform(case, "close", by=moderator, outcome="spam")
    assert second_look.waiting_for(colleague).exists()
    perform(case, "data_request", kind="stop")
    assert not second_look.waiting_for(colleague).exists()


def test_second_person_sees_the_story_and_not_the_decision(client, closed, colleague):
    page = begun(client, colleague).content.decode()
    assert "Mereka mengejek aku tiap hari." in page
    for hidden in ("Catatan rahasia", closed.display_reference, "moderator</"):
        assert hidden not in page.split("</header>")[-1]
    assert Event.objects.get(action="second_look").facts == {"story": True}


def test_people_who_know_the_case_get_no_second_look(client, closed, moderator, colleague):
    assert not second_look.waiting_for(moderator).exists()
    client.force_login(colleague)
    client.get(reverse("admin:reports_case_page", args=[closed.reference]))
    assert not second_look.waiting_for(colleague).exists()


def test_restricted_case_is_looked_at_inside_its_team_only(every_case_is_drawn, restricted, person, child_safety):
    case = resolve(perform(restricted.case, "claim", by=child_safety), child_safety, "resolve_without_message")
    perform(case, "close", by=person("child-safety", "second"), outcome="no_rule")
    roles = {role: person(role) for role in ("moderator", "supervisor", "outside-lead")}
    assert SecondLook.objects.exists()
    assert not any(second_look.waiting_for(user).exists() for user in roles.values())
    assert second_look.waiting_for(person("child-safety", "third")).exists()


def test_only_numbers_of_the_comparison_are_kept(client, closed, colleague):
    look = begun(client, colleague).request["PATH_INFO"]
    client.post(look, {"category": closed.category_id, "tier": "1", "outcome": "helped"})
    assert not SecondLook.objects.exists()
    figure = SecondLookFigure.objects.get()
    numbers = (figure.looked, figure.other_category, figure.other_tier, figure.other_outcome, figure.no_outcome)
    assert numbers == (1, 0, 1, 1, 0)
    assert [row["cells"] for row in by_category(["ordinary"], figure.month)] == [[1, 0, 1, 1]]
    assert not by_category(["restricted"], figure.month)


@pytest.mark.slow
def test_look_of_somebody_else_is_not_found(client, closed, colleague, person):
    address = begun(client, colleague).request["PATH_INFO"]
    client.force_login(person("moderator", "third"))
    assert client.get(address).status_code == 404


def test_look_that_nobody_took_is_not_opened_by_its_address(client, closed, colleague):
    client.force_login(colleague)
    address = reverse("admin:reports_case_second_look", args=[SecondLook.objects.get().pk])
    assert client.get(address).status_code == 404


@pytest.mark.slow
def test_first_page_counts_the_second_looks(client, closed, moderator, colleague):
    for user, count in ((moderator, 0), (colleague, 1)):
        client.force_login(user)
        panels = client.get(reverse("admin:index")).context["panels"]
        queue = next(panel for panel in panels if panel["template"] == "reports/triage/panel_queue.html")
        assert queue["counts"]["second_looks"] == count


@pytest.mark.slow
def test_second_look_is_among_who_opened_what(client, closed, colleague):
    begun(client, colleague)
    rows = {row["by__username"]: (row["second_looks"], row["never_theirs"]) for row in views_by_person()}
    assert rows["colleague"] == (1, 0)
