"""Files of reports in an S3-compatible store: an emulator, with the rights that the shipped policies give each node."""

import io
import re
import shutil
import socket
import tracemalloc
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from reports.cases import ledger, retention
from reports.cases.lifecycle import perform
from reports.crypto.vault import keys
from reports.evidence import probe, store, sweep
from reports.evidence.files import original_bytes
from reports.evidence.object_writer import PART
from reports.models import Case, Evidence
from safetycenter.doctor.finding import FAULT
from tests.cast import PASSWORD
from tests.reports.backup.servers import backed_up, new_server, restore
from tests.reports.evidence import emulator
from tests.reports.evidence.uploads import picture, send
from tests.reports.intake.reporter import Reporter, add_files, landed, report_with_picture

pytestmark = [pytest.mark.processes, pytest.mark.slow, pytest.mark.django_db, pytest.mark.xdist_group("bucket")]
CANARY = b"kanari-9d1f"
LONG = b"words " * (PART // 4)  # two parts


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """The emulator, for all tests of this file."""
    with emulator.running(tmp_path_factory.mktemp("emulator")) as one:
        yield one


@pytest.fixture
def bucket(running, monkeypatch):
    """The site as a desk, with an empty bucket."""
    running.empty()
    emulator.use(monkeypatch, running.address, running.keys["desk"])
    return running


@pytest.fixture
def public(bucket, monkeypatch, settings, session_keys, tmp_path):
    """The site as a public node without private keys, with the same bucket."""
    shutil.copytree(session_keys, tmp_path / "public", ignore=shutil.ignore_patterns(*keys.DESK_ONLY))
    settings.KEYS_DIR, settings.HAS_DESK, settings.NODE = tmp_path / "public", False, "public"
    keys.make(settings.KEYS_DIR)
    emulator.use(monkeypatch, bucket.address, bucket.keys["public"])
    return bucket


@pytest.fixture
def down(monkeypatch):
    """The store does not answer."""
    key = {"AccessKeyId": "x", "SecretAccessKey": "x"}
    emulator.use(monkeypatch, f"http://127.0.0.1:{emulator.free_port()}", key)


@pytest.fixture
def clock(monkeypatch):
    """Moves the clock on: ``clock(days=1)``."""
    now, passed = timezone.now, []
    monkeypatch.setattr(timezone, "now", lambda: now() + sum(passed, timedelta()))
    return lambda **time: passed.append(timedelta(**time))


def sent(data: bytes = CANARY) -> Evidence:
    """The only file of a report that was sent through the form."""
    reporter = Reporter()
    reporter.begin()
    reporter.tell(about="me", category="threats_stalking", age="adult", own_image="no", words="Dia mengancam.")
    file = SimpleUploadedFile("namaku.txt", data, "text/plain")
    reporter.answer(reporter.draft.number_of("evidence"), question="evidence", files=file)
    reporter.send()
    return Evidence.objects.get()


def test_bucket_holds_sealed_bytes_under_random_names(bucket, categories, in_demo):
    item = sent(CANARY + LONG)
    [(name, sealed)] = bucket.objects().items()
    assert name == store.name_of(item.pk)
    assert CANARY not in sealed
    assert original_bytes(item, item.case.staff_keyring()) == CANARY + LONG


def test_desk_reads_a_file_of_the_bucket(bucket, categories, in_demo, client, moderator):
    case = report_with_picture()
    names = {"ref": case.reference, "file_id": case.evidence.get().pk}
    perform(case, "claim", by=moderator)
    client.login(username=moderator.username, password=PASSWORD)
    client.post(reverse("admin:reports_case_open_file", kwargs=names), {"reason": "assess"})
    page = client.get(reverse("admin:reports_case_file_page", kwargs=names | {"number": 1}))
    assert (page.status_code, page.content[:4]) == (200, b"RIFF")
    assert len(bucket.objects()) == 2


@pytest.mark.safety("K4")
def test_erased_case_leaves_no_version_in_the_bucket(bucket, categories, in_demo):
    bucket.admin.put_bucket_versioning(Bucket=emulator.BUCKET, VersioningConfiguration={"Status": "Enabled"})
    item = sent()
    store.write_copy(item.pk, 1, b"sealed")
    store.write_copy(item.pk, 1, b"sealed again")
    assert retention.erase(item.case, "schedule")
    left = bucket.admin.list_object_versions(Bucket=emulator.BUCKET)
    assert not {"Versions", "DeleteMarkers"} & left.keys()


def test_memory_is_flat_for_a_large_file(bucket):
    piece, file_id = bytes(64 * 1024), uuid4()
    assert not store.all_ids()  # boto3 has read its own descriptions of the service
    tracemalloc.start()
    with store.create(file_id) as out:
        for _number in range(6 * PART // len(piece)):
            out.write(piece)
    assert sum(map(len, store.pieces(file_id))) == 6 * PART
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 3 * PART


def test_given_up_upload_leaves_nothing(bucket):
    file_id = uuid4()
    out = store.create(file_id)
    out.write(bytes(PART))
    store.give_up(file_id, out)
    assert not bucket.objects()
    assert "Uploads" not in bucket.admin.list_multipart_uploads(Bucket=emulator.BUCKET)


def test_sweep_trashes_and_returns_objects(bucket, clock):
    sweep.sweep()
    unknown = send(picture()).FILES["files"].file_id
    store.create(uuid4()).write(bytes(PART))  # a process that dies before it ends
    clock(hours=1)
    assert sweep.sweep() == 1
    assert "Uploads" not in bucket.admin.list_multipart_uploads(Bucket=emulator.BUCKET)
    assert store.trashed_ids() == {unknown}
    store.put_back(unknown)
    assert store.all_ids() == {unknown}
    sweep.sweep()
    clock(days=8)
    sweep.sweep()
    assert [*bucket.objects()] == [store.MARKER_FILE]


@pytest.mark.logs_errors
def test_empty_database_keeps_the_bucket(bucket, categories, in_demo, clock):
    sent()
    Evidence.objects.all().delete()
    clock(hours=1)
    with pytest.raises(sweep.SweepRefusedError):
        sweep.sweep()
    assert len(bucket.objects()) == 1


@pytest.mark.safety("K7")
def test_left_copies_are_swept(bucket, categories, in_demo, clock):
    item = sent()
    sweep.sweep()
    store.write_copy(item.pk, 1, b"sealed")  # a lock that could not delete it
    clock(hours=1)
    sweep.sweep()
    assert sorted(bucket.objects()) == sorted([store.MARKER_FILE, store.name_of(item.pk)])


@pytest.mark.logs_errors
@pytest.mark.parametrize(("language", "words"), [("id", "sedang tidak bisa dihubungi"), ("en", "does not answer")])
def test_store_that_is_down_loses_no_word(down, categories, in_demo, language, words):
    reporter = Reporter(language)
    reporter.begin()
    reporter.tell(about="me", category="scam", age="adult", money_sent="no", words="Uangku hilang.")
    file = SimpleUploadedFile("x.txt", b"Chat.", "text/plain")
    answer = reporter.answer(reporter.draft.number_of("evidence"), question="evidence", add="1", files=[file, file])
    assert words in landed(reporter, answer)
    assert reporter.draft.answers["words"] == "Uangku hilang."
    assert not Evidence.objects.exists()
    assert reporter.send().url == reporter.url("code")


@pytest.mark.logs_errors
def test_store_that_is_down_is_named_once(down, client, settings):
    names = [name for name in settings.READINESS_CHECKS if "evidence" in name or "disk" in name]
    answer = client.get("/readyz").json()
    assert [name for name in names if not answer[name]] == ["store of evidence answers"]
    with pytest.raises(CommandError, match="does not answer"):
        call_command("check_evidence", stdout=io.StringIO())
    assert [finding.level for finding in probe.findings()] == [FAULT]


@pytest.mark.logs_errors
def test_readyz_asks_a_store_that_hangs_once_only(client, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as hanging:  # connections are accepted and never answered
        key = {"AccessKeyId": "x", "SecretAccessKey": "x"}
        emulator.use(monkeypatch, f"http://127.0.0.1:{hanging.getsockname()[1]}", key)
        assert client.get("/readyz").json()["store of evidence answers"] is False
        hanging.settimeout(0.1)
        assert hanging.accept()[0].getsockname() == hanging.getsockname()
        with pytest.raises(TimeoutError):
            hanging.accept()  # of the three checks that need the store only the first asked


@pytest.mark.logs_errors
def test_erasure_goes_on_while_the_store_is_down(bucket, categories, in_demo, monkeypatch, clock):
    item = sent()
    sweep.sweep_when_due()
    with monkeypatch.context() as patch:
        emulator.use(patch, f"http://127.0.0.1:{emulator.free_port()}", bucket.keys["desk"])
        assert retention.erase(item.case, "schedule")
    assert not Case.objects.get().data_keys.exists()
    clock(minutes=31)
    assert sweep.sweep_when_due() == 1
    monkeypatch.setattr(sweep, "sweep", lambda: 99)
    clock(minutes=10)  # after a failed deletion a bucket is listed each minute; now once an hour again
    assert sweep.sweep_when_due() == 0
    clock(minutes=50)
    assert sweep.sweep_when_due() == 99


def test_public_node_may_not_read_files(public, categories, in_demo):
    item = sent()
    with pytest.raises(PermissionError):
        list(store.pieces(item.pk))
    with pytest.raises(PermissionError):
        store.all_ids()
    with pytest.raises(PermissionError):
        store.write_marker(uuid4())


def test_public_node_removes_a_file_of_a_draft(public, categories, in_demo):
    reporter = add_files(Reporter())
    [item] = reporter.draft.files
    assert len(public.objects()) == 1
    reporter.client.post(reporter.url("remove_file", file_id=item.pk))
    assert not public.objects()


@pytest.fixture
def operator(settings, tmp_path):
    """The operator's private key of backups; its public half is set."""
    out = io.StringIO()
    call_command("backup", make_key=tmp_path / "operator.private", stdout=out)
    settings.BACKUP_PUBLIC_KEY = re.search(r"BACKUP_PUBLIC_KEY=(\S+)", out.getvalue())[1]
    return tmp_path / "operator.private"


def levels() -> list[str]:
    return [finding.level for finding in probe.findings()]


def test_doctor_finds_no_fault_in_a_closed_bucket(bucket):
    assert levels() == ["ok", "ok", "ok"]
    assert not bucket.objects()


def test_doctor_finds_no_fault_on_a_public_node(public):
    assert levels() == ["ok", "ok"]


def test_doctor_finds_an_open_bucket_with_versions(bucket):
    bucket.admin.put_bucket_versioning(Bucket=emulator.BUCKET, VersioningConfiguration={"Status": "Enabled"})
    with bucket.open_to_everybody():
        assert levels() == ["ok", FAULT, FAULT]
    bucket.admin.put_bucket_versioning(Bucket=emulator.BUCKET, VersioningConfiguration={"Status": "Suspended"})
    assert levels() == ["ok", "ok", "ok"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.safety("K12")
def test_backup_reads_the_bucket_and_restores_it(
    bucket, operator, categories, in_demo, monkeypatch, session_keys, tmp_path, settings
):
    sent()
    sweep.sweep()
    before, path = bucket.objects(), backed_up(tmp_path)
    ledger.keep()
    live = settings.LEDGER_DIR
    with new_server(monkeypatch, session_keys, tmp_path):
        with pytest.raises(CommandError, match="bucket safetycenter-evidence is not empty"):
            restore(path, "--key", operator, "--ledger", live)
        bucket.empty()
        assert "FAULT" not in restore(path, "--key", operator, "--ledger", live)
        assert bucket.objects() == before
