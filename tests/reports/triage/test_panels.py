"""The counts on the first page of the desk are those of the lists behind them."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from reports.cases.lifecycle import perform
from reports.models import Case
from tests.cast import GROOMED
from tests.reports.actions import resolve
from tests.reports.triage.desk_pages import act

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.mark.sampled(4)
@pytest.mark.parametrize("role", ["moderator", "triage", "supervisor", "child-safety"])
def test_first_page_counts_the_waiting_cases(filed, client, person, role):
    client.force_login(person(role))
    panels = client.get(reverse("admin:index")).context["panels"]
    queue = next(panel for panel in panels if panel["template"] == "reports/triage/panel_queue.html")
    assert [row.case.reference for row in queue["first"]] == [filed.case.reference]
    assert dict(queue["tiers"]) == {tier: str(int(tier == filed.case.tier)) for tier in range(5)}


def test_first_page_says_why_a_case_is_first_and_which_are_yours(file, moderator, client):
    quiet, answered, hidden = file().case, file().case, file(base=GROOMED).case
    for case in (quiet, answered):
        perform(case, "claim", by=moderator)
    perform(answered, "reporter_reply", text="", evidence=())
    urgent = file(safety="danger", age="adult").case
    client.force_login(moderator)
    page = client.get(reverse("admin:index"))
    queue = next(panel for panel in page.context["panels"] if "mine" in panel)
    assert [row.case.reference for row in queue["first"]] == [urgent.reference]
    assert [row.case.reference for row in queue["mine"]] == [answered.reference, quiet.reference]
    for listed in (queue["first"], queue["mine"]):
        assert f">{escape(str(listed[0].first))}</a>" in page.text
        assert listed[0].clock.due == Case.objects.get(reference=listed[0].case.reference).next_action_at
    assert hidden.display_reference not in page.text


def queue_panel(client, user) -> dict:
    """The panel of the queue on the first page of ``user``."""
    client.force_login(user)
    return next(panel for panel in client.get(reverse("admin:index")).context["panels"] if "second" in panel)


@pytest.mark.safety("H24")
def test_second_person_finds_a_decision_with_one_link(file, moderator, supervisor, client):
    case = perform(file(safety="danger", age="adult").case, "claim", by=moderator)
    perform(case, "reply", by=moderator, text="Kami sudah melapor.")
    resolve(case, moderator)
    assert queue_panel(client, moderator)["second"] == []
    [decision] = queue_panel(client, supervisor)["second"]
    assert (decision.case.reference, decision.case.tier) == (case.reference, 0)
    assert str(decision.label) in client.get(reverse("admin:index")).text
    page = client.get(decision.address)
    form = page.context["forms"]["close"]
    act(client, case, "close", version=form["version"].value(), outcome="helped")
    case.refresh_from_db()
    assert (case.state, queue_panel(client, supervisor)["second"]) == ("closed", [])
