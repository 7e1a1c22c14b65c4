"""Copies to read without internet: by choice only, never of a sensitive guide, gone with one tap."""

import gzip
import re
from threading import Event

import pytest

from education.views import guide as guide_view
from tests.browser import PHONE, assert_accessible
from tests.journeys.saving import GUIDE, LIST, STORED, save

SENSITIVE, NUMBERS = "/id/p/6/", "/id/darurat/"
GUIDE_EN, NUMBERS_EN = "/en/guides/bullied-online/", "/en/emergency/"

# The bytes of everything in one of the stores as they come over the wire; a font is compressed already.
SENT = """async name => {
  const store = await caches.open(name);
  const sent = async (request) => {
    const body = await (await store.match(request, { ignoreVary: true })).blob();
    const packed = await new Response(body.stream().pipeThrough(new CompressionStream("gzip"))).blob();
    return Math.min(body.size, packed.size);
  };
  return (await Promise.all((await store.keys()).map(sent))).reduce((sum, size) => sum + size, 0);
}"""
TODAY = """locale =>
  new Date().toLocaleDateString(locale, { day: "numeric", month: "long", year: "numeric" })"""
# ``drawnAgain`` is fulfilled when the list was shown, its copies were checked, and the list was shown again.
SECOND_DRAWING = """
  window.drawnAgain = new Promise((done) => addEventListener("DOMContentLoaded", () => {
    let drawn = 0;
    const count = () => (drawn += 1) > 1 && done();
    new MutationObserver(count).observe(document.querySelector("[data-part=none]"), {attributes: true});
  }));
"""


@pytest.mark.parametrize("address", [GUIDE, NUMBERS])
def test_page_from_the_net_does_not_call_itself_a_copy(site, page, address):
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert page.locator("[data-kept]").is_hidden()


def kilobytes(page, part: str) -> int:
    return int(re.search(r"(\d+) KB", page.locator(f"[data-part={part}]").inner_text())[1])


@pytest.mark.sampled(2)
@pytest.mark.parametrize("light", [False, True], ids=["whole", "text-only"])
def test_sizes_that_are_told_are_what_is_stored(site, visits, light):
    page = visits.page(extra_http_headers={"Save-Data": "on"} if light else {})
    page.goto(GUIDE)
    copy, once = kilobytes(page, "save"), kilobytes(page, "offer")
    save(page)
    assert page.evaluate(SENT, "saved") / 1024 == pytest.approx(copy, abs=1)
    worker = len(gzip.compress(page.request.get("/offline-worker.js").body()))  # in a store of the browser's own
    assert (page.evaluate(SENT, "saved-parts") + worker) / 1024 == pytest.approx(once, rel=0.1)


def test_saved_guide_is_read_without_internet(site, page):
    save(page)
    title = page.locator("h1").inner_text()
    page.context.set_offline(True)
    page.reload()
    assert page.locator("h1").inner_text() == title
    assert page.locator("[data-kept]").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.btn.main')).backgroundColor") == "rgb(11, 83, 81)"


def test_emergency_numbers_are_saved_with_a_guide(site, page):
    save(page)
    page.context.set_offline(True)
    page.goto(NUMBERS)
    assert page.locator("a[href='tel:110']").is_visible()
    page.context.set_offline(False)
    page.goto(LIST)
    page.click("[data-part=wipe]")
    page.locator("[data-part=wiped]").wait_for()
    assert page.evaluate(STORED) == []


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("guide", "address", "locale"), [(GUIDE, NUMBERS, "id"), (GUIDE_EN, NUMBERS_EN, "en-GB")], ids=["id", "en"]
)
def test_saved_emergency_numbers_name_their_day(site, page, guide, address, locale):
    save(page, guide)
    page.goto(address)  # which renews the copy
    page.wait_for_load_state("networkidle")
    assert page.locator("[data-kept]").is_hidden()
    page.context.set_offline(True)
    page.goto(address)
    assert page.locator("[data-kept-day]").inner_text() == page.evaluate(TODAY, locale)
    assert page.locator("[data-kept]").is_visible()
    assert page.locator("a[href='tel:110']").bounding_box()["y"] < PHONE["height"] - 100  # still on the first screen
    assert_accessible(page)
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1


