"""Words and their roots: Sastrawi for Indonesian, Snowball for English.

Snowball's Indonesian splits our core words: penipuan, ditipu and menipu get different roots there.
"""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import snowballstemmer
from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from . import slang

WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
LONGEST = 40  # letters; longer ones are no words
_ACCENTS = re.compile("[\u0300-\u036f]")  # marks on Latin letters, once they stand by themselves
# "Pukul 20.00" tells the time. Without this, whoever types "dipukul ayah" would find whatever happens at eight.
HOURS = r"\d|(?:berapa|setengah|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas)\b"
CLOCK = re.compile(rf"\bpukul(?=\s+(?:{HOURS}))", re.IGNORECASE)


def _list(name: str, language: str) -> frozenset[str]:
    return frozenset(Path(__file__).with_name(f"{name}_words_{language}.txt").read_text().split())


# Words that stand in every text, and how people chat them. Words that carry meaning here ("aku takut", "tidak aman")
# are few and short; what is left decides.
STOP_WORDS = {language: _list("little", language) for language in ("id", "en")}
# Where nearly everything here happens: "hp disadap" is about being tapped, not about phones. Alone they count.
WEAK_WORDS = {language: _list("light", language) for language in ("id", "en")}


def words(text: str) -> list[str]:
    """The words of ``text`` in small letters, without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = CLOCK.sub(" ", _ACCENTS.sub("", plain))
    return [word for word in WORD.findall(plain) if len(word) <= LONGEST]


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """The root of a small-letter ``word``: only letters and digits, never empty for a word of :func:`words`."""
    root = _indonesian(word) if language == "id" else _english().stemWord(word.replace("’", "'"))
    return re.sub(r"[\W_]", "", root) or re.sub(r"[\W_]", "", word)


def stems(text: str, language: str) -> list[str]:
    """The roots of the words of ``text``, in their order, without little words."""
    return [stem(word, language) for word in words(text) if word not in STOP_WORDS[language]]


def is_a_root(word: str, language: str) -> bool:
    """Whether ``word`` stands in the dictionary as it is; of English words we have none, so never."""
    return language == "id" and _dictionary().contains(word)


def is_a_word(word: str, language: str) -> bool:
    """Whether ``word`` is a root with affixes. "Penipun" is not: nobody writes -pun on any word but a few, as one."""
    return is_a_root(word, language) or (is_a_root(stem(word, language), language) and not word.endswith("pun"))


def _indonesian(word: str) -> str:
    """The root by the book, else that of the word as it would stand in a book: "dikucilin" is "dikucilkan"."""
    stemmed = map(_sastrawi().stem, (word, *slang.normalise_slang(word)))
    first = next(stemmed)
    return first if _dictionary().contains(first) else next(filter(_dictionary().contains, stemmed), first)


@cache
def _dictionary() -> Any:
    return ArrayDictionary(StemmerFactory().get_words())


@cache
def _sastrawi() -> Any:
    return StemmerFactory().create_stemmer()


def _english() -> Any:
    return snowballstemmer.stemmer("english")  # anew each time: it is not made for several threads
