"""One row of the table that ``make bench`` prints."""

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


def stated(what: str, figure: str) -> Row:
    """Return the row of a figure without a bar."""
    return Row(what, figure, "", None)


def show(rows: list[Row]) -> int:
    """Print ``rows`` as they come; return the number of bars that were missed."""
    for row in rows:
        mark = {True: "ok", False: "MISSED", None: ""}[row.met]
        print(f"  {row.what:<62} {row.figure:>12}  {row.bar:<10} {mark}", flush=True)
    return sum(row.met is False for row in rows)
