"""The reporter's words are loaded when they are read, recorded then, and asked about before the first answer."""

import pytest

from reports.cases.lifecycle import perform
from reports.models import Message
from reports.staffing.exposure import Exposure, of_today
from tests.reports.followup.visitor import open_with, url
from tests.reports.triage.desk_pages import act, page_of

pytestmark = pytest.mark.django_db
STORY = "Dia mengancamku setiap hari."


@pytest.fixture
def urgent(file, moderator):
    """A P0 case with a story, held by the moderator."""
    return perform(file(safety="danger", words=STORY).case, "claim", by=moderator)


@pytest.mark.safety("H24")
def test_opened_page_has_no_words_and_counts_as_no_reading(desk, urgent, moderator):
    assert STORY not in desk.get(page_of(urgent)).text
    assert of_today() == {moderator.pk: Exposure()}


@pytest.mark.safety("H24")
def test_words_that_are_asked_for_are_shown_and_recorded(desk, urgent, moderator):
    assert STORY in desk.get(page_of(urgent), {"words": "1"}).text
    assert of_today() == {moderator.pk: Exposure(stories=1)}


def test_words_are_for_those_who_work_on_the_case(client, person, urgent):
    other = person("moderator", "lain")
    client.force_login(other)
    assert STORY not in client.get(page_of(urgent), {"words": "1"}).text
    assert of_today() == {other.pk: Exposure()}


@pytest.mark.safety("H2")
def test_first_answer_without_reading_is_asked_about_once(desk, urgent):
    page = act(desk, urgent, "reply", text="Kami di sini.")
    assert (page.status_code, Message.objects.exists()) == (422, False)
    assert ">Kami di sini.</textarea>" in page.text.replace("\n", "")
    act(desk, urgent, "reply", text="Kami di sini.", unread="1")
    assert Message.objects.exists()


def test_read_words_are_not_asked_about(desk, urgent):
    desk.get(page_of(urgent), {"words": "1"})
    act(desk, urgent, "reply", text="Kami di sini.")
    assert Message.objects.exists()


def test_read_beside_send_keeps_what_was_typed(desk, urgent):
    page = act(desk, urgent, "reply", text="Kami di sini.", words="1").text.replace("\n", "")
    assert (STORY in page, ">Kami di sini.</textarea>" in page) == (True, True)


def test_message_that_was_not_read_is_asked_about_in_every_tier(desk, file, moderator):
    filed = file(age="adult", words=STORY)
    case = perform(filed.case, "claim", by=moderator)
    desk.get(page_of(case), {"words": "1"})
    open_with(filed.receipt.code).post(url("write"), {"text": "Tolong baca ini."})
    assert "Tolong baca ini." not in desk.get(page_of(case)).text
    assert act(desk, case, "reply", text="Terima kasih.").status_code == 422
    assert "Tolong baca ini." in desk.get(page_of(case), {"words": "1"}).text
    assert act(desk, case, "reply", text="Terima kasih.").status_code == 302
