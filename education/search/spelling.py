"""Spelling repair ("Did you mean"): compare a word that occurs in no text with the known words."""

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .stems import is_affixed_word, is_root_word
from .vocabulary import correction_targets

MIN_LENGTH = 5  # letters; shorter words have too many neighbours
HAS_DICTIONARY = {"id"}  # languages with a dictionary, which distinguishes a word from a typo
LONG_WORD_LENGTH = 8  # letters from which two typos are repaired instead of one, and one typo in what could be a word


def repair_word(word: str, language: str) -> str | None:
    """Return the known word nearest to ``word``; None if it is known, a root word, too short, or near to none.

    A real word is never replaced: "diperkosa" must not become "diperiksa".
    """
    known = correction_targets(language)
    if len(word) < MIN_LENGTH or word in known or is_root_word(word, language):
        return None
    is_long = len(word) >= LONG_WORD_LENGTH
    slips = (1 if is_long else 0) if is_affixed_word(word, language) else (2 if is_long else 1)
    found = process.extractOne(word, known, scorer=OSA.distance, score_cutoff=slips) if slips else None
    return found[0] if found else None


def is_certain_typo(word: str, language: str) -> bool:
    """Return whether ``word`` was certainly a typo. "peniupan" could be a word too."""
    return language in HAS_DICTIONARY and not is_affixed_word(word, language)
