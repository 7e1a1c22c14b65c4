"""The 1,024 words of a receipt can be written down and said aloud without being mistaken for one another."""

import re
from pathlib import Path

WORDS = (Path(__file__).parents[2] / "reports" / "crypto" / "receipt_words.txt").read_text().splitlines()


def test_plain_sorted_words():
    assert len(WORDS) == len(set(WORDS)) == 1024
    assert sorted(WORDS) == WORDS
    assert all(re.fullmatch("[a-z]{4,8}", word) for word in WORDS)


def test_no_two_words_are_easily_confused():
    assert len({word[:4] for word in WORDS}) == 1024
    shortened = {word[:i] + word[i + 1 :] for word in WORDS for i in range(len(word))}
    assert shortened & set(WORDS) == set(), "one letter more or less"
    gaps = [f"{word[:i]}?{word[i + 1 :]}" for word in WORDS for i in range(len(word))]
    assert len(gaps) == len(set(gaps)), "another letter in one place"
