"""Every kind of page for everyone: both languages, light and dark, on a small phone and on a wide screen."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from education.models import Topic
from tests.browser import assert_no_breach
from tests.phone import assert_fits, assert_made_for_thumbs_and_keys
from tests.urls import READERS

GUIDE = {"id": "dibully-online", "en": "bullied-online"}
SENSITIVE, QUIZ = {"id": 6, "en": 6}, {"id": 3, "en": 3}
# The arguments of one URL of each kind; kinds that are not here have one page only.
ONE_OF = {
    "guide": GUIDE,
    "handout": GUIDE,
    "easy": GUIDE,
    "topic": {"id": "dirundung", "en": "bullied"},
    "audience": {"id": "remaja", "en": "teens"},
    "quiz": {"id": "kamu-melihatnya", "en": "you-saw-it"},
    "platform": {"id": "tiktok", "en": "tiktok"},
    "lesson": {"id": "gambar-buatan-ai", "en": "ai-made-pictures"},
    "news_item": {"id": "aturan-akun-di-bawah-16", "en": "accounts-under-16-rule"},
    **dict.fromkeys(("guide_by_number", "handout_by_number", "easy_by_number"), SENSITIVE),
    **dict.fromkeys(("helpful_why", "helpful_thanks"), SENSITIVE),
    "quiz_by_number": QUIZ,
}
ALSO = {"education:search", "reports:start", "reports:check"}
# The same kind, looking different.
VARIANTS = {
    "home": ["?look=light", "?text=1"],
    "guides": ["?audience=teens&topic=10"],
    "helplines": ["?need=t70&province=31", "?text=1"],
    "guide": ["?text=1"],
    "quiz": ["?text=1"],
    "guide_by_number": ["?look=dark"],
}
# Width, colours, language: for ``make test``, ``make test-slow`` and ``make test-exhaustive``.
FIRST = [(320, "light", "id")]
OTHERS = [(1280, "dark", "en")]
# With them, each pair of width, colours and language is in one of them.
LAST = [(320, "dark", "id"), (1280, "light", "id"), (320, "light", "en")]
TYPED = {"id": ("foto disebar", "perundugan", "qqqqzzzz", "aku mau mati"), "en": ("photo shared", "bulying", "xqzj")}


@pytest.fixture
def page(visits):
    """A page without motion: a colour that fades has no stable contrast."""
    return visits.page(reduced_motion="reduce")


@pytest.fixture
def addresses(site):
    """``addresses("id")``: one of every kind of page, and the variants."""
    topic = Topic.objects.get(key="private-images").pk
    one_of = ONE_OF | {"topic_by_number": {"id": topic, "en": topic}}

    def of(language: str):
        with translation.override(language):
            for name in sorted(READERS | ALSO):
                kind = name.partition(":")[2]
                address = reverse(name, args=[one_of[kind][language]] if kind in one_of else [])
                yield from (address + variant for variant in ["", *VARIANTS.get(kind, [])])

    return of


def hold(page, width: int, scheme: str):
    """Check the page that is open on one screen."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.evaluate("scrollTo(0, 0)")  # where the keys led, "quick exit" may lie over half a button
    assert_fits(page)
    assert_no_breach(page)
    if width == 320:
        assert_made_for_thumbs_and_keys(page)


def hold_everywhere(page):
    """Check the page that is open on all four screens."""
    for width, scheme in sorted({(width, scheme) for width, scheme, _language in FIRST + OTHERS + LAST}):
        hold(page, width, scheme)


SCREENS = [
    *FIRST,
    *(pytest.param(*screen, marks=pytest.mark.slow) for screen in OTHERS),
    *(pytest.param(*screen, marks=[pytest.mark.slow, pytest.mark.exhaustive]) for screen in LAST),
]


@pytest.mark.parametrize(("width", "scheme", "language"), SCREENS)
def test_every_kind_of_page_can_be_used_by_everyone(visits, addresses, page, width, scheme, language):
    for address in addresses(language):
        assert page.goto(address).status == 200, address
        hold(page, width, scheme)
    assert visits.outside == []


@pytest.mark.parametrize(("width", "scheme", "language"), SCREENS)
def test_every_kind_of_answer_can_be_used_by_everyone(site, page, width, scheme, language):
    for typed in TYPED[language]:
        page.goto(f"/{language}/")
        page.fill("#q", typed)
        page.press("#q", "Enter")
        page.wait_for_url("**/cari/" if language == "id" else "**/search/")
        hold(page, width, scheme)


def test_page_that_is_not_here_can_be_used_by_everyone(site, monkeypatch, page):
    monkeypatch.setattr(settings, "DEBUG", False)
    for language in ("id", "en"):
        assert page.goto(f"/{language}/tidak-ada/").status == 404
        hold_everywhere(page)


def test_staff_entrance_can_be_used_by_everyone(site, page):
    page.goto("/admin/")
    hold_everywhere(page)


@pytest.mark.safety("A2")
def test_enlarged_four_times_nothing_that_stays_covers_a_field(site, visits):
    page = visits.page(viewport={"width": 320, "height": 256})
    for address in ("/id/lapor/", "/id/kabar/", "/id/bantuan/", "/id/cari/?text=1", "/id/bantuan/?text=1"):
        page.goto(address)
        staying = "all => all.filter(one => ['sticky', 'fixed'].includes(getComputedStyle(one).position)).length"
        assert page.eval_on_selector_all("body *", staying) == 0, address
        assert_fits(page)


@pytest.mark.slow
def test_text_zoomed_twice_runs_off_no_small_phone(addresses, visits):
    page = visits.page(viewport={"width": 320, "height": 640})
    for address in addresses("id"):
        page.goto(address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")  # no media query notices
        assert_fits(page)


@pytest.mark.slow
@pytest.mark.exhaustive
def test_with_letters_twice_as_large_nothing_runs_off_a_phone(addresses, visits):
    page = visits.page(viewport={"width": 360, "height": 740})
    twice = {"fontSizes": {"standard": 32, "fixed": 26}}  # px; the setting of the browser, not of the page
    page.context.new_cdp_session(page).send("Page.setFontSizes", twice)
    for address in addresses("id"):
        page.goto(address)
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        assert_fits(page)
