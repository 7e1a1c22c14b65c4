"""Search over many guides, compared with a page that fetches one guide by its key, on both databases."""

import tempfile

from tests import with_postgres

from . import load
from .many import MANY
from .table import Row, all_of, at_most


def run() -> list[Row]:
    """Return the rows: the 95th percentile of searches may be twice that of the page; all find their guide."""
    rows = _on("SQLite", {})
    with with_postgres.server() as url:
        return rows + _on("PostgreSQL", {"DATABASE_URL": url})


def _on(name: str, database: dict) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        found = load.inside(load.site(folder, database), "tools.bench.searching", str(MANY))
    return [
        at_most(f"{name}, {MANY} guides: search / page by key, 95th of 100", found["search"] / found["page"], 2),
        at_most(f"{name}, {MANY} guides: processor time of a search, median", found["processor"], 25, " ms"),
        all_of(f"{name}: what people type has its guide among the first three", *found["recall"]),
    ]
