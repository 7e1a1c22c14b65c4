"""The known words: those of our texts, and those that editors defined."""

from functools import lru_cache

from education.models import KnownWord, Synonym
from safetycenter.page_cache import cache_version

from .stems import words

MOST_LETTERS = 200
LONG = 7  # letters from which a word defined by editors may be a correction; shorter ones have too many neighbours


def taught() -> tuple[Synonym, ...]:
    """Return the synonyms of both languages."""
    return _taught_at(cache_version.current())


def typed(text: str, language: str) -> list[str]:
    """Return the words of the query.

    "di lacak" becomes "dilacak", which is a known word; "di rumah" stays two words.
    """
    found = words(text[:MOST_LETTERS])
    if language != "id" or "di" not in found:
        return found
    known = _in_use_at(cache_version.current())
    joined: list[str] = []
    for word in found:
        if joined[-1:] == ["di"] and f"di{word}" in known:
            joined[-1] = f"di{word}"
        else:
            joined.append(word)
    return joined


def targets(language: str) -> tuple[str, ...]:
    """Return the possible corrections of a typo: words of our texts, long words of editors, all alarm words."""
    return _targets_at(cache_version.current(), language)


@lru_cache(maxsize=2)
def _taught_at(_version: int) -> tuple[Synonym, ...]:
    # Do not sort by meaning: databases collate differently, and the order of rows decides which one is applied first.
    return tuple(Synonym.objects.order_by("pk"))


@lru_cache(maxsize=2)
def _in_use_at(version_: int) -> frozenset[str]:
    phrases = [phrase for synonym in _taught_at(version_) for phrase in synonym.phrases]
    return frozenset([*_in_texts_at(version_, "id"), *phrases])


@lru_cache(maxsize=4)
def _targets_at(version_: int, language: str) -> tuple[str, ...]:
    rows = [row for row in _taught_at(version_) if row.language == language or row.crisis or row.hurt]
    longer = [word for row in rows for word in row.phrases if len(word) >= LONG and word.isalpha()]
    return tuple(dict.fromkeys([*_in_texts_at(version_, language), *longer]))


@lru_cache(maxsize=4)
def _in_texts_at(_version: int, language: str) -> tuple[str, ...]:
    return tuple(KnownWord.objects.filter(language=language).order_by("word").values_list("word", flat=True))
