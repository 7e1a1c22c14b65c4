"""A day at the desk with reports of every tier at 0.9 of what one person can look at, and a flood of urgent ones.

Reports arrive at random, housekeeping runs before each look, and the queue is the real one. Its order is strict between
tiers: without this load, urgent cases leave no time for the others.
"""

import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations
from typing import NamedTuple

import pytest

from reports.cases.bursts import interleave_bursts
from reports.cases.lifecycle import NotAllowed
from reports.deadlines import FIRST_REVIEW, POINTS_PER_PERIOD
from reports.models import Case
from reports.scheduled_tasks import mark_overdue
from reports.triage.taking import claim_most_urgent
from tests.database import undone
from tests.reports.actions import resolve

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.xdist_group("day")]  # played once
NETWORK = "127.0.0.0/24"
LOOK, LENGTH, LOAD = timedelta(minutes=4), timedelta(hours=14), 0.9
FLOOD_AT, FLOOD = timedelta(hours=5), 15  # urgent reports from one network, one a minute
ADULT = {"age": "adult"}
ANSWERS = {  # two kinds of report of each tier
    0: [{"safety": "danger"}, {"safety": "danger", "still_going": "yes", "helper": "no"}],
    1: [{"category": "scam", "money_sent": "yes_24h"}, {"category": "scam", "safety": "unsure", "helper": "no"}],
    2: [{"category": "cyberbullying", "how_often": "daily"}, {"category": "scam", "money_sent": "yes_week"}],
    3: [{"category": "scam", "money_sent": "no"}, {"category": "scam", "money_sent": "no", "helper": "no"}],
    4: [{"category": "scam", "about": "public_post"}, {"category": "gambling_dangerous", "about": "public_post"}],
}
# Shares of the tiers in percent: an ordinary day, and one on which P0 and P1 are 0.6 of what a person can look at.
MIXES = {"ordinary": (8, 20, 36, 28, 8), "urgent": (20, 47, 15, 12, 6)}


class Look(NamedTuple):
    """A case when it was looked at, and what it was in the queue."""

    case: Case
    was_burst: bool
    bursts_waited: int  # burst cases looked at since it arrived
    others_waited: int  # other cases of its tier looked at since it arrived

    @property
    def waited(self) -> timedelta:
        return self.case.seen_at - self.case.received_at


class Day:
    """The reports that will arrive, and a person who looks at one after the other until none waits."""

    def __init__(self, file, user, clock, shares: tuple):
        dice = random.Random(1)
        self.file, self.user, self.clock, self.now = file, user, clock, timedelta(0)
        coming = [*ordinary(dice, shares), *((FLOOD_AT + LOOK / 4 * n, NETWORK, ANSWERS[0][0]) for n in range(FLOOD))]
        self.coming = sorted(coming, key=lambda arrival: arrival[0])
        self.looks: list[Look] = []

    def play(self) -> list[Look]:
        """Return the looks in their order."""
        while self.coming or Case.objects.queued().free().exists():
            mark_overdue()
            interleave_bursts()
            self.pass_time(LOOK if self.look() else self.coming[0][0] - self.now)
        return self.looks

    def look(self) -> bool:
        """Take the most urgent case and be done with it; return whether there is one."""
        bursts = set(Case.objects.filter(burst__isnull=False).values_list("pk", flat=True))
        try:
            case = claim_most_urgent(self.user)
        except NotAllowed:
            return False
        since = [one for one in self.looks if one.case.seen_at >= case.received_at and one.case.tier == case.tier]
        passed = sum(one.was_burst for one in since)
        self.looks.append(Look(case, case.pk in bursts, passed, len(since) - passed))
        resolve(case, self.user, "resolve_without_message", reason="Simulasi.")
        return True

    def pass_time(self, length: timedelta) -> None:
        """Let time pass; each report arrives at its time."""
        end = self.now + length
        while self.coming and self.coming[0][0] <= end:
            at, network, answers = self.coming.pop(0)
            self.wait(at)
            self.file(network=network, **ADULT, **answers)
        self.wait(end)

    def wait(self, until: timedelta) -> None:
        self.clock(seconds=(until - self.now).total_seconds())
        self.now = until


def ordinary(dice: random.Random, shares: tuple) -> Iterator[tuple]:
    """Time, network and answers of each report outside the flood."""
    at = timedelta(0)
    while (at := at + LOOK / LOAD * dice.expovariate(1)) < LENGTH:
        (tier,) = dice.choices(range(5), shares)
        yield at, "", ANSWERS[tier][dice.random() < 0.3]


_looks: dict[str, list[Look]] = {}


@pytest.fixture(params=MIXES)
def looks(request, file, moderator, clock) -> list[Look]:
    """The looks of a day, which is simulated once."""
    if request.param not in _looks:
        with undone():
            _looks[request.param] = Day(file, moderator, clock, MIXES[request.param]).play()
    return _looks[request.param]


def test_load_has_reports_of_every_tier_and_a_flood(looks):
    assert {look.case.tier for look in looks} == set(ANSWERS)
    assert sum(look.was_burst for look in looks) == FLOOD - 5


def test_no_tier_waits_longer_than_promised(looks):
    """Not even for the flood, whose own cases are late."""
    late = [look for look in looks if look.waited > FIRST_REVIEW[look.case.tier]]
    assert [look for look in late if not look.was_burst] == []


def test_flood_passes_nobody_more_than_once_a_turn(looks):
    assert all(look.bursts_waited <= look.others_waited + 1 for look in looks if not look.was_burst)


def test_later_case_overtakes_only_by_points(looks):
    for first, second in combinations([look for look in looks if not look.was_burst], 2):
        if first.case.tier == second.case.tier and first.case.received_at > second.case.received_at:
            period = FIRST_REVIEW[first.case.tier]
            gained = (first.case.received_at - second.case.received_at) / period * POINTS_PER_PERIOD
            assert first.case.score - second.case.score >= gained - 0.01


def test_flood_is_looked_at_as_well(looks):
    assert all(look.waited < timedelta(hours=12) for look in looks if look.was_burst)
