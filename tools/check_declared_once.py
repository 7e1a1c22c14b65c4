"""Check that what is declared once is not written again elsewhere: the keys of report categories.

A category key outside its declaration is a special case that the next category will miss; code asks a field of
``reports.questions.category.Category`` instead.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from reports.questions.category import DECLARED, default_category

ROOTS = ("safetycenter", "education", "reports", "templates", "static", "deploy", "tools")
READ = {".py", ".html", ".txt", ".js", ".css", ".toml", ".sql"}
# Where keys of categories may stand, and why.
FREE = {
    "reports/questions/categories.py": "the declarations",
    "reports/starter/": "the rows of the table, which editors may reword",
    "education/starter/": "keys of topics, guides and tags, a separate set of names",
    "reports/management/seeding/stories.py": "made-up texts of the demo for the categories that have any",
    "reports/migrations/": "written by makemigrations",
    "static/vendor/": "not ours",
    "tools/terms.toml": "words that texts avoid",
    "tools/check_declared_once.py": "this check",
}
# Words that are the key of a category and, in this file, the key of something else.
OTHER_MEANING = {
    ("reports/questions/core.py", "self_harm"): "an answer to the question about safety",
    ("education/publishing/checks/wording.py", "grooming"): "the key of a guide topic",
}


def check(root: Path) -> list[str]:
    """Return a sentence for each category key that is written outside its declaration."""
    found = []
    for path in _files(root):
        name, text = str(path.relative_to(root)), path.read_text()
        for line, slug in _slugs(path.suffix, text):
            if (name, slug) not in OTHER_MEANING:
                found.append(f"{name}:{line}: the category “{slug}” is named here; read a field of its declaration")
    return found


def _files(root: Path) -> Iterator[Path]:
    for top in ROOTS:
        for path in sorted((root / top).rglob("*")):
            name = str(path.relative_to(root))
            if path.suffix in READ and not name.startswith(tuple(FREE)):
                yield path


def _slugs(suffix: str, text: str) -> Iterator[tuple[int, str]]:
    # The default category has the key of an ordinary answer ("unsure"), so it counts only beside the word "category".
    usual = default_category().slug
    keys = DECLARED.keys() - {usual}
    literals = _python(text) if suffix == ".py" else _quoted(text)
    yield from ((line, word) for line, word in literals if word in keys)
    for number, line in enumerate(text.splitlines(), start=1):
        if re.search(rf"""category.*["']{usual}["']""", line):
            yield number, usual


def _python(text: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def _quoted(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        yield from ((number, word) for word in re.findall(r"""["']([a-z_]+)["']""", line))


def main() -> int:
    """Print what was found; return 1 if there is anything."""
    found = check(Path(__file__).resolve().parent.parent)
    print("\n".join(found) or f"{len(DECLARED)} categories, each named in its declaration only")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
