"""Print docs/faults.md: the faults of tests/faults.toml, each with the tests that show that it is absent.

``python -m tools.fault_table`` prints the page. With ``--check`` it prints what is wrong instead, and exits with 1: a
fault without a test, a test that does not exist, a row too few or too many, or a page that is not the printed one.
"""

import re
import sys
import tomllib
from pathlib import Path

COUNT = 25  # as many as the audits found; a row that is lost would otherwise be missed by nobody
ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "faults.md"
HEAD = """# Faults that are absent

For everyone who asks what was tested. Audits found these faults in systems of this kind. Each row names the tests that
fail when the fault appears here. Printed from `tests/faults.toml` by `make fault-table`; `make check` holds it.

| | fault | tests |
|---|---|---|
"""


def faults(path: Path = ROOT / "tests" / "faults.toml") -> list[dict]:
    """Return the faults of ``path``: ``what`` is a sentence, ``tests`` are named by file from tests/ and function."""
    return tomllib.loads(path.read_text())["fault"]


def page(found: list[dict]) -> str:
    """Return the text of docs/faults.md for the faults ``found``."""
    rows = (
        f"| {number} | {fault['what']} | {', '.join(f'`{test}`' for test in fault['tests'])} |\n"
        for number, fault in enumerate(found, start=1)
    )
    return HEAD + "".join(rows)


def problems(found: list[dict], tests: Path = ROOT / "tests") -> list[str]:
    """Return a sentence for each fault without a test and each test that ``tests`` does not have."""
    untested = [f'No test is named for: "{fault["what"]}"' for fault in found if not fault["tests"]]
    named = (test for fault in found for test in fault["tests"])
    return untested + [
        f"tests/faults.toml names {test}, which does not exist" for test in named if not _has(tests, test)
    ]


def _has(tests: Path, name: str) -> bool:
    file, _, function = name.partition("::")
    path = tests / file
    return path.is_file() and re.search(rf"^\s*def {re.escape(function)}\(", path.read_text(), re.M) is not None


def main(arguments: list[str]) -> int:
    """Print the page or, with ``--check``, what is wrong. Return the exit code."""
    found = faults()
    if "--check" not in arguments:
        sys.stdout.write(page(found))
        return 0
    wrong = problems(found)
    if len(found) != COUNT:
        wrong.append(f"tests/faults.toml has {len(found)} faults instead of {COUNT}")
    if PAGE.read_text() != page(found):
        wrong.append("docs/faults.md is out of date: run `make fault-table`")
    sys.stderr.write("".join(f"{one}\n" for one in wrong))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
