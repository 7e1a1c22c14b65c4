"""The help text for a matter and a person: from the published blocks, otherwise as shipped."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from education.rendering import rich_text

from . import shipped

FALLBACK_BLOCK, FALLBACK_PERSON = "unsure", "me"
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class HelpText:
    """The text of one block for one person in one language, ready for a template. See the docstring of the package."""

    block: str
    person: str
    language: str
    title: str
    lines: tuple[SafeString, ...]
    steps: tuple[SafeString, ...] = ()
    say: str = ""
    closing: tuple[SafeString, ...] = ()
    number: str = ""
    tool: str = ""
    guide: int | None = None


def help_for(block: str, person: str, language: str | None = None) -> HelpText:
    """Return the text of ``block`` that addresses ``person``. If the block has no such variant, that of "unsure"."""
    wanted = language or get_language() or settings.LANGUAGE_CODE
    if not shipped.variant(block, person):
        block, person = FALLBACK_BLOCK, person if person in shipped.PERSONS else FALLBACK_PERSON
    return _shipped(block, person, wanted)


def first_aid_for(key: str, person: str, language: str | None = None) -> HelpText:
    """Return the text whose lines are the first aid for ``key``: a tile, the slug of a category, or another block."""
    return help_for(shipped.tiles().get(key, key), person, language)


@cache
def _shipped(block: str, person: str, language: str) -> HelpText:
    found = shipped.variant(block, person)
    if found is None:
        raise LookupError(f"no help text is shipped for {block}, {person}")
    return from_values(block, person, language, found, found[language])


def from_values(block: str, person: str, language: str, row: dict[str, Any], words: dict[str, Any]) -> HelpText:
    """Return the text made of ``row`` (number, tool, guide) and ``words``: title, say, and the lists of lines."""

    def filled(part: str) -> tuple[SafeString, ...]:
        return tuple(rich_text.line(fill(line, person, language)) for line in words.get(part, ()))

    return HelpText(
        block,
        person,
        language,
        words["title"],
        filled("lines"),
        filled("steps"),
        say=words.get("say", ""),
        closing=filled("closing"),
        number=row["number"],
        tool=row["tool"],
        guide=row["guide"],
    )


def fill(line: str, person: str, language: str) -> str:
    """Replace each ``{name}`` of a prescribed sentence by the sentence. Other braces are removed."""

    def sentence(found: re.Match) -> str:
        known = found[1] in shipped.locked()
        return shipped.locked_sentence(found[1], person, language) if known else found[1]

    return PLACEHOLDER.sub(sentence, line)
