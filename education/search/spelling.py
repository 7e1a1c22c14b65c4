""" "Did you mean": a word that stands in no text is compared with those that do."""

from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from education.models import KnownWord
from safetycenter import generation

from .stems import is_a_word

SHORTEST = 5  # letters; shorter words have too many neighbours
SURE = {"id"}  # languages with a dictionary that tells a word from a typo
LONG = 8  # letters from which two slips are repaired, not one


def repaired(word: str, language: str) -> str | None:
    """The known word nearest to ``word``; None when it is known or a word of the language, too short, or near to none.

    A real word is never exchanged: "diperkosa" must not become "diperiksa".
    """
    known = _known_at(generation.current(), language)
    if len(word) < SHORTEST or word in known or is_a_word(word, language):
        return None
    slips = 2 if len(word) >= LONG else 1
    found = process.extractOne(word, known, scorer=OSA.distance, score_cutoff=slips)
    return found[0] if found else None


@lru_cache(maxsize=4)
def _known_at(_generation: int, language: str) -> tuple[str, ...]:
    return tuple(KnownWord.objects.filter(language=language).order_by("word").values_list("word", flat=True))
