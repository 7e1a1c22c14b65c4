"""The version: every change of the pages, by an editor or by time, is one step."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from safetycenter.models import CacheVersion
from safetycenter.page_cache import cache_version
from safetycenter.page_cache.versions import MOST_GROUPS, Versions

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


def narrow(*groups: str) -> None:
    """Publish something that touches the pages of ``groups`` only."""
    with cache_version.batch():
        for group in groups:
            cache_version.bump(group=group)
            cache_version.touches_only(group)


def touched_since(before: Versions) -> dict[str, bool]:
    """Whether each of four pages was touched since ``before``, by the groups that it belongs to."""
    now = cache_version.versions()
    pages = {"lists": None, "helplines": (), "one": ("guide:1",), "two": ("guide:2",)}
    return {name: now.of(groups) > before.of(groups) for name, groups in pages.items()}


ALL = {"lists": True, "helplines": True, "one": True, "two": True}
ONE = ALL | {"helplines": False, "two": False}


def test_narrow_publication_touches_its_group_and_lists():
    before = cache_version.versions()
    narrow("guide:1")
    assert touched_since(before) == ONE
    assert cache_version.current() == before.number + 1
    later = cache_version.versions()
    narrow("guide:2")
    assert touched_since(later) == ALL | {"helplines": False, "one": False}
    assert touched_since(before) == ALL | {"helplines": False}


def test_narrow_publication_touches_the_other_groups_that_it_names():
    before = cache_version.versions()
    with cache_version.batch(), cache_version.batch():
        cache_version.bump(group="guide:1")
        cache_version.touches_only("guide:1", "guide:2")
    assert touched_since(before) == ALL | {"helplines": False}


def test_change_without_a_statement_touches_every_page():
    before = cache_version.versions()
    cache_version.bump(group="guide:1")
    assert touched_since(before) == ALL
    before = cache_version.versions()
    with cache_version.batch():
        cache_version.bump(group="guide:1")
        cache_version.bump(group="guide:2")
        cache_version.touches_only("guide:1")
    assert touched_since(before) == ALL


def test_statement_of_an_inner_batch_does_not_count_outside():
    before = cache_version.versions()
    with cache_version.batch():
        narrow("guide:1")
        cache_version.bump(group="guide:1")
    assert touched_since(before) == ALL
    before = cache_version.versions()
    with cache_version.batch():
        narrow("guide:1")
    assert touched_since(before) == ONE


@pytest.mark.safety("K2")
def test_wide_change_between_narrow_ones_is_remembered():
    before = cache_version.versions()
    narrow("guide:1")
    cache_version.bump()
    narrow("guide:1")
    assert touched_since(before) == ALL


@pytest.mark.safety("K2")
def test_change_with_a_moment_touches_every_page():
    before = cache_version.versions()
    with cache_version.batch():
        cache_version.bump(timezone.now() + HOUR, group="guide:1")
        cache_version.touches_only("guide:1")
    assert touched_since(before) == ALL


@pytest.mark.safety("K2")
def test_moment_that_nobody_has_seen_yet_is_not_lost(only_this_timetable):
    only_this_timetable(lambda: None)
    before = cache_version.versions()
    CacheVersion.objects.update(next_change_at=timezone.now())
    narrow("guide:1")
    assert touched_since(before) == ALL


@pytest.mark.safety("K2")
def test_publication_by_a_node_of_an_older_release_touches_every_page():
    narrow("guide:2")
    before = cache_version.versions()
    CacheVersion.objects.update(number=before.number + 1)  # it does not know the column
    assert touched_since(before) == ALL
    narrow("guide:1")
    assert touched_since(before) == ALL


def test_very_many_groups_touch_every_page():
    before = cache_version.versions()
    narrow(*(f"guide:{number}" for number in range(MOST_GROUPS + 1)))
    assert touched_since(before) == ALL


def test_versions_need_one_query(django_assert_num_queries):
    narrow("guide:1")
    with django_assert_num_queries(1):
        cache_version.versions()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_concurrent_narrow_publications_are_all_remembered(only_this_timetable):
    only_this_timetable(lambda: None)
    cache_version.bump()
    before = cache_version.versions()

    def publish(number):
        try:
            narrow(f"guide:{number}")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(publish, range(10)))
    now = cache_version.versions()
    assert (now.number, now.everything) == (before.number + 10, before.number)
    assert set(now.groups) == {f"guide:{number}" for number in range(10)}
