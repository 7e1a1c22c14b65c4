"""The help text for a matter and a person: from the published blocks, otherwise as shipped."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from education.models import Guide, HelpBlock
from education.rendering import rich_text
from safetycenter import wording
from safetycenter.page_cache.per_version import per_version

from . import shipped

log = logging.getLogger(__name__)
FALLBACK_BLOCK, FALLBACK_PERSON = "unsure", "me"
Words = Mapping[str, list[str]]


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
    prescribed: tuple[SafeString, ...] = ()

    @property
    def further(self) -> list[SafeString]:
        """Return the steps without a prescribed sentence: a page with little room folds them."""
        return [step for step in self.steps if step not in self.prescribed]

    @property
    def has_places(self) -> bool:
        """Return whether its page shows the first lines one by one, between the numbers."""
        return shipped.has_places(self.block, self.person)

    @property
    def tool_text(self) -> "HelpText | None":
        """Return the text that explains the tool of this matter to this person, or what to have at hand, if any."""
        block = shipped.tools().get(self.block, "")
        person = shipped.ME if self.person in shipped.OF_ME else self.person  # ``help_for`` chooses its wording
        return help_for(block, person, self.language) if shipped.variant(block, person) else None


def help_for(block: str, person: str, language: str | None = None) -> HelpText:
    """Return the text of ``block`` that addresses ``person``. If the block has no such variant, that of "unsure".

    The person "me" gets the text in the wording of this page: formal, or easier, if there is one.
    """
    wanted = language or get_language() or settings.LANGUAGE_CODE
    block = shipped.aliases().get(block, block)
    person = _in_wording(block, person)
    if not shipped.variant(block, person):
        block, person = FALLBACK_BLOCK, person if person in shipped.PERSONS else FALLBACK_PERSON
    try:
        return _text(block, person, wanted)
    except DatabaseError:
        log.warning("a help text is taken from the shipped file: the database does not answer")
        return _shipped_text(block, person, wanted, set())


def _in_wording(block: str, person: str) -> str:
    """Return the text for "me" in the wording of this page: "adult" if formal, "easy" if easy and not formal.

    It is "me" where the block has no such text.
    """
    words = wording.current()
    wanted = shipped.ADULT if words.formal else shipped.EASY if words.easy else person
    return wanted if person == shipped.ME and shipped.variant(block, wanted) else person


@per_version
def _published() -> dict[tuple[str, str], HelpBlock]:
    """Return the blocks that readers may see, read once for each cache version."""
    return {(row.block, row.person): row for row in HelpBlock.objects.published()}


@per_version
def _guides() -> dict[int, int]:
    """Return number by primary key of the guides that readers may see; a text names no other."""
    return dict(Guide.objects.published().order_by().values_list("pk", "number"))


@per_version
def _text(block: str, person: str, language: str) -> HelpText:
    row, guides = _published().get((block, person)), _guides()
    if row is None or language not in row.languages() or not _fits_its_page(row, language):
        return _shipped_text(block, person, language, set(guides.values()))
    words = {part: row.text(part, language).splitlines() for part in shipped.LISTS}
    title, say = row.text("title", language), row.text("say", language)
    facts = (row.number, row.tool, guides.get(row.guide_id) if row.guide_id else None)
    return _made(block, person, language, title, words, say, facts)


def _fits_its_page(row: HelpBlock, language: str) -> bool:
    """Return whether each place of the page gets its line: pages of the safety question show lines one by one."""
    lines = [line for line in row.text("lines", language).splitlines() if line.strip()]
    return not shipped.has_places(row.block, row.person) or len(lines) == shipped.first_lines(row.block, row.person)


def _shipped_text(block: str, person: str, language: str, guides: set[int]) -> HelpText:
    found = shipped.variant(block, person)
    if found is None:
        raise LookupError(f"no help text is shipped for {block}, {person}")
    words, guide = found[language], found["guide"]
    facts = (found["number"], found["tool"], guide if guide in guides else None)
    return _made(block, person, language, words["title"], words, words.get("say", ""), facts)


def _made(
    block: str, person: str, language: str, title: str, words: Words, say: str, facts: tuple[str, str, int | None]
) -> HelpText:
    lines, steps, closing = (words.get(part, []) for part in shipped.LISTS)
    present = {*shipped.sentences_in([*lines, *steps, *closing])}
    lost = [f"{{{name}}}" for name in shipped.required_sentences(block, person) if name not in present]

    def filled(texts: list[str]) -> tuple[SafeString, ...]:
        return tuple(_line(text, person, language) for text in texts if text.strip())

    said = "" if say and any(say in line for line in lines) else say  # a line has these words already
    number, tool, guide = facts
    prescribed = filled([step for step in [*steps, *lost] if shipped.must_be_open(step)])
    parts = (filled(lines), filled([*steps, *lost]), said, filled(closing))
    return HelpText(block, person, language, title, *parts, number, tool, guide, prescribed)


def _line(text: str, person: str, language: str) -> SafeString:
    """Return one line for a page. A prescribed sentence names its rule, so that it can be told from the other words."""

    def sentence(found: re.Match) -> SafeString | str:
        if found[1] not in shipped.locked():
            return found[1]
        rule, words = shipped.locked()[found[1]]["rule"], shipped.locked_sentence(found[1], person, language)
        return format_html('<span data-rule="{}">{}</span>', rule, words)

    return mark_safe(shipped.PLACEHOLDER.sub(sentence, rich_text.line(text)))  # noqa: S308 - both parts are safe
