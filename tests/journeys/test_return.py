"""The return with the code on a phone without script: withdrawing can be undone, and messages can be sent."""

import pytest

from reports.cases.lifecycle import perform
from reports.models import Case, Message
from tests.browser import assert_accessible
from tests.journeys.hands import open_with

pytestmark = pytest.mark.django_db(transaction=True)


def press(page, address: str):
    page.click(f'main form[action$="{address}"] button')


def test_withdrawal_by_another_is_undone_with_the_code(site, file, page_without_script):
    page, filed = page_without_script, file(age="adult")
    open_with(page, f"{filed.receipt.display_reference} {' '.join(filed.receipt.words)}")
    page.click("main summary >> nth=-1")
    page.click('main a[href$="/kabar/tarik/"]')
    page.click("main button.btn.danger")
    assert Case.objects.get().state == "withdrawn"
    page.goto("/id/kabar/ditemukan/")
    page.click("main button.btn.main")
    page.click("button[name=written]")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    press(page, "/simpan/")
    page.fill("#id_text", "Bukan aku yang menarik.")
    press(page, "/tulis/")
    assert page.locator(".status.ok").count() == 1
    assert (Case.objects.get().state, Case.objects.get().withdraw_at) == ("triage", None)
    assert Message.objects.filter(side="reporter").count() == 1


def test_bubble_begins_with_its_first_line(site, file, moderator, page):
    filed = file(age="adult")
    perform(perform(filed.case, "claim", by=moderator), "reply", by=moderator, text="Terima kasih.")
    open_with(page, filed.receipt.code)
    page.click("button[name=read]")
    gap = "b => b.firstElementChild.getBoundingClientRect().top - b.getBoundingClientRect().top"
    assert page.locator(".bubble").evaluate(gap) < 20


@pytest.mark.safety("H6")
def test_messages_and_agencies_stay_covered_until_a_tap(site, file, moderator, page_without_script):
    page, filed = page_without_script, file(age="adult")
    perform(perform(filed.case, "claim", by=moderator), "reply", by=moderator, text="Terima kasih.")
    page.goto("/id/kabar/")
    assert not page.locator(".emergency-bar a:visible").count()
    open_with(page, filed.receipt.code)
    assert (page.locator(".emergency-bar a:visible").count(), "Terima kasih." in page.content()) == (0, False)
    assert "polisi" not in page.inner_text("body").lower()
    page.click(".numbers-folded summary")
    assert page.locator(".emergency-bar a[href='tel:110']").is_visible()
    page.click("button[name=read]")
    assert "Terima kasih." in page.locator(".thread").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_more_time_keeps_what_is_being_written(site, file, page_without_script):
    page = page_without_script
    open_with(page, file(age="adult").receipt.code)
    page.fill("#id_text", "Dia menunggu di")
    page.click("button[name=stay]")
    assert (page.locator("#kept").is_visible(), page.input_value("#id_text")) == (True, "Dia menunggu di")
    assert not Message.objects.exists()


@pytest.mark.sampled(2)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_frozen_page_and_certificate_are_accessible(site, file, visits, scheme):
    from reports.cases.retention import erase

    frozen, erased = file(age="adult"), file(age="adult")
    perform(perform(frozen.case, "withdraw", coerced="no"), "freeze")
    erase(erased.case, "withdrawn")
    page = visits.page(color_scheme=scheme)
    open_with(page, frozen.receipt.code)
    assert_accessible(page)
    page.goto("/id/kabar/")
    page.fill("#id_code", erased.receipt.code)
    page.click("main button.btn.main")
    page.wait_for_selector(".code-card")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
