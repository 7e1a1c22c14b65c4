"""On a small phone, help is on the first screen: no scrolling past descriptions to find a number (H3, H4)."""

import pytest

from reports.intake.first_aid import DANGERS, TILES, UNSURE
from reports.models import Case
from tests.browser import assert_accessible
from tests.journeys.hands import Hands

pytestmark = pytest.mark.django_db(transaction=True)
SMALL = {"width": 360, "height": 640}
ONE_SCREEN = 640
NUMBERS = {aid.safety: aid.number for aid in DANGERS}
# 34: from outside; 19, 21: an adult; 47, 45: of a category, with a way to other help, with how to get an account back
PAGES = [f"{number}/" for number in (*(aid.number for aid in (*DANGERS, *TILES, UNSURE)), 34, 19, 21, 47, 45)]
LIST = ""  # of all first aid
# Reports with pages of help before sending, at the code or on the last page.
WITH_HELP = {
    "blackmail": {"about": "me", "age": "13_15", "category": "sextortion", "threats_now": "yes", "words": "Uang."},
    "money": {"about": "me", "age": "adult", "category": "scam", "money_sent": "yes_24h", "words": "Uang."},
    "life": {"about": "me", "age": "16_17", "category": "self_harm", "whose_life": "me", "words": "Aku lelah."},
}
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
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_first_aid_can_be_used_by_everyone(site, visits, scheme, width):
    page = visits.page(viewport={"width": width, "height": 740}, color_scheme=scheme, java_script_enabled=True)
    for place in (LIST, *PAGES):
        page.goto(f"/id/pertolongan/{place}")
        if (fold := page.locator("main details >> nth=0")).count():
            fold.locator("summary").click()
        assert_accessible(page)


@pytest.mark.slow
@pytest.mark.sampled(3)
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", WITH_HELP)
def test_help_code_and_last_page_can_be_used_by_everyone(site, visits, name, scheme, width):
    page = visits.page(viewport={"width": width, "height": 740}, color_scheme=scheme, java_script_enabled=True)
    hands = Hands(page).begin()
    while not hands.is_at_the_end():
        assert_accessible(page)
        hands.one_step(WITH_HELP[name])
    hands.tell(**WITH_HELP[name]).send()
    assert_accessible(page)
    page.click("main button.btn.main")
    page.wait_for_url("**/selesai/")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.slow
@pytest.mark.parametrize("safety", ["danger", "self_harm"])
def test_on_a_wide_screen_help_keeps_the_reading_measure(site, visits, safety):
    page = after(visits.page(viewport={"width": 1280, "height": 800}), "id", safety)
    widths = page.evaluate("[...document.querySelectorAll('main .step > *')].map((part) => part.offsetWidth)")
    assert max(widths) <= 38 * 16


@pytest.mark.safety("K10")
def test_first_help_for_a_trouble_that_the_first_page_does_not_name_takes_two_presses(site, visits):
    page = visits.page(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page.goto("/id/lapor/")
    page.click("main a[href='/id/pertolongan/']")
    page.click("main a:has-text('Dirundung')")
    assert page.locator("main ol.steps.brief li").count() == 3
    assert page.locator("main a[href^='tel:'], main a[href*='wa.me']").first.is_visible()
    page.click("main button.btn.main")
    Hands(page).tell(safety="safe", about="me", age="13_15", own_image="no", words="Mereka mengejek aku.").go_on()
    case = Case.objects.get()
    assert (case.category_id, page.locator(".code").first.is_visible()) == ("cyberbullying", True)
