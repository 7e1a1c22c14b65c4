"""Publish the situations of a quiz in one language, while readers of the other one keep theirs.

A situation is one row with the words of all languages and with facts that they share: how safe each choice is, and the
guide to read next. Its row has no key that survives a draft, so a row of a draft is recognised by its words
(docs/decisions/publish-checks.md).
"""

from collections.abc import Collection, Iterable

from education.models import Scenario
from education.models.bilingual import LANGUAGES
from education.models.quiz import MAX_CHOICES
from education.translation import column

NAME = "scenarios"
Rows = list[dict]
_Place = tuple[int | None, int | None]  # of one row: before, and in the draft


def in_languages(before: Rows, whole: Rows, languages: Collection[str]) -> Rows:
    """Return the rows after publishing the draft ``whole`` in ``languages`` over ``before``.

    A situation that the draft adds has no words in the other languages; one that it leaves out keeps only those.
    """
    rows = [
        (_row(before[old] if old is not None else None, whole[new] if new is not None else None, languages), new)
        for old, new in _places(before, whole, languages)
    ]
    rows = [(row, new) for row, new in rows if _words(row, LANGUAGES)]
    if [new for _row, new in rows] == [*range(len(whole))]:
        drafts = [{"position": place} | draft for place, draft in enumerate(whole, start=1)]
        found = [row | {"position": draft["position"]} for (row, _new), draft in zip(rows, drafts, strict=True)]
        return whole if all(map(_is_same, found, drafts)) else found
    return [row | {"position": place} for place, (row, _new) in enumerate(rows, start=1)]


def texts(rows: Rows, language: str) -> list[list[str]]:
    """Return the words of ``rows`` in ``language``, by situation, without situations that have none."""
    found = ([row.get(name) or "" for name in _columns([language])] for row in rows)
    return [words for words in found if any(words)]


def shared(rows: Rows) -> Rows:
    """Return what all languages share of ``rows``, in order."""
    names = _columns(LANGUAGES)
    return [{name: value for name, value in row.items() if name not in names} for row in rows]


def _columns(languages: Iterable[str]) -> list[str]:
    return [column(field, code) for code in languages for field in Scenario.translated_fields()]


def _is_same(row: dict, draft: dict) -> bool:
    """Return whether nothing is left to publish: only the quiz itself, and empty columns, may be missing in a draft."""
    return all((row.get(name) or "") == (draft.get(name) or "") for name in (row.keys() | draft.keys()) - {"quiz"})


def _words(row: dict, languages: Collection[str]) -> list[str]:
    return [row[name] for name in _columns(languages) if row.get(name)]


def _others(languages: Collection[str]) -> list[str]:
    return [code for code in LANGUAGES if code not in languages]


def _row(old: dict | None, new: dict | None, languages: Collection[str]) -> dict:
    if old is None:
        return {**(new or {}), **dict.fromkeys(_columns(_others(languages)), "")}
    if new is None:
        return old | dict.fromkeys(_columns(languages), "")
    taken = [*_columns(languages), *(f"verdict_{place}" for place in _free_choices(old, languages))]
    return old | {name: new[name] for name in taken if name in new}


def _free_choices(old: dict, languages: Collection[str]) -> list[int]:
    """Return the choices of which the other languages show nothing: the draft says how safe they are."""
    return [place for place in range(1, MAX_CHOICES + 1) if not _has_choice(old, place, _others(languages))]


def _has_choice(row: dict, place: int, languages: Iterable[str]) -> bool:
    return any(row.get(column(f"choice_{place}", code)) for code in languages)


def _places(before: Rows, whole: Rows, languages: Collection[str]) -> list[_Place]:
    """Return the rows of both in the order of ``before``, those that are new after the row that they follow."""
    partners = _partners(before, whole, languages)
    drafts = {old: new for new, old in partners.items()}
    order: list[_Place] = [(old, drafts.get(old)) for old in range(len(before))]
    after = 0
    for new in range(len(whole)):
        if new in partners:
            after = order.index((partners[new], new)) + 1
        else:
            order.insert(after, (None, new))
            after += 1
    return order


def _partners(before: Rows, whole: Rows, languages: Collection[str]) -> dict[int, int]:
    """Return for rows of ``whole`` the row of ``before`` that says most of the same, above all in other languages."""
    pairs = [
        (_likeness(old, new, languages), -abs(place - draft), draft, place)
        for draft, new in enumerate(whole)
        for place, old in enumerate(before)
        if not _contradict(old, new, languages)
    ]
    found: dict[int, int] = {}
    for likeness, _distance, draft, place in sorted(pairs, reverse=True):
        if any(likeness) and draft not in found and place not in found.values():
            found[draft] = place
    return found


def _likeness(old: dict, new: dict, languages: Collection[str]) -> tuple[int, int]:
    return _same(old, new, _others(languages)), _same(old, new, languages)


def _same(old: dict, new: dict, languages: Collection[str]) -> int:
    return sum(bool(old.get(name)) and old[name] == new.get(name) for name in _columns(languages))


def _contradict(old: dict, new: dict, languages: Collection[str]) -> bool:
    """Return whether a choice that both show is safe in one and not in the other: then they stay two situations."""
    return any(
        old.get(f"verdict_{place}") != new.get(f"verdict_{place}")
        for place in range(1, MAX_CHOICES + 1)
        if _has_choice(old, place, _others(languages)) and _has_choice(new, place, languages)
    )
