"""Check that the files, settings and functions that the documents name in backticks exist.

A rename changes code by a tool and leaves documents behind. A name is looked up as a path (or the end of one) among the
files of the repository, and otherwise as a word in them. Only what is clearly a name of ours is checked.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "deploy/README.md", "docs/**/*.md")
LEFT_OUT = {"docs/tests.md"}  # a history of former names
# Names that are right although the repository has none of them.
ELSEWHERE = {
    "examples of a recipe": {
        *("education/starter/pages/KEY.toml", "education/starter/quizzes/NN-name.toml", "written_by"),
        *("education/search/little_words_ms.txt", "light_words_ms.txt"),
    },
    "made when the site is installed or runs": {
        *("SNAPSHOT_DIR/headers.conf", "headers.conf", "quick_exit.conf", "record-anchors.txt", "var/helpdesk"),
        *("/.well-known/security.txt", "safetycenter-site.service"),
    },
    "of Django and nginx": {"AddIndexConcurrently", "LANG_INFO", "db_default", "proxy_cache", "proxy_cache_use_stale"},
}
SKIPPED = {".git", ".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache", "var", "node_modules", "__pycache__"}
SEARCHED = {".py", ".toml", ".html", ".txt", ".js", ".css", ".sql", ".conf", ".yml", ".yaml", ".sh", ".example", ".in"}
_QUOTED = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"[\w./-]*\w\.(?:py|html|toml|md|css|js|sql|conf|txt|service|example)|[\w-]+(?:/[\w-]+)+/?")
_NAME = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|\w+(?:_\w+)+|[A-Z][a-z]+[A-Z]\w+|\w+(?:\.\w+)+")


def check(root: Path = ROOT) -> list[str]:
    """Return a sentence for each name in the documents that nothing in the repository has."""
    files = [path.relative_to(root).as_posix() for path in _files(root)]
    words = _words(root, files)
    found = []
    for pattern in DOCUMENTS:
        for path in sorted(root.glob(pattern)):
            name = path.relative_to(root).as_posix()
            if name not in LEFT_OUT:
                found += [f"{name}:{line}: `{quoted}` does not exist" for line, quoted in _unknown(path, files, words)]
    return found


def _unknown(path: Path, files: list[str], words: set[str]) -> Iterator[tuple[int, str]]:
    for line, text in enumerate(path.read_text().splitlines(), 1):
        for quoted in set(_QUOTED.findall(text)).difference(*ELSEWHERE.values()):
            if _PATH.fullmatch(quoted):
                if not _is_file(quoted.removeprefix("./"), files, path):
                    yield line, quoted
            elif _NAME.fullmatch(quoted) and not set(quoted.split(".")) <= words:
                yield line, quoted


def _is_file(quoted: str, files: list[str], document: Path) -> bool:
    folder = quoted.rstrip("/") + "/"
    return any(
        name == quoted or name.endswith("/" + quoted) or name.startswith(folder) or "/" + folder in name
        for name in files
    )


def _words(root: Path, files: list[str]) -> set[str]:
    texts = (Path(root, name).read_text(errors="ignore") for name in files if Path(name).suffix in SEARCHED)
    return {*(word for text in texts for word in re.findall(r"\w+", text)), *(Path(name).stem for name in files)}


def _files(root: Path) -> Iterator[Path]:
    for path in root.rglob("*"):
        if path.is_file() and not SKIPPED & set(path.relative_to(root).parts):
            yield path


if __name__ == "__main__":
    problems = check()
    print("\n".join(problems) or "documents: every file and name in them exists")
    sys.exit(bool(problems))
