"""A report whose every word is a canary: none is found in the database, the files, the logs or the mail."""

import logging
from pathlib import Path

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from reports.cases.lifecycle import perform
from reports.models import Case, OnCallChannel
from tests.cast import PASSWORD
from tests.reports.canary import CANARY, dump
from tests.reports.intake.reporter import Reporter

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(categories, in_demo, remembered):
    """A report, an answer, a note, and a file, each with the canary in it."""
    reporter = Reporter()
    reporter.begin("danger")
    reporter.tell(about="me", category="threats_stalking", age="adult", words=f"{CANARY} cerita aku mau mati")
    reporter.tell(account_or_link=f"@{CANARY} https://{CANARY}.example/x")
    number = reporter.draft.number_of("evidence")
    file = SimpleUploadedFile(f"{CANARY}.txt", f"{CANARY} isi".encode() * 100, "text/plain")
    reporter.client.post(reporter.url("step", number=number), {"question": "evidence", "files": file})
    return reporter


@pytest.mark.safety("K12")
def test_draft_is_unreadable(told):
    assert CANARY not in dump()


def test_filed_and_answered_report_is_unreadable(told, moderator, settings, caplog):
    OnCallChannel.objects.create(name="piket", email="piket@contoh.id")
    with caplog.at_level(logging.DEBUG):
        told.send()
        case = Case.objects.get()
        case = perform(case, "claim", by=moderator)
        perform(case, "reply", by=moderator, text=f"{CANARY} balasan")
        perform(case, "note", by=moderator, text=f"{CANARY} catatan")
        perform(case, "escalate", by=moderator, reason=f"{CANARY} alasan")
        call_command("housekeeping")
        client = Client()
        client.login(username=moderator.username, password=PASSWORD)
        page = client.get(reverse("admin:reports_case_page", args=[case.reference]), {"words": "1"}).content.decode()
    assert CANARY in page, "the desk must be able to read it"
    assert CANARY not in dump()
    stored = [path for path in Path(settings.EVIDENCE_DIR).rglob("*") if path.is_file()]
    assert stored
    assert not any(CANARY.encode() in path.read_bytes() or CANARY in path.name for path in stored)
    assert CANARY not in caplog.text.lower()
    assert not any(CANARY in f"{m.subject}{m.body}{m.to}" for m in mail.outbox)


@pytest.mark.slow
def test_after_purging_nothing_can_be_opened(told):
    from reports.cases.retention import erase

    told.send()
    erase(Case.objects.get(), "test")
    case = Case.objects.get()
    assert not any((case.answers, case.key_for_staff, case.key_for_reporter))
    assert not case.data_keys.exists()
    assert not case.evidence.exists()


@pytest.mark.django_db(transaction=True)
def test_copied_database_file_tells_nothing(told, moderator):
    """The bytes of the file itself, with its write-ahead log: also what a query would not show."""
    told.send()
    perform(perform(Case.objects.get(), "claim", by=moderator), "reply", by=moderator, text=f"{CANARY} balasan")
    if connection.vendor != "sqlite":
        assert CANARY not in dump()
        return
    name = connection.settings_dict["NAME"]
    stored = b"".join(path.read_bytes() for path in Path(name).parent.glob(f"{Path(name).name}*"))
    assert b"reports_case" in stored
    assert CANARY.encode() not in stored
