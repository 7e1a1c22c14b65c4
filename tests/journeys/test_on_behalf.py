"""A colleague enters a letter; their session ends before they send it."""

import pytest
from django.conf import settings
from django.urls import reverse

from reports.models import Case
from tests.browser import assert_accessible
from tests.cast import PASSWORD

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CHOSEN = {
    "came_by": "letter",
    "safety": "safe",
    "about": "me",
    "category": "cyberbullying",
    "age": "13_15",
    "gets_code": "yes",
}
LETTER = "Mereka mengejek aku di grup kelas, setiap malam."
FILE_IT = "main form button.btn.main"
SCAN = {"name": "surat.txt", "mimeType": "text/plain", "buffer": b"Surat."}


def test_second_press_files_no_second_report(site, visits, moderator, sign_in):
    desk, sent = sign_in(visits.page(), moderator), []
    desk.goto(reverse("admin:reports_new_report"))
    for name, value in (CHOSEN | {"came_by": "phone", "age": "adult"}).items():
        desk.check(f'[name={name}][value="{value}"]')
    desk.click(FILE_IT)
    desk.on("request", lambda request: sent.append(request.method))
    desk.dblclick(FILE_IT)
    desk.locator(".code").wait_for()
    assert sent.count("POST") == Case.objects.count() == 1


def test_letter_is_filed_although_the_session_ended(site, visits, moderator, sign_in):
    desk = sign_in(visits.page(), moderator)
    desk.goto(reverse("admin:reports_new_report"))
    for name, value in CHOSEN.items():
        desk.check(f'[name={name}][value="{value}"]')
    desk.fill("[name=words]", LETTER)
    desk.click(FILE_IT)
    desk.set_input_files("[name=files]", SCAN)
    desk.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    desk.click(FILE_IT)
    assert LETTER not in desk.content()
    assert_accessible(desk)
    with desk.expect_popup() as opened:
        desk.click("text=Masuk di tab baru")
    tab = opened.value
    tab.fill("[name=login]", moderator.username)
    tab.fill("[name=password]", PASSWORD)
    tab.press("[name=password]", "Enter")
    tab.wait_for_url("**/admin/")
    desk.click("main form button")
    assert "Berkas tidak ikut" in desk.inner_text("main")
    assert_accessible(desk)
    desk.click("main form button")
    assert desk.input_value("[name=words]") == LETTER
    assert_accessible(desk)
    desk.set_input_files("[name=files]", SCAN)
    desk.click(FILE_IT)
    assert Case.objects.get().display_reference in desk.inner_text(".code")
    assert Case.objects.get().evidence.count() == 1
