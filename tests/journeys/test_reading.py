"""A reader on a cheap phone: a guide in two taps, the other language on the same page, no cookie."""

import pytest

from tests.browser import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = [
    "",
    "panduan/",
    "panduan/dibully-online/",
    "p/6/",
    "p/6/lembar-kelas/",
    "bantuan/",
    "glosarium/",
    "coba/",
    "coba/3/",
    "rencana-ajar/",
    "rencana-ajar/gambar-buatan-ai/",
    "lembaga/",
    "berita/",
    "tentang/",
    "jejak/",
    "tersimpan/",
    "panduan/dibully-online/?text=1",
    "p/6/?look=dark",
    "kabar/",
]


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_kind_of_page_can_be_used_by_everyone(site, visits, scheme, width):
    page = visits.page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    for address in PAGES:
        assert page.goto(f"/id/{address}").status == 200, address
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


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
