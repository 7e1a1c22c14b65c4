"""Somebody stops in the middle of a sentence: more time, another language, back; with and without script."""

import pytest

from reports.models import Case
from tests.browser import assert_accessible
from tests.cast import sealed_answers
from tests.journeys.hands import Hands

pytestmark = pytest.mark.django_db(transaction=True)
BEGUN = "Mereka mengejek aku di grup"
SCRIPT = pytest.mark.parametrize(
    "script", [True, pytest.param(False, marks=pytest.mark.slow)], ids=["with-script", "without-script"]
)


def at_the_words(page) -> Hands:
    """A reporter at the question for text."""
    hands = Hands(page).begin()
    while hands.question() != "words":
        hands.one_step({"about": "me", "category": "cyberbullying", "age": "16_17", "own_image": "no"})
    return hands


@SCRIPT
@pytest.mark.slow
def test_typed_text_survives_every_button(site, visits, script):
    page = visits.page(java_script_enabled=script)
    hands = at_the_words(page)
    page.fill("[name=answer]", BEGUN)
    page.click("button[name=stay]")
    assert page.locator("#kept").is_visible()
    page.click("button.lang")
    assert "/en/report/" in page.url
    assert page.input_value("[name=answer]") == BEGUN
    page.fill("[name=answer]", BEGUN + " kelas")
    page.click("button.back")
    assert hands.question() == "same_school own_image"
    hands.go_on()
    assert page.input_value("[name=answer]") == BEGUN + " kelas"
    hands.go_on()
    assert sealed_answers(Case.objects.get())["words"] == BEGUN + " kelas"


@pytest.mark.slow
@SCRIPT
def test_enter_key_never_sends(site, visits, script):
    page = visits.page(java_script_enabled=script)
    hands = Hands(page).begin().tell(about="public_post", category="csam", age="13_15")
    page.fill("[name=answer]", "@akun")
    page.press("[name=answer]", "Enter")
    page.wait_for_load_state()
    assert (hands.question(), page.input_value("[name=answer]")) == ("account_or_link", "@akun")
    assert not Case.objects.exists()


def test_first_answer_is_changed_from_the_last_page(site, page_without_script):
    page = page_without_script
    hands = Hands(page).begin().tell(about="me", category="cyberbullying", words=BEGUN)
    page.click("button[name=open][value=safety]")
    hands.choose("unsure")
    hands.go_on()
    assert "Aku tidak yakin" in page.locator("p:has(button[value=safety])").inner_text()
    assert page.input_value("[name=answer]") == BEGUN


@pytest.mark.slow
def test_header_and_the_back_button_fit_a_small_phone(site, visits):
    page = visits.page(viewport={"width": 320, "height": 640})
    at_the_words(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for name in ("button.back", "button.lang", "button[name=stay]"):
        assert page.locator(name).bounding_box()["height"] >= 44


@SCRIPT
@pytest.mark.slow
def test_history_and_reload_after_an_error_send_nothing_again(site, visits, script):
    page = visits.page(java_script_enabled=script)
    hands = at_the_words(page)
    too_long = "kata " * 250
    for words in (too_long, too_long + "lagi"):
        page.fill("[name=answer]", words)
        hands.go_on()
        assert page.locator(".error-summary a").is_visible()
        assert page.input_value("[name=answer]") == words
    for move in (page.reload, page.go_back, page.go_forward):
        move()
        assert hands.question() == "words"
        assert page.input_value("[name=answer]") == words
    page.fill("[name=answer]", BEGUN)
    hands.go_on()
    assert sealed_answers(Case.objects.get())["words"] == BEGUN


@pytest.mark.slow
def test_sheet_for_the_bank_can_be_selected_and_copied(site, visits):
    page = visits.page(permissions=["clipboard-read", "clipboard-write"])
    hands = Hands(page).begin()
    for _page in range(3):
        hands.one_step({"about": "me", "category": "scam", "money_sent": "yes_24h"})
    page.click(".fact-sheet > summary")
    page.click("[data-do=copy]")
    page.wait_for_selector("[data-do=clear]")
    assert page.evaluate("navigator.clipboard.readText()") == page.input_value("#sheet")
    assert_accessible(page)
