"""What is typed behind the code stays in its box when messages are opened, or the language is changed."""

import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError

from reports.cases.lifecycle import ACTIONS, perform
from reports.models import Case, Evidence, Message, Notice
from tests.reports.evidence.uploads import picture
from tests.reports.followup.visitor import open_with, url

pytestmark = pytest.mark.django_db
WORDS = "Dia datang lagi kemarin sore ke sekolah."
ASKED = "Apakah masih terjadi?"
FILE_NOT_SENT = "Berkas tadi belum terkirim."


@pytest.fixture
def visit(filed, moderator):
    """Somebody who has come back; a question of staff waits."""
    perform(filed.case, "claim", by=moderator)
    perform(filed.case, "ask", by=moderator, text=ASKED)
    return open_with(filed.receipt.code)


def pressed(visit, name: str, words: str = WORDS) -> str:
    """Press the button ``name`` of the page with ``words`` in the box; the page after it."""
    page = visit.get(url("visit")).text
    form, value = re.search(rf'form="(\w+)" name="{name}" value="(\w+)"', page).groups()
    action = re.search(rf'id="{form}" action="([^"]+)"', page)[1]
    return visit.get(visit.post(action, {"text": words, name: value}).url.partition("#")[0]).text


def box(page: str) -> str:
    """What is in the message box."""
    return re.search(r'<textarea name="text"[^>]*>\s*(.*?)</textarea>', page, re.DOTALL)[1]


@pytest.mark.parametrize("button", ["read", "older"])
def test_messages_are_opened_beside_what_is_typed(visit, button):
    if button == "older":
        visit.post(url("write"), {"text": "Satu."})
    page = pressed(visit, button)
    assert (ASKED in page, box(page)) == (True, WORDS)
    assert Message.objects.count() == 1 + (button == "older")  # nothing more was sent


def test_other_language_shows_what_is_typed(visit):
    page = pressed(visit, "language")
    assert ('<html lang="en"' in page, box(page)) == (True, WORDS)


@pytest.mark.safety("H5")
@pytest.mark.parametrize("button", ["read", "language"])
def test_words_about_dying_get_help_whatever_is_pressed(visit, button):
    page = pressed(visit, button, "aku mau mati")
    assert ("IGD" in page or "emergency room" in page, box(page)) == (True, "aku mau mati")


def test_enter_in_the_box_of_files_does_not_change_the_language(visit):
    page = visit.get(url("visit")).text
    assert re.search(r'<button[^>]*form="write"[^>]*>([^<]*)', page)[1] == "Kirim"


@pytest.mark.safety("H5")
def test_message_that_is_refused_stays_and_words_about_dying_in_it_get_help(visit):
    page = visit.post(url("write"), {"text": "Dia datang lagi. " * 200 + "Aku mau mati."}).text
    assert "terlalu panjang" in page
    assert "IGD" in page
    assert box(visit.get(url("visit")).text).startswith("Dia datang lagi.")


def test_phone_that_asks_for_the_last_form_again_gets_its_page(visit):
    for name in ("write", "read", "show_older", "request_review", "agree", "cancel_other", "sent_file"):
        assert visit.get(url(name)).url == url("visit"), name
    assert visit.put(url("write")).status_code == 405


@pytest.mark.safety("H5")
@pytest.mark.parametrize("button", ["read", "stay", "language", ""])
def test_unsent_words_about_dying_raise_the_report_and_page_once(visit, filed, button):
    words = {"text": "aku mau mati" if button else "Dia datang lagi. " * 200 + "Aku mau mati."}
    sent = {"language": "en"} if button == "language" else {button: "1"} if button else {}
    for _press in range(2):
        visit.post(url("write"), words | sent)
    case = Case.objects.get()
    assert (case.tier, case.risk_flag, case.unread_reply, case.state) == (0, True, True, "triage")
    assert case.events.filter(action="reporter_added").count() == 1
    assert Notice.objects.filter(event__case=case).count() == 1
    assert case.messages.filter(side=Message.Side.REPORTER).count() == 0


@pytest.mark.safety("H28")
def test_unsent_words_of_a_threat_raise_the_report(visit):
    before = Case.objects.get()
    pressed(visit, "read", "dia mau bunuh aku")
    case = Case.objects.get()
    assert case.tier < before.tier


def test_unsent_words_about_anything_else_leave_the_report(visit):
    before = Case.objects.get().version
    pressed(visit, "read")
    assert Case.objects.get().version == before


@pytest.mark.safety("H5")
def test_page_of_a_report_that_unsent_words_raised_twice_still_takes_files(file):
    visit = open_with(file(category="scam", age="adult", money_sent="no").receipt.code)
    visit.post(url("write"), {"text": "dia mau bunuh aku", "stay": "1"})
    page = visit.post(url("write"), {"text": "aku mau mati " * 200}).text
    assert Case.objects.get().risk_flag
    assert 'name="files"' in page


@pytest.mark.safety("H5")
def test_message_that_cannot_be_accepted_stays_and_its_words_get_help(visit, monkeypatch):
    refusing = replace(ACTIONS["reporter_reply"], condition=lambda *_: "Tidak bisa.")
    monkeypatch.setitem(ACTIONS, "reporter_reply", refusing)
    page = visit.post(url("write"), {"text": "aku mau mati"}).text
    assert "Tidak bisa." in page
    assert "IGD" in page
    assert box(visit.get(url("visit")).text) == "aku mau mati"


@pytest.mark.logs_errors
def test_message_that_cannot_be_stored_stays_and_is_sent_by_the_next_press(visit, monkeypatch):
    def full(*_args, **_details):
        raise DatabaseError

    with monkeypatch.context() as patched:
        patched.setitem(ACTIONS, "reporter_reply", replace(ACTIONS["reporter_reply"], effect=full))
        page = visit.post(url("write"), {"text": WORDS, "send": "one"}).text
    assert "Ini tidak bisa disimpan" in page
    assert box(visit.get(url("visit")).text) == WORDS
    visit.post(url("write"), {"text": WORDS, "send": "one"})
    assert Message.objects.filter(side=Message.Side.REPORTER).count() == 1


@pytest.mark.parametrize(
    "pressed_button", [{"read": "1"}, {"older": "1"}, {"language": "id"}, {"stay": "1"}, {"text": "x" * 2001}]
)
def test_chosen_file_that_was_not_sent_is_named_once(file, pressed_button):
    visit = open_with(file(category="scam", age="adult", money_sent="no").receipt.code)
    photo = SimpleUploadedFile("x.jpg", picture(), "image/jpeg")
    answer = visit.post(url("write"), {"text": WORDS, "files": photo} | pressed_button)
    page = answer.text if answer.status_code == 200 else visit.get(url("visit")).text
    assert FILE_NOT_SENT in page
    assert FILE_NOT_SENT not in visit.get(url("visit")).text
    assert not Evidence.objects.exists()


@pytest.mark.safety("H14")
def test_naked_picture_is_not_asked_for_again(file):
    visit = open_with(file(category="cyberbullying", age="16_17", about="me").receipt.code)
    photo = SimpleUploadedFile("x.jpg", picture(), "image/jpeg")
    visit.post(url("write"), {"files": photo, "sexual": "yes", "read": "1"})
    assert FILE_NOT_SENT not in visit.get(url("visit")).text
