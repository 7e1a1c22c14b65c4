"""The report form on a phone from the first question to the code, with and without script."""

import time

import pytest

from reports.models import Case, SealedSession
from tests.browser import assert_accessible
from tests.journeys.hands import STORY, Hands

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.smoke
@pytest.mark.sampled(3)
@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_report_from_the_first_question_to_the_code(site, visits, language, script):
    page = visits.page(java_script_enabled=script)
    code = Hands(page, language).begin().tell(**STORY).send()
    assert len(code.replace("-", "")) == 24
    assert Case.objects.get().display_reference in code
    page.click("details:has(#retyped) summary")
    page.fill("#retyped", code)
    page.click("main button.btn.main")
    assert "WIB" in page.locator("h1").inner_text()
    assert visits.outside == []


@pytest.mark.slow
def test_no_page_is_wider_than_a_phone(site, page):
    hands, widths = Hands(page).begin(), []
    for _step in range(6):
        widths.append(page.evaluate("document.documentElement.scrollWidth"))
        hands.one_step(STORY)
    assert max(widths) <= 360


def test_form_by_keyboard_alone(site, page):
    page.goto("/id/lapor/")
    page.focus("main .tile >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_url("**/pertolongan/14/")
    page.focus("main button.btn.main")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lapor/2/")
    assert page.locator("h1").inner_text()


def wait_until_gone():
    """The beacon that ends the draft outlives its page: give it a moment."""
    for _try in range(50):
        if not SealedSession.objects.exists():
            return
        time.sleep(0.1)
    raise AssertionError("the draft is still there")


@pytest.mark.safety("H8", "K13")
def test_quick_exit_is_first_and_clears_the_page(site, visits):
    page = visits.page()
    Hands(page).begin().tell(**STORY)
    page.evaluate("document.activeElement.blur()")
    page.goto(page.url)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "quick-exit-button"
    page.keyboard.press("Enter")
    page.wait_for_url("https://www.bmkg.go.id/**")
    wait_until_gone()
    page.go_back()
    assert "mengejek" not in page.content()


@pytest.mark.slow
@pytest.mark.safety("K13")
def test_quick_exit_works_without_script(site, page_without_script):
    page = page_without_script
    Hands(page).begin().tell(**STORY)
    page.click(".quick-exit-button")
    page.wait_for_url("https://www.bmkg.go.id/**")
    assert SealedSession.objects.count() == 0
    page.go_back()
    assert "mengejek" not in page.content()


@pytest.mark.sampled(4)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_of_the_form_can_be_used_by_everyone(site, visits, language, scheme):
    page = visits.page(color_scheme=scheme)
    hands = Hands(page, language)
    page.goto("/id/lapor/" if language == "id" else "/en/report/")
    assert_accessible(page)
    hands.begin("unsure")
    while not hands.is_at_the_end():
        assert_accessible(page)
        hands.one_step(STORY)
    assert_accessible(page)
    hands.go_on()
    assert_accessible(page)
