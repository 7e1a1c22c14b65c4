"""What the form leaves for the next person on the phone, a translation service, and a person who reads the call log."""

import re
from datetime import UTC
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reports.models import Case

from .reporter import check_page, page_of, press, told

pytestmark = pytest.mark.django_db
TRACE = "Panggilan dan chat tersimpan di ponsel ini."


def test_step_after_submit_redirects_to_start(reporter):
    told(reporter).send()
    reporter.client.post(reporter.url("code"))
    for number in (0, 1, 5):
        assert reporter.client.get(reporter.url("step", number=number)).url == reporter.url("start")
    assert reporter.client.get(reporter.url("help_page")).url == reporter.url("start")


def test_last_page_says_how_long_it_stays_and_can_be_deleted(reporter):
    told(reporter).send()
    reporter.client.post(reporter.url("code"))
    page = reporter.client.get(reporter.url("done")).content.decode()
    assert "paling lama 20 menit" in page.split("<main")[1].split("</main>")[0]
    reporter.client.post(reporter.url("leave"), headers={"Sec-Fetch-Site": "same-origin"})
    assert reporter.client.get(reporter.url("done")).status_code == 410


@pytest.mark.safety("H8")
@pytest.mark.parametrize("name", ["code", "done", "more", "sent_receipt"])
def test_page_after_sending_is_empty_after_the_exit(reporter, name):
    told(reporter).send()
    reporter.client.post(reporter.url("code"))
    reporter.client.post(reporter.url("leave"), headers={"Sec-Fetch-Site": "same-origin"})
    assert reporter.client.get(reporter.url(name)).content == Client().get(reporter.url("step", number=4)).content


def test_calendar_entry_says_the_time_and_nothing_of_a_report(reporter):
    told(reporter).send()
    reporter.client.post(reporter.url("code"))
    page = reporter.client.get(reporter.url("done")).text
    entry = unquote(re.search(r'download="catatan.ics" href="data:text/calendar;charset=utf-8,([^"]+)"', page)[1])
    facts = dict(line.split(":", 1) for line in entry.split("\r\n") if line)
    assert facts["DTSTART"] == f"{Case.objects.get().due_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    assert facts["SUMMARY"] == "Catatan"
    assert set(facts) == {"BEGIN", "VERSION", "PRODID", "UID", "DTSTAMP", "DTSTART", "DURATION", "SUMMARY", "END"}


@pytest.mark.slow
def test_typed_words_are_not_for_a_translation_service(reporter):
    page = check_page(told(reporter).tell(account_or_link="@akun"))
    assert '<dd translate="no">@akun</dd>' in page
    assert 'translate="no"' in page.split("<textarea")[1].split(">")[0]
    assert page.count('<dd translate="no">') == 1


def test_name_of_a_file_is_not_for_a_translation_service(reporter):
    reporter.tell(about="me", category="scam", age="adult", money_sent="no", words="Beli pengikut.")
    press(reporter, "evidence", "", files=SimpleUploadedFile("Budi.txt", b"Halo", "text/plain"), add="1")
    page = page_of(reporter, "evidence")
    assert page.count("Budi.txt") == len(re.findall(r'translate="no">\s?Budi\.txt', page)) == 2


def after_numbers(page: str) -> list[bool]:
    """For each sentence of the main column on what a call leaves: whether there is a number above it."""
    above = page.split("<main")[1].split("<aside")[0].split(TRACE)[:-1]
    return ["tel:" in part or "wa.me" in part for part in above]


@pytest.mark.safety("H10")
@pytest.mark.parametrize("screen", ["life", "friend"])
def test_trace_warning_stands_once_after_numbers(reporter, screen):
    session = reporter.draft_session
    session.data["help"] = screen
    session.save()
    assert after_numbers(reporter.client.get(reporter.url("help_page")).content.decode()) == [True]


@pytest.mark.safety("H10")
def test_after_a_life_at_risk_the_last_page_says_it_once_too(reporter):
    reporter.tell(about="me", category="cyberbullying", age="16_17", words="aku mau mati").send()
    reporter.client.post(reporter.url("code"))
    assert after_numbers(reporter.client.get(reporter.url("done")).content.decode()) == [True]
