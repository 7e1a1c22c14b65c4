"""How much room the pages of help and of the form take: on a phone, enlarged four times, and on a wide screen."""

import pytest

from reports.intake.first_aid import every
from tests.journeys.hands import Hands
from tests.phone import assert_fits
from tests.reports.intake import help_walk
from tests.reports.intake.reporter import Reporter

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 360, "height": 740}
TWO_SCREENS = 2 * 740
# The dangers, the troubles (from 34: as guides link to them, with the answers of danger), and asking an adult.
SHORT = (11, 13, 14, 15, 16, 18, 19, 34, 35, 36)
LISTED = tuple(aid.number for aid in every() if aid.is_listed)  # the other categories; then those to which guides link
LINKED = tuple(aid.outside_number for aid in every() if aid.is_listed and aid.topic)
LIFE = 12  # a life at risk: two screens without the sentences that safety rules prescribe word for word
PRESCRIBED = "main :is([data-rule], .trace, .how-long)"
FIRST_AID = {"id": "/id/pertolongan/{}/", "en": "/en/first-help/{}/"}
THE_LIST = {"id": "/id/pertolongan/", "en": "/en/first-help/"}
FOUR_TIMES = {"width": 320, "height": 256}  # px: a screen of 1280 × 1024 at 400 %
WITH_HELP = ("sexual_harassment", "doxxing", "child_exploitation", "ncii")  # between the question and its answers
STORY = {"about": "me", "age": "13_15", "category": "grooming", "meeting": "soon"}


def bottom(page) -> float:
    """Where the page ends above its footer, without the band of the demo."""
    page.evaluate("document.querySelector('.demo')?.remove()")
    return page.evaluate("document.querySelector('main').getBoundingClientRect().bottom + scrollY")


@pytest.mark.parametrize("language", ["id", pytest.param("en", marks=pytest.mark.slow)])
def test_help_takes_two_screens_of_a_phone(site, visits, language):
    page, heights = visits.page(viewport=PHONE), {}
    page.goto(THE_LIST[language])
    heights[0] = bottom(page)
    for number in (*SHORT, *LISTED, *LINKED):
        page.goto(FIRST_AID[language].format(number))
        heights[number] = bottom(page)
    page.goto(FIRST_AID[language].format(LIFE))
    whole = bottom(page)
    page.evaluate(f"document.querySelectorAll('{PRESCRIBED}').forEach(part => part.remove())")
    heights[LIFE] = bottom(page)
    print(f"\n{language}", {number: round(height) for number, height in heights.items()}, round(whole))
    assert {number: height for number, height in heights.items() if height > TWO_SCREENS} == {}
    assert whole <= 3 * 740


# Shows a page that was asked for elsewhere; measures it whole, and without what safety rules prescribe word for word.
_HEIGHTS = """async ([text, prescribed]) => {
    const page = new DOMParser().parseFromString(text, 'text/html');
    page.querySelectorAll('script, .demo').forEach((part) => part.remove());
    document.body.innerHTML = page.body.innerHTML;
    const bottom = () => Math.round(document.querySelector('main').getBoundingClientRect().bottom + scrollY);
    bottom();
    await document.fonts.ready;  // a page may need a weight that the page before did not
    const whole = bottom();
    document.querySelectorAll(prescribed).forEach((part) => part.remove());
    return [whole, bottom()];
}"""
# With the block about a life, or with the sentence about the bank: what safety rules prescribe comes on top.
WITH_MORE = ("life", "alone", "friend", "last sextortion", "last self_harm", "last scam")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["id", "en"])
def test_help_in_the_form_takes_two_screens(site, visits, language):
    page = visits.page(viewport=PHONE)
    page.goto(Reporter(language).url("start"))
    pages = {**dict(help_walk.help_pages(language)), **dict(help_walk.last_pages(language))}
    heights = {name: page.evaluate(_HEIGHTS, [text, PRESCRIBED]) for name, text in pages.items()}
    for name, (whole, rest) in sorted(heights.items(), key=lambda one: one[1], reverse=True):
        print(f"{whole:5} {rest:5} {name}")
    counted = {name: rest if name.startswith(WITH_MORE) else whole for name, (whole, rest) in heights.items()}
    assert {name: height for name, height in counted.items() if height > TWO_SCREENS} == {}
    # Danger, blackmail with money sent and the block about a life on one page, with the line of H10 below both numbers,
    # and the fold that makes a new code.
    assert max(whole for whole, _rest in heights.values()) <= 2425


