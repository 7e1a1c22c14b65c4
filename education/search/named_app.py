"""Find the app that a query names: its page is among the first three results, whatever else the words fit."""

from education.models import Platform

from . import items, query
from .results import SearchResult, with_pinned
from .stems import stems

LAST_PLACE = 2  # counted from 0: readers see three results before the helplines


def with_named_app(found: list[SearchResult], text: str, language: str) -> list[SearchResult]:
    """Return ``found`` with the page of the app that ``text`` names at the third place, if it is not before."""
    app = _named_app(text, language)
    ahead = [one.item for one in found[: LAST_PLACE + 1]]
    if app is None or app in ahead:
        return found
    groups = [term.group for term in query.parse_query(text, language)]
    pages = [one for one in with_pinned((app.pin,), found, groups, language) if one.item == app]
    others = [one for one in found if one.item != app]
    return [*others[:LAST_PLACE], *pages, *others[LAST_PLACE:]]


def _named_app(text: str, language: str) -> Platform | None:
    """Return the first app whose name, or a synonym of it, is in ``text``."""
    typed = tuple(stems(text, language))
    known = {alternative for term in query.all_terms(text, language) for alternative in term.group.alternatives}
    names = ((app, tuple(stems(app.name, language))) for app in items.platforms())
    return next((app for app, name in names if name and (name in known or _contains(typed, name))), None)


def _contains(typed: tuple[str, ...], name: tuple[str, ...]) -> bool:
    return any(typed[at : at + len(name)] == name for at in range(len(typed)))
