"""The proof of work during a flood: the browser does it by itself, and "Send" can be pressed at any time."""

import pytest

from reports.models import Case
from reports.staffing import floods
from safetycenter import limits
from tests.browser import assert_accessible
from tests.journeys.hands import Hands

pytestmark = pytest.mark.django_db(transaction=True)
ADULT = {"about": "me", "category": "scam", "age": "adult", "money_sent": "no", "words": "Aku ditipu."}


@pytest.fixture
def last_page(site, page, clock):
    """The last page of the form of an adult, during a flood."""
    for _report in range(limits.SUSPECT_REPORTS.max_hits + 1):
        floods.count(suspicious=True)
    hands = Hands(page).begin().tell(**ADULT)
    clock(seconds=10)
    return hands


def test_browser_solves_the_puzzle_whenever_send_is_pressed(last_page):
    assert_accessible(last_page.page)
    assert last_page.page.locator("#puzzle [data-without]").is_hidden()
    last_page.send()
    assert Case.objects.get().state == "received"
