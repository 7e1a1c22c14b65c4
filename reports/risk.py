"""Notices in what someone wrote that a life may be at risk, in memory, and keeps only that it did (H5).

The phrases are a reviewed list in both languages with the slang that teenagers use. A hit shows the page with help
once and may raise a case; the words themselves are never stored or logged by this room.
"""

import re
from functools import lru_cache
from pathlib import Path

PHRASES_FILE = Path(__file__).with_name("risk_phrases.txt")


def is_mentioned(*texts: str) -> bool:
    """One of the phrases stands in one of ``texts``, whatever the case, stretched letters or punctuation."""
    return any(_pattern().search(_plain(text)) for text in texts if text)


def _plain(text: str) -> str:
    text = re.sub(r"[^\w\s]|_", " ", text.lower())
    text = re.sub(r"(\w)\1{2,}", r"\1", text)  # "matiiii" is "mati"
    return re.sub(r"\s+", " ", text)


@lru_cache
def _pattern() -> re.Pattern:
    lines = PHRASES_FILE.read_text().splitlines()
    phrases = [_plain(line.strip()) for line in lines if line.strip() and not line.startswith("#")]
    return re.compile(r"\b(?:" + "|".join(re.escape(phrase) for phrase in phrases) + r")\b")
