"""A full disk during an upload: an error beside the field, the partial file is deleted, nothing else is lost."""

import errno
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InternalError, OperationalError
from django.urls import reverse
from django.utils import translation

from reports.crypto.vault.keys import KeyMissingError
from reports.evidence import store
from reports.evidence.files import facts
from reports.models import Case, Evidence, Message
from safetycenter import private_files
from tests.reports.evidence.uploads import on_disk, send
from tests.reports.followup.visitor import open_with, url
from tests.reports.intake.reporter import Reporter, landed

pytestmark = [pytest.mark.django_db, pytest.mark.logs_errors]
LARGE = b"words " * 100_000


class Full:
    """A file on a disk that has room for ``room`` bytes more."""

    def __init__(self, file, room: int):
        self._file, self._room = file, room

    def write(self, data):
        self._room -= len(data)
        if self._room < 0:
            self._file.write(data[: self._room])
            raise OSError(errno.ENOSPC, "No space left on device")
        return self._file.write(data)

    def close(self):
        self._file.close()


@pytest.fixture
def full_disk(monkeypatch):
    """A disk with room for a few kilobytes in every file."""
    create = private_files.create
    monkeypatch.setattr(private_files, "create", lambda path: Full(create(path), 5000))


@pytest.fixture
def reporter(in_demo, categories) -> Reporter:
    """A reporter at the step for files."""
    reporter = Reporter()
    reporter.begin()
    return reporter.tell(about="me", category="scam", age="adult", money_sent="no", words="Uangku hilang.")


def add(reporter: Reporter, *contents: bytes):
    sent = [SimpleUploadedFile("x.txt", content, "text/plain") for content in contents]
    number = reporter.draft.number_of("evidence")
    return reporter.client.post(
        reporter.url("step", number=number), {"question": "evidence", "add": "1", "files": sent}
    )


@pytest.mark.sampled(3)
@pytest.mark.parametrize("size", [6000, 70_000, 600_000])
def test_full_disk_leaves_no_half_file(settings, full_disk, size):
    request = send(b"x" * size, "x.txt", "text/plain")
    assert not request.FILES
    assert [file.reason for file in request.refused_uploads] == ["disk"]
    assert on_disk(settings) == []


def test_full_disk_is_said_beside_the_field(reporter, settings, full_disk):
    page = landed(reporter, add(reporter, LARGE))
    assert page.count("tidak bisa disimpan") == 2, "in the summary and beside the field"
    assert on_disk(settings) == []


@pytest.mark.slow
def test_full_disk_loses_no_other_file_and_no_word(reporter, full_disk):
    add(reporter, b"short", LARGE)
    assert len(reporter.draft.files) == 1
    assert reporter.draft.answers["words"] == "Uangku hilang."


@pytest.mark.slow
def test_report_is_sent_on_a_full_disk(reporter, full_disk):
    add(reporter, LARGE)
    assert reporter.send().url == reporter.url("code")


@pytest.mark.slow
def test_full_database_keeps_the_draft(reporter, settings, monkeypatch):
    def full(*args, **kwargs):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(Evidence, "save", full)
    assert "tidak bisa disimpan" in landed(reporter, add(reporter, b"words"))
    assert on_disk(settings) == []
    assert reporter.draft.answers["words"] == "Uangku hilang."


@pytest.mark.sampled(3)
@pytest.mark.parametrize("error", [OperationalError, InternalError, KeyMissingError])
def test_what_cannot_be_stored_gives_back_the_words(file, settings, monkeypatch, error):
    def full(*args, **kwargs):
        raise error("database or disk is full")

    client = open_with(file(age="adult", own_image="no").receipt.code)
    monkeypatch.setattr(Message, "save", full)
    sent = SimpleUploadedFile("x.txt", b"Chat.", "text/plain")
    page = client.post(url("write"), {"text": "Kata-kataku.", "files": sent}).content.decode()
    assert "Kata-kataku." in page
    assert "tidak bisa disimpan" in page
    assert on_disk(settings) == []


def test_report_that_the_database_refuses_stays_a_draft(reporter, monkeypatch):
    def full(*args, **kwargs):
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Case, "save", full)
        answer = reporter.send()
    assert (answer.status_code, "bisa menerima laporan" in answer.text) == (503, True)
    back = reporter.url("step", number=reporter.draft.check_number)
    assert f'href="{back}"' in answer.text
    assert "Uangku hilang." in reporter.client.get(back).text
    assert reporter.draft.answers["words"] == "Uangku hilang."
    assert reporter.send().url == reporter.url("code")


@pytest.mark.slow
@pytest.mark.parametrize(("language", "words"), [("id", "Kembali ke jawabanmu"), ("en", "Back to your answers")])
def test_refused_report_leads_back_to_the_answers(reporter, monkeypatch, language, words):
    monkeypatch.setattr(Case, "save", lambda *_args, **_kwargs: (_ for _ in ()).throw(OperationalError()))
    with translation.override(language):
        step = reverse("reports:step", kwargs={"number": reporter.draft.check_number})
    page = reporter.client.post(step).text
    assert re.search(rf'href="{step}">{words}<', page)


def test_closed_form_names_no_answers(client, categories):
    page = client.get(url("start")).text
    assert "bisa menerima laporan" in page
    assert "Kembali ke jawabanmu" not in page


def test_readiness_says_that_the_disk_is_nearly_full(client, settings):
    settings.READINESS_CHECKS = {"disk has room": settings.READINESS_CHECKS["disk has room"]}
    assert client.get(reverse("readyz")).json()["disk has room"] is True
    settings.LOW_DISK_MB = 10**9
    assert client.get(reverse("readyz")).status_code == 503


def test_sizes_on_the_disk_are_padded(settings):
    sizes = set()
    for size in (50_001, 50_002, 50_500):
        upload = send(b"x" * size, "x.txt", "text/plain").FILES["files"]
        sizes.add((settings.EVIDENCE_DIR / store.name_of(upload.file_id)).stat().st_size)
    assert len(sizes) == 1


@pytest.mark.slow
def test_exact_size_of_a_file_is_sealed(reporter):
    add(reporter, b"x" * 50_001)
    (item,) = reporter.draft.files
    assert item.size > 50_001
    assert facts(item, reporter.draft_session.keyring)["size"] == 50_001