@pytest.mark.parametrize("language", ["id", pytest.param("en", marks=pytest.mark.slow)])
def test_open_group_of_categories_takes_two_screens_of_a_phone(site, visits, language):
    page = visits.page(viewport=PHONE)
    hands = Hands(page, language).begin()
    hands.one_step(STORY)
    folds = page.locator("details.choice-group > summary")
    heights = []
    for place in range(folds.count()):
        folds.nth(place).click()
        heights.append(bottom(page))
    print(f"\n{language}", [round(height) for height in heights])
    assert (len(heights), max(heights) <= TWO_SCREENS) == (4, True), heights


@pytest.mark.safety("A2")
@pytest.mark.parametrize("category", ["grooming", *(pytest.param(one, marks=pytest.mark.slow) for one in WITH_HELP)])
def test_enlarged_four_times_every_question_shows_its_heading_first(site, visits, category):
    page = visits.page(viewport=FOUR_TIMES)
    hands = Hands(page).begin()
    while True:
        page.evaluate("document.querySelector('.demo')?.remove()")
        heading = hands.heading().bounding_box()
        assert heading["y"] + 30 <= FOUR_TIMES["height"], (hands.question(), heading)
        assert_fits(page)
        if hands.is_at_the_end():
            break
        hands.one_step(STORY | {"category": category})


def at_the_answers(page, category):
    """Walk to the question of ``category`` that has help above its answers; return its hands and the link past it."""
    hands = Hands(page).begin()
    for _page in ("who", "category"):
        hands.one_step(STORY | {"category": category})
    page.evaluate("document.querySelector('.demo')?.remove()")
    return hands, page.locator("form#step a[href='#answers']")


@pytest.mark.safety("A2")
@pytest.mark.parametrize("category", ["grooming", *(pytest.param(one, marks=pytest.mark.slow) for one in WITH_HELP)])
def test_enlarged_four_times_one_press_below_the_question_shows_its_answers(site, visits, category):
    page = visits.page(viewport=FOUR_TIMES, java_script_enabled=False)
    hands, link = at_the_answers(page, category)
    heading, place, answer = hands.heading().bounding_box(), link.bounding_box(), page.locator("#answers .choice").first
    assert place["y"] + place["height"] - heading["y"] <= FOUR_TIMES["height"], (heading, place)
    assert answer.bounding_box()["y"] > 2 * FOUR_TIMES["height"]  # some screens below
    link.click()
    shown = answer.bounding_box()
    assert 0 <= shown["y"] <= FOUR_TIMES["height"] - shown["height"], shown
    assert page.evaluate("document.activeElement.id") == "answers"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('#answers :is(input, button)')")


@pytest.mark.parametrize("viewport", [PHONE, pytest.param({"width": 1280, "height": 800}, marks=pytest.mark.slow)])
def test_way_to_the_answers_is_seen_on_other_screens_when_it_has_the_focus(site, visits, viewport):
    _hands, link = at_the_answers(visits.page(viewport=viewport), "grooming")
    clipped = "link => getComputedStyle(link).clipPath !== 'none'"  # for screen readers only
    assert link.evaluate(clipped)
    link.focus()
    assert (link.evaluate(clipped), link.bounding_box()["height"] >= 44) == (False, True)


@pytest.mark.safety("A2")
def test_numbers_of_the_help_stay_when_the_phone_is_turned(site, visits):
    page = visits.page(viewport=PHONE)
    hands = Hands(page).begin()
    while page.locator(".above .channel").count() == 0:
        hands.one_step(STORY)
    before = page.locator(".above .helpline").first.bounding_box()["height"]
    page.set_viewport_size({"width": PHONE["height"], "height": PHONE["width"]})
    page.wait_for_function("innerWidth === 740")
    assert page.locator(".above .helpline").first.bounding_box()["height"] >= 44, before


# What is in the right half, by the number of the page; the sentence that is held out takes the whole width.
BESIDE = {14: ".aid-help", 19: ".aid-help", 21: ".show-sentence"}


@pytest.mark.parametrize("number", BESIDE)
def test_wide_page_uses_both_halves(site, visits, number):
    page = visits.page(viewport={"width": 1280, "height": 800})
    page.goto(FIRST_AID["id"].format(number))
    frame, beside = (page.locator(f"main {place}").first.bounding_box() for place in ("> *", BESIDE[number]))
    assert beside["x"] + beside["width"] >= 0.9 * page.locator(".page").bounding_box()["width"], (frame, beside)
    assert beside["y"] <= 400, beside
