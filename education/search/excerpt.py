"""Select the sentence of a text that shows why it was found."""

import re
from functools import lru_cache
from itertools import islice, product

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .index import MAX_DISTANCE, Alternative, Group, pairs
from .stems import CLOCK, STOP_WORDS, WORD, stem, stems, words

MAX_LENGTH = 220  # characters
MAX_COMMON = 3  # texts; a sentence found in more of them is boilerplate and tells nothing
MAX_SENTENCES = 5  # sentences of a text to try
KEPT = 400  # texts of which each process keeps the stems, about 30 kB each
MIN_WORDS = 6  # words; a shorter sentence depends on the one before it
SENTENCE = re.compile(r"(?<=[.?:;!])\s+|\n")
Span = tuple[int, int]


def best_excerpt(text: str, groups: list[Group], language: str, found: list[str]) -> list[str]:
    """Return the sentences of ``text`` that match most ``groups`` and occur in few texts of ``found``, best first."""
    known = {root for group in groups for alternative in group.alternatives for root in alternative}
    counted = [
        (_count(roots, groups), sentence)
        for sentence, roots in _sentences(text, language)
        if not known.isdisjoint(roots)
    ]
    best = sorted((pair for pair in counted if pair[0]), key=lambda pair: -pair[0])[:MAX_SENTENCES]
    return [sentence for _groups, sentence in best if not _is_common(sentence, found)]


def highlight(sentence: str, groups: list[Group], language: str) -> SafeString:
    """Return up to MAX_LENGTH characters of ``sentence`` around the first match, with all matches marked."""
    spans = _spans(sentence, groups, language)
    begin, end = _cut(sentence, spans[0][0] if spans else 0)
    parts, at = [], begin
    for start, stop in spans:
        if at <= start and stop <= end:
            parts.append((sentence[at:start], sentence[start:stop]))
            at = stop
    shown = format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", parts), sentence[at:end])
    return format_html("{}{}{}", "… " if begin else "", shown, " …" if end < len(sentence) else "")


def is_complete(sentence: str) -> bool:
    """Return whether ``sentence`` is complete: not a fragment of a list, a quotation or another sentence."""
    whole = not sentence[:1].islower() and sentence[-1:] not in {";", ":"}
    return whole and sentence.count("“") == sentence.count("”") and len(sentence.split()) >= MIN_WORDS


def _is_common(sentence: str, found: list[str]) -> bool:
    others = (other for other in found if sentence in other)
    return next(islice(others, MAX_COMMON, None), None) is not None


@lru_cache(maxsize=KEPT)
def _sentences(text: str, language: str) -> tuple[tuple[str, list[str]], ...]:
    """Return the sentences of ``text``, each with its stems. All threads share them: nobody may change them."""
    return tuple((sentence, stems(sentence, language)) for sentence in SENTENCE.split(text))


def _count(roots: list[str], groups: list[Group]) -> int:
    """Return how many of ``groups`` match the sentence with these ``roots``."""
    return sum(any(_hits(roots, alternative) for alternative in group.alternatives) for group in groups)


def _hits(roots: list[str], alternative: Alternative) -> set[int]:
    """Return the positions in ``roots`` of the words of ``alternative``, if all occur near each other; else none."""
    hits = [_near(roots, pair) for pair in pairs(alternative)]
    return set().union(*hits) if all(hits) else set()


def _near(roots: list[str], pair: Alternative) -> set[int]:
    places = [[at for at, root in enumerate(roots) if root == wanted] for wanted in pair]
    return {at for spot in product(*places) if max(spot) - min(spot) <= MAX_DISTANCE + 1 for at in spot}


def _spans(sentence: str, groups: list[Group], language: str) -> list[Span]:
    """Return the positions of the matching words in ``sentence``."""
    read = [
        (match.span(), stem(word, language))
        for match in WORD.finditer(CLOCK.sub(lambda clock: " " * len(clock[0]), sentence))
        for word in words(match[0])
        if word not in STOP_WORDS[language]
    ]
    roots = [root for _span, root in read]
    hits = {at for group in groups for alternative in group.alternatives for at in _hits(roots, alternative)}
    return sorted({read[at][0] for at in hits})


def _cut(sentence: str, first: int) -> Span:
    if len(sentence) <= MAX_LENGTH:
        return 0, len(sentence)
    begin = max(0, first - MAX_LENGTH // 3)
    begin = sentence.find(" ", begin) + 1 if begin else 0
    return begin, len(sentence) if begin + MAX_LENGTH >= len(sentence) else sentence.rfind(
        " ", begin, begin + MAX_LENGTH
    )
