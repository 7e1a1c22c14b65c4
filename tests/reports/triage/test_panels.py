"""The counts on the first page of the desk are those of the lists behind them."""

import pytest
from django.urls import reverse

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.mark.sampled(4)
@pytest.mark.parametrize("role", ["moderator", "triage", "supervisor", "child-safety"])
def test_first_page_counts_the_waiting_cases(filed, client, person, role):
    client.force_login(person(role))
    panels = client.get(reverse("admin:index")).context["panels"]
    queue = next(panel for panel in panels if panel["template"] == "reports/triage/panel_queue.html")
    assert dict(queue["tiers"]) == {tier: str(int(tier == filed.case.tier)) for tier in range(5)}
