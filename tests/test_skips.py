"""What could not be tested in this copy is named at the end of a run, and other skips are not."""

import os
import subprocess
import sys

from django.conf import settings

TESTS = """
import pytest
from tests.skips import skip_loudly
def test_history(): skip_loudly("No history.")
def test_roles(): pytest.skip("SQLite has no roles")
"""


def test_end_of_a_run_names_what_was_not_tested(tmp_path):
    (tmp_path / "test_it.py").write_text(TESTS)
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -p no:django -p tests.skips\n")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"]
    path = os.environ | {"PYTHONPATH": str(settings.BASE_DIR), "PYTEST_ADDOPTS": ""}
    said = subprocess.run(command, cwd=tmp_path, env=path, capture_output=True, text=True, check=False).stdout
    assert "NOT TESTED: No history." in said
    assert "SQLite" not in said


def test_upgrade_of_nodes_is_never_skipped_in_silence():
    file = (settings.BASE_DIR / "tests/nodes/test_upgrade_of_nodes.py").read_text()
    assert file.count("skip_loudly(") == 3
    assert "pytest.skip(" not in file
