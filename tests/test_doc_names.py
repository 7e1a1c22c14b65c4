"""A file, setting or function that a document names exists."""

import pytest

from tools import check_doc_names


@pytest.fixture
def repository(tmp_path):
    """``repository("text")``: what is found in a README with this text, beside one module."""
    (tmp_path / "reports" / "cases").mkdir(parents=True)
    (tmp_path / "reports" / "cases" / "clock.py").write_text("KEEP_DAYS = 3\n\n\ndef record_answer(): ...\n")

    def found(text: str) -> list[str]:
        (tmp_path / "README.md").write_text(text)
        return check_doc_names.check(tmp_path)

    return found


@pytest.mark.parametrize(
    "name", ["reports/cases/clock.py", "cases/clock.py", "reports/cases/", "KEEP_DAYS", "clock.record_answer", "a word"]
)
def test_name_that_exists_is_accepted(repository, name):
    assert repository(f"See `{name}`.") == []


@pytest.mark.parametrize("name", ["reports/cases/hours.py", "reports/gone/", "KEPT_DAYS", "clock.record_reply"])
def test_name_that_does_not_exist_is_found(repository, name):
    assert repository(f"First line\nSee `{name}`.") == [f"README.md:2: `{name}` does not exist"]
