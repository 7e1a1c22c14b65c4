"""Snapshots: readers' pages as files, whole, and never one that is no longer published."""

import gzip
import os
from datetime import timedelta

import brotli
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import CommandError, call_command
from django.core.wsgi import get_wsgi_application
from django.urls import reverse
from django.utils import timezone

from education.library import store
from education.models import State
from safetycenter.management.commands import write_snapshots
from safetycenter.page_cache import cache_version, collected, export, export_store
from tests.education import factory, library

SHIPPED_COMPRESSION = dict(export_store.COMPRESSED)


@pytest.fixture
def folder(tmp_path, settings, db, new_reader, monkeypatch):
    """An empty place for snapshots of a site with its emergency numbers, which are compressed little."""
    monkeypatch.setitem(export_store.COMPRESSED, ".br", lambda body: brotli.compress(body, quality=1))
    place = tmp_path / "snapshots"  # beside the folders of the site: what lies inside and is not public is removed
    settings.SNAPSHOT_DIR = str(place)
    factory.emergency_set()
    return place


@pytest.fixture
def logging_stays(monkeypatch):
    """Keeps the command from configuring logging again, which would take away what the test listens with."""
    monkeypatch.setattr(write_snapshots, "get_wsgi_application", WSGIHandler)


def write(folder) -> export.Export:
    return export.write(folder, get_wsgi_application())


def is_current(folder) -> bool:
    return export.is_current(folder, cache_version.current())


def kept(folder, path: str, ending: str = ""):
    return folder / "kept" / path.strip("/") / f"index.html{ending}"


def test_guide_is_a_file_in_both_languages(folder):
    guide = factory.guide()
    write(folder)
    assert guide.title_ind in kept(folder, f"/id/panduan/{guide.slug_ind}/").read_text()
    assert guide.title_en in kept(folder, f"/en/guides/{guide.slug_en}/").read_text()


@pytest.mark.slow
def test_compressed_files_hold_the_same_page(folder, monkeypatch):
    monkeypatch.setattr(export_store, "COMPRESSED", SHIPPED_COMPRESSION)
    write(folder)
    page = kept(folder, "/id/bantuan/").read_bytes()
    assert gzip.decompress(kept(folder, "/id/bantuan/", ".gz").read_bytes()) == page
    assert brotli.decompress(kept(folder, "/id/bantuan/", ".br").read_bytes()) == page


@pytest.mark.slow
def test_sensitive_guide_is_there_by_its_number(folder):
    guide = factory.guide(sensitive=True)
    write(folder)
    assert guide.title_ind in kept(folder, f"/id/p/{guide.number}/").read_text()


def test_picture_is_a_file_while_a_page_shows_it(folder):
    picture = library.picture()
    guide = factory.guide(**library.both(picture))
    write(folder)
    files = sorted((folder / "kept" / "pictures").iterdir())
    assert [file.name for file in files] == sorted(picture.files.values_list("name", flat=True))
    assert files[0].read_bytes() == store.read(files[0].name)
    inode = files[0].stat().st_ino
    factory.guide()
    write(folder)
    assert files[0].stat().st_ino == inode
    take_down(guide)
    write(folder)
    assert not (folder / "kept" / "pictures").exists()


def test_what_was_taken_down_is_gone_from_the_next_snapshot(folder):
    guide = factory.guide()
    write(folder)
    guide.state = State.ARCHIVED
    guide.save()
    assert not is_current(folder)
    write(folder)
    assert not kept(folder, f"/id/panduan/{guide.slug_ind}/").exists()
    assert guide.slug_ind not in "".join(path.read_text() for path in folder.rglob("*.html"))


@pytest.mark.slow
def test_page_that_did_not_change_stays_the_same_file(folder):
    write(folder)
    before = os.stat(kept(folder, "/id/darurat/")).st_ino
    cache_version.bump()
    write(folder)
    assert os.stat(kept(folder, "/id/darurat/")).st_ino == before
    assert len([path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()]) == 1


def test_only_readers_pages_are_written(folder):
    write(folder)
    written = {path.relative_to(folder / "kept").as_posix() for path in (folder / "kept").rglob("*.html")}
    private = (reverse("reports:start"), reverse("reports:check"), reverse("admin:index"))
    assert not [path for path in written if f"/{path}".startswith(private)]


