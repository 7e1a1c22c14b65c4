"""What the words of a search say about whoever typed them: a life at risk, someone hurt; and what must stand first.

Editors teach it with the synonyms. Words that alarm count in both languages: fear does not change the language first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from education.models import Synonym
from education.models.bilingual import LANGUAGES
from safetycenter import generation

from .index import Alternative
from .query import LONGEST_PHRASE, MOST_LETTERS, key_of
from .stems import words


@dataclass(frozen=True)
class Signs:
    """What was noticed. ``first``: numbers of guides, keys of pages and places, in the order in which they stand."""

    life: bool = False
    hurt: bool = False
    first: tuple[str, ...] = ()

    def and_also(self, other: "Signs") -> "Signs":
        """Both together, what this one puts first before the other's."""
        first = tuple(dict.fromkeys(self.first + other.first))
        return Signs(self.life or other.life, self.hurt or other.hurt, first)

    @property
    def alarms(self) -> bool:
        """Whether someone may need help now."""
        return self.life or self.hurt


def read(text: str, language: str, life: bool = False) -> Signs:
    """The signs in ``text``, read in ``language``; ``life``: it is known from elsewhere that a life may be at risk."""
    typed = words(text[:MOST_LETTERS])
    found = list(_in(typed, language))
    for other in LANGUAGES:
        found += [sign for sign in _in(typed, other) if other != language and sign.alarms]
    life = life or any(sign.life for sign in found)
    of_life = [sign for sign in _known(language).values() if sign.life] if life else []
    ordered = of_life + sorted(found, key=lambda sign: not sign.alarms)
    first = dict.fromkeys(key for sign in ordered for key in sign.first)
    return Signs(life, any(sign.hurt for sign in found), tuple(first))


def _in(typed: list[str], language: str) -> Iterator[Signs]:
    """What the longest known phrases in ``typed`` say."""
    at = 0
    while at < len(typed):
        for length in range(min(LONGEST_PHRASE, len(typed) - at), 0, -1):
            if sign := _said(typed[at : at + length], language):
                yield sign
                break
        at += length if sign else 1


def _said(phrase: list[str], language: str) -> Signs | None:
    known = _known(language)
    return known.get(tuple(phrase)) or known.get(key_of(phrase, language))


def _known(language: str) -> dict[Alternative, Signs]:
    return _known_at(generation.current(), language)


@lru_cache(maxsize=4)
def _known_at(_generation: int, language: str) -> dict[Alternative, Signs]:
    """Each phrase that says more than what it means; one taught twice says both.

    Of dying every form of the words counts. All else counts as it is typed: "dilaporkan" asks for another page than
    "lapor", and "disakiti" is not "sakit".
    """
    known: dict[Alternative, Signs] = {}
    for synonym in Synonym.objects.filter(language=language):
        sign = Signs(synonym.crisis, synonym.hurt, synonym.leads_to)
        for phrase in map(words, synonym.phrases):
            for key in {tuple(phrase), key_of(phrase, language)} if sign.life else {tuple(phrase)}:
                known[key] = known.get(key, Signs()).and_also(sign)
    return {key: sign for key, sign in known.items() if key and sign != Signs()}
