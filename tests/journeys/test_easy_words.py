"""A child chooses easier words, shows a sentence to an adult, and comes back to what was typed."""

import pytest

from tests.browser import assert_accessible
from tests.journeys.hands import Hands
from tests.phone import assert_fits, assert_made_for_thumbs_and_keys

pytestmark = pytest.mark.django_db(transaction=True)
SENTENCE = "Tolong bantu aku. Ada kejadian di HP-ku dan aku takut. Tolong jangan marah."


def test_child_shows_a_sentence_and_comes_back(site, visits):
    page = visits.page(viewport={"width": 320, "height": 640}, reduced_motion="reduce")
    Hands(page).begin()
    page.get_by_role("button", name="Mau pakai kata yang lebih mudah?").click()
    page.get_by_role("button", name="Minta bantuan orang dewasa").click()
    page.get_by_role("link", name=SENTENCE).click()
    assert page.locator("h1").inner_text() == SENTENCE
    assert_fits(page)
    page.get_by_role("link", name="Kembali", exact=True).click()
    page.get_by_role("link", name="Kembali ke pertanyaan").click()
    assert page.get_by_role("button", name="Kata biasa").is_visible()


@pytest.mark.parametrize("width", [320, pytest.param(1280, marks=pytest.mark.slow)])
@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
@pytest.mark.parametrize("number", [19, 21])
def test_pages_for_an_adult_are_accessible(site, visits, width, scheme, number):
    page = visits.page(viewport={"width": width, "height": 740}, color_scheme=scheme, reduced_motion="reduce")
    page.goto(f"/id/pertolongan/{number}/")
    assert_accessible(page)
    assert_fits(page)
    assert_made_for_thumbs_and_keys(page)
