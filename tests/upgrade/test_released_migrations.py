"""A released migration is never edited, and a release is written only when every table has a row."""

import json

import pytest

from tools.release import __main__ as command
from tools.release import digests


@pytest.fixture
def frozen(tmp_path):
    """A tree with one migration, and a release that froze it; the path of the migration."""
    migration = tmp_path / "reports" / "migrations" / "0001_initial.py"
    migration.parent.mkdir(parents=True)
    migration.write_text("operations = []\n")
    release = tmp_path / "upgrade" / "0.1.0"
    release.mkdir(parents=True)
    (release / digests.NAME).write_text(json.dumps({"files": digests.of_files(tmp_path)}))
    return migration


def test_released_migrations_of_this_tree_are_unchanged():
    assert command.check() == 0


def test_new_migration_after_a_release_is_allowed(frozen, tmp_path):
    (frozen.parent / "0002_more.py").write_text("operations = []\n")
    assert command.check(tmp_path / "upgrade", tmp_path) == 0


def test_changed_released_migration_is_named(frozen, tmp_path, capsys):
    frozen.write_text("operations = [1]\n")
    assert command.check(tmp_path / "upgrade", tmp_path) == 1
    told = capsys.readouterr().out
    assert "reports/migrations/0001_initial.py was released in 0.1.0 and has changed" in told
    assert "add a new migration" in told


def test_removed_released_migration_is_named(frozen, tmp_path, capsys):
    frozen.unlink()
    assert command.check(tmp_path / "upgrade", tmp_path) == 1
    assert "has gone since" in capsys.readouterr().out


def test_releases_are_ordered_by_number(tmp_path):
    for name in ("0.10.0", "0.2.0"):
        (tmp_path / name).mkdir()
        (tmp_path / name / digests.NAME).write_text("{}")
    assert [path.name for path in digests.releases(tmp_path)] == ["0.2.0", "0.10.0"]


@pytest.mark.slow
@pytest.mark.exhaustive
def test_written_release_freezes_the_migrations_of_this_tree(tmp_path):
    assert command.write(tmp_path / "1.0.0") == 0
    assert json.loads((tmp_path / "1.0.0" / digests.NAME).read_text())["files"] == digests.of_files()


@pytest.mark.parametrize("words", [[], ["write"], ["write", "next"], ["write", "../0.1.0"]])
def test_command_refuses_what_is_no_version(words):
    assert command.main(words) == 2
