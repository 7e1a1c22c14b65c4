"""Search over many guides, against a page that fetches one guide by its key, on both databases."""

import json
import subprocess
import sys
import tempfile

from tests import with_postgres

from . import load
from .table import Row, at_most

GUIDES = 2000


def run() -> list[Row]:
    """The 95th of a hundred searches may take three times as long as that of the page."""
    rows = [_on("SQLite", {})]
    with with_postgres.server() as url:
        return [*rows, _on("PostgreSQL", {"DATABASE_URL": url})]


def _on(name: str, database: dict) -> Row:
    with tempfile.TemporaryDirectory() as folder:
        environment = load.site(folder) | database
        load.manage(environment, "set_up")
        command = [sys.executable, "-m", "tools.bench.searching", str(GUIDES)]
        result = subprocess.run(command, cwd=load.ROOT, env=environment, check=True, capture_output=True, text=True)
    times = json.loads(result.stdout)
    return at_most(f"{name}, {GUIDES} guides: search / page by key, 95th of 100", times["search"] / times["page"], 3)
