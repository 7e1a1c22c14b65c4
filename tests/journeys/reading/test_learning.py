"""A reader thinks through a situation and taps a word; a teacher prints a lesson on two sheets."""

import re

import pytest

from tests.browser import assert_accessible

LESSONS = (
    "id/rencana-ajar/kata-sandi-dan-privasi/",
    "id/rencana-ajar/teman-yang-membela/",
    "id/rencana-ajar/berhenti-cek-cerita/",
    "id/rencana-ajar/kata-yang-baik-dan-boleh-bilang-tidak/",
    "id/rencana-ajar/gambar-buatan-ai/",
    "en/lessons/ai-made-pictures/",
)


def test_choice_opens_by_keyboard_without_script(site, page_without_script):
    page = page_without_script
    page.goto("/id/coba/3/")
    choice = page.locator("details").first
    assert not choice.locator(".chip").is_visible()
    choice.locator("summary").focus()
    page.keyboard.press("Enter")
    assert choice.locator(".chip").is_visible()
    assert page.url.endswith("/id/coba/3/")


def test_word_opens_and_closes_by_keyboard_without_script(site, page_without_script):
    page = page_without_script
    page.goto("/id/p/21/")
    word, meaning = page.locator(".word").first, page.locator(".meaning").first
    word.focus()
    page.keyboard.press("Enter")
    assert meaning.is_visible()
    page.keyboard.press("Escape")
    assert not meaning.is_visible()
    assert page.url.endswith("/id/p/21/")


@pytest.mark.sampled(2)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_open_words_and_choices_can_be_read_by_everyone(site, visits, scheme):
    page = visits.page(viewport={"width": 320, "height": 800}, color_scheme=scheme)
    page.goto("/id/p/21/")
    page.locator(".word").first.click()
    assert_accessible(page)
    page.goto("/en/try/6/")
    for summary in page.locator(".situation summary").all():
        summary.click()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.slow
def test_every_lesson_is_two_sheets_of_paper(site, visits):
    page = visits.page()
    for address in LESSONS:
        page.goto(f"/{address}")
        pages = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
        assert pages == 2, address
