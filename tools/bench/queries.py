"""SQL queries of readers' pages, with few and with many guides, on both databases."""

import tempfile

from tests import with_postgres

from . import load
from .many import FEW, MANY, SEARCH
from .table import Row, at_most

MOST = 10


def run() -> list[Row]:
    """Return the rows: the highest count of each database; cold counts must not grow with the number of guides.

    ``cold`` is the first visit in a process that has read nothing of this version, ``warm`` the second.
    """
    rows = _on("SQLite", {})
    with with_postgres.server() as url:
        return rows + _on("PostgreSQL", {"DATABASE_URL": url})


def _on(name: str, database: dict) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        environment = load.site(folder, database)
        few, many = (load.inside(environment, "tools.bench.many", str(total)) for total in (FEW, MANY))
    rows = [Row(f"{name}: pages whose queries grow", str(_grown(few, many)), "= 0", not _grown(few, many))]
    for total, pages in ((FEW, few), (MANY, many)):
        search = pages.pop(SEARCH)
        cold, warm = (max(counts[visit] for counts in pages.values()) for visit in (0, 1))
        rows += [
            at_most(f"{name}, {total} guides: queries of the dearest stored page, cold", cold, MOST),
            at_most(f"{name}, {total} guides: queries of any stored page, warm", warm, 0),
            at_most(f"{name}, {total} guides: queries of a search", search[1], MOST),
            at_most(f"{name}, {total} guides: queries of the first search of a process", search[0], MOST),
        ]
    return rows


def _grown(few: dict, many: dict) -> int:
    return sum(many[path][0] > few[path][0] for path in few)
