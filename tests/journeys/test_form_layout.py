"""The pages of the report form on small phones: nothing runs off, and the question is the first thing to see."""

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
    while not page.locator(".code").count():  # the page of the code, after the last one
        page.reload()  # whole, with its style sheets, and with nothing focused
        assert_fits(page)
        assert_made_for_thumbs_and_keys(page)
        page.reload()
        hands.go_on() if hands.is_at_the_end() else hands.one_step(STORY)
    page.reload()
    assert_fits(page)
    assert_made_for_thumbs_and_keys(page)


def assert_quiet(page) -> None:
    """The heading is on top, what deletes is a row below what goes on, and nothing runs off a screen of 320 px."""
    page.evaluate("document.querySelector('.demo').remove()")
    assert Hands(page).heading().bounding_box()["y"] <= 200, page.url
    page.set_viewport_size({"width": 320, "height": 640})
    assert_fits(page)
    if (away := page.locator(".leave button[form=leave]")).count():
        on = page.locator(".actions .main, .choice.sends").filter(visible=True).last.bounding_box()
        assert away.bounding_box()["y"] - on["y"] - on["height"] >= 16, page.url
    page.set_viewport_size({"width": 360, "height": 740})


@pytest.mark.safety("H8", "A2")
def test_question_is_the_first_thing_on_a_phone(site, visits):
    page = visits.page(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    for address in ("/id/lapor/", "/id/pertolongan/14/", "/id/pertolongan/11/", "/id/pertolongan/34/", "/id/kabar/"):
        page.goto(address)
        assert_quiet(page)
    hands = Hands(page).begin()
    for answers in (STORY, STORY, {}):
        assert_quiet(page)
        hands.one_step(answers)
    assert_quiet(page)


# Their help comes between the question and its answers.
OFTEN, *SELDOM = "grooming", "sexual_harassment", "doxxing", "child_exploitation", "ncii"
WITH_HELP = [OFTEN, *(pytest.param(category, marks=pytest.mark.slow) for category in SELDOM)]


@pytest.mark.safety("A2")
@pytest.mark.parametrize("category", WITH_HELP)
def test_question_with_help_shows_its_heading_first_and_help_before_the_answers(site, visits, category):
    page = visits.page(viewport={"width": 360, "height": 740}, reduced_motion="reduce", java_script_enabled=False)
    hands = Hands(page).begin()
    for _page in ("who", "category"):
        hands.one_step({"about": "me", "age": "13_15", "category": category})
    page.locator(".demo").evaluate("band => band.remove()")
    places = [hands.heading(), page.locator("main ol.steps.brief").first, page.locator("form#step .choices").first]
    heading, steps, choices = (place.bounding_box()["y"] for place in places)
    assert heading <= 200
    assert heading < steps < choices
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_age_of_an_adult_is_apart_from_the_ages_of_children(site, visits, width):
    page = visits.page(viewport={"width": width, "height": 740}, java_script_enabled=False)
    Hands(page).begin()
    boxes = {age: page.locator(f'[value="me:{age}"]').bounding_box() for age in ("under_13", "13_15", "16_17", "adult")}
    adult = boxes.pop("adult")
    assert all(adult["y"] - box["y"] - box["height"] >= 12 for box in boxes.values()), (adult, boxes)


ROWS = """folds => folds.map(fold => {
    const text = document.createRange();
    text.selectNodeContents(fold);
    const {paddingTop, paddingBottom} = getComputedStyle(fold);
    const room = fold.clientHeight - parseFloat(paddingTop) - parseFloat(paddingBottom);
    return [fold.textContent.trim(), Math.round(room - text.getBoundingClientRect().height)];
})"""


@pytest.mark.parametrize("width", [320, 360])
def test_arrow_of_a_fold_is_beside_its_words(site, visits, width):
    page = visits.page(viewport={"width": width, "height": 740}, java_script_enabled=True)
    page.goto("/id/pertolongan/14/")
    rows = page.locator(".disclosure > summary:visible").evaluate_all(ROWS)
    Hands(page).begin().tell(**STORY)
    rows += page.locator(".disclosure > summary:visible").evaluate_all(ROWS)
    assert [words for words, room in rows if room > 12] == []  # one line is less high than what a thumb needs


def test_little_is_empty_below_the_box_for_words(site, visits):
    page = visits.page(viewport={"width": 360, "height": 740}, java_script_enabled=True)
    Hands(page).begin().tell(**STORY)
    box = page.locator("textarea").bounding_box()
    below = page.locator("#step > details").first.bounding_box()
    assert 8 <= below["y"] - box["y"] - box["height"] <= 40


def test_numbers_beside_each_other_are_as_high(site, visits):
    page = visits.page(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page.goto("/id/pertolongan/16/")
    page.click("main button.btn.main")
    Hands(page).one_step({"about": "me", "age": "16_17"})
    police, everywhere = (page.locator(f"main a[href='tel:{number}']").bounding_box() for number in (110, 112))
    assert (police["y"], police["height"]) == (everywhere["y"], everywhere["height"])
