"""The shipped help texts, from ``starter/help/``, and the sentences in them that nobody may change."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from education.starter import files

PERSONS = ("me", "child", "pupil", "friend", "stranger", "did_it")
FOLDER = files.FOLDER / "help"
LOCKED_FILE = Path(__file__).with_name("locked.toml")
LISTS = ("lines", "steps", "closing")


@cache
def blocks() -> dict[str, dict[str, Any]]:
    """Return the content of each file by the key of its block, which is the name of the file."""
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))}


def variant(block: str, person: str) -> dict[str, Any] | None:
    """Return the text of ``block`` for ``person``, or None: number, tool, guide, and a table for each language."""
    found = blocks().get(block, {})
    if person not in found:
        return None
    common = {name: found[name] for name in ("number", "tool", "guide") if name in found}
    return {"number": "", "tool": "", "guide": None} | common | found[person]


@cache
def tiles() -> dict[str, str]:
    """Return the block that each tile of the first page opens, by the key of the tile."""
    return {block["tile"]: key for key, block in blocks().items() if "tile" in block}


@cache
def locked() -> dict[str, dict[str, Any]]:
    """Return the sentences that safety rules prescribe, by the name that stands for them in a text."""
    return tomllib.loads(LOCKED_FILE.read_text(encoding="utf-8"))


def locked_sentence(name: str, person: str, language: str) -> str:
    """Return the prescribed sentence ``name`` as it addresses ``person``."""
    words = locked()[name][language]
    return words if isinstance(words, str) else words.get(person) or words["other"]
