"""A moderator takes a case and asks; the reporter comes back with the code and answers; the moderator sees it."""

from datetime import timedelta

import pytest

from reports.cases.lifecycle import perform
from reports.models import Case
from tests.browser import assert_accessible
from tests.journeys.hands import STORY, Hands

pytestmark = pytest.mark.django_db(transaction=True)
DESK = {"viewport": {"width": 1280, "height": 900}}


@pytest.mark.smoke
@pytest.mark.sampled(2)
@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_question_and_answer(site, visits, moderator, sign_in, script, monkeypatch):
    monkeypatch.setattr("reports.cases.sending.UNDO_TIME", timedelta(0))
    phone, desk = visits.page(java_script_enabled=script), visits.page(java_script_enabled=script, **DESK)
    code = Hands(phone).begin().tell(**STORY).send()

    sign_in(desk, moderator)
    desk.click("text=Tangani kasus berikutnya")
    assert Case.objects.get().display_reference in desk.locator("h1").inner_text()
    desk.fill("#reply [name=text]", "Apakah masih terjadi?")
    desk.click("[data-send=ask]")
    assert "pertanyaan terkirim" in desk.locator("#sent").inner_text()

    phone.goto("/id/kabar/")
    phone.fill("[name=code]", code)
    phone.click("main button.btn.main")
    phone.click("button[name=read]")
    assert "Apakah masih terjadi?" in phone.locator(".thread").inner_text()
    phone.fill("[name=text]", "Ya, setiap malam.")
    phone.click("form[action*=tulis] button.btn.main")
    assert Case.objects.get().state == "triage"

    desk.goto("/admin/reports/case/?show=unread")
    assert Case.objects.get().display_reference in desk.inner_text("[data-row]")
    desk.click("[data-row] a")
    assert not desk.locator(".thread").count()
    desk.click(".case-strip .btn.main")
    assert "Ya, setiap malam." not in desk.content()
    desk.click("#said a")
    desk.locator("#said >> text=Ya, setiap malam.").wait_for()
    assert visits.outside == []


@pytest.mark.slow
def test_restricted_case_is_not_there_for_a_moderator(site, visits, moderator, child_safety, sign_in, restricted):
    desk, special = visits.page(**DESK), visits.page(**DESK)
    sign_in(desk, moderator)
    desk.goto("/admin/reports/case/?show=all")
    assert restricted.case.display_reference not in desk.content()
    assert desk.goto(f"/admin/reports/case/{restricted.case.reference}/").status == 404
    sign_in(special, child_safety)
    special.goto("/admin/reports/case/?show=all")
    assert restricted.case.display_reference in special.content()


@pytest.mark.sampled(3)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_desk_can_be_used_by_everyone(site, visits, moderator, sign_in, filed, scheme, width):
    page = visits.page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    sign_in(page, moderator)
    assert_accessible(page)
    page.goto("/admin/reports/case/")
    assert_accessible(page)
    assert page.locator("[data-row]").first.bounding_box()["y"] <= 175
    for before in ("", "claim"):
        if before:
            perform(filed.case, before, by=moderator)
        page.goto(f"/admin/reports/case/{filed.case.reference}/")
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"/admin/reports/case/{filed.case.reference}/offer/")
    assert_accessible(page)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_dashboard_can_be_used_by_everyone(site, visits, supervisor, sign_in, filed, scheme, width):
    perform(perform(filed.case, "claim", by=supervisor), "reply", by=supervisor, text="Terima kasih.")
    page = visits.page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    sign_in(page, supervisor)
    page.click("text=Buka dasbor")
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("getComputedStyle(document.querySelector('.plot text')).fontSize") == "12px"


def test_case_page_is_used_by_keyboard_alone(site, visits, moderator, sign_in, filed, file):
    """Take the next case, write, send and go on: three presses besides the words, two loads, and one to undo."""
    page, following = visits.page(**DESK), file(age="adult", category="account_abuse").case
    sign_in(page, moderator)
    perform(filed.case, "claim", by=moderator)
    page.goto(f"/admin/reports/case/{filed.case.reference}/")
    page.keyboard.press("r")
    page.keyboard.press("Control+a")
    page.keyboard.type("Terima kasih. Bagian kami sudah selesai.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/{following.reference}/")
    filed.case.refresh_from_db()
    assert (filed.case.state, filed.case.messages.count()) == ("resolved", 1)
    page.keyboard.press("z")
    page.wait_for_url(f"**/{filed.case.reference}/undo/")
    assert page.input_value("#reply [name=text]") == "Terima kasih. Bagian kami sudah selesai."
    filed.case.refresh_from_db()
    assert (filed.case.handler, filed.case.messages.count()) == (moderator, 0)
