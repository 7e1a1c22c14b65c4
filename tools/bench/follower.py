"""What a publication costs the process that keeps the pages for nginx: all pages, and one guide with a new text."""

import tempfile

from . import load
from .table import Row, at_most, stated

MOST_OF_ALL = 0.2  # of the time that all pages take


def run() -> list[Row]:
    """Return the rows: processor time and pages made, after a first export in the same process."""
    with tempfile.TemporaryDirectory() as folder:
        found = load.inside(load.site(folder), "tools.bench.following")
    (every, every_seconds), (text, text_seconds) = found["every page"], found["text of a guide"]
    return [
        stated("every page touched: pages made; processor time", f"{every}; {every_seconds:.1f} s"),
        stated("the text of one guide: pages made; processor time", f"{text}; {text_seconds:.1f} s"),
        at_most("  of the time for every page", text_seconds / every_seconds, MOST_OF_ALL),
    ]