@pytest.mark.slow
def test_looking_at_the_list_renews_the_emergency_numbers(site, page):
    save(page)
    page.evaluate("async at => (await caches.open('saved-parts')).put(at, new Response('old'))", NUMBERS)
    page.goto(LIST)
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.goto(NUMBERS)
    assert page.locator("[data-kept]").is_visible()


@pytest.mark.slow
def test_guide_not_saved_leads_to_the_list_when_offline(site, page):
    save(page)
    page.context.set_offline(True)
    page.goto("/id/panduan/")
    page.click("[data-part=list] a")
    assert page.url.endswith(GUIDE)


@pytest.mark.slow
def test_focus_moves_on_when_its_button_disappears(site, page):
    focused = "document.activeElement.dataset.part ?? document.activeElement.localName"
    page.goto(GUIDE)
    page.press("[data-part=save]", "Enter")
    page.locator("[data-part=remove]:focus").wait_for()
    page.goto(LIST)
    page.press("[data-part=list] button", "Enter")
    page.locator("[data-part=removed]").wait_for()
    assert page.evaluate(focused) == "h1"


@pytest.mark.slow
def test_check_for_changes_keeps_the_keyboard_on_its_button(site, page):
    save(page)
    page.add_init_script(SECOND_DRAWING)
    page.goto(LIST)
    page.focus("[data-part=list] button")
    page.evaluate("drawnAgain")
    assert page.evaluate("document.activeElement.closest('[data-part=list]') !== null")


def test_delete_all_removes_copies_and_worker(site, page):
    save(page)
    page.goto(LIST)
    page.click("[data-part=wipe]")
    page.locator("[data-part=wiped]").wait_for()
    assert page.evaluate(STORED) == []
    page.reload()
    page.locator("[data-part=none]").wait_for()
    assert page.evaluate(STORED) == []


@pytest.mark.slow
def test_page_that_arrives_after_the_wipe_is_not_kept(site, page, monkeypatch):
    save(page)
    asked, wiped, content = Event(), Event(), guide_view._guide_context
    monkeypatch.setattr(guide_view, "_guide_context", lambda *of: (asked.set(), wiped.wait(9)) and content(*of))
    page.goto(LIST)  # which requests every copy again
    for _ in range(300):
        page.wait_for_timeout(0 if asked.is_set() else 20)
    assert asked.is_set()
    page.click("[data-part=wipe]")
    page.locator("[data-part=wiped]").wait_for()
    wiped.set()
    page.wait_for_timeout(500)
    assert page.locator("[data-part=wiped]").is_visible()
    assert page.evaluate(STORED) == []


@pytest.mark.slow
def test_deleting_the_last_copy_leaves_nothing(site, page):
    save(page)
    page.click("[data-part=remove]")
    page.locator("[data-part=removed]").wait_for()
    assert page.evaluate(STORED) == []


def test_reading_alone_stores_nothing(site, page):
    for address in (GUIDE, NUMBERS, LIST, SENSITIVE, "/id/lapor/", "/id/bantuan/"):
        page.goto(address, wait_until="networkidle")
        assert page.evaluate(STORED) == [], address


def test_only_the_chosen_guide_and_what_draws_it_are_stored(site, page):
    save(page)
    for address in ("/id/lapor/", "/id/kabar/", "/id/cari/?q=judi", "/id/bantuan/", SENSITIVE, "/id/panduan/"):
        page.goto(address, wait_until="networkidle")
    names = "async name => (await (await caches.open(name)).keys()).map(r => new URL(r.url).pathname)"
    assert page.evaluate(names, "saved") == [GUIDE]
    assert all(
        path.startswith("/static/") or path in {LIST, NUMBERS, "/list"} for path in page.evaluate(names, "saved-parts")
    )
    assert not any("/lapor/" in scope or scope.endswith("/id/") for scope in page.evaluate(STORED))


def test_sensitive_guide_offers_nothing(site, page):
    page.goto(SENSITIVE)
    assert page.locator("[data-keep]").count() == 0


def test_without_script_there_is_no_offer(site, page_without_script):
    page_without_script.goto(GUIDE)
    assert not page_without_script.locator("[data-part=save]").is_visible()


def test_offer_and_list_can_be_used_by_everyone(site, page):
    save(page)
    assert_accessible(page)
    page.goto(LIST)
    page.locator("[data-part=wipe]").wait_for()
    assert_accessible(page)
