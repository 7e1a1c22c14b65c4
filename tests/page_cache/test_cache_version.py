"""The version: every change of the pages, by an editor or by time, is one step."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from safetycenter.models import CacheVersion
from safetycenter.page_cache import cache_version

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
HOUR = timedelta(hours=1)


@pytest.fixture
def only_this_timetable(monkeypatch):
    """Registers a timetable in place of those of the apps."""

    def register(timetable):
        monkeypatch.setattr(cache_version, "_timetables", [])
        cache_version.register_expiry(timetable)

    return register


def test_publish_raises_the_version_by_one():
    before = cache_version.current()
    cache_version.bump()
    assert cache_version.current() == before + 1


def test_nested_batches_raise_it_once_at_the_outermost_end():
    before = cache_version.current()
    with cache_version.batch():
        with cache_version.batch():
            cache_version.bump()
        cache_version.bump()
        assert cache_version.current() == before
    assert cache_version.current() == before + 1


def test_failed_inner_batch_raises_nothing():
    @cache_version.batch()
    def fail():
        cache_version.bump()
        raise LookupError

    before = cache_version.current()
    with cache_version.batch(), pytest.raises(LookupError):
        fail()
    assert cache_version.current() == before


def test_one_query_while_nothing_changes(django_assert_num_queries):
    cache_version.current()
    with django_assert_num_queries(1):
        cache_version.current()


def test_scheduled_changes_raise_the_version_in_order(monkeypatch, only_this_timetable):
    start = timezone.now()
    moments = [start + HOUR, start + 2 * HOUR]
    only_this_timetable(lambda: next((moment for moment in moments if moment > timezone.now()), None))
    cache_version.bump()
    first = cache_version.current()
    steps = []
    for hours in (0.5, 1.5, 1.6, 2.5, 3.5):
        monkeypatch.setattr(timezone, "now", lambda hours=hours: start + hours * HOUR)
        steps.append(cache_version.current() - first)
    assert steps == [0, 1, 1, 2, 2]


def test_moment_that_is_past_does_not_raise_it_again_and_again(only_this_timetable):
    only_this_timetable(lambda: timezone.now() - HOUR)
    cache_version.bump()
    assert cache_version.current() == cache_version.current()


def test_first_of_several_moments_counts(only_this_timetable):
    soon, later = timezone.now() + HOUR, timezone.now() + 2 * HOUR
    only_this_timetable(lambda: later)
    cache_version.bump(soon)
    assert CacheVersion.objects.get().next_change_at == soon


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_concurrent_scheduled_changes_raise_one_version(only_this_timetable):
    only_this_timetable(lambda: None)
    cache_version.bump()
    number = cache_version.current()
    CacheVersion.objects.update(next_change_at=timezone.now() - HOUR)

    def ask(_):
        try:
            return cache_version.current()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(20) as pool:
        assert set(pool.map(ask, range(20))) == {number + 1}
