"""The case page has one order in its source, for the keyboard, a screen reader and every width of screen."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from reports.cases.lifecycle import perform
from reports.models import Case
from reports.scheduled_tasks import index_identifiers
from tests.cast import GROOMED
from tests.reports.triage.linked import SAME, SCAM

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
# In the order of work: what decides, what to do, the reply; then what was written and said, and the record.
PARTS = (
    'class="case-strip"',
    'class="case-facts"',
    'class="missing"',
    'class="fixed"',
    'class="accounts"',
    'id="checklist"',
    'id="reply"',
    'id="story"',
    'id="said-title"',
    'class="tiles"',
    'id="linked"',
    "disclosure record",
)
THREATENED = SCAM | {"threatened_with": ["other"], "time_and_place": "yes"}


def page_of(client, case: Case) -> str:
    return client.get(reverse("admin:reports_case_page", args=[case.reference])).text


def test_parts_of_the_case_page_are_in_the_order_of_work(report, file, desk, moderator):
    call_command("load_checklists", verbosity=0)
    case = report(THREATENED, with_picture=True)
    file(age="adult", account_or_link=SAME)
    index_identifiers()
    page = page_of(desk, perform(case, "claim", by=moderator))
    assert [part for part in PARTS if page.count(part) != 1] == []
    assert sorted(PARTS, key=page.index) == list(PARTS)


@pytest.mark.safety("K1")
def test_time_to_refer_is_between_what_decides_and_the_checklist(file, client, child_safety):
    call_command("load_checklists", verbosity=0)
    case = perform(file(base=GROOMED, meeting="soon").case, "claim", by=child_safety)
    client.force_login(child_safety)
    order = ('class="case-facts"', "referral-card", 'id="checklist"', 'id="reply"')
    page = page_of(client, case)
    assert sorted(order, key=page.index) == list(order)
