"""The size of the page store of one process after every guide of a large site was read, compared with its limit."""

import tempfile

from . import load
from .many import MANY
from .table import Row, at_most, stated

MB = 1024 * 1024
PART = 5  # every fifth guide, and a fifth of the store


def run() -> list[Row]:
    """Return the rows. Pages are kept in three encodings; the least recently used ones are dropped."""
    with tempfile.TemporaryDirectory() as folder:
        found = load.inside(load.site(folder), "tools.bench.storing", str(MANY), str(PART))
    page = found["bytes"] / found["kept"]
    return [
        at_most(
            f"{MANY} guides in one language: the store", PART * found["bytes"] / MB, PART * found["bound"] / MB, " MB"
        ),
        stated("  pages kept at a time, of those asked for", f"{PART * found['kept']} of {PART * found['asked']}"),
        stated("  a page in three encodings", f"{page / 1024:.1f} KB"),
        stated("  what all of them would take", f"{page * MANY / MB:.0f} MB"),
    ]
