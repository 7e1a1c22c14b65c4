"""Every page of the desk that opens without a choice is tested with axe-core, for each role, on four screens."""

import pytest
from django.db import connection
from django.urls import reverse

from reports.cases import sending
from reports.cases.lifecycle import perform
from tests.journeys.desk_pages import faults_of, without_admin_styles
from tests.urls import STAFF_URLS

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="what axe-core sees is the same on both databases"),
]
ROLES = ("moderator", "supervisor", "auditor", "administrator")
# These see the pages of the others with other rows: their first page and the queue, as pages of another role.
SEEN_WITH = {"moderator": ("triage",), "auditor": ("child-safety",), "administrator": ("outside-lead",)}
LEAVING = ("logout", "_delete", "jsi18n", "autocomplete", ".csv", "/facts/")  # facts: a part of the queue


def addresses(case) -> list[str]:
    """The addresses of the desk, with the reference of ``case`` in those of a case; a page without one has none."""
    found = {url.path.replace("/x/", f"/{case.reference}/") for url in STAFF_URLS if "reports" in url.name}
    kept = found | {reverse("admin:index")}  # the pages of actions: test_desk_after_presses
    return sorted(path for path in kept if not any(word in path for word in LEAVING))


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_the_desk_can_be_used_by_everyone(site, visits, person, sign_in, file, client, moderator, role):
    case = perform(file().case, "claim", by=moderator)
    sending.send(perform(file().case, "claim", by=moderator), "reply", moderator, 1, "Terima kasih.", resolve=True)
    user = moderator if role == "moderator" else person(role)
    client.force_login(user)
    answers = {path: client.get(path) for path in addresses(case)}
    opened = [
        path for path, answer in answers.items() if answer.status_code == 200 and "html" in answer["Content-Type"]
    ]
    page = visits.page()
    sign_in(page, user)
    faults = []
    for path in opened:
        page.goto(path)
        faults.extend(faults_of(page))
    for other in SEEN_WITH.get(role, ()):
        seen = sign_in(visits.page(), person(other))
        for path in (reverse("admin:index"), reverse("admin:reports_case_changelist")):
            assert seen.goto(path).status == 200
            faults.extend(faults_of(seen))
    visits.faults[:] = without_admin_styles(visits.faults)
    assert len(opened) >= 3
    assert not faults, "\n".join(faults)
