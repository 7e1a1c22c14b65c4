"""Split text into words and reduce them to stems: Sastrawi for Indonesian, Snowball for English, none for others.

Snowball's Indonesian stemmer gives our core words penipuan, ditipu and menipu different stems.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
from Sastrawi.Stemmer.Stemmer import Stemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from education.models.bilingual import LANGUAGES

from . import slang
from .snowball import EnglishStemmer

WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
MAX_WORD_LENGTH = 40  # letters; longer strings are not words
_ACCENTS = re.compile("[\u0300-\u036f]")  # combining diacritics, separate characters after Unicode decomposition
# "Pukul 20.00" is a time. Without this, "dipukul ayah" (hit by father) would match everything that happens at eight.
HOUR_WORDS = r"\d|(?:berapa|setengah|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas)\b"
CLOCK = re.compile(rf"\bpukul(?=\s+(?:{HOUR_WORDS}))", re.IGNORECASE)


def _list(name: str, language: str) -> frozenset[str]:
    """Return the list of words ``name`` in ``language``; empty if nobody has written one."""
    path = Path(__file__).with_name(f"{name}_words_{language}.txt")
    return frozenset(path.read_text().split()) if path.exists() else frozenset()


# Words that occur in every text, with their chat spellings. Phrases that matter here ("aku takut", "tidak aman") are
# short; the words that are left of them decide.
STOP_WORDS = {language: _list("little", language) for language in LANGUAGES}
# Words for the place where nearly everything happens: "hp disadap" is about spying, not phones. Alone they count.
WEAK_WORDS = {language: _list("light", language) for language in LANGUAGES}


def words(text: str) -> list[str]:
    """Return the words of ``text`` in lower case, without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = CLOCK.sub(" ", _ACCENTS.sub("", plain))
    return [word for word in WORD.findall(plain) if len(word) <= MAX_WORD_LENGTH]


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """Return the stem of a lower-case ``word``: letters and digits only, never empty for a result of :func:`words`."""
    root = _STEMMERS[language](word) if language in _STEMMERS else word
    return re.sub(r"[\W_]", "", root) or re.sub(r"[\W_]", "", word)


def stems(text: str, language: str) -> list[str]:
    """Return the stems of the words of ``text`` in order, without stop words."""
    return [stem(word, language) for word in words(text) if word not in STOP_WORDS[language]]


def is_root_word(word: str, language: str) -> bool:
    """Return whether ``word`` is a root word in the dictionary. Only Indonesian has one here."""
    return language == "id" and _dictionary().contains(word)


def is_affixed_word(word: str, language: str) -> bool:
    """Return whether ``word`` is a root with affixes.

    "Penipun" is not: -pun is written as one word in few cases only.
    """
    return is_root_word(word, language) or (is_root_word(stem(word, language), language) and not word.endswith("pun"))


def read_dictionary() -> None:
    """Read the Indonesian dictionary, which takes 3 MB."""
    _sastrawi()


def _indonesian(word: str) -> str:
    """Return the standard stem, or the stem of the word's standard spelling: "dikucilin" is "dikucilkan"."""
    stemmed = map(_sastrawi().stem, (word, *slang.normalise_slang(word)))
    first = next(stemmed)
    return first if _dictionary().contains(first) else next(filter(_dictionary().contains, stemmed), first)


@cache
def _dictionary() -> Any:
    return ArrayDictionary(StemmerFactory().get_words())


@cache
def _sastrawi() -> Any:
    # The factory would read the dictionary twice, and keep every word that anybody searches for as long as it runs.
    return Stemmer(_dictionary())


def _english(word: str) -> str:
    return EnglishStemmer().stemWord(word.replace("’", "'"))  # one per call, because it is not thread-safe


_STEMMERS: dict[str, Callable[[str], str]] = {"id": _indonesian, "en": _english}  # other languages keep each word
