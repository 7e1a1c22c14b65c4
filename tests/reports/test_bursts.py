"""Many urgent reports from one network take turns with the others; nobody else is read later for them."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from reports.cases import bursts, queue_keys
from reports.cases.lifecycle import perform
from reports.deadlines import OVERDUE_OFFSET, queue_key
from reports.models import Case
from safetycenter import limits
from safetycenter.models import Hit
from tests.cast import PASSWORD
from tests.reports import tasks
from tests.reports.intake.reporter import Reporter, told

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
LOOK = timedelta(minutes=4)  # what one look takes in the simulation


def key_of(minutes: int, score: int) -> datetime:
    """The key of a P0 case that is due so many minutes after 11:00; it is noon, so the first 60 minutes are late."""
    due_at = NOON + timedelta(minutes=minutes - 60)
    return queue_key(0, due_at, score, overdue=due_at < NOON)


# Cases that wait, late and not: the key of each without turns, and whether it is of a burst.
KEYS = st.lists(st.builds(key_of, st.integers(0, 120), st.integers(0, 60)), unique=True, max_size=40)
WAITING = KEYS.flatmap(
    lambda keys: st.lists(st.booleans(), min_size=len(keys), max_size=len(keys)).map(
        lambda kinds: sorted(zip(keys, kinds, strict=True))
    )
)


def order(waiting: list) -> list:
    """The cases in the order of the queue with turns."""
    others, burst = [key for key, of in waiting if not of], [key for key, of in waiting if of]
    keys = dict(zip(others, bursts.interleaved_keys(others, burst), strict=True))
    return sorted(waiting, key=lambda case: keys.get(case[0], case[0]))


@pytest.mark.safety("H19")
@given(WAITING)
def test_no_other_case_comes_later_for_a_burst(waiting):
    after = order(waiting)
    assert all(after.index(case) <= waiting.index(case) for case in waiting if not case[1])


@pytest.mark.slow
@given(WAITING)
def test_other_cases_keep_their_order(waiting):
    assert [case for case in order(waiting) if not case[1]] == [case for case in waiting if not case[1]]


@given(WAITING)
def test_burst_and_other_cases_alternate(waiting):
    """Two burst cases follow each other only where no other case waits behind them."""
    after = order(waiting)
    for place, (first, second) in enumerate(pairwise(after)):
        if first[1] and second[1]:
            assert all(of for _key, of in after[place + 2 :])


@pytest.mark.slow
@given(WAITING)
def test_burst_case_lets_one_pass_for_each_before_it(waiting):
    after = order(waiting)
    for case in waiting:
        if case[1]:
            before = sum(of for _key, of in waiting[: waiting.index(case)])
            assert after.index(case) - waiting.index(case) <= before


@pytest.mark.slow
@given(WAITING, st.integers(1, 200))
def test_no_promise_is_missed_for_the_turns(waiting, promise):
    """Who would be looked at in the first half of the promise is looked at within it; others as early as before."""
    after = order(waiting)
    for case in waiting:
        plain, now = waiting.index(case) * LOOK, after.index(case) * LOOK
        if plain * 2 <= timedelta(minutes=promise) or (not case[1] and plain <= timedelta(minutes=promise)):
            assert now <= timedelta(minutes=promise)


@pytest.mark.slow
@given(WAITING)
def test_other_cases_wait_for_one_burst_case_each(waiting):
    """However many burst cases are late: with them an other case waits at most twice as long as without them."""
    after = order(waiting)
    for place, case in enumerate(case for case in after if not case[1]):
        assert after.index(case) <= 2 * place + 1


@pytest.mark.slow
@given(WAITING)
def test_nothing_but_turns_passes_a_late_case(waiting):
    """A case that is not late comes before a late one only by its turn: the other is of a burst and not the first."""
    after, late = order(waiting), [case for case in waiting if case[0] < NOON - OVERDUE_OFFSET / 2]
    for case in late:
        passed = [other for other in after[: after.index(case)] if other not in late]
        assert not passed or case[1]
        assert len(passed) <= sum(of for _key, of in after[: after.index(case)])


@pytest.fixture
def arrive(categories, in_demo, remembered):
    """``arrive(address)``: a P0 report from there, filed through the form."""

    def do(address: str = "127.0.0.9") -> Case:
        before = set(Case.objects.values_list("pk", flat=True))
        reporter = Reporter()
        reporter.client = Client(REMOTE_ADDR=address)
        reporter.begin("danger")
        told(reporter).send()
        return Case.objects.exclude(pk__in=before).get()

    return do


@pytest.fixture
def flood(file, arrive):
    """Fifteen urgent reports from one network, the last one filed through the form."""
    filed = [file(safety="danger", network="127.0.0.0/24").case for _number in range(14)]
    return [*filed, arrive("127.0.0.15")]


def kinds() -> str:
    """The queue of P0 as letters: b of a burst, o other."""
    return "".join("b" if case.burst else "o" for case in Case.objects.queued().filter(tier=0))


@pytest.mark.slow
@pytest.mark.django_db
def test_only_what_is_beyond_the_threshold_is_a_burst(flood):
    marked = [case.burst for case in flood]
    assert marked[:5] == [None] * 5
    assert len(set(marked[5:])) == 1
    assert marked[5]


@pytest.mark.slow
@pytest.mark.safety("H19")
@pytest.mark.django_db
def test_every_report_of_a_flood_is_received(arrive):
    for number in range(15):
        arrive(f"127.0.0.{number + 1}")
    assert Case.objects.filter(tier=0, state="received").count() == 15


@pytest.mark.django_db
def test_reports_after_a_flood_take_turns_with_it(flood, arrive):
    for number in range(3):
        arrive(f"127.0.{number + 1}.1")
    tasks.run("overdue", "burst turns given")
    assert kinds() == "ooooo" + "bobobo" + "b" * 7


@pytest.mark.slow
@pytest.mark.django_db
def test_another_network_is_not_marked(flood, arrive):
    assert arrive("127.0.1.1").burst is None


@pytest.mark.slow
@pytest.mark.django_db
def test_burst_id_is_cleared_by_a_review(flood, moderator):
    case = perform(flood[-1], "claim", by=moderator)
    assert case.burst is None


@pytest.mark.slow
@pytest.mark.django_db
def test_burst_id_is_cleared_after_a_day(flood, clock):
    clock(hours=24)
    tasks.run("overdue", "burst turns given")
    assert not Case.objects.filter(burst__isnull=False).exists()


@pytest.mark.slow
@pytest.mark.django_db
def test_queue_place_is_kept_after_the_burst(flood, arrive, moderator):
    case = arrive("127.0.1.1")
    tasks.run("overdue", "burst turns given")
    won = Case.objects.get(pk=case.pk).queue_key_at
    assert won < case.queue_key_at
    for case_of_burst in flood[5:]:
        perform(case_of_burst, "claim", by=moderator)
    tasks.run("overdue", "burst turns given")
    case.refresh_from_db()
    assert case.queue_key_at == won


@pytest.mark.slow
@pytest.mark.django_db
def test_without_a_burst_no_case_gets_another_place(flood, arrive, moderator):
    for case in flood[5:]:
        perform(case, "claim", by=moderator)
    arrive("127.0.1.1")
    tasks.run("overdue", "burst turns given")
    assert not Case.objects.waiting_for(moderator).filter(keeps_place=True).exists()
    assert all(case.queue_key_at == queue_keys.key_of(case) for case in Case.objects.all())


@pytest.mark.slow
@pytest.mark.django_db
def test_late_burst_cases_are_overdue_and_take_turns(flood, arrive, clock):
    for number in range(3):
        arrive(f"127.0.{number + 1}.1")
    clock(minutes=61)
    tasks.run("overdue", "burst turns given")
    assert kinds() == "ooooo" + "bobobo" + "b" * 7
    assert Case.objects.filter(overdue=True, promised_again_at__isnull=False).count() == 18


@pytest.mark.slow
@pytest.mark.django_db
def test_late_burst_cases_come_before_burst_cases_in_time(flood, arrive, clock):
    clock(minutes=59)
    [arrive() for _number in range(6)]
    clock(minutes=2)
    tasks.run("overdue", "burst turns given")
    late = [case.overdue for case in Case.objects.queued()]
    assert late == sorted(late, reverse=True) == [True] * 15 + [False] * 6


@pytest.mark.slow
@pytest.mark.django_db
def test_late_burst_cases_do_not_all_come_before_a_new_case(flood, arrive, clock):
    clock(minutes=61)
    arrive("127.0.1.1")
    tasks.run("overdue", "burst turns given")
    assert kinds() == "ooooo" + "bo" + "b" * 9


@pytest.mark.slow
@pytest.mark.django_db
def test_burst_id_is_random(flood):
    first = flood[-1].burst
    Hit.objects.all().delete()
    limits.P0_BURST.hit("127.0.0.0/24", 6)
    assert limits.P0_BURST.token("127.0.0.0/24") != first


@pytest.mark.slow
@pytest.mark.django_db
def test_desk_sees_that_many_came_from_one_network(flood, client, moderator):
    client.login(username=moderator.username, password=PASSWORD)
    page = client.get(reverse("admin:reports_case_changelist")).content.decode()
    assert page.count("dari satu jaringan") == 10
