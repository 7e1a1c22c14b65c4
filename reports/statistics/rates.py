"""Shares that say how sure they are: with the number they come from, an interval, and none at all from few cases."""

from dataclasses import dataclass
from math import sqrt

FEWEST = 20  # below this a share says more about chance than about the desk
_Z = 1.959964  # 95 %


@dataclass(frozen=True)
class Share:
    """``part`` of ``whole``."""

    part: int
    whole: int

    @property
    def is_shown(self) -> bool:
        """Whether there are enough cases for a share."""
        return self.whole >= FEWEST

    @property
    def percent(self) -> float:
        """The share in percent; 0 without any case. A part counted after its whole cannot raise it above 100."""
        return 100 * min(1, max(0, self.part / self.whole)) if self.whole else 0

    @property
    def interval(self) -> tuple[float, float]:
        """Return the 95 % interval in percent, after Wilson (1927), which also holds near 0 and 100 %."""
        n, p = self.whole, self.percent / 100
        if not n:
            return 0, 100
        middle, spread = p + _Z**2 / (2 * n), _Z * sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
        scale = 100 / (1 + _Z**2 / n)
        return max(0, scale * (middle - spread)), min(100, scale * (middle + spread))
