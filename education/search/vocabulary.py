"""The known words: those of our texts, and those that editors defined."""

import re

from education.models import KnownWord, Synonym
from safetycenter.page_cache.per_version import per_version

from .stems import words

MAX_QUERY_LENGTH = 200
LONG_WORD_LENGTH = (
    7  # letters from which a word defined by editors may be a correction; shorter ones have too many neighbours
)
# Chats write a reduplicated word with a 2: "pegang2", "pegang2in".
_TWICE = re.compile(r"([^\W\d_]{3,})2(in|an|nya|i|kan)?")


@per_version
def synonyms() -> tuple[Synonym, ...]:
    """Return the synonyms of both languages."""
    # Do not sort by meaning: databases collate differently, and the order of rows decides which one is applied first.
    return tuple(Synonym.objects.order_by("pk"))


def query_words(text: str, language: str) -> list[str]:
    """Return the words of the query.

    "di lacak" becomes "dilacak", which is a known word; "di rumah" stays two words. "pegang2" becomes "pegang-pegang".
    """
    found = words(text[:MAX_QUERY_LENGTH])
    if language == "id":
        found = [_TWICE.sub(r"\1-\1\2", word) if _TWICE.fullmatch(word) else word for word in found]
    if language != "id" or "di" not in found:
        return found
    known = _in_use()
    joined: list[str] = []
    for word in found:
        if joined[-1:] == ["di"] and f"di{word}" in known:
            joined[-1] = f"di{word}"
        else:
            joined.append(word)
    return joined


@per_version
def correction_targets(language: str) -> tuple[str, ...]:
    """Return the possible corrections of a typo: words of our texts, long words of editors, all alarm words."""
    rows = [row for row in synonyms() if row.language == language or row.crisis or row.hurt]
    longer = [word for row in rows for word in row.phrases if len(word) >= LONG_WORD_LENGTH and word.isalpha()]
    return tuple(dict.fromkeys([*_in_texts(language), *longer]))


@per_version
def _in_use() -> frozenset[str]:
    phrases = [phrase for synonym in synonyms() for phrase in synonym.phrases]
    return frozenset([*_in_texts("id"), *phrases])


@per_version
def _in_texts(language: str) -> tuple[str, ...]:
    return tuple(KnownWord.objects.filter(language=language).order_by("word").values_list("word", flat=True))
