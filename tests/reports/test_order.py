"""The order of the queue as a promise: overtaking inside a tier is bounded, and nothing passes what is overdue."""

from datetime import timedelta
from itertools import combinations

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from reports.cases.bursts import interleave_bursts
from reports.deadlines import FIRST_REVIEW, POINTS_PER_PERIOD
from reports.models import Case
from reports.scheduled_tasks import mark_overdue
from safetycenter import limits
from tests.database import undone
from tests.reports.triage.desk_pages import in_order

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NOW = timezone.now
ANSWERS = st.fixed_dictionaries(
    {
        "category": st.sampled_from(["cyberbullying", "scam", "threats_stalking"]),
        "age": st.sampled_from(["16_17", "adult"]),
    },
    optional={
        "still_going": st.sampled_from(["yes", "no", "unknown"]),
        "relation": st.sampled_from(["known", "online_only"]),
        "helper": st.sampled_from(["yes", "no"]),
    },
)
FEW = hypothesis(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
ARRIVALS = st.lists(st.tuples(ANSWERS, st.integers(0, 40)), min_size=2, max_size=4)
# P0 cases: whether each is of a burst, and how many minutes after the one before it arrives.
MIXED = st.lists(st.tuples(st.booleans(), st.sampled_from([1, 5, 40])), min_size=4, max_size=8)


def may_stand_before(first: Case, second: Case) -> bool:
    """A graver tier; what is overdue; more points than the other has gained by waiting longer."""
    if first.tier != second.tier:
        return first.tier < second.tier
    if first.overdue != second.overdue:
        return first.overdue
    gained = (first.received_at - second.received_at) / FIRST_REVIEW[first.tier] * POINTS_PER_PERIOD
    return first.score - second.score >= gained - 0.01


@pytest.mark.slow
@given(ARRIVALS, st.integers(0, 100))
@FEW
def test_later_case_overtakes_only_by_more_points_than_wait(
    file, child_safety, client, monkeypatch, in_demo, arrivals, hours_later
):
    clock = NOW()
    with undone(), monkeypatch.context() as patch:
        patch.setattr("django.utils.timezone.now", lambda: clock)
        for answers, hours in arrivals:
            clock += timedelta(hours=hours)
            file(**answers)
        clock += timedelta(hours=hours_later)
        mark_overdue()
        client.force_login(child_safety)
        listed = in_order(client)
    assert all(may_stand_before(first, second) for first, second in combinations(listed, 2))


@pytest.mark.slow
@given(MIXED, st.sampled_from([0, 65]))
@FEW
def test_case_waits_for_one_burst_case_for_each_other(file, child_safety, client, monkeypatch, mixed, minutes_later):
    """Late or not, a case waits for at most one burst case for itself and one for each other case before it."""
    clock = NOW()
    with undone(), monkeypatch.context() as patch:
        patch.setattr("django.utils.timezone.now", lambda: clock)
        limits.P0_BURST.hit("127.0.0.0/24", 6)
        for is_burst, minutes in mixed:
            clock += timedelta(minutes=minutes)
            file(safety="danger", network="127.0.0.0/24" if is_burst else "")
        clock += timedelta(minutes=minutes_later)
        mark_overdue()
        interleave_bursts()
        client.force_login(child_safety)
        listed = in_order(client)
    assert {case.overdue == (case.due_at < clock) for case in listed} == {True}
    for place, case in enumerate(listed):
        bursts_before = sum(bool(other.burst) for other in listed[:place])
        others_before = place - bursts_before
        if case.burst:
            earlier = sum(not other.burst and other.received_at < case.received_at for other in listed)
            assert others_before <= earlier + bursts_before
        else:
            assert bursts_before <= others_before + 1


def test_overdue_case_stays_before_others(file, client, child_safety):
    client.force_login(child_safety)
    old = file(age="adult").case
    Case.objects.update(next_action_at=NOW() - timedelta(minutes=1))
    mark_overdue()
    newer = [file(age="16_17", still_going="yes", relation="known", helper="no").case for _ in range(2)]
    assert {case.tier for case in newer} == {old.tier}
    assert in_order(client)[0] == old
