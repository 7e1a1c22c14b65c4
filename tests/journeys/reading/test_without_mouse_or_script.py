"""A whole visit of a reader: with the keyboard alone, always seeing where they are; and with JavaScript off."""

import pytest

FOCUSED = """() => {
    const one = document.activeElement;
    const { top, bottom, left, right } = one.getBoundingClientRect();
    const ring = [one, one.closest('.choice')].some((it) => it && getComputedStyle(it).outlineStyle !== 'none')
        || getComputedStyle(one, '::after').outlineStyle !== 'none';
    const hit = document.elementFromPoint((left + right) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2);
    const covered = hit && hit.closest('.quick-exit') && !one.closest('.quick-exit');
    const seen = bottom > 0 && top < innerHeight && !covered;
    return { ring, seen, what: one.outerHTML.slice(0, 120) };
}"""
# Row and column of what has the focus; a row is about as high as a finger.
MIDDLE = """() => {
    const { top, bottom, left } = document.activeElement.getBoundingClientRect();
    return [Math.round((top + bottom) / 2 / 44), left];
}"""
MOST = 120  # presses of Tab until one gives up


def tab_to(page, wanted: str):
    """Press Tab until the element ``wanted`` has the focus; every stop on the way must be seen."""
    for _press in range(MOST):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        assert (stop["ring"], stop["seen"]) == (True, True), f"{page.url}: {stop}"
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return page.keyboard
    raise AssertionError(f"{page.url}: Tab does not come to {wanted}")


def test_whole_visit_by_keyboard(site, visits):
    page = visits.page(reduced_motion="reduce")
    page.goto("/id/")
    tab_to(page, "#q").type("diancam foto")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cari/")
    tab_to(page, ".results a[href='/id/p/6/']").press("Enter")
    page.wait_for_url("**/id/p/6/")
    tab_to(page, ".contents summary").press("Enter")
    tab_to(page, ".contents a[href='#s2']").press("Enter")
    assert page.url.endswith("#s2")
    tab_to(page, ".side a[href^='tel:']")
    page.goto("/id/p/6/")
    tab_to(page, "a.lang").press("Enter")
    page.wait_for_url("**/en/p/6/")
    tab_to(page, ".quick-exit-button").press("Enter")
    page.wait_for_url("https://www.bmkg.go.id/**")


def test_first_link_of_a_page_leads_past_its_head(site, page):
    page.goto("/id/panduan/")
    tab_to(page, ".skip").press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("width", [360, 1280])
def test_tab_order_of_the_header_is_the_visual_order(site, visits, width):
    page = visits.page(viewport={"width": width, "height": 800})
    page.goto("/id/")
    stops = []
    for _press in range(8):  # past the skip link: the name, search, language and four pages
        page.keyboard.press("Tab")
        stops.append(tuple(page.evaluate(MIDDLE)))
    assert stops[1:] == sorted(stops[1:])


def test_other_colours_and_the_text_alone_without_script(site, page_without_script):
    page = page_without_script
    page.goto("/id/panduan/dibully-online/")
    page.click(".display-modes a[href*='look=dark']")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.click("header a[href^='/id/panduan/']")
    assert "look=dark" in page.url
    page.click("a[href*='text=1']")
    assert page.locator("link[href*='/base']").count() == 0
    assert page.locator("main svg").count() == 0
    page.click("main a[href^='/id/panduan/'] >> nth=0")
    assert "text=1" in page.url
