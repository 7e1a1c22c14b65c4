"""What a publication costs the process that keeps the pages for nginx: all pages, and what one change touches."""

import tempfile

from . import load
from .table import Row, at_most, stated

MOST_OF_ALL = 0.2  # of the time that all pages take


def run() -> list[Row]:
    """Return the rows: processor time and pages made, after a first export in the same process."""
    with tempfile.TemporaryDirectory() as folder:
        found = load.inside(load.site(folder), "tools.bench.following")
    every, every_seconds = found.pop("every page")
    rows = [stated("every page touched: pages made; processor time", f"{every}; {every_seconds:.1f} s")]
    for what, (pages, seconds) in found.items():
        rows.append(stated(f"{what}: pages made; processor time", f"{pages}; {seconds:.1f} s"))
        rows.append(at_most("  of the time for every page", seconds / every_seconds, MOST_OF_ALL))
    return rows
