"""The sentence of a text that shows why it was found."""

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .index import Group
from .stems import WORD, stem, words

LONGEST = 220  # letters
SENTENCE = re.compile(r"(?<=[.?:;])\s+|\n")


def excerpt(text: str, groups: list[Group], language: str) -> SafeString:
    """The first sentence of ``text`` with the most of ``groups``, marked; its beginning when none has one."""
    roots = {root for group in groups for alternative in group.alternatives for root in alternative}
    best, most = "", 0
    for sentence in SENTENCE.split(text):
        count = len({root for word in words(sentence) if (root := stem(word, language)) in roots})
        if count > most:
            best, most = sentence, count
    return _marked(_cut(best or text, roots, language), roots, language)


def _cut(sentence: str, roots: set[str], language: str) -> str:
    """At most LONGEST letters round the first word that was found."""
    if len(sentence) <= LONGEST:
        return sentence
    hits = (match.start() for match in WORD.finditer(sentence) if _is_hit(match[0], roots, language))
    begin = max(0, next(hits, 0) - LONGEST // 3)
    begin = sentence.find(" ", begin) + 1 if begin else 0
    end = sentence.rfind(" ", begin, begin + LONGEST)
    return f"{'… ' if begin else ''}{sentence[begin:end]} …"


def _marked(text: str, roots: set[str], language: str) -> SafeString:
    parts, at = [], 0
    for match in WORD.finditer(text):
        if _is_hit(match[0], roots, language):
            parts += [(text[at : match.start()], match[0])]
            at = match.end()
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", parts), text[at:])


def _is_hit(word: str, roots: set[str], language: str) -> bool:
    return any(stem(part, language) in roots for part in words(word))
