"""A snapshot follower that died, hangs or follows another database is noticed."""

import configparser
import fcntl
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from safetycenter.management.commands import write_snapshots
from safetycenter.page_cache import cache_version, export, heartbeat
from tests.education import factory

FRESH = "snapshots are fresh"


class Killed(BaseException):
    """What ends a follower; nothing in it may catch this."""


@pytest.fixture
def folder(tmp_path, settings, db, new_reader, monkeypatch):
    """A place for the snapshots of a site with one page."""
    settings.SNAPSHOT_DIR, settings.SNAPSHOT_PATHS = str(tmp_path), f"{__name__}.one_page"
    monkeypatch.setattr(write_snapshots, "close_old_connections", lambda: None)
    return tmp_path


def one_page() -> dict[str, str]:
    """The page with the emergency numbers."""
    return {"/id/darurat/": ""}


@pytest.fixture
def clock(monkeypatch):
    """Moves the clock on: ``clock(minutes=1)``."""
    now, passed = timezone.now, []
    monkeypatch.setattr(timezone, "now", lambda: now() + sum(passed, timedelta()))
    return lambda **time: passed.append(timedelta(**time))


@pytest.fixture
def follow(monkeypatch):
    """Lets a follower look ``times`` times and then die; ``between`` is done after each look."""

    def looks(times: int = 1, between=lambda: None):
        left = iter(range(times - 1))

        def sleep(_seconds):
            between()
            if next(left, None) is None:
                raise Killed

        monkeypatch.setattr(time, "sleep", sleep)
        with pytest.raises(Killed):
            call_command("write_snapshots", "--follow")

    return looks


@pytest.mark.slow
def test_site_is_ready_with_a_recent_follower_beat(folder, follow, client):
    call_command("housekeeping")
    follow()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()[FRESH]) == (200, True)


@pytest.mark.logs_errors
def test_site_is_not_ready_30_seconds_after_follower_died(folder, follow, client, clock):
    follow()
    clock(seconds=31)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()[FRESH]) == (503, False)


@pytest.mark.logs_errors
def test_site_that_nobody_ever_followed_is_not_ready(folder, client):
    assert client.get("/readyz").status_code == 503


@pytest.mark.slow
def test_site_without_snapshots_needs_no_follower(settings, client, db):
    call_command("housekeeping")
    settings.SNAPSHOT_DIR = ""
    assert client.get("/readyz").json()[FRESH] is True


def test_follower_that_has_nothing_to_do_looks_all_the_same(folder, follow, clock):
    follow(times=3, between=lambda: clock(minutes=1))
    assert abs(heartbeat.last_beat(folder).at - timezone.now()) < timedelta(minutes=2)


def test_each_written_page_renews_the_beat(folder):
    assert heartbeat.last_beat(folder) is None
    export.write(folder, get_wsgi_application())
    assert heartbeat.last_beat(folder).version == cache_version.current()


def test_follower_without_database_writes_no_beat(folder, follow, monkeypatch):
    follow()
    before = heartbeat.last_beat(folder)
    monkeypatch.setattr(cache_version, "current", fails)
    follow(times=3)
    assert heartbeat.last_beat(folder) == before


def fails():
    raise OperationalError


def test_follower_of_another_database_is_noticed(folder, follow, clock):
    cache_version.bump()
    follow()
    clock(minutes=1)
    heartbeat.beat(folder, cache_version.current() - 1)
    assert not heartbeat.is_fresh()
    heartbeat.beat(folder, cache_version.current())
    assert heartbeat.is_fresh()


def test_copy_of_the_site_without_a_page_is_not_fresh(folder, follow):
    follow()
    assert heartbeat.is_fresh()
    for page in folder.rglob("index.html"):
        page.unlink()
    assert not heartbeat.is_fresh()


def test_follower_of_another_build_is_noticed(folder, follow, monkeypatch):
    follow()
    monkeypatch.setattr(heartbeat, "build_id", lambda: "new")
    assert not heartbeat.is_fresh()
    heartbeat.beat(folder, cache_version.current())
    assert not heartbeat.is_fresh()  # its pages are still those of the build before


def test_follower_ends_when_the_files_of_the_build_change(folder, monkeypatch, settings, tmp_path):
    base = tmp_path / "site"
    (base / "templates").mkdir(parents=True)
    settings.BASE_DIR, passed = base, iter(range(60))
    monkeypatch.setattr(write_snapshots, "WATCH_SECONDS", 0)
    monkeypatch.setattr(export, "write", lambda *_: export.Export(is_fit=False))

    def sleep(_seconds):
        assert next(passed) < 1
        (base / "templates" / "page.html").write_text("a new version")

    monkeypatch.setattr(time, "sleep", sleep)
    call_command("write_snapshots", "--follow")


