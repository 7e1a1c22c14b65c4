"""Parts of the dashboard: the backlog of a tier, its times to first looks and words, and what one person looked at."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from . import durations
from .rates import FEWEST, Share

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
        """The age that half of the cases have not passed; None if they are too few."""
        return self._age(0.5)

    @property
    def p90(self) -> timedelta | None:
        """The age that nine in ten cases have not passed; None if they are too few."""
        return self._age(0.9)

    def _age(self, share: float) -> timedelta | None:
        seen = 0
        for age, n in self.ages if self.total >= FEWEST else ():
            seen += n
            if seen >= share * self.total:
                return age
        return None

    @property
    def oldest(self) -> timedelta | None:
        """The age of the case that has waited longest."""
        return self.ages[-1][0] if self.ages else None


@dataclass(frozen=True)
class Times:
    """How long reporters of one tier waited for something: the number of cases in each class of durations."""

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
    def singles(self) -> list[tuple[timedelta, int]]:
        """The single cases: within which time, and how many. The counters keep no exact time of a case."""
        return [(durations.end_of(number), n) for number, n in sorted(self.counts.items()) if n > 0]

    @property
    def median(self) -> timedelta | None:
        """The time that half of the reporters waited at most."""
        return durations.quantile(self.counts, 0.5)

    @property
    def p90(self) -> timedelta | None:
        """The time that nine in ten reporters waited at most."""
        return durations.quantile(self.counts, 0.9)


@dataclass
class Load:
    """What one person has and opened. A number for their care, never a measure of their work."""

    name: str
    now: int = 0
    today: Counter = field(default_factory=Counter)
    week: Counter = field(default_factory=Counter)
