"""Check that what is declared once is not written again elsewhere: the keys of report categories, and limits.

A category key outside its declaration is a special case that the next category will miss; code asks a field of
``reports.questions.category.Category`` instead. A limit that is typed into a text becomes wrong when the setting
changes; texts take it from ``safetycenter.published_limits``.
"""

import ast
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

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
    "tools/bench/form.py": "the answers of the report that is measured",
    "tools/release/": "data of a released version for the test of upgrades",
    "tools/check_declared_once.py": "this check",
}
# Words that are the key of a category and, in this file, the key of something else.
OTHER_MEANING = {
    ("reports/questions/core.py", "self_harm"): "an answer to the question about safety",
    ("education/publishing/checks/wording.py", "grooming"): "the key of a guide topic",
    ("tools/check_content/wording.py", "csam"): "the key of a glossary term",
}
# Texts that name the same number of something else; tests/test_published_limits.py compares them.
OTHER_LIMIT = {
    ("education/starter/pages/after-you-report.toml", "WITHDRAWAL_HOURS"): "the limit of tier 3",
    ("education/starter/pages/after-you-report.toml", "CLOSE_DAYS"): "how long an answer of the reporter is awaited",
}
# The unit that follows the number of a setting, in English and Indonesian, and the number in words.
UNITS = {
    "DRAFT_MINUTES": r"(more )?(minutes?|menit)",
    "DRAFT_HOURS": r"(hours?|jam) (at most|after|setelah)",
    "MAX_FILES_PER_CASE": r"(files?|berkas)\b",
    "FILE_MB": r"MB\b",
    "CASE_FILES_MB": r"MB\b",
    "WITHDRAWAL_HOURS": r"(hours?|jam)",
    "KEEP_FILES_DAYS": r"(days?|hari) (after|setelah)",
    "CLOSE_DAYS": r"(days?|hari)",
}
IN_WORDS = {2: "two|dua", 5: "five|lima", 10: "ten|sepuluh", 14: "fourteen", 20: "twenty|dua puluh"}


def check(root: Path) -> list[str]:
    """Return a sentence for each category key or limit that is written outside its declaration."""
    found = []
    for path in _files(root):
        name, text = str(path.relative_to(root)), path.read_text()
        for line, slug in _slugs(path.suffix, text):
            if (name, slug) not in OTHER_MEANING:
                found.append(f"{name}:{line}: the category “{slug}” is named here; read a field of its declaration")
    for path in _texts(root):
        name = str(path.relative_to(root))
        for line, words, setting in _limits(path):
            if (name, setting) not in OTHER_LIMIT:
                found.append(f"{name}:{line}: “{words}” is typed here; take it from {setting} (published_limits)")
    return found


def _texts(root: Path) -> Iterator[Path]:
    """Yield what people read: templates, strings in code, catalogues, fixed pages, and the scripts."""
    for top, ending in (
        *(("templates", "html"), ("static/js", "js"), ("locale", "po"), ("education/starter/pages", "toml")),
        *((app, "py") for app in ("safetycenter", "education", "reports")),
    ):
        yield from sorted((root / top).rglob(f"*.{ending}"))


def _limits(path: Path) -> Iterator[tuple[int, str, str]]:
    for line, text in _sentences(path):
        for setting, unit in UNITS.items():
            number = getattr(settings, setting)
            told = "|".join(filter(None, [str(number), IN_WORDS.get(number)]))
            if match := re.search(rf"(?<![\w.])({told})[ \u00a0]{unit}", text, re.IGNORECASE):
                yield line, match[0], setting


def _sentences(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the texts of a file with their lines; in code only strings that gettext collects."""
    text = path.read_text()
    if path.suffix == ".po":
        text = re.sub("(?m)^#.*", "", text).replace('"\n"', "")  # long texts are wrapped
    if path.suffix != ".py":
        yield from enumerate(text.splitlines(), start=1)
        return
    for call in ast.walk(ast.parse(text)):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "").removeprefix("p").startswith(
            ("_", "gettext", "n")
        ):
            for given in call.args:
                if isinstance(given, ast.Constant) and isinstance(given.value, str):
                    yield given.lineno, given.value


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
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safetycenter.settings")
    os.environ.setdefault("DEBUG", "1")
    found = check(Path(__file__).resolve().parent.parent)
    print("\n".join(found) or f"{len(DECLARED)} categories and {len(UNITS)} limits, each written once")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
