"""A new helpline field is a column and a declaration: nothing else names the fields of a helpline."""

import pytest

from .separate_process import run_tests


@pytest.mark.slow
@pytest.mark.exhaustive
def test_made_up_helpline_field_works_from_file_to_search(tmp_path):
    run_tests("helpline_field.py", "tests.settings_helpline_field", tmp_path)
