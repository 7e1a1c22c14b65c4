"""The 1,024 words of a receipt can be written down and said aloud without being mistaken for one another."""

import re
from itertools import combinations
from pathlib import Path

WORDS = (Path(__file__).parents[2] / "reports" / "crypto" / "receipt_words.txt").read_text().splitlines()


def test_plain_sorted_words():
    assert len(WORDS) == len(set(WORDS)) == 1024
    assert sorted(WORDS) == WORDS
    assert all(re.fullmatch("[a-z]{4,8}", word) for word in WORDS)


def test_no_two_words_are_easily_confused():
    assert len({word[:4] for word in WORDS}) == 1024
    assert [pair for pair in combinations(WORDS, 2) if _at_most_one_edit(*pair)] == []


def _at_most_one_edit(one, other):
    short, long = sorted((one, other), key=len)
    kept = len(short) == len(long)
    return any(short[:i] == long[:i] and short[i + kept :] == long[i + 1 :] for i in range(len(long)))
