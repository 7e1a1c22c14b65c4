"""For every family of words and slang term its guide is among the first three results, on both databases."""

import tomllib
from pathlib import Path

import pytest
from django.db import connection

from education.search import find

pytestmark = pytest.mark.both_databases

FAMILIES = tomllib.loads(Path(__file__).with_name("search_families.toml").read_text())


def first_guides(text: str, language: str) -> list[int]:
    found = find(text, language).results
    return [one.item.number for one in found if one.kind == "guide"][:3]


# Which words are typed: all on SQLite; PostgreSQL takes a fifth of a second for each.
WORDS = slice(0, None, 4 if connection.vendor == "postgresql" else 1)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_family_finds_its_guide(starter, language):
    missed = [
        (family["guide"], typed)
        for family in FAMILIES[language]
        for typed in family["typed"][WORDS]
        if family["guide"] not in first_guides(typed, language)
    ]
    assert missed == []


@pytest.mark.slow
def test_pinned_guide_comes_first(starter):
    typed = [(one, family) for family in FAMILIES["first"] for one in family["typed"][WORDS]]
    first = {one: first_guides(one, family["language"])[:1] for one, family in typed}
    assert first == {one: [family["guide"]] for one, family in typed}


def test_list_is_long_enough():
    assert sum(len(family["typed"]) for families in FAMILIES.values() for family in families) >= 150
