"""A third language is a setting, a catalogue and a migration: nothing in publishing assumes two."""

import os
import subprocess
import sys
from pathlib import Path

CHECKS = Path(__file__).with_name("third_language.py")


def test_publishing_and_reading_work_in_three_languages(tmp_path):
    """In a separate process, because models get their columns when they are loaded. The schema has no migrations."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "DATABASE_URL"))}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--no-migrations", str(CHECKS)]
    found = subprocess.run(
        [*command, "--ds", "tests.settings_ms"],
        env=kept | {"VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout[-4000:]
