"""For every family of words and slang term its guide is among the first three results, on both databases."""

import tomllib
from pathlib import Path

import pytest

from education.search import find

pytestmark = pytest.mark.both_databases

FAMILIES = tomllib.loads(Path(__file__).with_name("search_families.toml").read_text())


def first_guides(text: str, language: str) -> list[int]:
    found = find(text, language).results
    return [one.item.number for one in found if one.kind == "guide"][:3]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.sampled(2)
def test_every_family_finds_its_guide(starter, language):
    missed = [
        (family["guide"], typed)
        for family in FAMILIES[language]
        for typed in family["typed"]
        if family["guide"] not in first_guides(typed, language)
    ]
    assert missed == []


@pytest.mark.slow
def test_pinned_guide_comes_first(starter):
    wrong = [
        (family["guide"], typed, first_guides(typed, family["language"])[:1])
        for family in FAMILIES["first"]
        for typed in family["typed"]
        if first_guides(typed, family["language"])[:1] != [family["guide"]]
    ]
    assert wrong == []


def test_list_is_long_enough():
    assert sum(len(family["typed"]) for families in FAMILIES.values() for family in families) >= 150
