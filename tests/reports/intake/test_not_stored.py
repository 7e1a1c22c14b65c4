"""A database that cannot store: each page of a reporter says so in their language, with their words and numbers."""

import pytest
from django.db import OperationalError
from django.urls import reverse
from django.utils import translation

from reports.crypto.sealed_session import OpenSession
from reports.models import SealedSession
from tests.reports.followup.visitor import open_with
from tests.reports.intake.reporter import Reporter, told

pytestmark = [pytest.mark.django_db, pytest.mark.logs_errors]
SAID = {"id": "tidak bisa menyimpan", "en": "cannot store anything"}
WORDS = "Mereka mengejek aku tiap hari di grup kelas."


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


def test_button_behind_the_code_leads_back_to_that_page(file, monkeypatch):
    client = open_with(file(age="adult").receipt.code)
    monkeypatch.setattr("reports.followup.views._open_thread", full)
    with translation.override("id"):
        answer = client.post(reverse("reports:show_older"))
        back = reverse("reports:visit")
    assert (answer.status_code, f'class="btn main" href="{back}"' in answer.text) == (503, True)


def test_database_that_cannot_be_read_gets_the_error_page(reporter, settings, monkeypatch):
    settings.DEBUG = False
    reporter.client.raise_request_exception = False
    monkeypatch.setattr(OpenSession, "_store", full)
    monkeypatch.setattr("reports.intake.not_stored.page", full)
    answer = reporter.answer(2, question="about", answer="me")
    assert (answer.status_code, "Halaman ini sedang rusak" in answer.text) == (500, True)
