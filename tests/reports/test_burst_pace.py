"""Turns between burst and other cases hold at every pace of work, not only in a queue that nobody takes from."""

from datetime import time, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from reports.cases.bursts import interleave_bursts
from reports.cases.lifecycle import perform
from reports.models import Case, StaffedHours
from reports.scheduled_tasks import mark_overdue
from reports.triage.taking import claim_most_urgent
from safetycenter import limits
from tests.database import undone
from tests.reports.actions import resolve

pytestmark = pytest.mark.django_db
NETWORK = "127.0.0.0/24"
FEW = hypothesis(
    max_examples=5,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
POINTS = [{"age": "adult"}, {"age": "adult", "still_going": "yes", "helper": "no"}]
ARRIVALS = st.lists(st.tuples(st.booleans(), st.sampled_from(POINTS)), max_size=3)
# What happens between two runs of housekeeping: reports arrive, minutes pass, cases are taken after the run.
MINUTES = st.lists(st.tuples(ARRIVALS, st.sampled_from([1, 1, 25]), st.integers(0, 3)), min_size=2, max_size=8)
FIRST = st.lists(st.tuples(st.booleans(), st.sampled_from(POINTS)), min_size=3, max_size=9)


class Desk:
    """A queue over time: reports arrive, housekeeping runs, cases are taken, with the kind of each."""

    def __init__(self, file, user, clock):
        self.file, self.user, self.clock = file, user, clock

    def arrive(self, is_burst: bool, answers: dict = POINTS[0]) -> Case:
        """File a P0 report, of the burst or not."""
        self.clock(seconds=2)
        limits.P0_BURST.hit(NETWORK, 6)  # its own hour may have ended since the last one
        case = self.file(safety="danger", network=NETWORK if is_burst else "", **answers).case
        assert bool(case.burst) == is_burst
        return case

    def housekeeping(self, minutes: int = 1) -> None:
        """Let time pass and run what housekeeping does to the queue."""
        self.clock(minutes=minutes)
        mark_overdue()
        interleave_bursts()

    def take(self) -> str:
        """Take the most urgent case and finish with it; return ``b``, ``o``, or nothing for an empty queue."""
        first = Case.objects.queued().waiting_for(self.user).first()
        if first is None:
            return ""
        case = claim_most_urgent(self.user)
        assert case == first
        perform(case, "reply", by=self.user, text="Ini hasilnya.")
        resolve(case, self.user)
        return "b" if first.burst else "o"

    def others(self) -> int:
        """How many other cases wait."""
        return Case.objects.queued().waiting_for(self.user).filter(burst=None).count()


@pytest.fixture
def desk(file, moderator, clock) -> Desk:
    return Desk(file, moderator, clock)


def follow(desk: Desk, minutes) -> None:
    """Play ``minutes``; while an other case waits, no two burst cases are taken one after the other."""
    before = ""
    for arrivals, length, takes in minutes:
        before = before if desk.others() else ""  # what was taken while no other case waited does not count
        for is_burst, answers in arrivals:
            desk.arrive(is_burst, answers)
        desk.housekeeping(length)
        for _number in range(takes):
            waited, kind = desk.others(), desk.take()
            assert not (waited and before == kind == "b")
            before = kind if waited else ""


@pytest.mark.slow
@pytest.mark.safety("H19")
@given(FIRST, MINUTES)
@FEW
def test_bursts_interleave_at_any_pace(file, moderator, clock, first, minutes):
    with undone():
        follow(Desk(file, moderator, clock), [(first, 1, 0), *minutes, ([], 1, 30)])


@pytest.mark.slow
@pytest.mark.safety("H19")
@given(st.sampled_from([0, 62, 300]), st.integers(1, 4))
@FEW
def test_flood_lets_every_second_case_pass(file, moderator, clock, minutes_later, pace):
    """Twelve burst cases, late or not, then four others: these are second, fourth, sixth and eighth."""
    with undone():
        desk = Desk(file, moderator, clock)
        [desk.arrive(True) for _number in range(12)]
        desk.housekeeping(minutes_later + 1)
        [desk.arrive(False) for _number in range(4)]
        taken = ""
        while len(taken) < 16:
            desk.housekeeping()
            taken += "".join(desk.take() for _number in range(pace))
        assert taken == "bo" * 4 + "b" * 8


@pytest.fixture
def night(desk):
    """No staffed hour until twelve hours from now: every urgent case is due at the same moment."""
    hour = (timezone.localtime().hour + 12) % 23
    for day in range(7):
        StaffedHours.objects.create(weekday=day, opens=time(hour), closes=time(hour, 59))
    return desk


@pytest.mark.slow
@pytest.mark.parametrize("pace", [1, 2, 3])
def test_turns_hold_where_all_are_due_at_once(night, pace):
    """Who came before the burst stays before it; the four others after it take turns with it."""
    [night.arrive(is_burst) for is_burst in [False] * 2 + [True] * 8 + [False] * 4]
    taken = ""
    while len(taken) < 14:
        night.housekeeping()
        taken += "".join(night.take() for _number in range(pace))
    assert taken == "oo" + "bo" * 4 + "b" * 4
    assert len({*Case.objects.filter(tier=0).values_list("due_at", flat=True)}) == 1


@pytest.mark.slow
def test_late_burst_cases_do_not_pass_a_turn(desk):
    """The next in turn is not late yet when the burst cases behind it become late."""
    [desk.arrive(True) for _number in range(4)]
    desk.housekeeping(30)
    desk.arrive(False)
    desk.housekeeping()
    taken = desk.take()
    desk.housekeeping(40)
    assert Case.objects.filter(overdue=True).count() == 3
    assert taken + desk.take() + desk.take() == "bob"


@pytest.mark.slow
def test_new_burst_cases_do_not_pass_a_turn(desk):
    """The next in turn comes before a burst case that arrives afterwards with more points."""
    [desk.arrive(True) for _number in range(4)]
    desk.arrive(False)
    desk.housekeeping()
    taken = desk.take()
    urgent = desk.arrive(True, POINTS[1])
    desk.housekeeping()
    assert taken + desk.take() == "bo"
    assert Case.objects.queued().first() == urgent


def test_queue_place_is_kept_after_release(desk, moderator):
    [desk.arrive(True) for _number in range(4)]
    other = desk.arrive(False)
    desk.housekeeping()
    other.refresh_from_db()
    won = other.queue_key_at
    assert other.keeps_place
    perform(perform(other, "claim", by=moderator), "release", by=moderator)
    other.refresh_from_db()
    assert other.queue_key_at == won


@pytest.mark.slow
def test_answer_clears_the_queue_place(desk, moderator):
    [desk.arrive(True) for _number in range(4)]
    other = desk.arrive(False)
    desk.housekeeping()
    case = perform(perform(other, "claim", by=moderator), "reply", by=moderator, text="Ini hasilnya.")
    assert not case.keeps_place


@pytest.mark.slow
def test_nobody_who_waits_for_a_turn_is_late_for_a_flood(desk):
    """One look a minute, and forty burst cases: the last of ten others is read within its promise."""
    [desk.arrive(True) for _number in range(40)]
    others = [desk.arrive(False) for _number in range(10)]
    for _minute in range(20):
        desk.housekeeping()
        desk.take()
    seen = Case.objects.filter(pk__in=[case.pk for case in others], seen_at__isnull=False)
    assert all(case.seen_at - case.received_at < timedelta(minutes=25) for case in seen)
    assert seen.count() == 10
