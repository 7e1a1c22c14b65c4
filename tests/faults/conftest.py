"""Fixtures for tests of faults: a site in separate processes, on each database, that can be killed and broken."""

import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import psycopg2
import pytest

from tests import with_postgres
from tests.faults import small_disk
from tools.bench import load

NEEDED = (("make_keys",), ("migrate", "-v0"), ("load_categories",), ("collectstatic", "--no-input", "-v0"))
GUNICORN = (
    sys.executable,
    "-m",
    "gunicorn",
    "--preload",
    "--worker-class",
    "gthread",
    "--threads",
    "4",
    "--workers",
    "2",
    "--timeout",
    "60",
)


@dataclass
class Site:
    """A running site: the port, its folder, its environment, its process, and its own PostgreSQL if it has one."""

    port: int
    folder: Path
    environment: dict[str, str]
    process: psutil.Process
    postgres: Any

    def count(self, table: str) -> int:
        """The number of rows of a table."""
        return self.ask(f"SELECT COUNT(*) FROM {table}")[0][0]

    def ask(self, query: str) -> list[tuple]:
        """The rows that a query finds."""
        with closing(self._connect()) as connection:
            cursor = connection.cursor()
            cursor.execute(query)
            return cursor.fetchall()

    def _connect(self):
        if self.postgres is None:
            return sqlite3.connect(self.folder / "db.sqlite3")
        host = with_postgres.url_of(self.postgres).removeprefix("postgres://postgres@/").removesuffix("/postgres")
        return psycopg2.connect(host=host, user="postgres", dbname="postgres")

    def stored_files(self) -> int:
        """The number of sealed files on the disk."""
        return sum(len(path.name) == 32 for path in (self.folder / "evidence").glob("??/*"))

    @contextmanager
    def full_disk(self, room: int) -> Iterator[None]:
        """No file of the workers can grow beyond ``room`` bytes."""
        self._limit(room)
        try:
            yield
        finally:
            self._limit(psutil.RLIM_INFINITY)

    def _limit(self, size: int) -> None:
        for worker in self.process.children():
            worker.rlimit(psutil.RLIMIT_FSIZE, (size, psutil.RLIM_INFINITY))


@contextmanager
def database(kind: str):
    """Yield the running PostgreSQL, possibly on a small disk, or None for SQLite."""
    if kind == "sqlite":
        yield None
        return
    if kind == "small disk":
        with small_disk.running() as postgres:
            yield postgres
        return
    with with_postgres.running() as postgres:
        yield postgres


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def faulty(request) -> Iterator[Site]:
    """A running site for the tests of one file."""
    with (
        tempfile.TemporaryDirectory() as folder,
        database(request.param) as postgres,
        pytest.MonkeyPatch.context() as env,
    ):
        env.delenv("DATABASE_URL", raising=False)
        site = os.environ | {"VAR_DIR": folder, "DEBUG": "0", "PLAIN_HTTP": "1", "LOG_LEVEL": "ERROR"}
        site |= {"DATABASE_URL": with_postgres.url_of(postgres)} if postgres else {}
        for command in NEEDED:  # no more: starter content would take most of the time
            load.manage(site, *command)
        port = load.free_port()
        with load.started([*GUNICORN, "--bind", f"127.0.0.1:{port}", "tests.faults.site"], port, site) as server:
            yield Site(port, Path(folder), site, server.process, postgres)
