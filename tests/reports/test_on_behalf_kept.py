"""A report that a colleague enters for somebody: what was typed outlives their session, and nobody else reads it."""

from time import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from reports.models import Case
from safetycenter.accounts import idle
from tests.accounts.asked import SEALED, fields
from tests.cast import PASSWORD
from tests.reports.entered import TOLD

pytestmark = pytest.mark.django_db
ASKED = "own_image same_school"  # what the page asks after the first answers: then it can be filed
ENTER = reverse("admin:reports_new_report")


@pytest.fixture
def desk(categories, moderator):
    """The browser of a moderator, whose forms need their token, and which says that this site sent them."""
    browser = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "same-origin"})
    browser.force_login(moderator)
    return browser


def typed(desk, **more) -> dict:
    """What the open form sends once it is filled in."""
    writer = desk.get(ENTER).context["writer_field"]
    token = desk.cookies["form"].value
    return TOLD | {writer["name"]: writer["value"], "asked_also": ASKED, "csrfmiddlewaretoken": token} | more


def sent_without_a_session(desk, *cookies: str):
    """The answer to the form after these cookies are gone."""
    data = typed(desk)
    for name in cookies:
        del desk.cookies[name]
    return desk.post(ENTER, data)


def given_back(desk, page):
    """The page that opens the form again, after a new sign-in."""
    return desk.post(reverse("account_kept"), fields(page) | {"_kept": "1"})


@pytest.mark.parametrize("cookies", [["staff"], ["staff", "form"]], ids=["session", "browser"])
def test_report_that_lost_its_session_is_filed_after_sign_in(desk, moderator, cookies):
    page = sent_without_a_session(desk, *cookies)
    assert (page.status_code, "Mereka mengejek aku." in page.text) == (403, False)
    assert "no-store" in page["Cache-Control"]
    desk.force_login(moderator)
    again = given_back(desk, page)
    form = desk.post(ENTER, fields(again))
    assert "Mereka mengejek aku." in form.text
    assert "Semua yang Anda ketik ada lagi di sini" in form.text
    assert not Case.objects.exists()
    assert desk.post(ENTER, typed(desk)).context["receipt"]


def test_another_account_reads_nothing_of_it(desk, person):
    page = sent_without_a_session(desk, "staff")
    desk.force_login(person("moderator", "second"))
    answer = given_back(desk, page)
    assert (answer.status_code, fields(answer)) == (403, {})
    left_open = desk.post(ENTER, fields(page) | TOLD | {"_kept": "1"})
    assert (left_open.status_code, "Mereka mengejek aku." in left_open.text) == (403, False)


def test_form_without_its_writer_is_given_back_to_nobody(desk):
    data = typed(desk, _writer="1:x")
    del desk.cookies["staff"]
    assert desk.post(ENTER, data).status_code == 302
    del desk.cookies["form"]
    answer = desk.post(ENTER, data)
    assert (answer.status_code, fields(answer)) == (403, {})


def test_report_sent_to_a_locked_desk_opens_in_its_form(desk, moderator, monkeypatch):
    desk.login(username=moderator.username, password=PASSWORD)
    data = typed(desk, files=SimpleUploadedFile("surat.txt", b"Surat.", "text/plain"))
    with monkeypatch.context() as half_an_hour_later:
        half_an_hour_later.setattr(idle, "time", lambda: time() + 1800)
        asked = desk.post(ENTER, data)
        (sealed, *_copies) = SEALED.findall(asked.text)
        token = desk.cookies["form"].value
        sent = {"password": PASSWORD, "_sealed": sealed, "csrfmiddlewaretoken": token}
        again = desk.post(asked.context["action"], sent)
    assert "pilih lagi di formulir" in again.text
    form = desk.post(ENTER, fields(again))
    assert ("Mereka mengejek aku." in form.text, form.context["files_dropped"]) == (True, True)
    assert not Case.objects.exists()
