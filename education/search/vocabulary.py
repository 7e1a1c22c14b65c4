"""The words that are known here: those of our texts, and those that editors taught."""

from functools import lru_cache

from education.models import KnownWord, Synonym
from safetycenter.page_cache import cache_version

from .stems import words

MOST_LETTERS = 200
LONG = 7  # letters from which a word that editors taught may be what was meant: of shorter ones many are near


def taught() -> tuple[Synonym, ...]:
    """What editors taught, in both languages."""
    return _taught_at(cache_version.current())


def typed(text: str, language: str) -> list[str]:
    """The words of what was typed; "di lacak" is the one word "dilacak", as that one is known. "Di rumah" stays two."""
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
    """What a typo may stand for: words of our texts, and longer ones that editors taught; of alarms in any language."""
    return _targets_at(cache_version.current(), language)


@lru_cache(maxsize=2)
def _taught_at(_version: int) -> tuple[Synonym, ...]:
    # Not by what a row means: databases sort words differently, and which row comes first decides what stands first.
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
