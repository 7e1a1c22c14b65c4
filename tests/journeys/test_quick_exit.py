"""Leaving a step at once, and the time that remains: on a small phone, without script, and said before it is over."""

import pytest

from reports.models import SealedSession
from tests.journeys.hands import Hands, open_with

pytestmark = pytest.mark.django_db(transaction=True)
STORY = {"about": "me", "category": "scam", "age": "adult", "money_sent": "no", "words": "Dia minta uang."}
LEAVE = ".actions button[form=leave]"
APART = 8  # px between what goes on and what deletes


def gap(one: dict, other: dict) -> float:
    """The free space between two boxes, beside or below each other."""
    beside = max(other["x"] - one["x"] - one["width"], one["x"] - other["x"] - other["width"])
    below = max(other["y"] - one["y"] - one["height"], one["y"] - other["y"] - other["height"])
    return max(beside, below)


@pytest.mark.slow
@pytest.mark.safety("H8")
def test_every_step_has_quick_exit_beside_its_main_button(site, visits):
    page = visits.page(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    hands = Hands(page).begin("unsure")
    while True:
        on, away = (page.locator(place).bounding_box() for place in (".actions .btn.main", LEAVE))
        assert (gap(on, away) >= APART, on["y"] <= away["y"]) == (True, True), page.url
        assert on["width"] * on["height"] > away["width"] * away["height"], page.url
        if page.locator(".summary").count():
            break
        hands.one_step(STORY)


@pytest.mark.safety("H8")
def test_leaving_a_step_deletes_it_without_a_question(site, page_without_script):
    page = page_without_script
    Hands(page).begin().tell(**STORY)
    page.click(LEAVE)
    page.wait_for_url("https://www.bmkg.go.id/**")
    assert not SealedSession.objects.exists()


@pytest.mark.parametrize("place", ["form", "return"])
def test_page_warns_before_time_is_over_and_sends_nothing(site, visits, file, place):
    filed, page = file(age="adult"), visits.page()
    page.clock.install()
    Hands(page).begin() if place == "form" else open_with(page, filed.receipt.code)
    asked = []
    # The browser asks for the icon whenever it likes.
    page.on("request", lambda request: "/static/" in request.url or asked.append(request.url))
    said = page.locator("#time-left[aria-live=polite]")
    before = said.inner_text()
    page.clock.fast_forward("14:00")
    assert said.inner_text() == before
    page.clock.fast_forward("01:30")
    assert "5" in said.inner_text() != before
    page.clock.fast_forward("05:00")
    assert said.inner_text() == said.get_attribute("data-over")
    assert asked == []
