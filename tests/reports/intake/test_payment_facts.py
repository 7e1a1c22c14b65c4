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
    launch_content.load(for_search=False)


def cheated(language="id", **answers) -> Reporter:
    """Has told this; without answers, that they sent money to a cheat."""
    someone = Reporter(language)
    someone.begin()
    return someone.tell(**answers or SCAM | {"money_sent": "yes_24h"})


def sheet_of(page: str) -> str:
    """Return the text to copy."""
    return page.split(SHEET, 1)[1].split("</textarea>")[0]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("language", "words"), [("id", "dalam 24 jam terakhir"), ("en", "within the last 24 hours")])
def test_payment_facts_follow_the_answer(language, words):
    reporter = cheated(language)
    sheet = sheet_of(reporter.client.get(reporter.url("help_page")).content.decode())
    assert words in sheet
    assert "____" in sheet
    assert "iasc.ojk.go.id" in sheet


def test_payment_facts_contain_given_answers():
    reporter = cheated(**SCAM, money_sent="no", platform="whatsapp", account_or_link="0812-toko")
    press(reporter, "money_sent", "yes_week")
    draft = reporter.draft
    draft.answers["receiver"] = ACCOUNT
    draft.save()
    sheet = sheet_of(reporter.client.get(reporter.url("help_page")).content.decode())
    assert all(told in sheet for told in ("1 sampai 7 hari lalu", "WhatsApp, 0812-toko", ACCOUNT))


@pytest.mark.safety("H16")
def test_payment_facts_after_submit_hold_no_typed_text():
    reporter = cheated(**SCAM, money_sent="yes_24h", sent_by="bank", receiver=ACCOUNT)
    reporter.send()
    reporter.client.post(reporter.url("code"))
    page = reporter.client.get(reporter.url("done")).content.decode()
    assert "Lewat: Transfer bank" in sheet_of(page)
    assert ACCOUNT not in page + str(reporter.draft_session.data)


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "answers", [{"category": "sextortion", "already_sent": ["money"]}, {"category": "scam", "money_sent": "no"}]
)
def test_other_reports_have_no_payment_facts(answers):
    reporter = cheated(about="me", **answers, age="adult", words="Dia minta uang.")
    reporter.send()
    reporter.client.post(reporter.url("code"))
    assert SHEET not in reporter.client.get(reporter.url("done")).content.decode()