def test_page_that_fails_is_left_to_the_application(folder, settings):
    settings.SNAPSHOT_PATHS = "tests.page_cache.test_export.with_a_private_page"
    snapshot = write(folder)
    assert snapshot.skipped == ["/id/lapor/"]
    assert kept(folder, "/id/").exists()


@pytest.mark.logs_errors
def test_build_is_shown_though_one_of_its_pages_fails(folder):
    site = get_wsgi_application()
    broken = "/id/darurat/"
    snapshot = export.write(folder, lambda env, start: fail(start) if env["PATH_INFO"] == broken else site(env, start))
    assert (snapshot.failed, snapshot.is_fit) == ([broken], True)
    assert kept(folder, "/id/").exists()
    assert not is_current(folder)
    write(folder)
    assert is_current(folder)


@pytest.mark.safety("K2")
def test_page_goes_though_the_styles_are_not_collected(folder, monkeypatch):
    guide = factory.guide()
    write(folder)
    before = kept(folder, "/id/").read_text()
    monkeypatch.setattr(collected, "is_current", lambda: False)
    take_down(guide)
    assert not write(folder).is_fit
    assert not kept(folder, f"/id/panduan/{guide.slug_ind}/").exists()
    assert kept(folder, "/id/").read_text() == before


def fail(start_response) -> list[bytes]:
    start_response("500 Internal Server Error", [])
    return [b""]


def with_a_private_page() -> dict[str, str]:
    """Pages, with the report form among them by mistake."""
    return {"/id/": "", "/id/lapor/": ""}


def meanwhile(do):
    """The application; ``do`` is called before every page, and its results are in ``meanwhile.seen``."""
    site, seen = get_wsgi_application(), []

    def application(environ, start_response):
        seen.append(do())
        return site(environ, start_response)

    application.seen = seen
    return application


def take_down(guide) -> None:
    guide.state = State.ARCHIVED
    guide.save()


@pytest.mark.slow
def test_what_was_taken_down_is_gone_before_any_page_is_made(folder):
    guide, other = factory.guide(), factory.guide()
    write(folder)
    take_down(guide)
    site = meanwhile(lambda: any(folder.rglob(f"*{guide.slug_ind}*")))
    export.write(folder, site)
    assert site.seen
    assert not any(site.seen)
    assert kept(folder, f"/id/panduan/{other.slug_ind}/").exists()


