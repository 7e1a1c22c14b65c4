"""Durations in classes, so that medians need a bounded number of counters and no time of a single case."""

from bisect import bisect_left
from collections.abc import Mapping
from datetime import timedelta

MINUTE, HOUR, DAY = 1, 60, 24 * 60
# The upper end of each class, in minutes; longer durations are in one more class.
ENDS = (
    *(5, 10, 15, 20, 30, 45, HOUR, 90),
    *(2 * HOUR, 3 * HOUR, 4 * HOUR, 6 * HOUR, 8 * HOUR, 12 * HOUR, 18 * HOUR, DAY),
    *(36 * HOUR, 2 * DAY, 3 * DAY, 4 * DAY, 5 * DAY, 7 * DAY, 10 * DAY, 14 * DAY, 30 * DAY, 90 * DAY),
)


def class_of(duration: timedelta) -> int:
    """Return the number of the class of ``duration``: the first whose end is not shorter."""
    return bisect_left(ENDS, duration / timedelta(minutes=1))


def end_of(number: int) -> timedelta:
    """Return the upper end of a class; of the last class, which has none, its beginning."""
    return timedelta(minutes=ENDS[min(number, len(ENDS) - 1)])


def quantile(counts: Mapping[int, int], share: float) -> timedelta | None:
    """Return the duration within which ``share`` of the counted durations lie; None if there is none.

    ``counts`` is the number in each class. Inside a class durations count as evenly spread. The last class has no end,
    so its beginning is returned.
    """
    wanted, seen = share * sum(counts.values()), 0
    if not wanted:
        return None
    for number in sorted(counts):
        if counts[number] and seen + counts[number] >= wanted:
            begin = ENDS[number - 1] if number else 0
            end = ENDS[number] if number < len(ENDS) else begin
            return timedelta(minutes=begin + (end - begin) * (wanted - seen) / counts[number])
        seen += counts[number]
    return timedelta(minutes=ENDS[-1])
