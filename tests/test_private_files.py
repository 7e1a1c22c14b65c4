"""Files and folders that only the site's user can open, whatever the umask."""

import os
import stat
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from reports.evidence import store
from safetycenter import private_files
from safetycenter.checks import private_folders_are_closed
from tests.education import library
from tests.reports.evidence.uploads import send

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[0o000, 0o022, 0o277])
def umask(request):
    """Each umask that a service may run with."""
    before = os.umask(request.param)
    yield
    os.umask(before)


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_new_folders_and_their_parents_are_private(umask, tmp_path):
    private_files.make_folder(tmp_path / "a" / "b")
    assert (mode(tmp_path / "a"), mode(tmp_path / "a" / "b")) == (0o700, 0o700)


def test_sealed_files_are_private_after_an_upload(umask, settings):
    upload = send(b"words", "x.txt", "text/plain").FILES["files"]
    path = settings.EVIDENCE_DIR / store.name_of(upload.file_id)
    assert (mode(path), mode(path.parent), mode(settings.EVIDENCE_DIR)) == (0o600, 0o700, 0o700)


def test_pictures_of_the_library_are_private(umask, tmp_path):
    folder = tmp_path / "pictures"  # of tests/cast.py
    library.picture()
    assert mode(folder) == 0o700
    assert {mode(path) for path in folder.iterdir()} == {0o600}


def test_check_is_content_after_an_upload(umask, settings):
    send(b"words", "x.txt", "text/plain").FILES["files"]
    assert not any(str(settings.EVIDENCE_DIR) in problem.msg for problem in private_folders_are_closed(None))


@pytest.mark.sampled(8)
@pytest.mark.parametrize("earlier", [False, True])
def test_what_housekeeping_writes_is_private(umask, filed, settings, tmp_path, monkeypatch, earlier):
    monkeypatch.setitem(connection.settings_dict, "NAME", tmp_path / "db")
    written = [settings.RECORD_HEAD, tmp_path / "db.housekeeping"][: 2 if connection.vendor == "sqlite" else 1]
    if earlier:
        for path in written:
            path.touch()
            path.chmod(0o644)
    call_command("housekeeping", stdout=StringIO())
    assert [mode(path) for path in written] == [0o600] * len(written)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its own files")
def test_sqlite_file_is_private(tmp_path):
    path = tmp_path / "db.sqlite3"
    path.touch()
    path.chmod(0o644)
    private_files.close_database(type("C", (), {"vendor": "sqlite", "settings_dict": {"NAME": path}}))
    assert mode(path) == 0o600
