"""Leaving a step at once, and the time that remains: on a small phone, without script, and said before it is over."""

import pytest

from reports.models import SealedSession
from tests.journeys.hands import Hands, open_with

pytestmark = pytest.mark.django_db(transaction=True)
STORY = {"about": "me", "category": "scam", "age": "adult", "money_sent": "no", "words": "Dia minta uang."}
LEAVE = ".leave button[form=leave]"
APART = 16  # px between what goes on and what deletes


def gap(one: dict, other: dict) -> float:
    """The free space between a box and the row of another one below it."""
    return other["y"] - one["y"] - one["height"]


@pytest.mark.slow
@pytest.mark.safety("H8")
def test_every_step_has_what_deletes_a_row_below_what_goes_on(site, visits):
    page = visits.page(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    hands = Hands(page).begin("unsure")
    while True:
        ways_on = page.locator(".actions .btn.main, .choice.sends").filter(visible=True)
        on, away = ways_on.last.bounding_box(), page.locator(LEAVE).bounding_box()
        assert gap(on, away) >= APART, page.url
        assert on["width"] * on["height"] > away["width"] * away["height"], page.url
        if hands.is_at_the_end():
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


@pytest.mark.safety("K13")
def test_each_press_of_shift_is_said(site, page):
    page.goto("/id/lapor/")
    said = page.locator("body > [role=status]")
    heard = []
    for _press in range(2):
        page.keyboard.press("Shift")
        heard.append(said.inner_text())
    page.keyboard.press("a")
    heard.append(said.inner_text())
    assert heard == [
        "Shift ditekan. Tekan dua kali lagi untuk keluar.",
        "Shift ditekan. Tekan sekali lagi untuk keluar.",
        "",
    ]


@pytest.mark.safety("K13")
def test_last_stop_of_the_keyboard_leaves_too(site, page_without_script):
    page = page_without_script
    Hands(page).begin()
    page.focus("button.skip")
    assert page.locator("button.skip").bounding_box()["height"] >= 44
    page.press("button.skip", "Enter")
    page.wait_for_url("https://www.bmkg.go.id/**")
    assert not SealedSession.objects.exists()


@pytest.mark.safety("H8", "K13")
def test_back_after_the_exit_shows_no_page_of_this_site(site, page):
    page.goto("/id/lapor/")
    page.click("main a[href$='/14/']")
    page.click(".quick-exit-button")
    page.wait_for_url("https://www.bmkg.go.id/**")
    page.go_back(wait_until="commit")
    page.wait_for_url("https://www.bmkg.go.id/**")
    page.goto("/id/lapor/")  # who comes back on purpose may
    assert page.locator("main a[href$='/14/']").is_visible()