@pytest.mark.logs_errors
@pytest.mark.parametrize("status", ["500 Internal Server Error", "400 Bad Request"])
def test_site_that_fails_is_asked_again_and_not_fresh(folder, follow, clock, monkeypatch, status):
    site = [refuses(status)]
    monkeypatch.setattr(write_snapshots, "get_wsgi_application", lambda: lambda *call: site[-1](*call))
    monkeypatch.setattr(write_snapshots, "FIRST_PAUSE", 0)
    follow()
    clock(minutes=1)
    assert not heartbeat.is_fresh()
    site.append(get_wsgi_application())
    follow()
    assert heartbeat.is_fresh()
    assert (folder / "kept" / "id" / "darurat" / "index.html").exists()


def refuses(status):
    """A site that answers every request with ``status``."""

    def application(environ, start_response):
        start_response(status, [])
        return [b""]

    return application


@pytest.mark.logs_errors
def test_site_that_fails_is_left_alone_for_a_while(folder, follow, monkeypatch):
    asked = []
    monkeypatch.setattr(export, "write", lambda *_: asked.append(1) or export.Export(failed=["/id/"], is_fit=False))
    follow(times=5)
    assert asked == [1]
    follow(times=2, between=cache_version.bump)  # what was published meanwhile is not left waiting
    assert asked == [1, 1, 1]


def test_follower_may_take_a_moment_to_see_what_was_published(folder, follow):
    follow()
    cache_version.bump()
    assert heartbeat.is_fresh()


@pytest.mark.parametrize("said", ["", "{}", "[]", '{"version": 1, "at": "yesterday"}', '{"version": 1, "at": 5}'])
def test_invalid_stamp_counts_as_missing(folder, said):
    (folder / heartbeat.STAMP_FILE).write_text(said)
    assert not heartbeat.is_fresh()


def test_stamp_from_the_future_is_not_fresh(folder, follow, clock):
    follow()
    clock(hours=-1)
    assert not heartbeat.is_fresh()


def test_second_follower_waits_for_the_first(folder, monkeypatch):
    taken = fcntl.flock
    monkeypatch.setattr(fcntl, "flock", lambda lock, how: taken(lock, how | fcntl.LOCK_NB))
    with heartbeat.exclusive_lock(folder), pytest.raises(BlockingIOError):
        call_command("write_snapshots", "--follow")
    assert not (folder / "kept").exists()


@pytest.mark.slow
def test_dead_follower_is_shown_at_the_desk(folder, follow, clock, client, django_user_model, settings):
    settings.STAFF_SECOND_FACTOR = False
    follow()
    client.force_login(django_user_model.objects.create_superuser("root"))
    assert "write_snapshots --follow" not in client.get(reverse("admin:index")).content.decode()
    clock(seconds=31)
    assert "write_snapshots --follow" in client.get(reverse("admin:index")).content.decode()


UNITS = {
    "snapshots": "manage.py write_snapshots --follow",
    "housekeeping": "manage.py housekeeping --every 60",
    "site": "gunicorn --config deploy/gunicorn.conf.py safetycenter.wsgi",
}


@pytest.mark.parametrize("name", UNITS)
def test_every_unit_is_started_again_for_ever(name):
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.read(settings.BASE_DIR / "deploy" / f"{name}.service")
    assert unit["Service"]["ExecStart"].endswith(UNITS[name])
    assert (unit["Service"]["Restart"], unit["Unit"]["StartLimitIntervalSec"]) == ("always", "0")


@pytest.mark.parametrize("name", ["snapshots", "housekeeping"])
def test_unit_starts_after_the_site_has_set_up(name):
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.read(settings.BASE_DIR / "deploy" / f"{name}.service")
    assert "safetycenter-site.service" in unit["Unit"]["After"].split()


@pytest.mark.slow
def test_page_whose_time_is_over_goes_without_the_database(folder, settings, follow, clock, monkeypatch):
    settings.SNAPSHOT_PATHS = "education.public_pages.paths"
    factory.emergency_set()
    ends, stays = factory.guide(archive_at=timezone.now() + timedelta(hours=1)), factory.guide()
    follow()
    monkeypatch.setattr(cache_version, "current", fails)
    clock(hours=2)
    follow()
    assert not any(folder.rglob(f"*{ends.slug_ind}*"))
    assert any(folder.rglob(f"*{stays.slug_ind}*"))
