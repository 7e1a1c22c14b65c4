"""Whether the time of the form for the code tells which reports exist: Welch's t-test on processor time.

A wrong secret for a report that exists is compared with one for a report that never existed. Both get the same answer;
a right code does not, so its time is no secret. Processor time is less noisy than a clock: a difference that is not
seen here is not seen through a network.
"""

import statistics
import tempfile

from . import load
from .table import Row, all_of, at_most, stated

SAMPLES = 1000  # of each kind
MOST = 4.5  # |t|: what is usual for leaks of time (dudect); by chance it is higher once in 150,000 tests
KEPT = 0.95  # of all samples: the slowest are those in which the machine did something else


def run() -> list[Row]:
    """Return the rows: t of the whole answer, and of all of it but the slow hash, which hides small differences."""
    with tempfile.TemporaryDirectory() as folder:
        found = load.inside(load.site(folder), "tools.bench.coding", str(SAMPLES))
    rows = [all_of("answers that differ between an existing and an unknown report", found["different"], 0)]
    for what, key in (("the whole answer", "whole"), ("without the slow hash", "without")):
        existing, unknown = (cut(found[key][kind], bound(found[key])) for kind in ("existing", "unknown"))
        rows += [
            stated(f"{what}: existing; unknown", f"{_median(existing)}; {_median(unknown)}"),
            at_most(
                f"  |t| of Welch's test, {len(existing)} and {len(unknown)} samples", abs(t(existing, unknown)), MOST
            ),
            stated(
                "  difference of the means", f"{1e6 * (statistics.mean(existing) - statistics.mean(unknown)):+.0f} µs"
            ),
        ]
    return rows


def t(ours: list[float], theirs: list[float]) -> float:
    """Return Welch's t of two samples, whose variances may differ."""
    error = statistics.variance(ours) / len(ours) + statistics.variance(theirs) / len(theirs)
    return (statistics.mean(ours) - statistics.mean(theirs)) / error**0.5


def bound(kinds: dict[str, list[float]]) -> float:
    """Return what KEPT of all samples, of both kinds together, do not exceed."""
    every = sorted(one for samples in kinds.values() for one in samples)
    return every[int(len(every) * KEPT) - 1]


def cut(samples: list[float], most: float) -> list[float]:
    """Return the samples up to ``most``."""
    return [one for one in samples if one <= most]


def _median(samples: list[float]) -> str:
    return f"{1000 * statistics.median(samples):.2f} ms"
