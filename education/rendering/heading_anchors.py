"""Heading anchors: ids that stay with their heading when others are added, moved or reworded.

A link such as ``#s7`` must point to the same heading as long as it exists: in the guide on sextortion it points to help
that saves lives. The id is stored in the text, as ``<h2 id="s7">``. It is a number, not words, because the address with
its anchor stays in the browser's history (safety rule H9).
"""

import re
from collections.abc import Iterator
from zlib import crc32

from django.utils.html import strip_tags

ANCHOR = re.compile(r"s[1-9]\d{0,4}")
_HEADING = re.compile(rf'<h2(?: id="({ANCHOR.pattern})")?>(.*?)</h2>', re.DOTALL)


def letter_of(field: str) -> str:
    """Return the letter with which the anchors of ``field`` begin on its page. A lesson shows two texts on one page."""
    return "p" if field == "handout" else "s"


def headings(html: str) -> list[tuple[str, str]]:
    """Return anchor and plain text of each second-level heading of clean ``html``."""
    return [(match[1], strip_tags(match[2])) for match in _HEADING.finditer(add_anchors(html))]


def add_anchors(html: str) -> str:
    """Return clean ``html`` in which every second-level heading has a unique anchor.

    A heading without one gets its position as number, or a number made from its words if that is in use.
    """
    texts, own = _read(html)
    by_place = [f"s{place}" for place in range(1, len(own) + 1)]
    found = [anchor or (None if first in own else first) for anchor, first in zip(own, by_place, strict=True)]
    return _write(html, list(_new_anchors(texts, found, set())))


def keep_anchors(html: str, before: str) -> str:
    """Return clean ``html`` with the anchors that its headings had in the text ``before``.

    The browser editor drops all ids. A heading with the same words keeps its anchor. Reworded headings keep theirs if
    their number between the same unchanged neighbours is the same as before. Every other heading gets an anchor that is
    not used in ``before``. So a link to a removed heading has no target, which the publish checks report, and never a
    wrong target.
    """
    texts, own = _read(html)
    old = headings(before)
    if not old:
        return add_anchors(html)
    places = _match_reworded(_match_by_words(texts, own, old), len(old))
    found = [
        anchor or (old[place][0] if place is not None else None) for anchor, place in zip(own, places, strict=True)
    ]
    return _write(html, list(_new_anchors(texts, _without_repetitions(found), {anchor for anchor, _text in old})))


def with_anchor_letter(html: str, letter: str) -> str:
    """Return ``html`` with ``letter`` instead of ``s`` at the beginning of each anchor."""
    return html if letter == "s" else re.sub(r'<h2 id="s(?=\d+">)', f'<h2 id="{letter}', html)


def _read(html: str) -> tuple[list[str], list[str | None]]:
    found = list(_HEADING.finditer(html))
    return [_words(match[2]) for match in found], _without_repetitions([match[1] for match in found])


def _words(html: str) -> str:
    return " ".join(strip_tags(html).split()).casefold()


def _without_repetitions(found: list[str | None]) -> list[str | None]:
    """Return ``found`` without repetitions, because a copied heading needs a different anchor."""
    return [anchor if anchor not in found[:place] else None for place, anchor in enumerate(found)]


def _new_anchors(texts: list[str], found: list[str | None], taken: set[str]) -> Iterator[str]:
    taken = taken | set(filter(None, found))
    for text, anchor in zip(texts, found, strict=True):
        number = 1000 + crc32(text.encode()) % 9000  # four digits, to avoid the positions given above
        while anchor is None and f"s{number}" in taken:
            number += 1
        taken.add(anchor or f"s{number}")
        yield anchor or f"s{number}"


def _match_by_words(texts: list[str], own: list[str | None], old: list[tuple[str, str]]) -> list[int | None]:
    """Return for each heading the index of the heading in ``old`` with the same anchor, or else the same words."""
    places = {anchor: place for place, (anchor, _text) in enumerate(old)}
    found = [places.get(anchor) for anchor in own]
    for place, text in enumerate(texts):
        if own[place] is None:
            same = (i for i, (_anchor, words) in enumerate(old) if _words(words) == text and i not in found)
            found[place] = next(same, None)
    return found


def _match_reworded(found: list[int | None], count: int) -> list[int | None]:
    """Fill gaps in ``found`` that are as long as the gap between the same neighbours among ``count`` old headings."""
    used = {place for place in found if place is not None}
    result = list(found)
    for begin, end in _gaps(found):
        first = found[begin - 1] + 1 if begin else 0
        last = found[end] if end < len(found) else count
        between = [place for place in range(first, last) if place not in used]
        if len(between) == end - begin:
            result[begin:end] = between
    return result


def _gaps(found: list[int | None]) -> Iterator[tuple[int, int]]:
    begin = None
    for place, value in enumerate([*found, 0]):
        if value is None and begin is None:
            begin = place
        if value is not None and begin is not None:
            yield begin, place
            begin = None


def _write(html: str, given: list[str]) -> str:
    rest = iter(given)
    return _HEADING.sub(lambda match: f'<h2 id="{next(rest)}">{match[2]}</h2>', html)
