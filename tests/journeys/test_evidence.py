"""A picture at the desk: clear only while its button is held, grey all the time, each uncovering recorded."""

import pytest
from django.urls import reverse

from reports.cases.lifecycle import perform
from reports.models import Event
from tests.browser import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = ["min(160px, 100%)", "min(448px, 100%)", "100%"]
COVERED, CLEAR = "grayscale(1) blur(14px)", "grayscale(1)"


@pytest.fixture
def open_file(site, visits, moderator, sign_in, with_picture):
    """``open_file(**browser)``: the page of a file that the handler has opened."""

    def do(**options):
        page = visits.page(**options)
        case = perform(with_picture, "claim", by=moderator)
        sign_in(page, moderator)
        page.goto(reverse("admin:reports_case_page", args=[case.reference]))
        page.click(".tile summary")
        page.select_option(".tile select", "assess")
        page.click(".tile button")
        return page

    return do


def veil(page) -> str:
    return page.evaluate("getComputedStyle(document.querySelector('.evidence img')).filter")


def width_at_most(page, size: str) -> str:
    page.check(f".sizes [value={size}]")
    return page.evaluate("getComputedStyle(document.querySelector('.evidence img')).maxInlineSize")


def uncovered() -> int:
    return Event.objects.filter(action="revealed").count()


@pytest.mark.sampled(3)
@pytest.mark.parametrize("key", ["pointer", "Space", "Enter"])
def test_picture_is_clear_only_while_held(open_file, key):
    page = open_file()
    page.click("#page-1 summary")
    page.hover(".evidence img")
    button = page.locator("[data-hold] button[type=button]")
    button.focus()
    assert (veil(page), uncovered()) == (COVERED, 0)
    box = button.bounding_box()
    page.mouse.move(box["x"] + 9, box["y"] + 9)
    page.mouse.down() if key == "pointer" else page.keyboard.down(key)
    page.wait_for_selector(".evidence.clear")
    assert (veil(page), uncovered()) == (CLEAR, 1)
    page.mouse.up() if key == "pointer" else page.keyboard.up(key)
    assert (veil(page), uncovered()) == (COVERED, 1)


LEAVING = {
    "focus": "document.querySelector('main > :last-child a, main a').focus()",
    "window": "dispatchEvent(new Event('blur'))",
    "tab": "document.dispatchEvent(new Event('visibilitychange'))",
    "page": "dispatchEvent(new Event('pagehide'))",
    "fold": "document.querySelector('#page-1').open = false",
}


@pytest.mark.sampled(2)
@pytest.mark.safety("H24")
@pytest.mark.parametrize("left", LEAVING)
def test_picture_that_was_uncovered_without_holding_is_covered_when_it_is_left(open_file, left):
    page = open_file()
    page.click("#page-1 summary")
    press = page.locator("[data-hold] button:not([type=button])")
    press.click()
    page.wait_for_selector(".evidence.clear")
    assert (veil(page), press.inner_text()) == (CLEAR, "Tutup lagi")
    page.evaluate(LEAVING[left])
    page.wait_for_selector(".evidence:not(.clear)", state="attached")
    assert (press.text_content(), uncovered()) == ("Buka tanpa menahan", 1)


def test_picture_is_covered_by_a_second_press_and_by_escape(open_file):
    page = open_file()
    page.click("#page-1 summary")
    press = page.locator("[data-hold] button:not([type=button])")
    for again in (press.click, lambda: page.keyboard.press("Escape")):
        press.click()
        page.wait_for_selector(".evidence.clear")
        again()
        assert veil(page) == COVERED
    assert uncovered() == 2


def test_picture_is_uncovered_without_script(open_file):
    page = open_file(java_script_enabled=False)
    page.click("#page-1 summary")
    assert not page.locator("[data-hold] button[type=button]").is_visible()
    page.click("[data-hold] button:not([type=button])")
    assert page.locator(".evidence.clear img").is_visible()
    assert [width_at_most(page, size) for size in ("small", "medium", "full")] == WIDTHS
    page.click("text=Tutup lagi")
    assert "sudah melihatnya" in page.content()
    assert uncovered() == 1


def test_picture_stays_covered_when_the_hold_ended(open_file, moderator, with_picture):
    page = open_file()
    page.click("#page-1 summary")
    with_picture.refresh_from_db()
    perform(with_picture, "release", by=moderator)
    page.locator("[data-hold] button[type=button]").focus()
    page.keyboard.down("Space")
    page.wait_for_selector("[data-hold] [role=status]:not(:empty)")
    assert veil(page) == COVERED


def test_picture_is_uncovered_by_the_first_press_after_a_refusal(open_file):
    page = open_file()
    page.click("#page-1 summary")
    press = page.locator("[data-hold] button:not([type=button])")
    page.route("**/*", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    press.click()
    page.wait_for_selector("[data-hold] [role=status]:not(:empty)")
    page.unroute("**/*")
    press.click()
    page.wait_for_selector(".evidence.clear")
    assert (press.inner_text(), uncovered()) == ("Tutup lagi", 1)


@pytest.mark.sampled(4)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_file_page_can_be_used_by_everyone(open_file, scheme, width):
    page = open_file(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.click("#page-1 summary")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
