"""Somebody who says that a person touches, hits or photographs them finds guide 32 first, no matter who it is."""

from itertools import product

import pytest

from education.search import find, items
from education.search.told_by_victim import is_told
from education.search.vocabulary import query_words

WHO = {
    "id": [
        "guru",
        "guru ngaji",
        "ustadz",
        "pelatih",
        "kepala sekolah",
        "wali kelas",
        "coach",
        "om",
        "pendeta",
        "tetangga",
    ],
    "en": [
        "my teacher",
        "my coach",
        "my uncle",
        "the principal",
        "our priest",
        "my neighbour",
        "my tutor",
        "my cousin",
    ],
}
DOES = {
    "id": ["megang dada aku", "pegang2 aku", "raba paha gue", "nyium aku", "pukul aku", "nampar saya", "minta fotoku"],
    "en": ["touches me", "grabbed my breast", "kissed me", "hits me", "slapped me", "asks me for photos"],
}
CASES = [(language, f"{who} {does}") for language in WHO for who, does in product(WHO[language], DOES[language])]
FIRST = {
    "guru les megang paha": "32",
    "wali kelas minta pap": "32",
    "pacar mukul aku": "sapa-129",  # a partner has a guide, and who answers comes first
    "anak saya mau bunuh diri": "12",
    "anak tuna rungu dilecehkan": "55",
    "kecanduan bokep": "helplines",
}
OTHERS = [
    "pegang hp aku",
    "pukul teman aku",
    "foto guru",
    "mantan nyebar foto aku",
    "pacar maksa pap",
    "hit my account",
]


def first(typed: str, language: str) -> str:
    result = find(typed, language).results[0]
    return result.list_page or items.key_of(result.item)


@pytest.mark.slow
def test_victim_finds_the_guide_whoever_does_it(starter):
    assert {typed: at for language, typed in CASES if (at := first(typed, language)) != "32"} == {}


@pytest.mark.both_databases
def test_some_victims_find_the_guide(starter):
    assert {typed: at for language, typed in CASES[::13] if (at := first(typed, language)) != "32"} == {}


def test_search_misleads_nobody(starter):
    assert {typed: first(typed, "id") for typed in FIRST} == FIRST


def test_parent_of_a_suicidal_child_gets_no_guide_for_harm(starter):
    assert find("anak saya mau bunuh diri", "id").pinned == ("12",)


@pytest.mark.parametrize("typed", OTHERS)
def test_other_matters_are_not_told_by_a_victim(typed):
    assert not any(is_told(typed.split(), language) for language in ("id", "en"))


def test_word_with_a_2_is_reduplicated(starter):
    assert query_words("di pegang2in temen2 mp3", "id") == ["di", "pegang-pegangin", "temen-temen", "mp3"]
