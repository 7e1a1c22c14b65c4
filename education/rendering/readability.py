"""How hard a text is to read, in two figures: words a sentence, and the share of long words."""

import re
from typing import NamedTuple

from education.rendering import html_text

MAX_AVERAGE = 12  # words a sentence
MAX_LONG = 30  # percent of the words
LONG_WORD = {"id": 9}  # letters: Indonesian words carry prefixes and suffixes
LONG_WORD_ELSEWHERE = 7
ENOUGH_WORDS = 100  # below this, one name decides the share
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


class Figures(NamedTuple):
    """``average`` words a sentence and ``long`` percent of long words, both rounded as people read them."""

    average: float
    long: int

    @property
    def is_hard(self) -> bool:
        """Return whether one of the figures is above its limit."""
        return self.average > MAX_AVERAGE or self.long > MAX_LONG


def figures(html: str, language: str) -> Figures | None:
    """Return the figures of a text in ``language``, or ``None`` if it is too short for them."""
    sentences = [words for one in html_text.sentences(html) if (words := _WORD.findall(one))]
    words = [word for sentence in sentences for word in sentence]
    if len(words) < ENOUGH_WORDS:
        return None
    letters = LONG_WORD.get(language, LONG_WORD_ELSEWHERE)
    long = sum(len(word) >= letters for word in words)
    return Figures(round(len(words) / len(sentences), 1), round(100 * long / len(words)))
