"""Find the sentences in which two rich or plain texts differ, as words with their marks and link addresses."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby

from education.rendering.marked_words import Token, tokens

Sentence = tuple[Token, ...]
_SPACE = Token(" ")
_END = re.compile(r"[.!?…][\"”’)]*$")
_LINE_START = re.compile(r"\d+[.)]|[*•—–»]")  # a number, bullet or rank: a new step renumbers those below it


def changed(old: str, new: str, with_marks: bool = True) -> list[tuple[Sentence, Sentence]]:
    """Return pairs of what only ``old`` says and what only ``new`` says there; one of them may be empty.

    A sentence that only moved is no change, and without ``with_marks`` neither is one that is only bold now.
    """
    before, after = sentences(old, with_marks), sentences(new, with_marks)
    kept = set(before) & set(after)
    found: list[tuple[Sentence, Sentence]] = []
    for _kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = ([one for one in some if one not in kept] for some in (before[a:b], after[c:d]))
        found += _pairs(gone, come)
    return found


def sentences(text: str, with_marks: bool = True) -> list[Sentence]:
    """Return the sentences of ``text``. Those of a list or a heading are without their number or bullet."""
    words = tokens(text) if with_marks else [Token(token.text) for token in tokens(text)]
    lines = [list(line) for is_break, line in groupby(words, lambda token: token.text == "\n") if not is_break]
    return [sentence for line in lines for sentence in _sentences_of(line)]


def as_text(sentence: Sentence) -> str:
    """Return the words of ``sentence`` without their marks."""
    return "".join(token.text for token in sentence)


def _pairs(gone: list[Sentence], come: list[Sentence]) -> list[tuple[Sentence, Sentence]]:
    """Return the sentences beside each other if they are as many, else all of them as one pair."""
    if len(gone) == len(come):
        return list(zip(gone, come, strict=True))
    return [(_joined(gone), _joined(come))]


def _joined(found: list[Sentence]) -> Sentence:
    return tuple(token for place, one in enumerate(found) for token in ((_SPACE, *one) if place else one))


def _sentences_of(line: list[Token]) -> Iterator[Sentence]:
    line = _trimmed(line)
    if line and _LINE_START.fullmatch(line[0].text):
        line = _trimmed(line[1:])
    begin = 0
    for place in range(1, len(line) + 1):
        if place == len(line) or _ends(line, place):
            if sentence := _trimmed(line[begin:place]):
                yield tuple(sentence)
            begin = place


def _ends(line: list[Token], place: int) -> bool:
    """Return whether a sentence of ``line`` ends before ``place``: the address of a link belongs to its words."""
    following = "".join(token.text for token in line[place : place + 2])
    is_address = place >= 5 and line[place - 3].text == "→"
    last = line[place - 5 if is_address else place - 1].text
    return following[:1].isspace() and following.strip() != "→" and bool(_END.search(last))


def _trimmed(line: list[Token]) -> list[Token]:
    while line and line[0].text.isspace():
        line = line[1:]
    while line and line[-1].text.isspace():
        line = line[:-1]
    return line
