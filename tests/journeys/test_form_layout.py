"""Every page of the report form on the smallest phone."""

import pytest

from tests.journeys.hands import Hands
from tests.phone import assert_fits, assert_made_for_thumbs_and_keys

pytestmark = pytest.mark.django_db(transaction=True)
STORY = {"about": "me", "category": "sextortion", "age": "13_15", "money_sent": "yes_today", "words": "Dia minta uang."}


@pytest.mark.safety("A1")
@pytest.mark.slow
def test_every_page_of_the_form_fits_the_smallest_phone(site, visits):
    page = visits.page(viewport={"width": 320, "height": 640}, reduced_motion="reduce")
    hands = Hands(page).begin("self_harm")
    while not page.locator(".status").count():  # the code page, after the last one
        page.reload()  # whole, with its style sheets, and with nothing focused
        assert_fits(page)
        assert_made_for_thumbs_and_keys(page)
        page.reload()
        hands.go_on() if page.locator(".summary").count() else hands.one_step(STORY)
    page.reload()
    assert_fits(page)
    assert_made_for_thumbs_and_keys(page)
