"""Notices in what someone wrote that a life may be at risk, in memory, and keeps only that it did (H5).

Two ways to notice: a reviewed list of phrases in both languages with the slang that teenagers use, and a small grammar
for what no list can hold ("rasanya mau banget mati"). A hit shows the page with help once and may raise a case; the
words themselves are never stored or logged by this room.
"""

import re
from functools import lru_cache
from pathlib import Path

PHRASES_FILE = Path(__file__).with_name("risk_phrases.txt")

# The grammar. Letters that people stretch are allowed to repeat; a gap is up to two words of any kind.
GAP = r"(?:\w+ ){0,2}"
WANT = r"(?:(?:ke)?(?:mau+|mo|mw|p[ei]ng[ei]n+|pen|pgn|pngn|pgen|pngen|ingin)(?:nya)?|wanna|want(?:s|ed)? to)"
NOT = r"(?:(?:e?n?g{1,2}a?k?|kagak|tidak|tdk|tak)(?:mau+)?)"
TIRED = r"(?:capek?|lelah|bos[ae]n|mal[ae]s|muak|ogah)"
DONT = r"(?:dont|don t|do not)"
CANT = r"(?:cant|can t|cannot)"
DEATH = r"(?:mati+|mampus|modar|die|dead)"
LIFE = r"(?:h?idup+|ada di dunia)"
GRAMMAR = (
    rf"{WANT} {GAP}{DEATH}",
    rf"(?:{NOT}|{TIRED}) {GAP}{LIFE}",
    # "I don't live in Bandung" is an address; only not wanting to is meant.
    rf"{DONT} {GAP}{WANT} {GAP}(?:live|exist|wake up|be (?:here|alive))",
    rf"{CANT} (?:\w+ )?(?:live|exist)",
    rf"(?:{WANT}|gonna|going to|ready to) {GAP}end (?:it|this|everything|things)",
)

# Phones and lamps die too: "HP-ku mau mati", "mati lampu". Taken out before the grammar reads.
THING = (
    r"(?:hp|hape|handphone|ponsel|phone|laptop|komputer|layar|tv|kamera|bat(?:e?rai|re|erei|tery)"
    r"|lampu|listrik|wifi|internet|mesin|motor|kipas|ac|akun|game)(?:ku|mu|nya)?"
)
OF_THINGS = (
    rf"{THING} (?:(?:ku|mu|nya|kamar|rumah|udah|sudah|tiba|juga|{WANT}|{NOT}) ){{0,3}}(?:{DEATH}|{LIFE})",
    r"mati+ (?:lampu|listrik|air|gaya|matian)",
)


def is_mentioned(*texts: str) -> bool:
    """One of ``texts`` says it, by the list or by the grammar, whatever the case, stretched letters or punctuation."""
    return any(_is_risk(_plain(text)) for text in texts if text)


def _is_risk(plain: str) -> bool:
    if _phrases().search(plain):
        return True
    of_people = _any_of(OF_THINGS).sub("|", plain)  # no gap reaches across the mark
    return bool(_any_of(GRAMMAR).search(of_people))


def _plain(text: str) -> str:
    text = re.sub(r"[^\w\s]|_", " ", text.lower())
    text = re.sub(r"(\w)\1{2,}", r"\1", text)  # "matiiii" is "mati"
    return re.sub(r"\s+", " ", text)


@lru_cache
def _any_of(patterns: tuple[str, ...]) -> re.Pattern:
    return re.compile(r"\b(?:" + "|".join(patterns) + r")\b")


@lru_cache
def _phrases() -> re.Pattern:
    lines = PHRASES_FILE.read_text().splitlines()
    phrases = [_plain(line.strip()) for line in lines if line.strip() and not line.startswith("#")]
    return _any_of(tuple(re.escape(phrase) for phrase in phrases))
