"""A reader on a cheap phone: a guide in two taps, the other language on the same page, no cookie."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_a_guide_in_two_taps_and_the_language_on_the_page(site, visits, script):
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


def as_opened(page, link) -> bytes:
    """How ``link`` looks once it was opened. Scripts cannot ask, so that no site learns it; a picture shows it."""
    devtools = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        devtools.send(f"{domain}.enable")
    root = devtools.send("DOM.getDocument")["root"]["nodeId"]
    node = devtools.send("DOM.querySelector", {"nodeId": root, "selector": link})["nodeId"]
    devtools.send("CSS.forcePseudoState", {"nodeId": node, "forcedPseudoClasses": ["visited"]})
    return page.locator(link).first.screenshot()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_link_does_not_show_that_it_was_opened(site, visits, scheme):
    page = visits.page(color_scheme=scheme, java_script_enabled=False)
    link = "main a[href^='/id/panduan/dibully-online/']"
    for query in ("", "?text=1", "?text=1&look=dark"):
        page.goto(f"/id/panduan/{query}")
        before = page.locator(link).first.screenshot()
        assert as_opened(page, link) == before, query
