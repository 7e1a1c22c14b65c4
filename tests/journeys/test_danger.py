"""On a small phone, help is on the first screen: no scrolling past descriptions to find a number (H3, H4)."""

import pytest

from reports.intake.first_aid import DANGERS
from tests.browser import assert_accessible
from tests.journeys.hands import Hands

pytestmark = pytest.mark.django_db(transaction=True)
SMALL = {"width": 360, "height": 640}
ONE_SCREEN = 640
NUMBERS = {aid.safety: aid.number for aid in DANGERS}
A_BIT_MORE = 768  # where a person next to you comes before any number


def after(page, language: str, safety: str):
    """The page after this answer to "Are you safe right now?"."""
    page.goto("/id/lapor/" if language == "id" else "/en/report/")
    page.click(f"main a[href$='/{NUMBERS[safety]}/']")
    page.wait_for_url(f"**/{NUMBERS[safety]}/")
    return page


@pytest.mark.safety("H3", "H4")
@pytest.mark.sampled(2)
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    ("safety", "bound"), [("danger", ONE_SCREEN), ("other_in_danger", ONE_SCREEN), ("self_harm", A_BIT_MORE)]
)
def test_first_number_or_chat_stands_on_the_first_screen(site, visits, language, safety, bound):
    page = after(visits.page(viewport=SMALL), language, safety)
    first = page.locator("main a[href^='tel:'], main a[href*='wa.me']").first.bounding_box()
    assert first["y"] + first["height"] <= bound
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("safety", ["danger", "self_harm"])
def test_short_cards_can_be_used_by_everyone(site, visits, safety, scheme):
    page = after(visits.page(viewport=SMALL, color_scheme=scheme, java_script_enabled=True), "id", safety)
    page.click("details.about >> nth=0")
    assert_accessible(page)


@pytest.mark.slow
def test_last_page_after_blackmail_fits_a_small_phone(site, visits):
    page = visits.page(viewport=SMALL)
    Hands(page).begin().tell(
        about="me", category="sextortion", age="13_15", whose_picture="me", words="Dia minta uang."
    ).send()
    page.click("main button.btn.main")
    page.wait_for_url("**/selesai/")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]


@pytest.mark.slow
@pytest.mark.parametrize("safety", ["danger", "self_harm"])
def test_on_a_wide_screen_help_keeps_the_reading_measure(site, visits, safety):
    page = after(visits.page(viewport={"width": 1280, "height": 800}), "id", safety)
    widths = page.evaluate("[...document.querySelectorAll('main .step > *')].map((part) => part.offsetWidth)")
    assert max(widths) <= 38 * 16
