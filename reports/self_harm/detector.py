"""Detect in a text, in memory, that a life may be at risk, and return only whether it does (H5).

Spellings that hide a word from an app are decoded ("b*ndir", "bund1r", "m a t i"), and the many spellings of one small
word are unified ("gak", "ngga", "tdk"). A reviewed list contains phrases in both languages with the slang of teenagers.
A grammar (``grammar``) finds what no list can contain ("rasanya mau banget mati"). A match displays the help page once
and may raise a case; this package never stores or logs the text.
"""

import re
from functools import lru_cache
from pathlib import Path

from .grammar import ABOUT_THINGS, GRAMMAR

PHRASES_FILE = Path(__file__).with_name("risk_phrases.txt")

# Ways to hide a letter from an app: a digit or sign in its place, a star over it, dots or spaces between.
LEETSPEAK = str.maketrans("013457@$!", "oieastasi")
CENSORED_WORDS = (
    *("bundir", "bunuh", "diri", "mati", "mampus", "mokad", "silet", "bugil", "telanjang"),
    *("suicide", "suicidal", "kill", "die", "dead", "cutting"),
)
MIN_LETTERS = 2  # with more stars than that it may be any word
# Characters read from each end of a longer text. No field accepts more than 2,000, so only text that is refused anyway
# is cut. A pattern holds the interpreter's lock while it runs: without a limit one form would block all readers.
MAX_TEXT_LENGTH = 2000

# Chat spellings of small words. Phrases of the list are normalised in the same way, so each is listed once.
CHAT_SPELLINGS = {
    "tidak": "g ga gak gk gag ngga nggak ngak nggk enggak engga kagak kaga ndak tdk tak ora gakk nda ndk nggaa indak"
    " teu henteu boten mboten kada hente",
    "tidak mau": "gamau gakmau gmau ngamau nggamau emoh",
    "tidak ada": "gada gaada gakada gaad",
    "tidak bisa": "gabisa gakbisa gbisa",
    "tidak kuat": "gakuat gakkuat",
    "tidak punya": "gapunya gakpunya",
    "tidak guna": "gaguna gakguna",
    "tidak pengen": "gapengen gapengin gakpengen",
    "aku": "gue gw gwe gua saya sy ane aq ak akuu abdi kulo beta ambo aing guweh gweh w",
    "hidup": "idup hdup hidop idop urip iduik odep hidep uripe hidp",
    "hidupku": "idupku hdupku",
    "hidupnya": "idupnya hdupnya",
    "cepat": "cepet cpt",
    "untuk": "buat utk bwt tuk",
    "sudah": "udah udh dah sdh",
    "kalau": "kalo klo kl klau nek yen mun lek jika bila klw kalok",
    "kenapa": "knp napa ngapa mengapa",
    "gimana": "gmn gmna gmana bgmn bagaimana",
    "yang": "yg",
    "sama": "sm",
    "orang": "org",
    "sendiri": "sndiri sendri",
    "i m": "im",
    "i ve": "ive",
    # The person at risk makes no difference: "he wants to kill himself" is read as if said about oneself.
    "myself": "himself herself themself themselves themselfs theirself theirselves yourself urself yourselves ourselves"
    " ourself hisself oneself yaself myslef mysef miself meself himslef himselves herslef yourslef",
    "my": "his her their your ur our",
}
SPELLINGS = {chatted: plain for plain, many in CHAT_SPELLINGS.items() for chatted in many.split()}


def is_mentioned(*texts: str) -> bool:
    """Return whether one of ``texts`` matches the list or the grammar, despite case, stretched or hidden letters."""
    return any(_is_risk(reading) for text in texts if text for reading in normalised_variants(text))


def make_patterns() -> None:
    """Compile the patterns of the list and of the grammar, as the first text would."""
    _phrases()
    for patterns in (ABOUT_THINGS, GRAMMAR):
        any_of(patterns)


def normalised_variants(text: str) -> set[str]:
    """Return ``text`` in normalised words, once with "bun.dir" as two words and once as one.

    Of a text longer than twice MAX_TEXT_LENGTH only both ends are read.
    """
    text = _uncensor(_ends(text).lower())
    return {_plain(text), _plain(re.sub(r"(?<=\w)[-._'’](?=\w)", "", text))}


def _ends(text: str) -> str:
    return text if len(text) <= 2 * MAX_TEXT_LENGTH else f"{text[:MAX_TEXT_LENGTH]} {text[-MAX_TEXT_LENGTH:]}"


def _is_risk(plain: str) -> bool:
    if _phrases().search(plain):
        return True
    of_people = any_of(ABOUT_THINGS).sub("|", plain)  # no gap of a pattern extends across the mark
    return bool(any_of(GRAMMAR).search(of_people))


def _uncensor(text: str) -> str:
    text = re.sub(r"(?<=[a-z])(?:[013457](?=[a-z]|\b)|[@$!](?=[a-z]))", lambda sign: sign[0].translate(LEETSPEAK), text)
    return re.sub(r"(?<![a-z])[a-z]+[*#][a-z*#]*", lambda masked: _guess(masked[0]), text)


def _guess(masked: str) -> str:
    """Return the word under the stars if it is one of those that people hide; else ``masked`` unchanged."""
    fits = [word for word in CENSORED_WORDS if len(word) == len(masked)]
    if not fits or sum(map(str.isalpha, masked)) < MIN_LETTERS:
        return masked
    pattern = re.compile(re.sub(r"[*#]", r"\\w", masked))
    return next((word for word in fits if pattern.fullmatch(word)), masked)


def _plain(text: str) -> str:
    text = re.sub(r"[^\w\s]|_", " ", text)
    text = re.sub(r"(\w)\1{2,}", r"\1", text)  # "matiiii" is "mati"
    text = re.sub(r"\b(?:[a-z]\s){3,}[a-z]\b", lambda letters: re.sub(r"\s", "", letters[0]), text)  # "m a t i"
    return " ".join(SPELLINGS.get(word, word) for word in text.split())


@lru_cache
def any_of(patterns: tuple[str, ...]) -> re.Pattern:
    """Return one pattern that matches any of ``patterns`` as whole words in normalised text."""
    return re.compile(r"\b(?:" + "|".join(patterns) + r")\b")


@lru_cache
def _phrases() -> re.Pattern:
    lines = PHRASES_FILE.read_text().splitlines()
    phrases = [_plain(line.strip().lower()) for line in lines if line.strip() and not line.startswith("#")]
    return any_of(tuple(re.escape(phrase) for phrase in phrases))
