"""SQL queries of readers' pages, with few and with many guides, on both databases."""

import tempfile

from tests import with_postgres

from . import load
from .many import FEW, MANY
from .table import Row, at_most

MOST_COLD = 10  # the search page included


def run() -> list[Row]:
    """Return the rows: the highest count of each database; cold counts must not grow with the number of guides."""
    rows = _on("SQLite", {})
    with with_postgres.server() as url:
        return rows + _on("PostgreSQL", {"DATABASE_URL": url})


def _on(name: str, database: dict) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        environment = load.site(folder, database)
        few, many = (load.inside(environment, "tools.bench.many", str(total)) for total in (FEW, MANY))
    cold = [max(counts[0] for counts in pages.values()) for pages in (few, many)]
    return [
        at_most(f"{name}, {FEW} guides: queries of the dearest page, cold", cold[0], MOST_COLD),
        at_most(f"{name}, {MANY} guides: queries of the dearest page, cold", cold[1], MOST_COLD),
        Row(f"{name}: pages whose queries grow with the guides", str(_grown(few, many)), "= 0", not _grown(few, many)),
        at_most(f"{name}: queries of any page, warm", max(counts[1] for counts in many.values()), 0),
    ]


def _grown(few: dict, many: dict) -> int:
    return sum(many[path][0] > few[path][0] for path in few)
