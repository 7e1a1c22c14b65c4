"""Fixtures for tests of faults: a site in separate processes, on each database, that can be killed and broken."""

import http.client
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import psutil
import psycopg2
import pytest

from tests import with_postgres
from tests.faults import small_disk
from tests.skips import skip_loudly
from tools.bench import load
from tools.bench.browser import Browser

FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
NEEDED = (("make_keys",), ("migrate", "-v0"), ("load_categories",), ("collectstatic", "--no-input", "-v0"))
ASK = "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone()[0])"
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
        return files_in(self.folder / "evidence")

    @contextmanager
    def full_disk(self, room: int) -> Iterator[None]:
        """No file of the workers can grow beyond ``room`` bytes."""
        self._limit(room)
        try:
            yield
        finally:
            self._limit(psutil.RLIM_INFINITY)

    @contextmanager
    def clock(self, hours: float) -> Iterator[None]:
        """The clock of the server, and of no other process, is wrong by ``hours``."""
        if not FAKETIME:
            skip_loudly("Nobody moved the clock of a server. Install Debian's package faketime.")
        set_clock(self.folder, hours)
        try:
            yield
        finally:
            set_clock(self.folder, 0)

    def hours_ahead(self) -> float:
        """By how much the time of an answer of the server differs from that of this process."""
        server = http.client.HTTPConnection("127.0.0.1", self.port)
        with closing(server):
            server.request("GET", "/healthz")
            answered_at = parsedate_to_datetime(server.getresponse().headers["Date"])
        return (answered_at.timestamp() - time.time()) / 3600

    def _limit(self, size: int) -> None:
        for worker in self.process.children():
            worker.rlimit(psutil.RLIMIT_FSIZE, (size, psutil.RLIM_INFINITY))


def movable_clock(folder: Path) -> dict[str, str]:
    """The environment of a process whose wall clock, not the one that measures waiting, reads the file ``clock``."""
    set_clock(folder, 0)
    return {
        "LD_PRELOAD": str(FAKETIME),
        "FAKETIME_TIMESTAMP_FILE": str(folder / "clock"),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "NO_FAKE_STAT": "1",
    }


def set_clock(folder: Path, hours: float) -> None:
    """Change the file that ``movable_clock`` names, at once: libfaketime ends each process that finds it empty."""
    (folder / "next").write_text(f"{hours * 3600:+.0f}")
    (folder / "next").replace(folder / "clock")


def files_in(evidence: Path) -> int:
    """The number of sealed files in a folder for them."""
    return sum(len(path.name) == 32 for path in evidence.glob("??/*"))


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
        port, clock = load.free_port(), movable_clock(Path(folder)) if FAKETIME else {}
        command = [*GUNICORN, "--bind", f"127.0.0.1:{port}", "tests.faults.site"]
        with load.started(command, port, site | clock) as server:
            yield Site(port, Path(folder), site, server.process, postgres)


@dataclass
class Cramped:
    """A running site on SQLite, whose folders lie on ``disks``: "var" with the database, evidence, ledger, backups."""

    port: int
    disks: small_disk.Disks
    environment: dict[str, str]

    def run(self, *command: str, **more: str) -> subprocess.CompletedProcess:
        """Run a command of ``manage.py`` to its end."""
        command = self.disks.inside(sys.executable, "manage.py", *command)
        return subprocess.run(command, env=self.environment | more, capture_output=True, text=True, check=False)

    def count(self, table: str) -> int:
        """The number of rows of a table."""
        return int(self._ask(f"SELECT COUNT(*) FROM {table}"))

    @contextmanager
    def full_database(self) -> Iterator[None]:
        """The disk of the database is full during the block. Its log, in which there may be room, is emptied before."""
        self._ask("PRAGMA wal_checkpoint(TRUNCATE)")
        with self.disks.full("var"):
            yield

    def _ask(self, query: str) -> str:
        """The first value that a query finds."""
        command = self.disks.inside(sys.executable, "-c", ASK, f"{self.disks.folder}/var/db.sqlite3", query)
        return subprocess.check_output(command, text=True)


@pytest.fixture(scope="module")
def cramped() -> Iterator[Cramped]:
    """A running site for the tests of one file."""
    if not small_disk.is_possible():
        skip_loudly("full disks of SQLite, files, ledger and backups, because only root may mount small ones")
    sizes = {"var": 24, "evidence": 4, "ledger": 0.25, "backups": 8}
    with small_disk.mounted(sizes) as disks:
        places = {f"{name.upper()}_DIR": str(disks.folder / name) for name in ("var", "evidence", "ledger")}
        port, site = load.free_port(), os.environ | {"DEBUG": "0", "PLAIN_HTTP": "1", "LOG_LEVEL": "ERROR"} | places
        site["STATIC_ROOT"] = str(disks.folder / "static")
        site.pop("DATABASE_URL", None)
        cramped = Cramped(port, disks, site)
        for command in NEEDED:
            assert (done := cramped.run(*command)).returncode == 0, done.stderr
        server = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "tests.faults.site"]
        shipped = {"BIND": f"127.0.0.1:{port}", "WORKERS": "1", "THREADS": "4"}
        with load.started(disks.inside(*server), port, site | shipped):
            Browser(port).get("/healthz")  # the port answers before the worker is there that keeps SQLite open
            yield cramped
