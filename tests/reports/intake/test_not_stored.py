"""A database that cannot store: each page of a reporter says so in their language, with their words and numbers."""

import pytest
from django.db import InterfaceError, InternalError, OperationalError
from django.urls import reverse
from django.utils import translation

from reports.crypto.sealed_session import OpenSession
from reports.models import SealedSession
from tests.reports.followup.visitor import open_with, url
from tests.reports.intake.adding import add, sent
from tests.reports.intake.reporter import Reporter, told

pytestmark = [pytest.mark.django_db, pytest.mark.logs_errors]
SAID = {"id": "tidak bisa menyimpan", "en": "cannot store anything"}
WORDS = "Mereka mengejek aku tiap hari di grup kelas."
SENT = "Terkirim. Sudah kami terima."
DYING = "Aku mau mati saja."
HELP = "Kamu berharga"
FOLD = '<details class="numbers-folded'


def full(*_args, **_kwargs):
    raise OperationalError("database or disk is full")


@pytest.fixture
def reporter(in_demo, categories) -> Reporter:
    """Somebody who is safe and has begun."""
    reporter = Reporter()
    reporter.begin()
    return reporter


@pytest.mark.both_databases
@pytest.mark.parametrize("language", SAID)
def test_form_that_cannot_begin_says_so_in_the_language(in_demo, categories, monkeypatch, language):
    monkeypatch.setattr(SealedSession, "save", full)
    reporter = Reporter(language)
    answer = reporter.client.post(reporter.url("ask_safety"), {"safety": "safe"})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (503, "no-store, private")
    assert SAID[language] in answer.text
    assert f'<html lang="{language}"' in answer.text
    assert all(f'href="tel:{number}"' in answer.text for number in ("110", "112", "119"))


def test_answer_that_cannot_be_stored_is_given_back(reporter, monkeypatch):
    told(reporter)
    number = reporter.draft.number_of("words")
    with monkeypatch.context() as patch:
        patch.setattr(OpenSession, "_store", full)
        answer = reporter.answer(number, question="words", answer=WORDS)
    assert (answer.status_code, WORDS in answer.text) == (503, True)
    assert f'href="{reporter.url("step", number=number)}"' in answer.text
    assert reporter.draft.answers["words"] == "Mereka mengejek aku."


@pytest.mark.parametrize("error", [InternalError, InterfaceError])
def test_database_that_only_reads_or_closed_gives_the_words_back(reporter, monkeypatch, error):
    told(reporter)

    def refused(*_args, **_kwargs):
        raise error("cannot execute UPDATE in a read-only transaction")

    monkeypatch.setattr(OpenSession, "_store", refused)
    answer = reporter.answer(reporter.draft.number_of("words"), question="words", answer=WORDS)
    assert (answer.status_code, WORDS in answer.text) == (503, True)


def test_words_about_dying_that_cannot_be_stored_get_help(reporter, monkeypatch):
    told(reporter)
    number = reporter.draft.number_of("words")
    monkeypatch.setattr(OpenSession, "_store", full)
    page = reporter.answer(number, question="words", answer="Aku mau mati saja.").text
    assert "<h2>Saat ini kami tidak bisa menyimpan" in page


@pytest.mark.parametrize("language", SAID)
def test_code_that_cannot_be_tried_is_answered_in_the_language(client, monkeypatch, file, language):
    code = file(age="adult").receipt.code
    monkeypatch.setattr("reports.followup.views.open_with", full)
    with translation.override(language):
        address = reverse("reports:check")
    answer = client.post(address, {"code": code})
    assert (answer.status_code, SAID[language] in answer.text) == (503, True)
    assert code not in answer.text


def test_button_behind_the_code_names_the_visit_to_try_again(file, monkeypatch):
    client = open_with(file(age="adult").receipt.code)
    monkeypatch.setattr("reports.followup.kept_words.keep", full)
    with translation.override("id"):
        answer = client.post(reverse("reports:write"), {"text": "", "older": "1"})
        back = reverse("reports:visit")
    assert (answer.status_code, f'class="btn main" href="{back}"' in answer.text) == (503, True)


def openly(page: str) -> str:
    """Return ``page`` without its folded numbers, which have to name the police."""
    folded = page[page.index(FOLD) :].partition("</details>")[0]
    assert "olisi" in folded
    return page.replace(folded, "")


@pytest.mark.safety("H6")
def test_page_behind_the_code_names_no_agency_openly(file, monkeypatch):
    client = open_with(file(age="adult").receipt.code)
    monkeypatch.setattr("reports.followup.kept_words.keep", full)
    answer = client.post(url("write"), {"text": "", "older": "1"})
    assert [sign in openly(answer.text) for sign in ("olisi", "tel:", "wa.me")] == [False, False, False]


@pytest.mark.safety("H6")
def test_page_of_a_closed_visit_names_no_agency_openly(client):
    page = openly(client.post(url("write"), {"text": WORDS}).text)
    assert (WORDS in page, "olisi" in page, "tel:" in page) == (True, False, False)


@pytest.mark.safety("H5")
@pytest.mark.parametrize("at", ["SealedSession.save", "uploads_of", "lifecycle.perform"])
def test_message_that_cannot_be_stored_is_given_back_with_help(file, monkeypatch, at):
    client = open_with(file(age="adult").receipt.code)
    button = {"stay": "1"} if at == "SealedSession.save" else {}
    place = "reports.crypto.sealed_session.OpenSession._store" if button else f"reports.followup.views.{at}"
    monkeypatch.setattr(place, full)
    page = client.post(url("write"), {"text": DYING} | button).text
    assert (DYING in page, SENT in page, HELP in page) == (True, False, True)


@pytest.mark.safety("H5")
@pytest.mark.parametrize("button", [{}, {"stay": "1"}, {"language": "en"}, {"finish": "1"}, {"skip": "1"}], ids=str)
def test_added_words_that_cannot_be_stored_are_given_back_with_help(reporter, monkeypatch, button):
    sent(reporter)
    monkeypatch.setattr(OpenSession, "_store", full)
    page = add(reporter, "account_or_link", DYING, **button).text
    assert (DYING in page, HELP in page) == (True, True)


def test_parent_is_addressed_as_in_the_draft(reporter, monkeypatch):
    reporter.tell(about="my_child", category="cyberbullying", age="13_15", words=WORDS)
    monkeypatch.setattr(OpenSession, "_store", full)
    page = reporter.answer(reporter.draft.number_of("words"), question="words", answer=WORDS).text
    assert ("baru saja Anda tulis" in page, "kamu tulis" in page) == (True, False)


def test_parent_is_addressed_as_in_the_visit(file, monkeypatch):
    client = open_with(file(about="my_child", age="13_15").receipt.code)
    monkeypatch.setattr("reports.followup.views.uploads_of", full)
    assert "baru saja Anda tulis" in client.post(url("write"), {"text": WORDS}).text


def test_database_that_cannot_be_read_gets_the_error_page(reporter, settings, monkeypatch):
    settings.DEBUG = False
    reporter.client.raise_request_exception = False
    monkeypatch.setattr(OpenSession, "_store", full)
    monkeypatch.setattr("reports.intake.not_stored.page", full)
    answer = reporter.answer(2, question="about", answer="me")
    assert (answer.status_code, "Halaman ini sedang rusak" in answer.text) == (500, True)
