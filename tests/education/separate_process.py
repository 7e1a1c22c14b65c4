"""Run a file of tests in a separate process, with other settings."""

import os
import subprocess
import sys
from pathlib import Path


def run_tests(name: str, settings: str, var_dir: Path) -> None:
    """Run ``name`` of this folder with ``settings`` and fail with its output.

    Models get their columns when they are loaded, so other columns need another process. The schema has no migrations.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "DATABASE_URL"))}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--no-migrations", "--ds", settings]
    found = subprocess.run(
        [*command, str(Path(__file__).with_name(name))],
        env=kept | {"VAR_DIR": str(var_dir)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout[-4000:]
