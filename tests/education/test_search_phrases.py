"""Phrases as people type them, written before the search was taught: each finds its item, most find it first."""

import tomllib
from pathlib import Path

import pytest

from education.search import find, items

PHRASES = [
    (language, row["item"], typed)
    for language, rows in tomllib.loads(Path(__file__).with_name("search_phrases.toml").read_text()).items()
    for row in rows
    for typed in row["typed"]
]
FIRST = 100


def place(language: str, item: str, typed: str) -> int:
    """Return the place of ``item`` among the results, 0 for the first; 99 if it is not there."""
    found = [one.list_page or items.key_of(one.item) for one in find(typed, language).results]
    return found.index(item) if item in found else 99


@pytest.mark.slow
def test_every_phrase_finds_its_item(starter):
    places = {phrase: place(*phrase) for phrase in PHRASES}
    assert [phrase for phrase, at in places.items() if at > 2] == []
    assert sum(at == 0 for at in places.values()) >= FIRST


@pytest.mark.both_databases
def test_some_phrases_find_their_item(starter):
    assert [phrase for phrase in PHRASES[::25] if place(*phrase) > 2] == []
