"""Check that every safety rule is held by tests, open with an issue, or left to people. Print the table of rules.

Reads ``docs/safety.md`` (one heading for each rule), ``docs/not-done.md``, the ``@pytest.mark.safety`` markers of the
tests, and every rule id that is cited anywhere. ``[tool.safety-rules]`` in pyproject.toml says how many rules may be
open at most: a rule that was held cannot become open without changing that number.
"""

import ast
import os
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .product_calls import Tests

ID = r"[HKJAL][0-9]{1,2}"
CITED = re.compile(rf"(?<![%\w])({ID})\b")  # "%A0" is a byte in an address
# What only forms, actions and housekeeping may write in a test of a safety rule (H31).
MADE_BY_HAND = re.compile(
    r"\b(Case|Event|Message|Evidence)\.objects(\.filter\([^)]*\))?\.(update|create|bulk_create)\("
)
HEADING = re.compile(rf"({ID}) · (S[123]) · (held|open · issue (\d+)|by people)")
READ = {".py", ".md", ".html", ".txt", ".toml", ".css", ".js", ".sql", ".conf", ".sh", ".example"}
NOT_OURS = {".git", ".venv", "var", "vendor", "node_modules", "migrations", "locale", "__pycache__"}


@dataclass(frozen=True)
class Rule:
    """One rule of docs/safety.md."""

    id: str
    severity: str
    state: str
    text: str


@dataclass
class Report:
    """What was found: the rules, how many marked tests each has, and what is wrong, in sentences."""

    rules: dict[str, Rule] = field(default_factory=dict)
    tests: Counter = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    @property
    def open_rules(self) -> int:
        """Return how many rules are open."""
        return sum(rule.state.startswith("open") for rule in self.rules.values())


def check(root: Path) -> Report:
    """Check the repository in ``root``."""
    report = Report()
    _read_rules(root, report)
    _read_citations(root, report)
    _read_tests(root, report)
    _check_states(root, report)
    return report


def _read_rules(root: Path, report: Report) -> None:
    for block in (root / "docs" / "safety.md").read_text().split("\n### ")[1:]:
        heading, _, text = block.partition("\n")
        found = HEADING.fullmatch(heading.strip())
        if found is None:
            report.faults.append(f'docs/safety.md: "{heading}" is not an id, a severity and one of the three states')
        elif found[1] in report.rules:
            report.faults.append(f"docs/safety.md defines {found[1]} twice")
        else:
            report.rules[found[1]] = Rule(found[1], found[2], found[3], text)


def _read_citations(root: Path, report: Report) -> None:
    for path in _files(root):
        for cited in sorted(set(CITED.findall(path.read_text(errors="replace"))) - report.rules.keys()):
            report.faults.append(f"{path.relative_to(root)} cites {cited}, which docs/safety.md does not define")


def _files(root: Path) -> Iterator[Path]:
    for folder, names, files in os.walk(root):
        names[:] = sorted(set(names) - NOT_OURS)
        yield from (Path(folder, name) for name in sorted(files) if Path(name).suffix in READ)


def _read_tests(root: Path, report: Report) -> None:
    tests = Tests(root / "tests")
    for path in sorted((root / "tests").rglob("test_*.py")):
        for test, ids in marked(ast.parse(path.read_text())):
            report.tests.update(ids)
            place = f"{path.relative_to(root)}::{test.name} is marked for {', '.join(ids)}"
            if not tests.calls_product(path, test):
                report.faults.append(f"{place} and calls no product code")
            if any(MADE_BY_HAND.search(ast.unparse(source)) for source in tests.sources(path, test)):
                report.faults.append(f"{place} and writes a row that the product has to make (H31)")


def marked(tree: ast.Module) -> Iterator[tuple[ast.FunctionDef, list[str]]]:
    """Yield each test function that carries the marker, itself, by its class or by its file, with the ids."""
    of_file = [name for node in tree.body if _is_pytestmark(node) for name in _ids_in(ast.walk(node))]
    for node in tree.body:
        inside = node.body if isinstance(node, ast.ClassDef) else [node]
        above = of_file + (_ids_in(node.decorator_list) if isinstance(node, ast.ClassDef) else [])
        for test in inside:
            if not isinstance(test, ast.FunctionDef) or not test.name.startswith("test_"):
                continue
            if ids := above + _ids_in(test.decorator_list):
                yield test, ids


def _is_pytestmark(node: ast.AST) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark"


def _ids_in(nodes: Iterable[ast.AST]) -> list[str]:
    calls = [call for call in nodes if isinstance(call, ast.Call)]
    markers = [call for call in calls if ast.unparse(call.func) == "pytest.mark.safety"]
    return [ast.literal_eval(argument) for call in markers for argument in call.args]


def _check_states(root: Path, report: Report) -> None:
    admitted = set(CITED.findall((root / "docs" / "not-done.md").read_text()))
    for rule in report.rules.values():
        if rule.state == "held" and not report.tests[rule.id]:
            report.faults.append(f"{rule.id} is held, but no test carries its marker")
        if rule.state != "held" and rule.id not in admitted:
            report.faults.append(f"{rule.id} is not held, and no line of docs/not-done.md names it")
        if rule.state == "by people" and "**Who must act:**" not in rule.text:
            report.faults.append(f'{rule.id} is left to people, and no line "Who must act" says to whom')
    most = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["safety-rules"]["most_open"]
    if report.open_rules > most:
        report.faults.append(f"{report.open_rules} rules are open; pyproject.toml allows {most}")


def table(report: Report) -> str:
    """Return one line for each rule, and the sums."""
    counts = report.tests
    lines = [
        f"{rule.id:4} {rule.severity}  {rule.state:18} {counts[rule.id]:3} tests" for rule in report.rules.values()
    ]
    states = Counter(rule.state.partition(" ·")[0] for rule in report.rules.values())
    return "\n".join([*lines, ", ".join(f"{count} {state}" for state, count in states.items())])


def main() -> int:
    """Print the table and what is wrong; return 1 when something is."""
    report = check(Path(__file__).resolve().parent.parent)
    print(table(report))
    for fault in report.faults:
        print(fault, file=sys.stderr)
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
