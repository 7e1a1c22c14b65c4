"""Finding help: "open now" by the clock of the device, one tap for a dead number, a poster for a wall."""

import gzip
import re
from datetime import UTC, datetime

import pypdfium2
import pytest

from education.models import Helpline
from education.urls_for import anchor_of

A4 = {"width": 794, "height": 1123}


def at(slug: str) -> str:
    """Return the position of the helpline on the page."""
    return "#" + anchor_of(Helpline.objects.get(slug=slug))


def komnas() -> str:
    """What says that it is open: Monday to Friday, 09:00 to 16:00 in Jakarta."""
    return f"{at('komnas-perempuan')} .open-now"


@pytest.mark.sampled(2)
@pytest.mark.safety("K2")
@pytest.mark.parametrize(
    ("zone", "closed"),
    [
        ("Asia/Jakarta", "Tutup sekarang, buka lagi Senin 09.00 WIB"),
        ("Asia/Makassar", "Tutup sekarang, buka lagi Senin 10.00 WITA"),
        ("Asia/Jayapura", "Tutup sekarang, buka lagi Senin 11.00 WIT"),
    ],
)
def test_open_now_follows_the_clock_in_the_time_of_the_device(checked, visits, zone, closed):
    page = visits.page(timezone_id=zone)
    page.clock.install(time=datetime(2026, 11, 27, 8, 59, 30, tzinfo=UTC))  # Friday, 15:59 in Jakarta
    page.goto("/id/bantuan/")
    assert page.inner_text(komnas()) == "Buka sekarang, kecuali hari libur"
    assert page.inner_text(f"{at('polri-110')} .open-now") == "Buka sekarang"
    page.clock.fast_forward("01:00")
    assert page.inner_text(komnas()) == closed
    page.clock.fast_forward(65 * 60 * 60 * 1000)  # Monday, 09:00 in Jakarta
    assert page.inner_text(komnas()).startswith("Buka sekarang")


def test_open_now_speaks_the_language_of_the_page(checked, visits):
    page = visits.page(timezone_id="Asia/Makassar", locale="id-ID")
    page.clock.install(time=datetime(2026, 11, 28, 3, 0, tzinfo=UTC))
    page.goto("/en/help/")
    assert page.inner_text(komnas()) == "Closed now, opens again on Monday 10:00 WITA"


def test_unverified_helpline_does_not_show_open_now(site, page):
    page.goto("/id/bantuan/")
    assert page.locator(".open-now").count() == 0


def test_without_script_there_is_everything_but_open_now(checked, page_without_script):
    page = page_without_script
    page.goto("/id/bantuan/")
    assert page.locator(".open-now").count() == 0
    page.click(f"{at('komnas-perempuan')} summary")
    assert "09.00–16.00 WIB (10.00–17.00 WITA, 11.00–18.00 WIT)" in page.inner_text(at("komnas-perempuan"))
    page.select_option("#province", "31")
    page.click(".choose button")
    assert page.url.endswith("/id/bantuan/?need=&province=31#shown")
    assert page.locator(at("dki-pppa")).count() == 1


@pytest.mark.parametrize("language", ["id/bantuan", "en/help"])
def test_whole_list_is_short_enough_for_a_phone(site, page, language):
    page.goto(f"/{language}/")
    demo = page.evaluate("document.querySelector('.demo')?.offsetHeight ?? 0")
    assert page.evaluate("document.documentElement.scrollHeight") - demo <= 7800


@pytest.mark.parametrize("language", ["id/bantuan", "en/help"])
def test_dead_number_button_is_beside_the_fold(site, page, language):
    page.goto(f"/{language}/")
    fold, button = (page.locator(f"{at('kpai')} {part}").bounding_box() for part in (".about", ".dead"))
    assert button["x"] >= fold["x"] + fold["width"]
    assert button["y"] <= fold["y"] + fold["height"] / 2 <= button["y"] + button["height"]
    assert min(button["height"], button["width"]) >= 44


@pytest.mark.parametrize(("need", "first"), [("t70", ".notice"), ("", "section:has(.helpline) h2 >> nth=1")])
def test_choosing_a_need_scrolls_to_the_result(site, page_without_script, need, first):
    page = page_without_script
    page.goto("/id/bantuan/")
    page.select_option("#need", need)
    page.click(".choose button")
    top = page.locator(f"main {first}").bounding_box()["y"]
    assert 60 <= top <= 160  # on the screen, and not under "quick exit"


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_link_to_a_helpline_shows_all_that_is_known_of_it(site, visits, script):
    page = visits.page(java_script_enabled=script)
    page.goto(f"/id/bantuan/{at('lpsk')}")
    assert page.locator(f"{at('lpsk')} .facts").is_visible()
    assert not page.locator(f"{at('kpai')} .facts").is_visible()
    top = page.locator(f"{at('lpsk')} h3").evaluate("one => one.getBoundingClientRect().top")
    assert top >= 60  # not under "quick exit"


def seen_on_paper(page, part: str) -> set[bool]:
    """Return whether the places that fit ``part`` are printed: all of them, none, or some."""
    page.emulate_media(media="print")
    return set(page.eval_on_selector_all(part, "all => all.map(one => one.checkVisibility())"))


def test_printed_helplines_have_channels_hours_and_cost(site, page):
    page.goto("/id/bantuan/")
    for part in ("h3", "> .channels .phone", ".about p", ".hours", ".cost", ".meta"):
        assert seen_on_paper(page, f".helpline {part}") == {True}, part


def test_printed_helplines_have_no_buttons_and_no_open_now(checked, page):
    page.goto("/id/bantuan/?need=t70")
    for part in ("button", "select", ".open-now", ".side", ".notice a"):
        assert seen_on_paper(page, part) == {False}, part


@pytest.mark.parametrize("language", ["id/bantuan", "en/help"])
def test_all_helplines_print_on_three_sheets(site, page, language):
    page.goto(f"/{language}/")
    assert len(pypdfium2.PdfDocument(page.pdf(format="A4"))) <= 3


@pytest.mark.safety("A7")
@pytest.mark.parametrize("path", ["/id/darurat/", "/en/emergency/"])
def test_emergency_page_loads_at_most_five_kilobytes(site, visits, path):
    page, loaded = visits.page(), []
    page.on("response", lambda answer: loaded.append(answer))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert sum(len(gzip.compress(answer.body())) for answer in loaded) <= 5 * 1024, loaded


@pytest.mark.safety("A7")
@pytest.mark.parametrize("path", ["/id/darurat/", "/en/emergency/"])
def test_the_emergency_page_prints_on_one_sheet(site, visits, path):
    page = visits.page(viewport=A4)
    page.goto(path)
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))
    assert len(sheets) == 1
    page.emulate_media(media="print")
    sizes = page.eval_on_selector_all(".phone", "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))")
    assert min(sizes) >= 24
    assert page.locator(".quick-exit").is_hidden()
    assert path in page.inner_text("main .print-only")


def test_log_and_poster_print_on_one_sheet_each(site, visits):
    page = visits.page(viewport=A4)
    for path in ("/id/lembar/", "/id/lembar/?text=1", "/en/sheet/", "/id/poster-sekolah/", "/en/school-poster/"):
        page.goto(path)
        assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1, path
        page.emulate_media(media="print")
        assert page.locator(".box").first.is_visible()
        assert page.locator(".no-print").first.is_hidden()
        assert page.locator(".top").is_visible() == ("poster" in path)  # a log names no site
        assert "poster" in path or len(set(page.inner_text("body").split("\n"))) == 4  # nothing but its four labels
        page.emulate_media(media="null")
