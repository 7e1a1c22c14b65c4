"""Leave small numbers out of a published table, and one more where needed, so that nobody can work them out.

A number under 5 is hidden. The total minus the other rows would nearly give it away, so one row that is not small is
hidden with it: always the last one, because a choice by size would say something about the size. What is shown is
rounded to 5, the total too, and tables are published for 50 reports or more only. A hidden row does not say whether it
is small itself. ``tests/reports/statistics/test_suppression.py`` tries all tables of three rows: anyone who knows this
program can exclude no value of a small number.
"""

from collections.abc import Mapping

SMALLEST = 5  # numbers below this are never shown
ROUND_TO = 5
FEWEST_REPORTS = 50  # with fewer reports, only totals are published


def rounded(number: int) -> int | None:
    """Return ``number`` rounded to the nearest five; None, which is shown as "fewer than 5", for a small one."""
    return None if number < SMALLEST else ROUND_TO * ((number + ROUND_TO // 2) // ROUND_TO)


def hidden_rows(rows: Mapping[str, int]) -> set[str]:
    """Return the names of the rows that must not be shown. The order of ``rows`` must not depend on the numbers."""
    small = {name for name, number in rows.items() if number < SMALLEST}
    return small | set([name for name in rows if name not in small][-1:]) if small else small


def table(rows: Mapping[str, int], hidden: set[str] | None = None) -> dict[str, int | None]:
    """Return the rows as published: rounded, or None where they are hidden, whether small or not."""
    unshown = hidden_rows(rows) if hidden is None else hidden
    return {name: None if name in unshown else rounded(number) for name, number in rows.items()}
