"""Parts of the dashboard: the backlog of a tier, the time to its first messages, and what one person had to look at."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from . import durations
from .rates import Share

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AGE_LIMITS = (HOUR, 4 * HOUR, DAY, 7 * DAY)


@dataclass(frozen=True)
class Backlog:
    """The waiting cases of one tier: how many there are in each class of age, and their ages with their number."""

    tier: int
    ages: list[tuple[timedelta, int]]
    late: int

    @cached_property
    def classes(self) -> list[int]:
        """The number of cases that have waited up to each of AGE_LIMITS, and longer."""
        found = [0] * (len(AGE_LIMITS) + 1)
        for age, n in self.ages:
            found[sum(age >= limit for limit in AGE_LIMITS)] += n
        return found

    @property
    def total(self) -> int:
        """The number of waiting cases."""
        return sum(n for _age, n in self.ages)

    @property
    def median(self) -> timedelta | None:
        """The age that half of the cases have not reached."""
        seen, half = 0, self.total / 2
        for age, n in self.ages:
            seen += n
            if seen >= half:
                return age
        return None

    @property
    def oldest(self) -> timedelta | None:
        """The age of the case that has waited longest."""
        return self.ages[-1][0] if self.ages else None


@dataclass(frozen=True)
class FirstWord:
    """The time to the first message of staff in one tier."""

    tier: int
    counts: dict[int, int]

    @property
    def n(self) -> int:
        """The number of cases."""
        return sum(self.counts.values())

    @property
    def is_shown(self) -> bool:
        """Whether there are enough cases for a median."""
        return Share(0, self.n).is_shown

    @property
    def median(self) -> timedelta | None:
        """The time within which half of the reporters were answered."""
        return durations.quantile(self.counts, 0.5)

    @property
    def p90(self) -> timedelta | None:
        """The time within which nine in ten reporters were answered."""
        return durations.quantile(self.counts, 0.9)


@dataclass
class Load:
    """What one person has and opened. A number for their care, never a measure of their work."""

    name: str
    now: int = 0
    today: Counter = field(default_factory=Counter)
    week: Counter = field(default_factory=Counter)
