"""Snapshots: readers' pages as files, whole, and never one that is no longer published."""

import gzip
import os

import brotli
import pytest
from django.core.management import CommandError, call_command
from django.core.wsgi import get_wsgi_application
from django.urls import reverse

from education.models import State
from safetycenter import generation, snapshots
from tests.education import factory


@pytest.fixture
def folder(tmp_path, settings, db, new_reader):
    """An empty place for snapshots of a site with its emergency numbers."""
    settings.SNAPSHOT_DIR = str(tmp_path)
    factory.emergency_set()
    return tmp_path


def write(folder) -> snapshots.Snapshot:
    return snapshots.write(folder, get_wsgi_application())


def kept(folder, path: str, ending: str = ""):
    return folder / "kept" / path.strip("/") / f"index.html{ending}"


def test_a_guide_is_a_file_in_both_languages(folder):
    guide = factory.guide()
    write(folder)
    assert guide.title_ind in kept(folder, f"/id/panduan/{guide.slug_ind}/").read_text()
    assert guide.title_en in kept(folder, f"/en/guides/{guide.slug_en}/").read_text()


def test_the_compressed_files_hold_the_same_page(folder):
    write(folder)
    page = kept(folder, "/id/bantuan/").read_bytes()
    assert gzip.decompress(kept(folder, "/id/bantuan/", ".gz").read_bytes()) == page
    assert brotli.decompress(kept(folder, "/id/bantuan/", ".br").read_bytes()) == page


def test_a_sensitive_guide_is_there_by_its_number(folder):
    guide = factory.guide(sensitive=True)
    write(folder)
    assert guide.title_ind in kept(folder, f"/id/p/{guide.number}/").read_text()


def test_what_was_taken_down_is_gone_from_the_next_snapshot(folder):
    guide = factory.guide()
    write(folder)
    guide.state = State.ARCHIVED
    guide.save()
    assert not snapshots.is_current(folder)
    write(folder)
    assert not kept(folder, f"/id/panduan/{guide.slug_ind}/").exists()
    assert guide.slug_ind not in "".join(path.read_text() for path in folder.rglob("*.html"))


def test_a_page_that_did_not_change_stays_the_same_file(folder):
    write(folder)
    before = os.stat(kept(folder, "/id/darurat/")).st_ino
    generation.publish()
    write(folder)
    assert os.stat(kept(folder, "/id/darurat/")).st_ino == before
    assert len([path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()]) == 1


def test_only_readers_pages_are_written(folder):
    write(folder)
    written = {path.relative_to(folder / "kept").as_posix() for path in (folder / "kept").rglob("*.html")}
    private = (reverse("reports:start"), reverse("reports:check"), reverse("admin:index"))
    assert not [path for path in written if f"/{path}".startswith(private)]


def test_a_page_that_fails_is_left_to_the_application(folder, settings):
    settings.SNAPSHOT_PATHS = "tests.test_snapshots.with_a_private_page"
    snapshot = write(folder)
    assert snapshot.left_out == ["/id/lapor/"]
    assert kept(folder, "/id/").exists()


def with_a_private_page() -> list[str]:
    """A list that names the report form by mistake."""
    return ["/id/", "/id/lapor/"]


def test_the_web_server_sends_the_same_security_headers(folder, client):
    write(folder)
    sent = client.get("/id/").headers
    lines = (folder / "headers.conf").read_text()
    for name in ("Content-Security-Policy", "Permissions-Policy", "Referrer-Policy", "X-Content-Type-Options"):
        assert f'add_header {name} "{sent[name]}" always;' in lines


def test_while_the_application_is_stopped_the_numbers_are_there(folder):
    write(folder)
    assert "tel:110" in (folder / "kept" / "unavailable.html").read_text()


def test_the_command_writes_once_for_each_change(folder, capsys):
    call_command("write_snapshots")
    call_command("write_snapshots")
    assert capsys.readouterr().out.count("pages written") == 1


def test_without_a_place_the_command_says_so(settings, db):
    settings.SNAPSHOT_DIR = ""
    with pytest.raises(CommandError, match="SNAPSHOT_DIR"):
        call_command("write_snapshots")