@pytest.mark.safety("K2")
def test_expired_page_is_removed_by_time(folder, monkeypatch):
    guide = factory.guide(archive_at=timezone.now() + timedelta(days=1))
    write(folder)
    assert is_current(folder)
    later = timezone.now() + timedelta(days=1, minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert not is_current(folder)
    site = meanwhile(lambda: kept(folder, f"/id/panduan/{guide.slug_ind}/").exists())
    export.write(folder, site)
    assert site.seen
    assert not any(site.seen)


@pytest.mark.safety("K2")
def test_expired_picture_is_removed_without_the_database(folder, monkeypatch):
    factory.guide(archive_at=timezone.now() + timedelta(days=1), **library.both(library.picture()))
    monkeypatch.setattr("django.conf.settings.SNAPSHOT_PATHS", f"{__name__}.with_a_private_page")
    write(folder)
    assert list((folder / "kept" / "pictures").iterdir())
    later = timezone.now() + timedelta(days=1, minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    export.remove_expired(folder)
    assert not (folder / "kept" / "pictures").exists()


@pytest.mark.slow
def test_guide_that_became_sensitive_is_never_shown_as_it_was(folder):
    guide = factory.guide()
    write(folder)
    guide.sensitive = True
    guide.save()
    open_still = kept(folder, f"/id/panduan/{guide.slug_ind}/")
    site = meanwhile(lambda: open_still.exists() and 'class="quick-exit"' not in open_still.read_text())
    export.write(folder, site)
    assert not any(site.seen)
    assert 'class="quick-exit"' in open_still.read_text()


@pytest.mark.slow
def test_unpublished_page_is_removed_during_an_export(folder):
    guide = factory.guide()
    write(folder)
    cache_version.bump()
    site = meanwhile(lambda: take_down(guide) if len(site.seen) == 2 else None)
    assert export.write(folder, site).interrupted
    assert len(site.seen) == 3
    assert not is_current(folder)
    site = meanwhile(lambda: kept(folder, f"/id/panduan/{guide.slug_ind}/").exists())
    export.write(folder, site)
    assert not any(site.seen)
    assert is_current(folder)


@pytest.mark.slow
def test_new_build_omits_pages_unpublished_meanwhile(folder, monkeypatch):
    guide = factory.guide()
    write(folder)
    monkeypatch.setattr(export, "build_id", lambda: "new")
    site = meanwhile(lambda: take_down(guide) if len(site.seen) == 20 else None)
    export.write(folder, site)
    assert os.readlink(folder / "kept") != "new"
    write(folder)
    assert os.readlink(folder / "kept") == "new"
    assert not any(folder.rglob(f"*{guide.slug_ind}*"))


@pytest.mark.slow
def test_lists_are_made_anew_before_single_guides(folder):
    factory.guide()
    write(folder)
    cache_version.bump()
    asked = []
    site = get_wsgi_application()
    export.write(folder, lambda environ, start: asked.append(environ["PATH_INFO"]) or site(environ, start))
    single = [place for place, path in enumerate(asked) if "/panduan/" in path and path != "/id/panduan/"]
    assert asked.index("/id/panduan/") < asked.index("/id/bantuan/") < single[0]


@pytest.mark.slow
def test_page_that_is_not_translated_is_kept_in_both_languages(folder):
    guide = factory.guide(**factory.ONLY_INDONESIAN)
    write(folder)
    assert guide.title_ind in kept(folder, f"/en/guides/{guide.slug_ind}/").read_text()
    assert kept(folder, f"/en/guides/{guide.slug_ind}/handout/").exists()


def test_nginx_leaves_to_the_same_place_as_the_application(folder, settings, client):
    settings.QUICK_EXIT_URL = "https://weather.example/"
    write(folder)
    assert 'return 303 "https://weather.example/";' in (folder / "quick_exit.conf").read_text()


def test_web_server_sends_the_same_security_headers(folder, client):
    write(folder)
    sent = client.get("/id/").headers
    lines = (folder / "headers.conf").read_text()
    for name in ("Content-Security-Policy", "Permissions-Policy", "Referrer-Policy", "X-Content-Type-Options"):
        assert f'add_header {name} "{sent[name]}" always;' in lines


def test_while_the_application_is_stopped_the_numbers_are_there(folder):
    write(folder)
    page = (folder / "unavailable.html").read_text()
    for number in ("tel:110", "tel:112", "tel:119", "https://wa.me/628111129129"):
        assert page.count(number) == 2  # in both languages
    assert 'href="/id/panduan/"' in page
    assert 'href="/en/guides/"' in page


@pytest.mark.slow
def test_command_writes_once_for_each_change(folder, caplog, logging_stays):
    with caplog.at_level("INFO", "safetycenter.page_cache.export"):
        call_command("write_snapshots")
        call_command("write_snapshots")
    assert [record.message for record in caplog.records].count("snapshots written") == 1


def test_write_snapshots_without_folder_explains_itself(settings, db):
    settings.SNAPSHOT_DIR = ""
    with pytest.raises(CommandError, match="SNAPSHOT_DIR"):
        call_command("write_snapshots")


def test_every_file_is_readable_for_a_web_server(folder):
    before = os.umask(0o077)
    try:
        call_command("write_snapshots")
    finally:
        os.umask(before)
    files = [path for path in folder.rglob("*") if path.is_file()]
    folders = {path.parent for path in files if path.name.startswith("index.html")}
    assert files
    assert all(path.stat().st_mode & 0o004 for path in files if path.suffix != ".json")
    assert all(path.stat().st_mode & 0o005 == 0o005 for path in folders)


@pytest.mark.slow
def test_unchanged_nginx_includes_are_not_rewritten(folder):
    write(folder)
    before = (folder / "headers.conf").stat().st_mtime_ns
    cache_version.bump()
    write(folder)
    assert (folder / "headers.conf").stat().st_mtime_ns == before


@pytest.mark.slow
def test_log_names_no_page_that_is_made(folder, caplog, logging_stays):
    with caplog.at_level("INFO"):
        call_command("write_snapshots")
    assert "safetycenter.requests" not in {record.name for record in caplog.records}
