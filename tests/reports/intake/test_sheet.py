"""The sheet for a bank and the anti-scam centre: after a scam with money sent only; nothing typed stays after it."""

import pytest

from tests import launch_content

from .reporter import Reporter, press

pytestmark = pytest.mark.django_db
SHEET = 'id="sheet"'
SCAM = {"about": "me", "category": "scam"}
ACCOUNT = "BCA 1234 atas nama Budi"


@pytest.fixture(autouse=True)
def helplines(demo):
    """The numbers come from the helplines, which editors change."""
    launch_content.load()


def cheated(language="id", **answers) -> Reporter:
    """Has told this; without answers, that they sent money to a cheat."""
    someone = Reporter(language)
    someone.begin()
    return someone.tell(**answers or SCAM | {"money_sent": "yes_24h"})


def sheet_of(page: str) -> str:
    """Return the text to copy."""
    return page.split(SHEET, 1)[1].split("</textarea>")[0]


@pytest.mark.parametrize(("language", "words"), [("id", "dalam 24 jam terakhir"), ("en", "within the last 24 hours")])
def test_right_after_the_answer_the_sheet_is_there_with_what_was_told(language, words):
    reporter = cheated(language)
    sheet = sheet_of(reporter.client.get(reporter.url("help_page")).content.decode())
    assert words in sheet
    assert "____" in sheet
    assert "iasc.ojk.go.id" in sheet


def test_all_that_was_told_so_far_is_filled_in():
    reporter = cheated(**SCAM, money_sent="no", platform="whatsapp", account_or_link="0812-toko")
    press(reporter, "money_sent", "yes_week")
    draft = reporter.draft
    draft.answers["receiver"] = ACCOUNT
    draft.save()
    sheet = sheet_of(reporter.client.get(reporter.url("help_page")).content.decode())
    assert all(told in sheet for told in ("1 sampai 7 hari lalu", "WhatsApp, 0812-toko", ACCOUNT))


@pytest.mark.safety("H16")
def test_after_sending_it_is_there_again_without_a_word_that_was_typed():
    reporter = cheated(**SCAM, money_sent="yes_24h", sent_by="bank", receiver=ACCOUNT)
    reporter.send()
    reporter.client.post(reporter.url("code"))
    page = reporter.client.get(reporter.url("done")).content.decode()
    assert "Lewat: Transfer bank" in sheet_of(page)
    assert ACCOUNT not in page + str(reporter.draft_session.data)


@pytest.mark.parametrize(
    "answers", [{"category": "sextortion", "already_sent": ["money"]}, {"category": "scam", "money_sent": "no"}]
)
def test_no_other_report_has_one(answers):
    reporter = cheated(about="me", **answers, age="adult", words="Dia minta uang.")
    reporter.send()
    reporter.client.post(reporter.url("code"))
    assert SHEET not in reporter.client.get(reporter.url("done")).content.decode()
