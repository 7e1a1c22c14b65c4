"""Promises follow the people on duty (H2)."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from reports.models import StaffedHours
from reports.staffing.hours import Roster, after_in_words, in_words

WIB = ZoneInfo("Asia/Jakarta")
MONDAY_22 = datetime(2026, 11, 23, 22, 0, tzinfo=WIB)
MONDAY_10 = datetime(2026, 11, 23, 10, 0, tzinfo=WIB)


def roster(opens=8, closes=17, days=range(5), urgent_only=False) -> Roster:
    return Roster(
        [StaffedHours(weekday=d, opens=time(opens), closes=time(closes), urgent_only=urgent_only) for d in days]
    )


def around_the_clock() -> Roster:
    return Roster([StaffedHours(weekday=d, opens=time(0), closes=time(23, 59)) for d in range(7)])


@pytest.mark.safety("H2")
@pytest.mark.parametrize(
    ("received", "tier", "by"),
    [
        (MONDAY_10, 0, MONDAY_10 + timedelta(hours=1)),
        (MONDAY_22, 0, datetime(2026, 11, 24, 9, 0, tzinfo=WIB)),
        (datetime(2026, 11, 23, 16, 30, tzinfo=WIB), 0, datetime(2026, 11, 24, 8, 30, tzinfo=WIB)),
        (datetime(2026, 11, 27, 22, 0, tzinfo=WIB), 0, datetime(2026, 11, 30, 9, 0, tzinfo=WIB)),
        (MONDAY_10, 2, datetime(2026, 11, 24, 10, 0, tzinfo=WIB)),
        (MONDAY_22, 2, datetime(2026, 11, 25, 8, 0, tzinfo=WIB)),
    ],
)
def test_promise_is_a_time_at_which_someone_is_there(received, tier, by):
    assert roster().promise(tier, received) == by


def test_hours_for_urgent_reports_keep_no_other_promise():
    nights = roster(18, 22, urgent_only=True)
    assert nights.is_staffed(0, datetime(2026, 11, 23, 19, 0, tzinfo=WIB))
    assert not nights.is_staffed(2, datetime(2026, 11, 23, 19, 0, tzinfo=WIB))


def test_continuous_staffing_is_detected():
    assert around_the_clock().is_always_staffed(0, MONDAY_22)
    assert not roster().is_always_staffed(0, MONDAY_22)
    assert around_the_clock().promise(0, MONDAY_22 + timedelta(hours=1, minutes=30)).hour == 0


def test_promise_never_ends_outside_staffed_hours():
    minutes = Roster([StaffedHours(weekday=0, opens=time(8), closes=time(8, 10))])
    assert minutes.promise(0, MONDAY_22) == datetime(2026, 12, 7, 8, 10, tzinfo=WIB)


def test_shifts_that_overlap_count_once():
    twice = Roster([StaffedHours(weekday=0, opens=time(8 + n), closes=time(12 + n)) for n in (0, 2)])
    assert twice.weekly_time(4) == timedelta(hours=6)
    assert next(twice.windows(0, MONDAY_10))[1] == MONDAY_10 + timedelta(hours=4)


def test_weekly_time_counts_each_tier():
    assert roster(urgent_only=True).weekly_time(0) == timedelta(hours=45)
    assert roster(urgent_only=True).weekly_time(4) == timedelta()


def test_time_between_counts_staffed_hours_only():
    assert roster().staffed_between(MONDAY_10, MONDAY_10 + timedelta(days=1)) == timedelta(hours=9)


@pytest.mark.safety("H2", "A6")
@pytest.mark.parametrize(
    ("moment", "language", "told"),
    [
        (MONDAY_22, "en", "22:00\xa0WIB today (23:00\xa0WITA, 00:00\xa0WIT)"),
        (MONDAY_22, "id", "hari ini pukul 22.00\xa0WIB (23.00\xa0WITA, 00.00\xa0WIT)"),
        (datetime(2026, 11, 24, 8, 0, tzinfo=WIB), "en", "08:00\xa0WIB tomorrow (09:00\xa0WITA, 10:00\xa0WIT)"),
        (datetime(2026, 11, 24, 8, 0, tzinfo=WIB), "id", "besok pukul 08.00\xa0WIB (09.00\xa0WITA, 10.00\xa0WIT)"),
        (datetime(2027, 3, 28, 8, 0, tzinfo=WIB), "en", "08:00\xa0WIB on 28 March 2027 (09:00\xa0WITA, 10:00\xa0WIT)"),
        (
            datetime(2027, 3, 28, 8, 0, tzinfo=WIB),
            "id",
            "28 Maret 2027 pukul 08.00\xa0WIB (09.00\xa0WITA, 10.00\xa0WIT)",
        ),
    ],
)
def test_day_is_worded_naturally(moment, language, told):
    with translation.override(language):
        assert in_words(moment, MONDAY_22) == told


@pytest.mark.parametrize(
    ("language", "told"), [("en", "after 08:00\xa0WIB tomorrow"), ("id", "besok setelah pukul 08.00")]
)
def test_return_time_is_worded_naturally(language, told):
    with translation.override(language):
        assert after_in_words(datetime(2026, 11, 24, 8, 0, tzinfo=WIB), MONDAY_22).startswith(told)


@pytest.mark.parametrize(
    ("hours", "now", "again"),
    [
        (roster(), MONDAY_22, datetime(2026, 11, 24, 8, 0, tzinfo=WIB)),
        (roster(10, 17), MONDAY_10, datetime(2026, 11, 24, 10, 0, tzinfo=WIB)),
        (roster(), datetime(2026, 11, 27, 10, 0, tzinfo=WIB), datetime(2026, 11, 30, 8, 0, tzinfo=WIB)),
        (around_the_clock(), MONDAY_22, datetime(2026, 11, 24, 8, 0, tzinfo=WIB)),
        (roster(urgent_only=True), MONDAY_22, None),
        (Roster([]), MONDAY_22, None),
    ],
)
def test_return_time_is_in_staffed_hours(hours, now, again):
    assert hours.return_time(4, now) == again
