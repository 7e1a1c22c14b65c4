"""Every page of the desk that opens without a choice is tested with axe-core, for each role, on four screens."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from reports.cases import sending
from reports.cases.lifecycle import perform
from tests.journeys.desk_pages import TWO_SCREENS, addresses, faults_of, opened, without_admin_styles
from tests.reports import hidden_cases

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="what axe-core sees is the same on both databases"),
]
ROLES = ("moderator", "supervisor", "auditor", "administrator")
# These see pages of the others with other rows: each page on two of the four screens, before a release on the others.
WITH_OTHER_ROWS = {"triage": "", "child-safety": "restricted", "outside-lead": "withheld"}


@pytest.fixture
def page_of(site, visits, sign_in):
    """``page_of(user)``: the desk, as this person."""
    return lambda user: sign_in(visits.page(), user)


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_the_desk_can_be_used_by_everyone(page_of, visits, person, file, client, moderator, role):
    case = perform(file().case, "claim", by=moderator)
    sending.send(perform(file().case, "claim", by=moderator), "reply", moderator, 1, "Terima kasih.", resolve=True)
    user = moderator if role == "moderator" else person(role)
    page, faults = page_of(user), []
    paths = opened(client, user, addresses(case))
    for path in paths:
        page.goto(path)
        faults.extend(faults_of(page))
    visits.faults[:] = without_admin_styles(visits.faults)
    assert len(paths) >= 3
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("turn", [0, pytest.param(1, marks=pytest.mark.exhaustive)])
@pytest.mark.parametrize(("role", "kind"), WITH_OTHER_ROWS.items())
def test_every_page_with_other_rows_can_be_used_by_everyone(page_of, visits, person, file, client, role, kind, turn):
    """Child safety and the independent lead hold a case with a file, which is open, and a package."""
    user, paths = person(role), []
    call_command("demo_agency", stdout=StringIO())
    file()
    case = hidden_cases.hidden(kind, "in_progress", user, person(role, "second")) if kind else file().case
    if kind:
        ids = {"ref": case.reference, "file_id": case.evidence.get().pk}
        client.force_login(user)
        client.post(reverse("admin:reports_case_open_file", kwargs=ids), {"reason": "assess"})
        paths.append(reverse("admin:reports_case_file", kwargs=ids))
    paths += addresses(case)
    found = opened(client, user, paths)
    page, faults = page_of(user), []
    for number, path in enumerate(found):
        page.goto(path)
        faults.extend(faults_of(page, TWO_SCREENS[(number + turn) % 2]))
    visits.faults[:] = without_admin_styles(visits.faults)
    assert set(paths[: len(paths) - len(addresses(case))]) <= set(found)
    assert len(found) >= (10 if kind else 5)
    assert not faults, "\n".join(faults)
