"""A guide on a phone and on paper: the text begins on the first screen, copying works, few sheets, few requests."""

import pypdfium2
import pytest

from education import urls_for
from education.helplines.names import MOST_IN_BAR
from education.models import Guide
from tests.browser import wait_until

PHONE_HEAD = 250  # of 800 px, before the page itself begins: emergency numbers, quick exit, name of the site


@pytest.mark.sampled(3)
@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("language", ["id", "en"])
def test_main_begins_on_the_first_screen_below_large_numbers(site, visits, width, language):
    page = visits.page(viewport={"width": width, "height": 800})
    page.goto(f"/{language}/")
    page.evaluate("document.querySelector('.demo').remove()")
    assert page.evaluate("document.querySelector('main').getBoundingClientRect().top") <= PHONE_HEAD
    boxes = [link.bounding_box() for link in page.locator(".emergency-bar a").all()]
    assert [box["height"] >= 44 and box["width"] >= 44 for box in boxes] == [True] * 3


@pytest.mark.parametrize("language", ["id", "en"])
def test_longest_name_of_a_chat_keeps_the_bar_in_one_row(site, visits, language):
    longest = "Healing119"
    assert len(longest) == MOST_IN_BAR
    page = visits.page(viewport={"width": 360, "height": 800})
    page.goto(f"/{language}/")
    label = page.locator(".emergency-bar a[href*='wa.me'] > span")
    label.evaluate("(label, name) => { label.lastChild.data = ` WhatsApp ${name}` }", longest)
    assert len({link.bounding_box()["y"] for link in page.locator(".emergency-bar a").all()}) == 1
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("address", ["/id/p/6/", "/en/p/6/", "/id/p/12/", "/id/panduan/dibully-online/"])
def test_guide_text_begins_on_the_first_screen(site, visits, address):
    page = visits.page(viewport={"width": 320, "height": 800})
    page.goto(address)
    page.evaluate("document.querySelector('.demo').remove()")
    assert page.locator(".head .art svg").bounding_box()["height"] <= 64
    lead = page.locator(".lead").bounding_box()
    assert lead["y"] + lead["height"] <= 800


def sheets(page, path: str) -> int:
    """On how many sheets of A4 the page prints."""
    page.goto(path)
    return len(pypdfium2.PdfDocument(page.pdf(format="A4")))


@pytest.mark.parametrize("language", ["id", pytest.param("en", marks=pytest.mark.slow)])
def test_longest_guides_print_on_four_sheets_at_most(site, visits, language):
    page = visits.page(java_script_enabled=False)
    longest = sorted(Guide.objects.published(), key=lambda guide: len(guide.body_ind), reverse=True)
    for guide in longest[:3]:
        assert sheets(page, urls_for.url_of(guide, language)) <= 4, guide
        assert sheets(page, urls_for.url_of_part("handout", guide, language)) == 1, guide


@pytest.mark.sampled(3)
@pytest.mark.parametrize("address", ["/id/panduan/dibully-online/", "/id/p/6/", "/id/p/6/lembar-kelas/"])
def test_first_visit_asks_for_eight_things_at_most(site, visits, address):
    page = visits.page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert len(asked) <= 8, asked
    assert page.context.cookies() == []


def test_address_and_text_are_copied_with_one_tap(site, visits):
    page = visits.page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/id/panduan/dibully-online/")
    page.click("button[data-copy] >> nth=0")
    page.locator("button[data-copy] + [role=status]", has_text="Sudah disalin.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").endswith("/id/panduan/dibully-online/")
    page.click("summary >> text=Teks untuk chat")
    page.click("details button[data-copy]")
    wait_until(page, "navigator.clipboard.readText().then(text => text.includes('1. '))")


def test_quick_exit_leaves_a_sensitive_guide_without_script(site, visits, settings):
    # Elsewhere on this site: a redirect to another one would really go there.
    settings.QUICK_EXIT_URL = site + urls_for.urls_of_name("education:glossary")["id"]
    page = visits.page(java_script_enabled=False)
    page.goto("/id/p/6/")
    page.click(".quick-exit-button")
    assert page.url == settings.QUICK_EXIT_URL


def test_crisis_part_of_guide_6_is_one_tap_away(site, visits):
    page = visits.page(java_script_enabled=False)
    page.goto("/id/p/6/")
    page.click(".steps a[href='#s7']")
    assert page.url.endswith("/id/p/6/#s7")
    assert page.locator("#s7").bounding_box()["y"] < 200
