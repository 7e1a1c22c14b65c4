"""The sentence of a text that shows why it was found."""

import re
from itertools import product

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .index import BETWEEN, Alternative, Group, pairs
from .stems import CLOCK, STOP_WORDS, WORD, stem, stems, words

LONGEST = 220  # letters
FEW = 3  # texts; a sentence that stands in more of those that were found is the same everywhere and tells nothing
MOST = 5  # sentences of a text that are tried
ENOUGH = 6  # words; what is shorter leans on what stands before it
SENTENCE = re.compile(r"(?<=[.?:;!])\s+|\n")
Span = tuple[int, int]


def best_excerpt(text: str, groups: list[Group], language: str, found: list[str]) -> list[str]:
    """The sentences of ``text`` with the most of ``groups`` that few of the texts ``found`` have, the best first."""
    known = {root for group in groups for alternative in group.alternatives for root in alternative}
    counted = [(_count(sentence, groups, known, language), sentence) for sentence in SENTENCE.split(text)]
    best = sorted((pair for pair in counted if pair[0]), key=lambda pair: -pair[0])[:MOST]
    return [sentence for _groups, sentence in best if not _is_common(sentence, found)]


def highlight(sentence: str, groups: list[Group], language: str) -> SafeString:
    """At most LONGEST letters of ``sentence`` round the first word that was found, and all such words marked."""
    spans = _spans(sentence, groups, language)
    begin, end = _cut(sentence, spans[0][0] if spans else 0)
    parts, at = [], begin
    for start, stop in spans:
        if at <= start and stop <= end:
            parts.append((sentence[at:start], sentence[start:stop]))
            at = stop
    shown = format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", parts), sentence[at:end])
    return format_html("{}{}{}", "… " if begin else "", shown, " …" if end < len(sentence) else "")


def stands_alone(sentence: str) -> bool:
    """Whether ``sentence`` can be read by itself: no piece of a list, of a quotation, or of another sentence."""
    whole = not sentence[:1].islower() and sentence[-1:] not in {";", ":"}
    return whole and sentence.count("“") == sentence.count("”") and len(sentence.split()) >= ENOUGH


def _is_common(sentence: str, found: list[str]) -> bool:
    return sum(sentence in other for other in found) > FEW


def _count(sentence: str, groups: list[Group], known: set[str], language: str) -> int:
    """How many of ``groups`` are in ``sentence``."""
    roots = stems(sentence, language)
    if known.isdisjoint(roots):
        return 0
    return sum(any(_hits(roots, alternative) for alternative in group.alternatives) for group in groups)


def _hits(roots: list[str], alternative: Alternative) -> set[int]:
    """Where the words of ``alternative`` stand among ``roots``, near each other; none when one of them does not."""
    hits = [_near(roots, pair) for pair in pairs(alternative)]
    return set().union(*hits) if all(hits) else set()


def _near(roots: list[str], pair: Alternative) -> set[int]:
    places = [[at for at, root in enumerate(roots) if root == wanted] for wanted in pair]
    return {at for spot in product(*places) if max(spot) - min(spot) <= BETWEEN + 1 for at in spot}


def _spans(sentence: str, groups: list[Group], language: str) -> list[Span]:
    """Where in ``sentence`` the words stand that were found."""
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
    if len(sentence) <= LONGEST:
        return 0, len(sentence)
    begin = max(0, first - LONGEST // 3)
    begin = sentence.find(" ", begin) + 1 if begin else 0
    return begin, len(sentence) if begin + LONGEST >= len(sentence) else sentence.rfind(" ", begin, begin + LONGEST)
