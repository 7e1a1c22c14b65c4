"""The shipped help texts, from ``starter/help/``, and the sentences in them that nobody may change."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from education.starter import files

PERSONS, ME, EASY, ADULT, OF_ME = files.PERSONS, files.ME, files.EASY, files.ADULT, files.OF_ME
LISTS = ("lines", "steps", "closing")  # the parts with one line for each step or paragraph
FIRST_AID_LINES, FIRST_AID_WORDS = 3, 40
WORDS_OF_ANOTHER_LINE = 25
_LOCKED_FILE = Path(__file__).with_name("locked.toml")
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@cache
def _variants() -> dict[tuple[str, str], dict[str, Any]]:
    return {(item["block"], item["person"]): item for item in files.items("help")}


def variant(block: str, person: str) -> dict[str, Any] | None:
    """Return the text of ``block`` for ``person``, or None: number, tool, guide, and a table for each language."""
    return _variants().get((block, person))


def variants() -> Iterable[tuple[str, str]]:
    """Return the pairs of block and person that have a text."""
    return _variants().keys()


def first_lines(block: str, person: str) -> int:
    """Return how many first lines the text has: three, or as many as the file says (``first_lines``)."""
    return (variant(block, person) or {}).get("first_lines", FIRST_AID_LINES)


def has_places(block: str, person: str) -> bool:
    """Return whether its page shows the first lines one by one, between the numbers: it has no place for a third."""
    return first_lines(block, person) < FIRST_AID_LINES


def most_words(block: str, person: str) -> int:
    """Return how many words the first lines may have together."""
    return FIRST_AID_WORDS + WORDS_OF_ANOTHER_LINE * max(0, first_lines(block, person) - FIRST_AID_LINES)


def is_for_adults(block: str, person: str) -> bool:
    """Return whether the form shows the text to adults only (``for_adults``)."""
    return (variant(block, person) or {}).get("for_adults", False)


def aliases() -> dict[str, str]:
    """Return the block for each other name: tiles of the first page, and help pages of the form."""
    return _named_in("aliases")


def tools() -> dict[str, str]:
    """Return, for each matter that has one, the block that explains its tool or what to have at hand."""
    return _named_in("tool_of")


@cache
def _named_in(key: str) -> dict[str, str]:
    named = {path.stem: files.read(path).get(key, []) for path in files.HELP_FILES.glob("*.toml")}
    return {name: block for block, names in named.items() for name in names}


@cache
def locked() -> dict[str, dict[str, Any]]:
    """Return the sentences that safety rules prescribe, by the name that stands for them in a text."""
    return tomllib.loads(_LOCKED_FILE.read_text(encoding="utf-8"))


def locked_sentence(name: str, person: str, language: str) -> str:
    """Return the prescribed sentence ``name`` as it addresses ``person``."""
    words = locked()[name][language]
    if isinstance(words, str):
        return words
    return words.get(person) or words.get(_reader(person)) or words["other"]


def fill(line: str, person: str, language: str) -> str:
    """Replace each ``{name}`` of a prescribed sentence by the sentence. Other names lose their braces."""

    def sentence(found: re.Match) -> str:
        return locked_sentence(found[1], person, language) if found[1] in locked() else found[1]

    return PLACEHOLDER.sub(sentence, line)


def must_be_open(step: str) -> bool:
    """Return whether ``step`` has a prescribed sentence that no page may fold."""
    return any(not locked().get(name, {}).get("may_be_folded") for name in PLACEHOLDER.findall(step))


def required_sentences(block: str, person: str) -> list[str]:
    """Return the names of the prescribed sentences that the text must keep: those of the shipped text.

    A text in another wording must keep those of the ordinary text.
    """
    text = variant(block, _reader(person))
    return list(dict.fromkeys(sentences_in(_lines(text["id"])))) if text else []


def sentences_in(lines: Iterable[str]) -> Iterator[str]:
    """Return the names in braces in ``lines``."""
    return (found[1] for line in lines for found in PLACEHOLDER.finditer(line))


def _reader(person: str) -> str:
    return ME if person in OF_ME else person


def _lines(words: dict[str, Any]) -> list[str]:
    return [line for part in LISTS for line in words.get(part, ())]
