"""A third language is a setting, a catalogue and a migration: nothing in publishing assumes two."""

import pytest

from .separate_process import run_tests


@pytest.mark.slow
def test_publishing_and_reading_work_in_three_languages(tmp_path):
    run_tests("third_language.py", "tests.settings_ms", tmp_path)
