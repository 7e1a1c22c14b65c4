"""No page of the admin blocks its browser, for any role that may open it, whatever language the browser has."""

import re

import pytest
from django.db import connection
from django.urls import reverse

from reports.cases.lifecycle import perform
from safetycenter.roles import ROLE_NAMES
from tests.browser import LOCALES, answers
from tests.education.newsroom_pages import addresses as of_newsroom
from tests.education.newsroom_pages import newsroom
from tests.journeys.desk_pages import addresses as of_desk
from tests.journeys.desk_pages import without_admin_styles

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="a browser shows the same on both databases"),
]
CASES = {"child-safety": {"category": "grooming", "age": "under_13"}, "outside-lead": {"staff_conflict": "yes"}}
TABS = 20
SECONDS = 3


def actions(client, user, case) -> list[str]:
    """The pages of actions that the page of ``case`` links."""
    client.force_login(user)
    own = reverse("admin:reports_case_page", args=[case.reference])
    return re.findall(rf'href="({own}[^"/#?]+/)"', client.get(own).text)


def one_of_each_kind(client, user, paths: list[str]) -> list[str]:
    """The pages of ``paths`` that open: one of each template and set of scripts; with an editor, of each item."""
    client.force_login(user)
    kinds = {}
    for path in paths:
        answer = client.get(path)
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            continue
        scripts = frozenset(re.findall(r'<script[^>]* src="([^"]+)"', answer.text))
        item = path.split("/")[3] if "data-django-prose-editor" in answer.text else ""
        kinds.setdefault((answer.templates[0].name, scripts, item), path)
    return list(kinds.values())


def blocked(page, paths: list[str]) -> list[str]:
    """Those of ``paths`` that no longer answer a script after some seconds. Many tabs wait at once."""
    found, context = [], page.context
    for begin in range(0, len(paths), TABS):
        tabs = {path: context.new_page() for path in paths[begin : begin + TABS]}
        for path, tab in tabs.items():
            tab.goto(path, wait_until="commit")
        for tab in tabs.values():
            tab.wait_for_load_state()
        page.wait_for_timeout(SECONDS * 1000)
        found += [path for path, tab in tabs.items() if not answers(tab)]
        for tab in tabs.values():
            tab.close()
    return found


@pytest.mark.parametrize("role", ROLE_NAMES)
def test_no_page_of_the_admin_blocks_its_browser(site, visits, sign_in, person, file, client, role):
    user, editors = person(role), of_newsroom(newsroom(person)).values()
    case = file(**CASES.get(role, {"age": "adult"})).case
    if role in {"moderator", *CASES}:
        case = perform(case, "claim", by=user)
    paths = one_of_each_kind(client, user, sorted({*editors, *of_desk(case), *actions(client, user, case)}))
    assert len(paths) >= 3
    found = [(locale, path) for locale in LOCALES for path in blocked(sign_in(visits.page(locale=locale), user), paths)]
    visits.faults[:] = without_admin_styles(visits.faults)
    assert not found
