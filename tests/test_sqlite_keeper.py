"""A process that serves pages keeps SQLite open: a new connection needs no room on the disk."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from safetycenter import sqlite_keeper

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="it is about SQLite")


@pytest.fixture
def database(tmp_path, monkeypatch) -> Path:
    """A database with a log of changes, which nobody has open."""
    path = tmp_path / "site.sqlite3"
    with closing(sqlite3.connect(path)) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE words (word)")
    monkeypatch.setitem(connection.settings_dict, "NAME", path)
    return path


def read(path: Path) -> None:
    with closing(sqlite3.connect(path)) as reader:
        reader.execute("SELECT * FROM words").fetchall()


def test_shared_memory_stays_after_the_last_reader_of_a_serving_process(database, monkeypatch):
    monkeypatch.setattr(sqlite_keeper, "_kept", kept := [])
    shared = Path(f"{database}-shm")
    read(database)
    assert not shared.exists()
    sqlite_keeper.keep_open()
    read(database)
    assert shared.exists()
    kept.pop().close()


def test_process_that_started_before_the_database_keeps_it_open_later(database, monkeypatch):
    monkeypatch.setattr(sqlite_keeper, "_kept", kept := [])
    away = database.rename(f"{database}.away")
    monkeypatch.setattr(sqlite_keeper.time, "sleep", lambda _seconds: away.rename(database))
    sqlite_keeper.keep_open_soon()
    assert len(kept) == 1
    kept.pop().close()


@pytest.mark.logs_errors
def test_database_that_is_not_there_is_not_made(tmp_path, monkeypatch):
    monkeypatch.setattr(sqlite_keeper, "_kept", [])
    monkeypatch.setitem(connection.settings_dict, "NAME", tmp_path / "none.sqlite3")
    sqlite_keeper.keep_open()
    assert not (tmp_path / "none.sqlite3").exists()
