"""The canary in every field of the form, in what was left unfinished, in the return, and in what goes wrong."""

import logging
from contextlib import suppress
from pathlib import Path

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from reports.cases.lifecycle import perform
from reports.crypto import receipts
from reports.models import Case, OnCallChannel
from safetycenter.logs import SafeFormatter
from tests.reports.canary import CANARY, dump
from tests.reports.followup.visitor import open_with, url
from tests.reports.intake.reporter import Reporter, press

pytestmark = pytest.mark.django_db
# Between them they meet every question that is answered by typing; the last number is no report's, so nothing is kept.
TOLD = {
    "cheated": {
        "about": "me",
        "category": "scam",
        "money_sent": "yes_24h",
        "age": "adult",
        "receiver": f"{CANARY} 1234",
    },
    "bullied": {
        "about": "my_child",
        "category": "cyberbullying",
        "age": "13_15",
        "same_school": "pupils",
        "school_help": "yes",
        "school_name": f"SMP {CANARY}",
    },
}


@pytest.fixture(params=TOLD)
def reporter(categories, in_demo, remembered, request, caplog) -> Reporter:
    """Has typed the canary into every field, and left some of it unfinished."""
    caplog.set_level(logging.DEBUG)
    someone = Reporter()
    someone.begin("danger")
    someone.tell(**TOLD[request.param], account_or_link=f"@{CANARY} https://{CANARY}.example/x")
    someone.tell(words=f"{CANARY} aku mau mati")
    press(someone, "words", f"{CANARY} belum selesai", back="1")
    press(someone, "old_report", f"{CANARY} {CANARY}")
    return someone


def send_files(someone: Reporter) -> None:
    """One that is taken and one that is not; where there may be none, both are sent to another step."""
    number = someone.tell(evidence_sexual_check="no").draft.number_of("evidence") if asked(someone) else None
    number = number or someone.draft.number_of("evidence") or 2
    kinds = {f"{CANARY}.txt": f"{CANARY} isi".encode(), f"{CANARY}.gif": b"GIF89a" + CANARY.encode()}
    files = [SimpleUploadedFile(name, data) for name, data in kinds.items()]
    someone.client.post(someone.url("step", number=number), {"question": "evidence", "files": files})


def asked(someone: Reporter) -> bool:
    return someone.draft.number_of("evidence_sexual_check") is not None


def files_with_it(folder) -> list[str]:
    """The files under ``folder`` with the canary in their bytes or their name."""
    files = [path for path in Path(folder).rglob("*") if path.is_file()]
    return [str(path) for path in files if CANARY in str(path) or CANARY.encode() in content(path)]


def content(path: Path) -> bytes:
    """The bytes of a file in small letters; none if SQLite has removed it meanwhile, as it does beside its database."""
    with suppress(FileNotFoundError):
        return path.read_bytes().lower()
    return b""


def lines_of(caplog) -> list[str]:
    """All that was logged since the form was begun, with the facts beside the words."""
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    return [f"{record.getMessage()} {getattr(record, 'facts', '')}" for record in records]


def code_of(someone: Reporter) -> str:
    facts = someone.draft_session.data
    return receipts.Receipt(facts["reference"], facts["secret"]).code


@pytest.mark.sampled(3)
@pytest.mark.django_db(transaction=True)
def test_no_typed_word_is_readable_anywhere_on_the_disk(reporter, moderator, child_safety, settings, caplog):
    OnCallChannel.objects.create(name="piket", email="piket@contoh.id")
    with caplog.at_level(logging.DEBUG):
        send_files(reporter)
        assert (CANARY in dump(), files_with_it(settings.VAR)) == (False, [])
        reporter.send()
        client = open_with(code_of(reporter))
        client.post(url("write"), {"text": f"{CANARY} pesan"})
        client.post(url("write"), {"text": CANARY * 1000})
        call_command("housekeeping")
        desk = Client()
        desk.force_login(child_safety)
        perform(Case.objects.get(), "claim", by=child_safety)
        page = desk.get(
            reverse("admin:reports_case_page", args=[Case.objects.get().reference]), {"words": "1"}
        ).content.decode()
    assert page.count(CANARY) >= 5, "the desk must be able to read it"
    assert (CANARY in dump(), files_with_it(settings.VAR), files_with_it(settings.EVIDENCE_DIR)) == (False, [], [])
    assert [line for line in lines_of(caplog) if CANARY in line.lower()] == []
    assert mail.outbox
    assert not any(CANARY in f"{m.subject}{m.body}{m.to}".lower() for m in mail.outbox)


@pytest.mark.logs_errors
@pytest.mark.parametrize(
    ("status", "client", "typed"),
    [
        (403, Client(enforce_csrf_checks=True), f"{CANARY} dan"),
        (400, Client(), CANARY * 30_000),
        (500, Client(raise_request_exception=False), f"{CANARY} dan"),
    ],
)
def test_error_pages_and_logs_repeat_no_typed_text(filed, monkeypatch, caplog, status, client, typed):
    if status == 500:
        monkeypatch.setattr("reports.crypto.sealed_session.open_by_cookie", lambda cookie: {}[f"{CANARY} {cookie}"])
    client.cookies["session"] = CANARY
    with caplog.at_level(logging.DEBUG):
        answer = client.post(url("write"), {"text": typed}, secure=True)
    assert answer.status_code == status
    assert CANARY not in answer.content.decode()
    assert caplog.records
    assert not any(CANARY in SafeFormatter().format(record) for record in caplog.records)
