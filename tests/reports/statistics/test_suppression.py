"""No published table gives a small number away: every table of three rows is tried, not a sample."""

from collections import defaultdict
from itertools import product

import pytest

from reports.statistics.quarter import published_share
from reports.statistics.suppression import SMALLEST, hidden_rows, rounded, table

LARGEST = 14  # of the two rows that are tried with every number; the third makes the total
TOTALS = range(53, 68)


def what_is_published(numbers: tuple) -> tuple:
    shown = table(dict(zip("abc", numbers, strict=True)))
    return (*shown.values(), rounded(sum(numbers)))


def tables(place: int):
    """Every table whose row ``place`` is the large one."""
    for first, second, total in product(range(LARGEST + 1), range(LARGEST + 1), TOTALS):
        numbers = [first, second]
        numbers.insert(place, total - first - second)
        yield tuple(numbers)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_small_number_cannot_be_derived_from_its_table(place):
    """For a person who knows this program, each hidden small number could still be any number below five."""
    published = {numbers: what_is_published(numbers) for numbers in tables(place)}
    possible = defaultdict(lambda: [set(), set(), set()])
    for numbers, shown in published.items():
        for row, number in enumerate(numbers):
            possible[shown][row].add(number)
    tried = 0
    for numbers, shown in published.items():
        small = [row for row, number in enumerate(numbers) if number < SMALLEST]
        if 58 <= sum(numbers) <= 62 and sorted(numbers)[1] <= 9:  # the others need tables larger than those tried
            tried += len(small)
            assert all(set(range(SMALLEST)) <= possible[shown][row] for row in small), (numbers, shown)
    assert tried > 300


def test_small_number_cannot_be_derived_from_a_share():
    """What is published of ``kept`` of ``promised`` says of no number under five which it is."""
    pairs = [(kept, promised) for promised in range(20, 121) for kept in range(promised + 1)]
    possible = defaultdict(lambda: [set(), set()])
    for kept, promised in pairs:
        for place, number in enumerate((kept, promised - kept)):
            possible[str(published_share(kept, promised))][place].add(number)
    for kept, promised in pairs:
        for place, number in enumerate((kept, promised - kept)):
            shown = possible[str(published_share(kept, promised))][place]
            assert number >= SMALLEST or set(range(SMALLEST)) <= shown, (kept, promised, shown)


def test_small_number_is_never_shown():
    assert table({"a": 4, "b": 40, "c": 50}) == {"a": None, "b": 40, "c": None}


def test_last_row_that_is_not_small_is_hidden_too():
    assert table({"a": 4, "b": 30, "c": 50, "d": 3}) == {"a": None, "b": 30, "c": None, "d": None}


def test_table_without_small_numbers_is_shown_rounded():
    assert table({"a": 7, "b": 13}) == {"a": 5, "b": 15}
    assert hidden_rows({"a": 7, "b": 13}) == set()


def test_number_is_rounded_to_five():
    numbers = {0: None, 4: None, 5: 5, 7: 5, 8: 10, 12: 10, 13: 15}
    assert {number: rounded(number) for number in numbers} == numbers
