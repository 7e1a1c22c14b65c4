"""Files: known by their bytes, sealed while they arrive, and gone when nobody keeps them."""

import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import SkipFile
from django.test import RequestFactory

from reports.crypto.vault.keyring import Keyring
from reports.evidence import files, store
from reports.evidence.checks import TypeSniffer, max_case_size, max_file_size
from reports.evidence.sweep import sweep
from reports.evidence.upload import RefusedUpload, SealingUploadHandler
from reports.models import Evidence
from tests.reports.evidence.uploads import on_disk, picture, send
from tests.reports.intake.reporter import Reporter, add_files

pytestmark = pytest.mark.django_db  # arriving bytes are counted


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (picture("JPEG"), "image/jpeg"),
        (picture("PNG"), "image/png"),
        (picture("WEBP"), "image/webp"),
        (b"%PDF-1.7\n...", "application/pdf"),
        ("Chat pukul 19.00 – “besok”".encode(), "text/plain"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", None),
        (b"  \n<!doctype html><script>1</script>", None),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", None),
        (b"GIF89a" + b"\0" * 20, None),
        (b"PK\x03\x04" + b"\0" * 40, None),
        (b"MZ\x90\0" + b"\0" * 60, None),
        (b"\0\0\0\x18ftypmp42" + b"\0" * 20, None),
        (b"OggS" + b"\0" * 40, None),
        (b"\xff\xfe\0bad", None),
        (b"", None),
    ],
)
def test_file_type_is_detected_from_bytes(data, kind):
    watch = TypeSniffer()
    for start in range(0, len(data), 7):
        watch.feed(data[start : start + 7])
    assert watch.kind == kind


@pytest.mark.safety("J1")
def test_only_sealed_bytes_reach_the_disk(settings):
    request = send(b"canary-words " * 5000, "canary-name.txt", "text/plain")
    upload = request.FILES["files"]
    stored = on_disk(settings)
    assert len(stored) == 1
    assert b"canary" not in stored[0].read_bytes()
    assert "canary" not in str(stored[0])
    assert upload.sha256


def test_file_that_nobody_keeps_is_gone_with_the_request(settings):
    request = send(picture())
    assert request.FILES["files"]
    request.close()
    assert on_disk(settings) == []


@pytest.mark.parametrize("at", [0, 1, 70_000, 200_000])
def test_broken_upload_leaves_nothing(settings, at):
    handler = SealingUploadHandler(RequestFactory().post("/"))
    handler.new_file("files", "x.txt", "text/plain", None)
    handler.receive_data_chunk(b"x" * at, 0)
    handler.upload_interrupted()
    assert on_disk(settings) == []


def test_file_that_is_too_large_is_refused_and_leaves_nothing(settings):
    handler = SealingUploadHandler(RequestFactory().post("/"))
    handler.new_file("files", "x.txt", "text/plain", None)
    handler.receive_data_chunk(b"x" * max_file_size(), 0)
    with pytest.raises(SkipFile):
        handler.receive_data_chunk(b"x", 0)
    assert handler.request.refused_uploads == [RefusedUpload("size", 1, "TXT")]
    assert on_disk(settings) == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\0b.jpg", "x" * 300 + ".jpg", "\u202egpj.exe", "foto ibu.jpg"])
def test_hostile_name_is_only_ever_sealed_data(settings, name):
    ring, upload = Keyring.fresh(), send(picture(), name).FILES["files"]
    item = files.create_evidence(upload, ring)
    assert files.original_bytes(item, ring).startswith(b"\xff\xd8")
    assert all(path.name == item.pk.hex for path in on_disk(settings))
    assert len(files.facts(item, ring)["name"]) <= 255


def test_refusals_are_sentences():
    def refused(data, name="x.jpg", allowed="all", existing=()):
        why = files.refusal(send(data, name).FILES["files"], list(existing), allowed)
        return why and files.describe(why)

    assert refused(picture()) is None
    assert refused(picture(), allowed="text").endswith(".")
    assert refused(b"words", allowed="text") is None
    assert refused(b"words", allowed="none").endswith(".")
    assert refused(b"").endswith(".")
    assert refused(b"GIF89a" + b"\0" * 99).endswith(".")
    assert refused(b"OggS" + b"\0" * 99, "suara.ogg") != refused(b"GIF89a" + b"\0" * 99)
    assert refused(picture(), existing=[Evidence(size=1)] * 5).endswith(".")


def test_too_large_request_is_refused_before_its_files(settings, in_demo, categories, monkeypatch):
    from tests.reports.intake.reporter import Reporter, landed

    reporter = Reporter()
    reporter.begin()
    number = reporter.tell(about="me", category="scam", age="adult", money_sent="no").draft.number_of("evidence")
    part = b"x" * (max_case_size() // settings.MAX_FILES_PER_CASE + 300_000)
    data = {
        "question": "evidence",
        "files": [SimpleUploadedFile("x.txt", part) for _ in range(settings.MAX_FILES_PER_CASE)],
    }
    monkeypatch.setattr(store, "create", None)
    response = reporter.client.post(reporter.url("step", number=number), data)
    assert 'class="error-summary"' in landed(reporter, response)


def test_file_sent_again_after_its_answer_was_lost_is_stored_once(settings, in_demo, categories):
    reporter = add_files(Reporter())
    photo = SimpleUploadedFile("bukti.jpg", picture(), "image/jpeg")
    reporter.answer(reporter.draft.number_of("evidence"), question="evidence", add="1", files=photo)
    assert (len(reporter.draft.files), len(on_disk(settings))) == (1, 1)


def test_sweep_moves_unknown_files_of_ours_only(settings):
    sweep()
    upload = send(picture()).FILES["files"]
    folder = (settings.EVIDENCE_DIR / store.name_of(upload.file_id)).parent
    (folder / ".nfs0000000000000001").touch()
    for path in folder.iterdir():
        os.utime(path, (0, 0))
    assert sweep() == 1
    assert store.trashed_ids() == {upload.file_id}
    assert [path.name for path in folder.iterdir()] == [".nfs0000000000000001"]
