"""The case page in a browser: the strip and the bar of a phone, the reply box, what stays open."""

from datetime import timedelta

import pytest

from reports.cases.lifecycle import perform
from reports.models import Case

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, DESK = {"width": 360, "height": 640}, {"width": 1280, "height": 900}
COVERED = """() => {
  const hidden = [];
  for (const control of document.querySelectorAll(".case-page :is(a, button, input, select, textarea, summary)")) {
    control.focus();
    const box = control.getBoundingClientRect();
    if (document.activeElement !== control || box.height > innerHeight / 2) continue;
    const on = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (on?.closest(".case-line, .case-bar") && !control.closest(".case-line")) hidden.push(control.outerHTML);
  }
  return hidden;
}"""


@pytest.fixture
def held(filed, moderator) -> Case:
    return perform(filed.case, "claim", by=moderator)


@pytest.fixture
def page_at(site, visits, moderator, sign_in, held):
    """``page_at(size)``: the page of a case that the moderator holds."""

    def show(size: dict):
        page = visits.page(viewport=size)
        sign_in(page, moderator)
        page.goto(f"/admin/reports/case/{held.reference}/")
        return page

    return show


def test_phone_keeps_strip_and_bar_and_covers_no_focus(page_at, held):
    page = page_at(PHONE)
    assert page.evaluate(COVERED) == []
    page.mouse.wheel(0, 900)
    page.wait_for_function("scrollY > 300")
    assert page.locator(".case-line").bounding_box()["y"] == 0
    assert page.locator(".case-line h1").inner_text() == held.display_reference
    bar = page.locator(".case-bar").bounding_box()
    assert bar["y"] + bar["height"] == PHONE["height"]
    page.click(".case-bar a[href='#note']")
    page.clock.install()
    page.reload()
    page.clock.fast_forward(timedelta(minutes=16).seconds * 1000)
    assert page.locator(".lease.soon [role=status]").inner_text().endswith("tinggal 5 menit atau kurang")
    page.click(".case-bar button >> text=Kembalikan")
    held.refresh_from_db()
    assert held.handler is None


def test_reply_box_says_open_gaps_and_questions_asked_before(page_at, held):
    page = page_at(DESK)
    text = page.locator("#reply [name=text]")
    text.fill("Lihat lagi [hari dan jam].")
    assert page.locator("[data-send=reply]").is_disabled()
    assert "[hari dan jam]" in page.inner_text("#open-gap")
    page.fill(".gaps input", "besok")
    page.keyboard.press("Enter")
    assert page.locator("[data-send=reply]").is_enabled()
    text.fill(page.get_attribute("[data-asks] >> nth=0", "data-asks") + "?")
    assert page.locator("[data-again]").is_visible()
    text.fill("Terima kasih.")
    assert not page.locator("[data-again]").is_visible()
    page.click("#story summary")
    page.reload()
    assert page.locator("#story").get_attribute("open") is not None


def test_copy_button_copies_the_accounts(site, visits, moderator, sign_in, file):
    case = perform(file(account_or_link="@contoh.akun").case, "claim", by=moderator)
    page = visits.page(viewport=DESK, permissions=["clipboard-read", "clipboard-write"])
    sign_in(page, moderator)
    page.goto(f"/admin/reports/case/{case.reference}/")
    page.click("[data-copy]")
    page.wait_for_function("document.querySelector('[data-copy]').textContent.trim() === 'Sudah disalin'")
    assert page.evaluate("navigator.clipboard.readText()") == page.inner_text("#accounts")
