"""One row of the table that ``make bench`` prints."""

import math
import statistics
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """One measurement: its name, the figure, the bar, and whether it is met (None: a figure without a bar)."""

    what: str
    figure: str
    bar: str
    met: bool | None


def at_least(what: str, figure: float, bar: float) -> Row:
    """Return the row of a ratio that must not be lower than ``bar``."""
    return Row(what, f"{figure:.2f}", f"≥ {bar:g}", figure >= bar)


def at_most(what: str, figure: float, bar: float, unit: str = "") -> Row:
    """Return the row of a figure that must not be higher than ``bar``."""
    return Row(what, f"{figure:.4g}{unit}", f"≤ {bar:g}{unit}", figure <= bar)


def all_of(what: str, found: int, wanted: int) -> Row:
    """Return the row of a count that must reach ``wanted``."""
    return Row(what, str(found), f"= {wanted}", found == wanted)


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    """Return the ratio of each round: a disturbance of a round affects both sides."""
    return [a / b for a, b in zip(ours, theirs, strict=True)]


def percentile(found: Sequence[float], percent: int = 95) -> float:
    """Return the figure that ``percent`` of 100 do not exceed."""
    return sorted(found)[math.ceil(len(found) * percent / 100) - 1]


def spread(what: str, found: Sequence[float], at_least: float = 0, at_most: float = math.inf) -> Row:
    """Return the row of a ratio: the median of the rounds, which must keep the bar, with the lowest and highest."""
    figure = f"{statistics.median(found):.2f} ({min(found):.2f}–{max(found):.2f})"
    bar = f"≥ {at_least:g}" if at_least else f"≤ {at_most:g}"
    return Row(what, figure, bar, at_least <= statistics.median(found) <= at_most)


def stated(what: str, figure: str) -> Row:
    """Return the row of a figure without a bar."""
    return Row(what, figure, "", None)


def show(rows: Iterable[Row]) -> int:
    """Print ``rows`` as they come; return the number of bars that were missed."""
    missed = 0
    for row in rows:
        mark = {True: "ok", False: "MISSED", None: ""}[row.met]
        print(f"  {row.what:<62} {row.figure:>18}  {row.bar:<10} {mark}", flush=True)
        missed += row.met is False
    return missed
