"""Quote for readers the sentences that changed in the newer language since the one that they read was up to date.

Readers see words of published texts only: the text of before is quoted if readers had it until it was replaced, and not
if the page was taken down since. Of a sensitive page only the words of now are quoted, because a sentence may have been
removed to protect somebody, and no second person reads a quotation before it is shown.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import override

from education import site_placeholders
from education.models import Page
from education.publishing import translation_status
from education.rendering import changed_sentences, html_text
from education.rendering.changed_sentences import Sentence

MOST_QUOTED = 5
MAX_LENGTH = 300  # characters of one quotation


@dataclass(frozen=True)
class Quote:
    """What a changed place said ``before`` and says ``now``, as plain words; one of the two may be empty."""

    before: str
    now: str


@dataclass(frozen=True)
class QuotedChanges:
    """The first changes in the text in ``language``, and whether there are ``more``."""

    language: str
    quotes: list[Quote]
    more: bool


def quoted_changes(
    item: Any, shown_fields: Collection[str] | None = None, sensitive: bool = False
) -> QuotedChanges | None:
    """Return what changed in the language that ``translation_status.newer`` names, or ``None`` if nothing is quoted.

    ``shown_fields`` are the fields that the page shows (None: all); ``sensitive`` says that the page is.
    """
    newer = translation_status.newer(item, shown_fields)
    if newer is None:
        return None
    language, is_sensitive = newer["language"], sensitive or _is_sensitive(item)
    marks = translation_status.marks_for_readers(item, shown_fields)
    with override(language):  # a box is named in words
        found = list(_quotes(item, marks, language, is_sensitive))
    return QuotedChanges(language, found[:MOST_QUOTED], len(found) > MOST_QUOTED) if found else None


def _is_sensitive(item: Any) -> bool:
    topic = item.topic if getattr(item, "topic_id", None) else None
    return getattr(item, "sensitive", False) or getattr(topic, "sensitive", False)


def _quotes(item: Any, marks: list[tuple[str, dict]], language: str, is_sensitive: bool) -> Iterator[Quote]:
    for field, mark in marks:
        if not mark.get("public") or mark["source"] != language:
            continue
        old, new = (
            _without_pictures(text)
            for text in (mark["source_text"], translation_status.text_now(item, field, language))
        )
        hides_before = is_sensitive or mark.get("sensitive", False)
        for before, now in changed_sentences.changed(old, new, with_marks=False):
            quote = Quote("" if hides_before else _words(item, before, language), _words(item, now, language))
            if quote.before or quote.now:
                yield quote


def _without_pictures(text: str) -> str:
    """Return ``text`` without its pictures: readers see them in the newer text, not their numbers in the library."""
    parts = enumerate(html_text.pieces(text))
    return "".join(piece for place, piece in parts if place % 2 == 0 or html_text.tag_name(piece) != "img")


def _words(item: Any, sentence: Sentence, language: str) -> str:
    words = changed_sentences.as_text(sentence)
    words = site_placeholders.fill(words, language) if isinstance(item, Page) else words
    return Truncator(words).chars(MAX_LENGTH)
