"""The table of faults names tests that exist, and the printed page is the current one."""

import pytest
from django.conf import settings

from tests.conftest import COLLECTED
from tools import fault_table

FAULT = {"what": "A page lies.", "tests": ["test_page.py::test_page_is_true"]}


@pytest.fixture
def folder(tmp_path):
    """A folder of tests with one test."""
    (tmp_path / "test_page.py").write_text("def test_page_is_true():\n    pass\n")
    return tmp_path


def test_table_of_this_repository_is_current():
    assert fault_table.main(["--check"]) == 0


def test_named_test_that_exists_is_no_problem(folder):
    assert fault_table.problems([FAULT], folder) == []


@pytest.mark.parametrize("name", ["test_page.py::test_page_is", "test_gone.py::test_page_is_true"])
def test_named_test_must_exist(folder, name):
    assert fault_table.problems([FAULT | {"tests": [name]}], folder) == [
        f"tests/faults.toml names {name}, which does not exist"
    ]


def test_fault_needs_a_test(folder):
    assert fault_table.problems([FAULT | {"tests": []}], folder) == ['No test is named for: "A page lies."']


def test_lost_row_is_a_problem(monkeypatch, capsys):
    kept = fault_table.faults()[1:]
    monkeypatch.setattr(fault_table, "faults", lambda: kept)
    assert fault_table.main(["--check"]) == 1
    assert "has 24 faults instead of 25" in capsys.readouterr().err


def test_named_test_is_one_that_pytest_collects(request):
    """A function that is only defined, in a class of another name or skipped at import, holds nothing."""
    collected: dict[str, set[str]] = {}
    for item in request.config.stash[COLLECTED]:
        file = str(item.path.relative_to(settings.BASE_DIR / "tests"))
        collected.setdefault(file, set()).add(item.originalname)
    named = [test.split("::") for fault in fault_table.faults() for test in fault["tests"]]
    assert [name for name in named if name[0] in collected and name[1] not in collected[name[0]]] == []
    if "tests" in request.config.args:  # the whole suite
        assert {file for file, _test in named} - collected.keys() == set()
