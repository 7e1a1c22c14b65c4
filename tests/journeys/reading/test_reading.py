"""A reader on a cheap phone: a guide in two taps, the other language on the same page, no cookie."""

import pytest

from education.starter.files import items


@pytest.mark.sampled(2)
@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_guide_in_two_taps_and_the_language_on_the_page(site, visits, script):
    page = visits.page(java_script_enabled=script)
    page.goto("/id/")
    page.click("header a[href='/id/panduan/'], main a[href='/id/panduan/'] >> nth=0")
    page.click("main a[href='/id/panduan/dibully-online/'] >> nth=0")
    title = page.locator("h1").inner_text()
    page.click("header a[hreflang=en]")
    assert page.url.endswith("/en/guides/bullied-online/")
    assert page.locator("h1").inner_text() != title
    page.click("header a[hreflang=id]")
    assert page.locator("h1").inner_text() == title
    assert page.context.cookies() == []
    assert visits.outside == []


@pytest.mark.parametrize(("language", "apps"), [("id", "aplikasi"), ("en", "apps")])
def test_every_app_page_in_two_taps(site, visits, language, apps):
    page = visits.page(java_script_enabled=False)
    for app in items("platforms"):
        page.goto(f"/{language}/")
        page.click(f"main a[href='/{language}/{apps}/'] >> nth=0")
        page.click(f"main a[href='/{language}/{apps}/{app[language]['slug']}/'] >> nth=0")
        assert app["name"] in page.locator("h1").inner_text()
    assert visits.outside == []


def as_opened(page, link) -> bytes:
    """How ``link`` looks once it was opened. Scripts cannot ask, so that no site learns it; a picture shows it."""
    devtools = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        devtools.send(f"{domain}.enable")
    root = devtools.send("DOM.getDocument")["root"]["nodeId"]
    node = devtools.send("DOM.querySelector", {"nodeId": root, "selector": link})["nodeId"]
    devtools.send("CSS.forcePseudoState", {"nodeId": node, "forcedPseudoClasses": ["visited"]})
    return page.locator(link).first.screenshot()


@pytest.mark.sampled(2)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_link_does_not_show_that_it_was_opened(site, visits, scheme):
    page = visits.page(color_scheme=scheme, java_script_enabled=False)
    link = "main a[href^='/id/panduan/dibully-online/']"
    for query in ("", "?text=1", "?text=1&look=dark"):
        page.goto(f"/id/panduan/{query}")
        before = page.locator(link).first.screenshot()
        assert as_opened(page, link) == before, query


@pytest.mark.parametrize("language", ["id", "en"])
def test_search_stands_on_the_first_screen_of_home(site, page, language):
    page.goto(f"/{language}/")
    page.evaluate("document.querySelector('.demo').remove()")
    box = page.locator(".hero .search-line").bounding_box()
    assert box["y"] + box["height"] <= 800


@pytest.mark.sampled(3)
@pytest.mark.parametrize("start", ["/id/", "/id/p/6/", "/id/bantuan/", "/en/guides/bullied-online/"])
def test_search_is_one_tap_away_on_every_page(site, page_without_script, start):
    page = page_without_script
    page.goto(start)
    seek = page.locator("header .search-link")
    assert seek.bounding_box()["height"] >= 44
    seek.click()
    assert page.locator("main #q").is_visible()
    assert "?" not in page.url


def test_search_in_the_other_language_keeps_words_out_of_the_url(site, page_without_script):
    page = page_without_script
    page.goto("/id/cari/")
    page.click("summary >> nth=0")
    page.select_option("#audience", "teens")
    page.fill("#q", "sextortion")
    page.press("#q", "Enter")
    page.click("header button.lang")
    assert page.url.endswith("/en/search/")
    assert (page.input_value("#q"), page.input_value("#audience")) == ("sextortion", "teens")
    assert page.locator(".results li").count()


def test_search_for_exactly_what_was_typed(site, page_without_script):
    page = page_without_script
    page.goto("/id/")
    page.fill("#q", "perundugan")
    page.press("#q", "Enter")
    assert page.locator("main mark").count()
    page.click("main button[name=exact]")
    assert page.input_value("#q") == "perundugan"
    assert page.locator("main .results, main button[name=exact]").count() == 0
    assert page.url.endswith("/id/cari/")
