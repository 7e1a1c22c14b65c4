"""External addresses in the plain values of an item (``models.serialization.snapshot``): find and replace them."""

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import Any, NamedTuple

from education.models import Channel
from education.publishing.checks.destinations import is_internal
from education.rendering import html_text

_HREF = re.compile(r'(?<=\bhref=")[^"]*(?=")')
_WEB = re.compile(r"https?://\S+")


class Found(NamedTuple):
    """An address in a value: the column or the list of rows that holds it, and the words beside it."""

    url: str
    field: str
    words: str


def find(data: dict) -> Iterator[Found]:
    """Yield every address on another site in ``data``, once for each place."""
    for name, value in data.items():
        if isinstance(value, str):
            yield from (Found(url, name, words) for url, words in _in_text(value))
        elif isinstance(value, list):
            rows = (row for row in value if isinstance(row, dict))
            yield from (Found(url, name, words) for row in rows for url, words in _in_row(row))


def replace(data: dict, old: str, new: str) -> dict:
    """Return a copy of ``data`` with the address ``new`` wherever ``old`` was. The words of links stay.

    The day on which a source was checked is emptied, because nobody has read the new address yet.
    """
    return {name: _replaced(value, old, new) for name, value in data.items()}


def _in_text(value: str) -> Iterator[tuple[str, str]]:
    if _WEB.fullmatch(value) and not is_internal(value):
        yield value, ""
    for link in html_text.links(value) if "href=" in value else ():
        if _WEB.fullmatch(link.href) and not is_internal(link.href):
            yield link.href, link.text


def _in_row(row: dict) -> Iterator[tuple[str, str]]:
    if row.get("kind") == Channel.Kind.WEB and "value" in row:
        yield f"https://{row['value'].removeprefix('https://')}", ""
    for value in row.values():
        for url, words in _in_text(value) if isinstance(value, str) else ():
            yield url, words or row.get("publisher", "")


def _replaced(value: Any, old: str, new: str) -> Any:
    if isinstance(value, list):
        return [_replaced_row(row, old, new) if isinstance(row, dict) else row for row in value]
    return _replaced_text(value, old, new) if isinstance(value, str) else value


def _replaced_row(row: dict, old: str, new: str) -> dict:
    changed = {name: _replaced(value, old, new) for name, value in row.items()}
    if row.get("kind") == Channel.Kind.WEB and _without_scheme(row.get("value", "")) == _without_scheme(old):
        changed["value"] = _without_scheme(new)
    if changed.get("url") != row.get("url") and "checked_on" in row:
        changed |= {"checked_on": None} | ({"is_stored_copy": False} if "is_stored_copy" in changed else {})
    return changed


def _replaced_text(text: str, old: str, new: str) -> str:
    if text == old:
        return new

    def swap(found: re.Match) -> str:
        return escape(new) if unescape(found[0]) == old else found[0]

    return _HREF.sub(swap, text)


def _without_scheme(url: str) -> str:
    return url.removeprefix("https://")
