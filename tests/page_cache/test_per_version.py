"""Values kept for a cache version: read once, made again after every change, never from a change that was undone."""

import runpy
import threading
from unittest.mock import Mock

import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from safetycenter.models import CacheVersion
from safetycenter.page_cache import cache_version
from safetycenter.page_cache.per_version import per_version, warm_up

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
WARM_UPS = "safetycenter.page_cache.per_version._warm_ups"


@pytest.fixture
def content():
    """Content that changes under the test's hand, and the function that reads it."""
    content = {"id": 1}
    content["read"] = per_version(lambda name: content[name])
    return content


def test_value_is_kept_until_the_version_changes(content):
    assert content["read"]("id") == 1
    content["id"] = 2
    assert content["read"]("id") == 1
    cache_version.bump()
    assert content["read"]("id") == 2


def test_value_follows_a_version_raised_by_another_process(content):
    content["read"]("id")
    content["id"] = 2
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {CacheVersion._meta.db_table} SET number = number + 1")
    assert content["read"]("id") == 2


def test_each_argument_has_its_own_value(content):
    content["en"] = 5
    assert [content["read"](name) for name in ("id", "en", "id")] == [1, 5, 1]


def test_batch_neither_reuses_nor_keeps_a_value(content):
    content["read"]("id")
    with cache_version.batch():
        content["id"] = 2
        assert content["read"]("id") == 2
    assert content["read"]("id") == 1


def test_value_of_a_rolled_back_version_is_never_used(content):
    before = cache_version.current()
    with transaction.atomic():
        cache_version.bump()
        content["id"] = 2
        assert content["read"]("id") == 2
        transaction.set_rollback(True)
    content["id"] = 3
    cache_version.bump()
    assert cache_version.current() == before + 1
    assert content["read"]("id") == 3


def test_error_is_not_kept(content):
    with pytest.raises(KeyError):
        content["read"]("en")
    content["en"] = 5
    assert content["read"]("en") == 5


def test_request_reads_the_version_once(content):
    content["en"] = 5
    cache_version.current()
    with CaptureQueriesContext(connection) as queries, cache_version.one_request():
        content["read"]("id")
        content["read"]("en")
    assert len(queries) == 1


def test_request_that_raises_the_version_reads_it_again(content):
    with cache_version.one_request():
        content["read"]("id")
        content["id"] = 2
        cache_version.bump()
        assert content["read"]("id") == 2


def test_worker_reads_before_the_first_visitor(monkeypatch):
    called = threading.Event()
    monkeypatch.setattr(WARM_UPS, [called.set])
    runpy.run_path(f"{settings.BASE_DIR}/deploy/gunicorn.conf.py")["post_worker_init"](None)
    assert called.wait(5)


def test_worker_starts_without_a_database(monkeypatch, caplog):
    monkeypatch.setattr(WARM_UPS, [Mock(side_effect=OperationalError)])
    warm_up()
    assert "nothing was read" in caplog.text
