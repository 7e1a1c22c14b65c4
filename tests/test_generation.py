"""The generation: every change of the pages, by an editor or by time, is one step."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from safetycenter import generation
from safetycenter.models import Generation

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def only_this_timetable(monkeypatch):
    """Registers a timetable in place of those of the apps."""

    def register(timetable):
        monkeypatch.setattr(generation, "_timetables", [])
        generation.register_timetable(timetable)

    return register


def test_a_publish_is_one_step():
    before = generation.current()
    generation.publish()
    assert generation.current() == before + 1


def test_nested_batches_raise_it_once_at_the_outermost_end():
    before = generation.current()
    with generation.batch():
        with generation.batch():
            generation.publish()
        generation.publish()
        assert generation.current() == before
    assert generation.current() == before + 1


def test_a_failed_inner_batch_raises_nothing():
    @generation.batch()
    def fail():
        generation.publish()
        raise LookupError

    before = generation.current()
    with generation.batch(), pytest.raises(LookupError):
        fail()
    assert generation.current() == before


def test_one_query_while_nothing_changes(django_assert_num_queries):
    generation.current()
    with django_assert_num_queries(1):
        generation.current()


def test_one_moment_after_the_other_is_reached(monkeypatch, only_this_timetable):
    start = timezone.now()
    moments = [start + HOUR, start + 2 * HOUR]
    only_this_timetable(lambda: next((moment for moment in moments if moment > timezone.now()), None))
    generation.publish()
    first = generation.current()
    steps = []
    for hours in (0.5, 1.5, 1.6, 2.5, 3.5):
        monkeypatch.setattr(timezone, "now", lambda hours=hours: start + hours * HOUR)
        steps.append(generation.current() - first)
    assert steps == [0, 1, 1, 2, 2]


def test_a_moment_that_is_past_does_not_raise_it_again_and_again(only_this_timetable):
    only_this_timetable(lambda: timezone.now() - HOUR)
    generation.publish()
    assert generation.current() == generation.current()


def test_the_first_of_several_moments_counts(only_this_timetable):
    soon, later = timezone.now() + HOUR, timezone.now() + 2 * HOUR
    only_this_timetable(lambda: later)
    generation.publish(soon)
    assert Generation.objects.get().next_change_at == soon


@pytest.mark.django_db(transaction=True)
def test_many_who_reach_a_moment_together_make_one_step(only_this_timetable):
    only_this_timetable(lambda: None)
    generation.publish()
    number = generation.current()
    Generation.objects.update(next_change_at=timezone.now() - HOUR)

    def ask(_):
        try:
            return generation.current()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(20) as pool:
        assert set(pool.map(ask, range(20))) == {number + 1}
