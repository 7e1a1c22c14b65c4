"""Fixtures for all tests: an empty page cache, a reader, a database that can be emptied, a browser."""

import gc
import os
import sys
from collections import Counter

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.test import RequestFactory, TransactionTestCase
from django.utils import translation

from safetycenter import limits, memory, schema
from safetycenter.page_cache import cache_version, middleware, per_version
from safetycenter.page_cache.middleware import CacheVersionPoll, PageCacheMiddleware
from tests import pristine, shared_site

pytest_plugins = ["tests.strict", "tests.skips", "tests.browser", "tests.cast"]
pytest.register_assert_rewrite("tests.browser")


USE_THE_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}


COLLECTED = pytest.StashKey[list]()  # every test of this run before any is deselected


def pytest_collection_modifyitems(config, items):
    """Mark what needs the browser and what is slow; on PostgreSQL, keep only the tests that can differ there."""
    config.stash[COLLECTED] = list(items)
    for item in items:
        if "browser" in item.fixturenames:
            item.add_marker("browser")
        if waits_for_processes(item):
            item.add_marker(pytest.mark.flaky(reruns=1))
    mark_unsampled(items)
    if connection.vendor == "postgresql":
        left_out = [item for item in items if not differs_by_database(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if differs_by_database(item)]


def pytest_collection_finish():
    """Leave what is loaded by now, Django and all tests, out of every garbage collection, and collect rarely.

    The second saves one eighth of the processor time of tests that open pages.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)


def mark_unsampled(items) -> None:
    """Say which combinations of a test marked ``sampled(step)`` run where.

    Every ``step``-th is in ``make test``, of the others every third in ``make test-slow`` and the rest in
    ``make test-exhaustive``. Of a slow test every ``step``-th is in ``make test-slow`` and the rest in the last one.
    A combination whose id is in ``never_last`` is never in the last one.
    """
    count = Counter()
    for item in items:
        if sampled := item.get_closest_marker("sampled"):
            test = (item.path, item.cls, item.originalname)
            taken, left = divmod(count[test], sampled.args[0])
            others = count[test] - taken - 1  # combinations before this one that were not taken
            count[test] += 1
            if left:
                may_be_last = item.callspec.id not in sampled.kwargs.get("never_last", ())
                if may_be_last and (item.get_closest_marker("slow") or others % 3):
                    item.add_marker("exhaustive")
                item.add_marker("slow")


def waits_for_processes(item) -> bool:
    """Return whether a test waits for a browser or for servers, which a busy machine can stop for seconds.

    Such a test runs once more before it fails, and the last lines of the run name it. All others run once.
    """
    return any(item.get_closest_marker(mark) for mark in ("browser", "processes"))


def differs_by_database(item) -> bool:
    """Return whether a test uses the database. Of journeys in the browser and slow tests, only those with a mark count.

    The rest runs once, on SQLite: the same Python and the same browser give the same answer on both databases, and a
    slow test is a second look at what another test holds, which runs on both.
    """
    if item.get_closest_marker("browser"):
        return item.get_closest_marker("smoke") is not None
    if item.get_closest_marker("slow") and not item.get_closest_marker("both_databases"):
        return False
    return uses_database(item)


def uses_database(item) -> bool:
    """Return whether pytest-django lets a test use the database."""
    return bool(item.get_closest_marker("django_db") or USE_THE_DATABASE & set(item.fixturenames))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Empty the site that the reading journeys share before another test that uses the database."""
    if "shared_server" not in item.fixturenames and uses_database(item):
        shared_site.empty()


def pytest_runtest_logreport(report):
    """Name what failed at once, and why the first try of a test that runs twice did: no summary tells either."""
    if os.environ.get("PYTEST_XDIST_WORKER"):
        return
    if report.failed:
        print(f"\nFAILED {report.nodeid}", file=sys.__stderr__, flush=True)
    elif report.outcome == "rerun":
        print(f"\nRERUN {report.nodeid}\n{report.longreprtext[-3000:]}", file=sys.__stderr__, flush=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Note every migration as applied where the tables were made from the models (tests/settings.py).

    Keep the database as it is then: a test with real transactions puts it back at its end.
    """
    with django_db_blocker.unblock():
        if not connection.settings_dict["TEST"].get("MIGRATE", True):
            recorder = MigrationRecorder(connection)
            recorder.ensure_schema()
            for app, name in schema.known():
                recorder.record_applied(app, name)
            assert connection.features.supports_json_field  # asks the database once; no test shall count that query
        pristine.remember()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: pristine.put_back())
        yield


# With DEBUG, which tests of the demo set, Django would note each statement, and ask SQLite once more for its text.
BaseDatabaseWrapper.queries_logged = property(lambda database: database.force_debug_cursor)


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    """Reset cached pages, timetables and language between tests. Nothing is cached for seconds."""
    monkeypatch.setattr(memory, "CACHE_SECONDS", 0)
    # Limits count by a key of the day: a test that runs, or moves its clock, over midnight would count again.
    monkeypatch.setattr(limits, "_today", lambda: "2018-12-18")
    memory.clear()
    per_version.clear()
    translation.deactivate()  # a test's visitor leaves theirs behind
    monkeypatch.setattr(cache_version, "_timetables", list(cache_version._timetables))
    yield
    if wsgi := sys.modules.get("safetycenter.wsgi"):
        wsgi.application.store.clear()


class Reader:
    """Asks the whole application, published pages first, as a web server would."""

    def __init__(self, application=None, **options):
        self.pages = PageCacheMiddleware(application or WSGIHandler(), **options)

    def get(self, address: str, method: str = "GET", **headers):
        """The answer with ``status``, ``headers`` (a dict) and ``body``; headers as ``Accept_Encoding="br"``."""
        environ = (
            RequestFactory()
            .generic(method, address, headers={k.replace("_", "-"): v for k, v in headers.items()})
            .environ
        )
        return Answer.of(self.pages, environ)


class Answer:
    """Return what a web server would send."""

    @classmethod
    def of(cls, application, environ) -> "Answer":
        """The answer of ``application``."""
        answer = cls()
        parts = application(environ, answer._begin)
        answer.body = b"".join(parts)
        if close := getattr(parts, "close", None):
            close()
        return answer

    def _begin(self, status, headers, exc_info=None):
        self.status = int(status.split()[0])
        self.headers = dict(headers)


@pytest.fixture
def new_reader(monkeypatch):
    """Makes readers with other options of ``PageCacheMiddleware``."""
    # A web server's request ends by closing connections, which would end the transaction of the test.
    monkeypatch.setattr(middleware, "close_old_connections", lambda: None)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Reader
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def reader(new_reader) -> Reader:
    """A reader of a site that has kept nothing yet; the generation is asked at every request."""
    return new_reader(poll=CacheVersionPoll(cache_version.versions, every=0))
