"""Check documents, docstrings and comments against the words to avoid in tools/terms.toml. Print one line a fault.

Code in backquotes, such as the name of a file, is not checked. Of templates only the comments are checked: their texts
are in the catalogues.
"""

import ast
import io
import re
import sys
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TERMS = ROOT / "tools" / "terms.toml"
NOT_OURS = {".git", ".venv", "var", "vendor", "node_modules", "migrations", "locale", "starter", "__pycache__"}
CODE = re.compile(r"`+[^`\n]+`+")
COMMENT = {
    ".html": re.compile(r"\{#(.*?)#\}|\{% comment %\}(?s:(.*?))\{% endcomment %\}"),
    ".js": re.compile(r"(?m:^|\s)//(.*)"),
    ".css": re.compile(r"/\*(?s:(.*?))\*/"),
    ".conf": re.compile(r"#(.*)"),
    ".example": re.compile(r"#(.*)"),
    ".sh": re.compile(r"(?m:^|\s)#(.*)"),
    ".service": re.compile(r"(?m:^)#(.*)"),
}


def main() -> int:
    """Check every file of the project. Return 0 when there is nothing to correct."""
    avoid = load()
    found = [fault for path in sorted(ROOT.rglob("*")) if is_ours(path) for fault in faults(path, avoid)]
    print("\n".join(found) or "words: nothing to correct")
    return bool(found)


def load(path: Path = TERMS) -> list[tuple[re.Pattern, str]]:
    """Return each pattern to avoid with what to write instead."""
    rows = tomllib.loads(path.read_text())["prose"]
    return [(re.compile(rf"\b(?:{'|'.join(row['avoid'])})\b", re.IGNORECASE), row["write"]) for row in rows]


def is_ours(path: Path) -> bool:
    """Return whether the project wrote this file and it contains prose."""
    parts = path.relative_to(ROOT).parts
    return path.suffix in {".md", ".py", *COMMENT} and not NOT_OURS.intersection(parts) and path.is_file()


def faults(path: Path, avoid: list[tuple[re.Pattern, str]]) -> Iterator[str]:
    """Yield a line for each word to avoid in the prose of ``path``."""
    for number, line in prose(path):
        for pattern, write in avoid:
            if found := pattern.search(CODE.sub("", line)):
                yield f"{path}:{number}: has “{found[0]}”, write “{write}” (tools/terms.toml)"


def prose(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of prose in a file with their numbers."""
    text = path.read_text()
    if path.suffix == ".md":
        yield from enumerate(text.splitlines(), 1)
    elif path.suffix == ".py":
        yield from docstrings(text)
        yield from comments(text)
    else:
        for found in COMMENT[path.suffix].finditer(text):
            yield from enumerate(found[0].splitlines(), text.count("\n", 0, found.start()) + 1)


def docstrings(source: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of all docstrings of a module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node) is not None:
            yield from enumerate(node.body[0].value.value.splitlines(), node.body[0].lineno)


def comments(source: str) -> Iterator[tuple[int, str]]:
    """Yield the comments of a module."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


if __name__ == "__main__":
    sys.exit(main())
