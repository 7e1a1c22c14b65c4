"""What a publication costs the process that keeps the pages for nginx: all pages, and what one change touches.

The time may grow with the pages that show what changed, and not beyond: the text of one guide is on few pages, the day
of a check of a helpline on each page with its card.
"""

import tempfile

from . import load
from .following import DAY_OF_A_CHECK, EVERY_AS_BEFORE, EVERY_WRITTEN
from .table import Row, all_of, at_most, stated

MOST_OF_ALL = 0.2  # of the time in which all pages are made as before, for what is on few pages
MORE_THAN_SHOWN = 0.1  # of the time for all written, for what is on many: more than the share of its pages
MOST_FOR_NOTHING = 25  # pages that are made for it and are as before: the lists, which every publication touches


def run() -> list[Row]:
    """Return the rows: processor time and pages made, after a first export in the same process."""
    with tempfile.TemporaryDirectory() as folder:
        found = load.inside(load.site(folder), "tools.bench.following")
    every, *_all, written = found.pop(EVERY_WRITTEN)
    made, *_none, seconds = found.pop(EVERY_AS_BEFORE)
    rows = [
        stated("every page written into an empty folder: pages; processor time", f"{every}; {written:.1f} s"),
        stated("every page touched, and as before: pages made; processor time", f"{made}; {seconds:.1f} s"),
    ]
    return rows + [row for what, figures in found.items() for row in _rows(what, figures, written, seconds)]


def _rows(what: str, figures: tuple[int, int, float, int, float], written: float, as_before: float) -> list[Row]:
    pages, changed, share, without, seconds = figures
    rows = [stated(f"{what}: pages made; changed; processor time", f"{pages}; {changed}; {seconds:.1f} s")]
    if what != DAY_OF_A_CHECK:
        return [*rows, at_most("  of the time for every page as before", seconds / as_before, MOST_OF_ALL)]
    return [
        *rows,
        stated("  those with its card before, of the bytes of all pages", f"{share:.2f}"),
        all_of("  changed without its card", without, 0),
        at_most("  of the time for every page written", seconds / written, round(share + MORE_THAN_SHOWN, 2)),
        at_most("  made, and as before", pages - changed, MOST_FOR_NOTHING),
    ]
