"""Blind-index marks: the same account written in different ways is the same mark."""

import pytest

from reports import marks


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.tiktok.com/@jahat/", "hxxps://tiktok.com/@jahat"),
        ("akunnya @Jahat_99.", "@jahat_99"),
        ("0812-3456-7890", "+62 812 3456 7890"),
    ],
)
def test_the_same_thing_written_differently_is_one_mark(one, other):
    assert marks.found_in(one) & marks.found_in(other)


def test_a_mark_means_nothing_without_its_key():
    assert marks.digest(b"a" * 32, "account", "@x") != marks.digest(b"b" * 32, "account", "@x")


def test_ordinary_words_make_no_mark():
    assert marks.found_in("Mereka mengejek aku 3 kali di kelas 7.") == set()
