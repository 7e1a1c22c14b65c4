"""What is typed behind the code stays in its box when messages are opened, or the language is changed."""

import re

import pytest

from reports.cases.lifecycle import perform
from reports.models import Message
from tests.reports.followup.visitor import open_with, url

pytestmark = pytest.mark.django_db
WORDS = "Dia datang lagi kemarin sore ke sekolah."
ASKED = "Apakah masih terjadi?"


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
