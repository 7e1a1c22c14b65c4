"""Spelling repair ("Did you mean"): compare a word that occurs in no text with the known words."""

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .stems import is_a_root, is_a_word
from .vocabulary import targets

SHORTEST = 5  # letters; shorter words have too many neighbours
HAS_DICTIONARY = {"id"}  # languages with a dictionary, which distinguishes a word from a typo
LONG = 8  # letters from which two typos are repaired instead of one, and one typo in what could be a word


def repaired(word: str, language: str) -> str | None:
    """Return the known word nearest to ``word``; None if it is known, a root word, too short, or near to none.

    A real word is never replaced: "diperkosa" must not become "diperiksa".
    """
    known = targets(language)
    if len(word) < SHORTEST or word in known or is_a_root(word, language):
        return None
    is_long = len(word) >= LONG
    slips = (1 if is_long else 0) if is_a_word(word, language) else (2 if is_long else 1)
    found = process.extractOne(word, known, scorer=OSA.distance, score_cutoff=slips) if slips else None
    return found[0] if found else None


def is_sure(word: str, language: str) -> bool:
    """Return whether ``word`` was certainly a typo. "peniupan" could be a word too."""
    return language in HAS_DICTIONARY and not is_a_word(word, language)
