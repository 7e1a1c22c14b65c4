"""Explain glossary words inside a text: the first use of each word opens its meaning in place.

A tap shows the meaning over the page with HTML's ``popover``: no script, closed by Esc, by a tap beside it, or by its
button. It is not a link, because the address would stay in the history and name the harm (H9), and a frightened reader
would lose the place. A browser without popovers shows the meaning within the sentence.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from education.models import Term
from education.rendering import html_text
from safetycenter.page_cache.per_version import per_version

# Text inside these elements is left unchanged: links go elsewhere, headings are for scanning, quotes are literal.
SKIPPED_TAGS = {"a", "h2", "h3", "blockquote", "button"}
_WORD_PATTERN = r"(?P<before>[(“‘]*)(?P<word>(?<![\w-])(?:{})(?![\w-]))(?P<after>[)”’.,;:?!…]*)"
_BUTTON = '<button type="button" class="word" popovertarget="w{n}">{shown}</button>'
# Browsers do not break the line inside a button. Of several words only the last is the button, the others its label.
_LABELLED = '<label class="word"><span>{label} </span>{button}</label>'
# Keeps a button and the bracket or full stop after it on the same line.
_NOWRAP = '<span class="held">{before}{button}{after}</span>'
_MEANING = (
    '<span class="meaning" id="w{n}" popover><b>{word}</b> <span>{meaning}</span> '
    '<button type="button" class="btn small quiet" popovertarget="w{n}" popovertargetaction="hide">{close}</button>'
    "</span>"
)


@per_version
def explained_terms() -> tuple[Term, ...]:
    """Return the words to explain."""
    return tuple(Term.objects.published().exclude(explained=Term.Explained.NO))


def mark_terms(html: str, words: Iterable[Term], language: str, explained: set[int] | None = None) -> SafeString:
    """Return ``html`` with the first use of each of ``words`` marked: whole words only, the longest first.

    ``html`` must be clean and in ``language``. The primary keys of the words that were marked are added to
    ``explained``.
    """
    spellings_table = _Spellings.from_terms(words, language)
    if not spellings_table.pattern:
        return mark_safe(html)  # noqa: S308 - clean, and nothing was added
    marker = _Marker(spellings_table, spellings_table.pattern)
    with override(language):
        # Safe: tags are copied unchanged, text is replaced by markup made here from escaped words.
        marked = mark_safe("".join(_pieces(html, marker)))  # noqa: S308 - clean, and our own buttons
    if explained is not None:
        explained.update(marker.used)
    return marked


def _pieces(html: str, marker: "_Marker") -> Iterator[str]:
    shut = 0
    for place, piece in enumerate(html_text.pieces(html)):
        if place % 2 == 0:
            yield piece if shut else marker(piece)
            continue
        if html_text.tag_name(piece) in SKIPPED_TAGS:
            shut += -1 if piece.startswith("</") else 1
        yield piece


@dataclass(frozen=True)
class _Spellings:
    """All spellings of the words in one language, with their meanings."""

    pattern: re.Pattern | None
    meanings: dict[str, tuple[int, str, str]]  # by spelling: key of the word, the word, its meaning

    @classmethod
    def from_terms(cls, words: Iterable[Term], language: str) -> "_Spellings":
        meanings: dict = {}
        for word in words:
            if language in word.languages():
                entry = (word.pk, word.text("term", language), word.text("definition", language))
                for spelling in spellings(word, language):
                    meanings.setdefault(_case_folded(spelling), entry)
        longest_first = sorted(meanings, key=len, reverse=True)
        either = "|".join(_as_pattern(spelling, language) for spelling in longest_first)
        return cls(re.compile(_WORD_PATTERN.format(either)) if either else None, meanings)

    def find(self, shown: str) -> tuple[int, str, str]:
        """Return the meaning of ``shown``, which in English may have a plural s."""
        return self.meanings.get(_case_folded(shown)) or self.meanings[_case_folded(shown.removesuffix("s"))]


def spellings(word: Term, language: str) -> list[str]:
    """Return the spellings of ``word``: as it is, before and inside its parentheses, and, if enabled, its slang."""
    whole = word.text("term", language)
    parts = [part.strip(" )") for part in whole.split("(")] if "(" in whole else []
    slang = word.text("slang", language).splitlines() if word.explained == Term.Explained.SLANG else []
    return [spelling for spelling in (whole, *parts, *map(str.strip, slang)) if spelling]


def _case_folded(spelling: str) -> str:
    """Return ``spelling`` in lower case unless it is an abbreviation: SARA is not the name Sara."""
    return spelling if spelling.isupper() else spelling.casefold()


def _as_pattern(spelling: str, language: str) -> str:
    plural = "s?" if language == "en" and spelling[-1].isalpha() else ""
    written = re.escape(escape(spelling))
    return f"{written}{plural}" if spelling.isupper() else f"(?i:{written}{plural})"


class _Marker:
    """Marks words across the pieces of a text, each word once."""

    def __init__(self, spellings_table: _Spellings, pattern: re.Pattern[str]) -> None:
        self.known = spellings_table
        self.pattern = pattern
        self.used: dict[int, int] = {}

    def __call__(self, text: str) -> str:
        return self.pattern.sub(self._mark, text)

    def _mark(self, match: re.Match) -> str:
        key, word, meaning = self.known.find(match["word"])
        if key in self.used:
            return match[0]
        self.used[key] = number = len(self.used) + 1  # a number instead of the word, so that ids do not name it
        # Safe: pieces of sanitized text.
        before, shown, after = (mark_safe(part) for part in match.group("before", "word", "after"))  # noqa: S308 - clean
        label, _space, last = shown.rpartition(" ")
        button = format_html(_BUTTON, n=number, shown=mark_safe(last))  # noqa: S308 - clean
        if label:
            button = format_html(_LABELLED, label=mark_safe(label), button=button)  # noqa: S308 - clean
        if before or after:
            button = format_html(_NOWRAP, before=before, button=button, after=after)
        return button + format_html(_MEANING, n=number, word=word, meaning=meaning, close=_("Close"))
