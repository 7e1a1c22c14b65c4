"""The page of a release's corrections in a real browser: opened from *My work*, accepted, declined, reloaded, Back."""

import pytest
from django.urls import reverse

from education.models import Revision, Status
from safetycenter.release import VERSION
from tests.browser import PHONE, assert_accessible

from . import factory
from .later_release import correct

pytestmark = pytest.mark.slow
CORRECTIONS = "admin:education_corrections"
FREE = "A criminal asks for more pictures or for money."


@pytest.fixture
def batch(db):
    """Two words with corrections to accept, two news items with corrections of words that this site changed."""
    words = [factory.term(term_ind=f"kata {place}", term_en=f"word {place}") for place in range(2)]
    news = [factory.news(title_ind=f"Berita {place}") for place in range(2)]
    for item in (*words, *news):
        Revision.objects.record(item, None)  # as a release loads it
    for word in words:
        correct(word, {"slang_ind": "kata kami"}, definition_en=FREE)
    for one in news:
        correct(one, {"title_ind": f"{one.title_ind}, kata kami"}, title_ind=f"{one.title_ind}, kata proyek")
    return words, news


def statuses() -> list[str]:
    """What became of each correction, the words first."""
    return [one.status for one in Revision.objects.filter(release=VERSION).order_by("pk")]


def choose(page, kind: str) -> None:
    page.locator(f'nav a[href="?kind={kind}"]').click()
    page.locator(f'nav a[href="?kind={kind}"][aria-current="true"]').wait_for()


def accept(page) -> None:
    page.locator("#agree-accept").check()
    page.locator('button[value="accept"]').click()
    page.locator(".messagelist li").first.wait_for()


def decline(page, reason: str) -> None:
    page.locator("details", has=page.locator("#decline-reason")).locator("summary").click()
    page.locator("#decline-reason").fill(reason)
    page.locator("#agree-decline").check()
    page.locator('button[value="decline"]').click()
    page.locator(".messagelist .success").wait_for()


def looked_at(page, scripts: bool) -> None:
    """Nothing is wider than the screen, and axe finds nothing."""
    if scripts:  # axe is one
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("viewport", "scripts"),
    [(PHONE, True), ({"width": 1280, "height": 900}, True), (PHONE, False)],
    ids=["360", "1280", "no-script"],
)
def test_corrections_are_decided_once_through_reload_and_back(desk, batch, viewport, scripts):
    words, news = batch
    page = desk("publisher", viewport=viewport, java_script_enabled=scripts)
    other = page.context.new_page()  # a second tab, opened before anything is decided
    other.goto(reverse(CORRECTIONS, args=[VERSION]) + "?kind=term")
    page.goto(reverse("admin:index"))
    page.get_by_role("link", name="4 Koreksi dari rilis").click()
    choose(page, "term")
    looked_at(page, scripts)

    accept(page)
    text = page.locator("main").inner_text()
    assert all(f"{one}" in page.locator(".messagelist .success").inner_text() for one in words)
    assert "sudah diputuskan: 2" in text
    assert "Semua koreksi jenis ini sudah diputuskan" in text
    assert "2 terbuka" in page.locator('nav a[href="?kind=news"]').inner_text()
    looked_at(page, scripts)
    decided, versions = statuses(), Revision.objects.count()
    assert decided == [Status.PUBLISHED] * 2 + [Status.WAITING] * 2
    page.reload()
    assert page.locator('button[value="accept"]').count() == 0
    page.go_back()
    page.wait_for_load_state()
    assert page.locator('button[value="accept"]').count() == 0  # the page before is asked for again
    accept(other)
    assert "Orang lain sudah memutuskan" in other.locator(".messagelist").inner_text()
    assert (statuses(), Revision.objects.count()) == (decided, versions)

    choose(page, "news")
    assert page.locator('button[value="accept"]').count() == 0  # words of this site are decided one by one
    decline(page, "Kata kami lebih jelas.")
    assert "sudah diputuskan: 2" in page.locator("main").inner_text()
    looked_at(page, scripts)
    assert statuses() == [Status.PUBLISHED] * 2 + [Status.WITHDRAWN] * 2
    versions = Revision.objects.count()
    page.reload()
    page.go_back()
    page.wait_for_load_state()
    assert page.locator('button[value="decline"]').count() == 0
    assert Revision.objects.count() == versions
    for one in news:
        one.refresh_from_db()
        assert one.title_ind.endswith("kata kami")
    page.goto(reverse("admin:index"))
    assert page.get_by_role("link", name="Koreksi dari rilis").count() == 0
