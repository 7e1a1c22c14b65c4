"""The pages become stale with every change of what readers see, and at the next moment at which time changes them."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from education import scheduled_changes
from education.models import Revision
from safetycenter.page_cache import cache_version

from . import factory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NOW = datetime(2026, 11, 24, 5, tzinfo=timezone.get_default_timezone())


def test_next_change_is_none_without_schedule():
    factory.guide()
    assert scheduled_changes.next_change(NOW) is None


@pytest.mark.safety("K2")
@pytest.mark.parametrize("field", ["publish_at", "archive_at"])
def test_next_change_ignores_past_times(field):
    soon, later = NOW + timedelta(hours=2), NOW + timedelta(days=9)
    for moment in (later, soon, NOW - timedelta(hours=1)):
        factory.news(**{field: moment})
    assert scheduled_changes.next_change(NOW) == soon


def test_review_is_overdue_from_the_morning_after():
    guide = factory.guide(review_due=date(2026, 11, 24))
    assert scheduled_changes.next_change(NOW) == datetime(2026, 11, 25, tzinfo=NOW.tzinfo)
    assert guide.review_overdue is (timezone.localdate() > date(2026, 11, 24))


def test_check_is_old_from_the_91st_day():
    factory.helpline("a", "1", verified_on=date(2026, 11, 1))
    factory.helpline("b", "1", verified_on=date(2026, 1, 1))
    assert scheduled_changes.next_change(NOW) == datetime(2027, 1, 31, tzinfo=NOW.tzinfo)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("change", ["save", "delete", "audiences", "source", "channel"])
def test_every_change_makes_the_pages_stale(change):
    guide, audience, line = factory.guide(), factory.audience(), factory.helpline("a", "1")
    before = cache_version.current()
    {
        "save": guide.save,
        "delete": guide.delete,
        "audiences": lambda: guide.audiences.add(audience),
        "source": lambda: guide.sources.create(url="https://example.org", publisher="x"),
        "channel": lambda: line.channels.first().save(),
    }[change]()
    assert cache_version.current() > before


def test_what_readers_do_not_see_leaves_the_pages_as_they_are():
    guide = factory.guide()
    before = cache_version.current()
    Revision.objects.record(guide, by=None)
    assert cache_version.current() == before


def test_batched_changes_raise_one_version():
    factory.guide()
    before = cache_version.current()
    with cache_version.batch():
        factory.guide()
        factory.guide()
    assert cache_version.current() == before + 1
    with cache_version.batch():
        pass
    assert cache_version.current() == before + 1


def test_reader_sees_a_change_at_once(reader, there):
    guide = factory.guide(title_ind="Judul lama", slug_ind="judul")
    assert b"Judul lama" in reader.get(there("education:guide", "judul")).body
    guide.title_ind = "Judul baru"
    guide.save()
    assert b"Judul baru" in reader.get(there("education:guide", "judul")).body


def test_cached_page_needs_one_cache_version_query(reader, there, django_assert_num_queries):
    factory.guide(slug_ind="judul")
    first = reader.get(there("education:guide", "judul"))
    with django_assert_num_queries(1):
        assert reader.get(there("education:guide", "judul")).body == first.body
