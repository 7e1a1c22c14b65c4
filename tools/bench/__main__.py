"""``make bench``: the table of figures, each a ratio or a count, measured in one run. Exits with 0 if all are met."""

import sys
from importlib import import_module

from .table import show

PARTS = {
    "speed": "A reader's page from memory and from the snapshot",
    "store": "The store of pages in memory",
    "memory": "The memory of a worker",
    "codes": "The time of the form for the code, for existing and for unknown reports",
    "follower": "The pages that a publication makes again for nginx",
    "firstvisit": "A first visit with a phone",
    "lighthouse": "Lighthouse on a phone: performance/accessibility/best practices/search",
    "search": "Search over many guides",
    "queries": "SQL queries of readers' pages",
    "desk": "The desk with few and with many cases, next to django-helpdesk, on PostgreSQL",
    "intake": "The report form next to a ticket of django-helpdesk, on PostgreSQL",
}


def main(names: list[str]) -> int:
    """Measure the parts called ``names``, or all. Return the exit code."""
    missed = 0
    for name in names or PARTS:
        print(f"{PARTS[name]} ({name})", flush=True)
        missed += show(import_module(f"tools.bench.{name}").run())
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
